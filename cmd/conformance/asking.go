package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
)

// addAsking adds the tools that ask the client for something before they answer.
func (f *fixtures) addAsking() {
	name := elicit("What is your name?", "name", "string")
	for tool, questions := range map[string]mcp.InputRequests{
		"test_input_required_result_elicitation": {"user_name": name},
		"test_input_required_result_sampling":    {"capital_question": sample("What is the capital of France?", 100)},
		"test_input_required_result_list_roots":  {"client_roots": mcp.NewRootsInputRequest()},
		"test_missing_capability":                {"question": sample("Anything", 10)},
		"test_streaming_elicitation":             {"user_name": name},
		// In the older era a server asked by requests of its own, which this one does not send.
		"test_sampling":                     {"prompt": sample("Anything", 100)},
		"test_elicitation":                  {"user": elicit("Who are you?", "username", "string")},
		"test_elicitation_sep1034_defaults": {"user": elicit("Who are you?", "name", "string")},
		"test_elicitation_sep1330_enums":    {"user": elicit("Which one?", "choice", "string")},
	} {
		f.tools[tool] = fixture{run: asks(questions)}
	}
	confirm := mcp.InputRequests{"confirm": elicit("Please confirm", "ok", "boolean")}
	f.tools["test_input_required_result_request_state"] = fixture{outcome: f.steps(confirm)}
	f.tools["test_input_required_result_tampered_state"] = fixture{outcome: f.steps(confirm)}
	f.tools["test_input_required_result_multiple_inputs"] = fixture{outcome: f.steps(mcp.InputRequests{
		"user_name": name, "greeting": sample("Generate a greeting", 50), "client_roots": mcp.NewRootsInputRequest(),
	})}
	f.tools["test_input_required_result_multi_round"] = fixture{outcome: f.steps(
		mcp.InputRequests{"step1": elicit("Step 1: What is your name?", "name", "string")},
		mcp.InputRequests{"step2": elicit("Step 2: What is your favorite color?", "color", "string")},
	)}
	f.tools["test_input_required_result_capabilities"] = fixture{run: asksWhatItMay}
}

func elicit(message, property, kind string) mcp.InputRequest {
	return mcp.NewElicitationInputRequest(mcp.ElicitationParams{Message: message, RequestedSchema: map[string]any{
		"type": "object", "properties": map[string]any{property: map[string]any{"type": kind}}, "required": []string{property},
	}})
}

func sample(text string, tokens int) mcp.InputRequest {
	return mcp.NewSamplingInputRequest(mcp.CreateMessageParams{MaxTokens: tokens, Messages: []mcp.SamplingMessage{
		{Role: mcp.RoleUser, Content: mcp.NewTextContent(text)},
	}})
}

// ask is a result that asks.
func ask(questions mcp.InputRequests, state string) *mcp.CallToolResult {
	return &mcp.CallToolResult{
		Result:               mcp.Result{ResultType: mcp.ResultTypeInputRequired},
		MultiRoundTripResult: mcp.MultiRoundTripResult{InputRequests: questions, RequestState: state},
	}
}

// asks is a tool that asks until it has all answers, and repeats them.
func asks(questions mcp.InputRequests) func(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
	return func(ctx context.Context, _ json.RawMessage, _ progressFunc) *mcp.CallToolResult {
		told, ok := answers(exchange.From(ctx), questions)
		if !ok {
			return ask(questions, "")
		}
		return mcp.NewToolResultText(told)
	}
}

// asksWhatItMay asks only for what the client declared that it can give.
func asksWhatItMay(ctx context.Context, _ json.RawMessage, _ progressFunc) *mcp.CallToolResult {
	has := exchange.From(ctx).Capabilities
	questions := mcp.InputRequests{}
	if has.Elicitation != nil {
		questions["user_name"] = elicit("What is your name?", "name", "string")
	}
	if has.Sampling != nil {
		questions["greeting"] = sample("Generate a greeting", 50)
	}
	return ask(questions, "")
}

// steps is a tool of several rounds. The state says which one is over, and is signed: a client
// that changes it is refused.
func (f *fixtures) steps(rounds ...mcp.InputRequests) outcomeFunc {
	return func(ctx context.Context, _ json.RawMessage, _ progressFunc) exchange.Outcome {
		x := exchange.From(ctx)
		round := 0
		if x.RequestState != "" {
			asked, ok := f.opened(x.RequestState)
			if !ok {
				return exchange.Refused(mcp.INVALID_PARAMS, "the requestState is not one of ours", nil)
			}
			round = min(len(asked), len(rounds)-1)
			if _, ok := answers(x, rounds[round]); ok {
				round++
			}
		}
		if round == len(rounds) {
			return exchange.Outcome{Result: mcp.NewToolResultText("state-ok")}
		}
		return exchange.Outcome{Result: ask(rounds[round], f.signed(strings.Repeat("r", round)))}
	}
}

// signed is a state of one letter a round and its seal.
func (f *fixtures) signed(state string) string {
	mac := hmac.New(sha256.New, f.key)
	mac.Write([]byte(state))
	return state + "." + hex.EncodeToString(mac.Sum(nil))
}

func (f *fixtures) opened(sealed string) (string, bool) {
	state, _, ok := strings.Cut(sealed, ".")
	return state, ok && hmac.Equal([]byte(f.signed(state)), []byte(sealed))
}

// answers are the texts of the client's answers, if there is one of the right kind to each
// question.
func answers(x *exchange.Exchange, questions mcp.InputRequests) (string, bool) {
	var told strings.Builder
	for id, question := range questions {
		switch question.Method {
		case mcp.MethodElicitationCreate:
			res := server.ElicitationResponse(x.InputResponses, id)
			if res == nil || res.Action == "" {
				return "", false
			}
			content, ok := res.Content.(map[string]any)
			if !ok && res.Action == mcp.ElicitationResponseActionAccept {
				return "", false
			}
			for _, v := range content {
				if s, ok := v.(string); ok {
					told.WriteString("Hello, " + s + "!")
				}
			}
		case mcp.MethodSamplingCreateMessage:
			res := server.SamplingResponse(x.InputResponses, id)
			if res == nil {
				return "", false
			}
			raw, err := json.Marshal(res.Content)
			if err != nil {
				return "", false
			}
			told.Write(raw)
		case mcp.MethodListRoots:
			res := server.RootsResponse(x.InputResponses, id)
			if res == nil {
				return "", false
			}
			for _, root := range res.Roots {
				told.WriteString(root.URI + " ")
			}
		}
	}
	return told.String(), true
}
