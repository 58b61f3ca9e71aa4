package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/refusals"
)

// The values of Config.Confirm.
const (
	ConfirmNever   = "never"   // no call asks
	ConfirmDeletes = "deletes" // calls that cannot be taken back
	ConfirmAll     = "all"     // calls that create, change or delete
)

const (
	// confirmField is the argument by which a client that cannot ask its person says that they agreed.
	confirmField = "confirm"
	// confirmQuestion is the name of the question.
	confirmQuestion = "confirm"
	// maxShownChars is how much of an argument a question shows: a person reads it.
	maxShownChars = 120
)

type preconfirmedKey struct{}

// Preconfirmed marks the context of a call that a user has asked for in so many words, such as a
// cancel: it is not asked about again.
func Preconfirmed(ctx context.Context) context.Context {
	return context.WithValue(ctx, preconfirmedKey{}, true)
}

// asksAbout reports whether a user must agree to calls of the tool. Those that a tool passes on are
// asked about by the tool inside.
func (e *Engine) asksAbout(t *BoundTool) bool {
	return t.CallsHeyGen() && (e.cfg.Confirm == ConfirmAll && t.Effect != Reads || e.cfg.Confirm == ConfirmDeletes && t.Effect == Deletes)
}

// withoutConfirm takes the confirmation out of the arguments, if this call can have one.
func (c *Call) withoutConfirm(raw json.RawMessage) (rest json.RawMessage, confirmed bool) {
	if !c.engine.asksAbout(c.tool) {
		return raw, false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members[confirmField] == nil {
		return raw, false // what is no object is refused with its own words
	}
	confirmed = string(members[confirmField]) == "true"
	delete(members, confirmField)
	rest, err := json.Marshal(members)
	if err != nil {
		return raw, false
	}
	return rest, confirmed
}

// confirm lets a call go on if it needs no question or the person has agreed to it. A client that can ask is given the
// question; any other must say that it has asked.
func (c *Call) confirm(ctx context.Context, canonical map[string]any, confirmed bool) error {
	if agreed, _ := ctx.Value(preconfirmedKey{}).(bool); agreed || !c.engine.asksAbout(c.tool) {
		return nil
	}
	if !canFill(exchange.From(ctx)) {
		if confirmed {
			return nil
		}
		return &refusals.Refusal{IsError: true, Code: refusals.CodeConfirmationRequired, Param: confirmField,
			Message:  c.tool.Name + " " + c.tool.Effect.String() + ", and this server wants the user to agree to that first.",
			NextStep: "Ask the user. If they agree, make the same call with confirm true among the arguments of " + c.tool.Name + "."}
	}
	answer := c.answered(ctx, confirmQuestion)
	if answer == nil {
		return c.question(ctx, confirmQuestion, mcp.ElicitationParams{
			Message: questionText(c.tool, canonical),
			RequestedSchema: map[string]any{
				"type": "object", "required": []string{confirmField},
				"properties": map[string]any{confirmField: map[string]any{"type": "boolean", "title": c.tool.Title, "description": "Yes, do this."}},
			},
		}, nil)
	}
	if content, ok := answer.Content.(map[string]any); ok && answer.Action == mcp.ElicitationResponseActionAccept && content[confirmField] == true {
		return nil
	}
	return &refusals.Refusal{IsError: true, Code: refusals.CodeDeclined, Message: "The user was asked and did not agree, so nothing was done.",
		NextStep: "Do not call it again unless the user asks for it."}
}

// questionText tells a user what a call would do.
func questionText(t *BoundTool, canonical map[string]any) string {
	var b strings.Builder
	b.WriteString(t.Title + "?")
	if t.Effect == Deletes {
		b.WriteString(" This cannot be taken back.")
	}
	if t.Effect == Creates {
		b.WriteString(" This may cost credits.")
	}
	for _, name := range args.SortedKeys(canonical) {
		text, ok := canonical[name].(string)
		if !ok {
			raw, err := args.Encode(canonical[name])
			text = cmp.Or(string(raw), fmt.Sprint(err))
		}
		b.WriteString("\n" + name + ": " + onOneLine(text))
	}
	return b.String()
}

// onOneLine is what a question shows of an argument. It stays on its line and shows in order: an argument must not be able to
// pass for other lines of the question.
func onOneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > maxShownChars {
		text = string(r[:maxShownChars]) + "…"
	}
	return text
}
