package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// register is Parts.Register.
func (f *fixtures) register(s *server.MCPServer) {
	f.server = s
	for _, option := range []server.ServerOption{
		server.WithLogging(), server.WithCompletions(), server.WithPromptCompletionProvider(words{}),
		server.WithResourceCapabilities(true, true), server.WithPromptCapabilities(true),
	} {
		option(s)
	}
	names := make([]string, 0, len(f.tools))
	for name := range f.tools {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		schema := f.tools[name].schema
		if schema == "" {
			schema = `{"type":"object"}`
		}
		s.AddTool(mcp.Tool{Name: name, Description: "Fixture " + name, RawInputSchema: json.RawMessage(schema)}, nil)
	}
	registerPrompts(s)
	registerResources(s)
}

func registerPrompts(s *server.MCPServer) {
	prompt := func(name string, arguments []string, answer func(args map[string]string) []mcp.PromptMessage) {
		options := []mcp.PromptOption{mcp.WithPromptDescription("Fixture " + name)}
		for _, a := range arguments {
			options = append(options, mcp.WithArgument(a, mcp.ArgumentDescription("Argument "+a), mcp.RequiredArgument()))
		}
		s.AddPrompt(mcp.NewPrompt(name, options...), func(_ context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return &mcp.GetPromptResult{Description: "Fixture " + name, Messages: answer(req.Params.Arguments)}, nil
		})
	}
	prompt("test_simple_prompt", nil, func(map[string]string) []mcp.PromptMessage {
		return user(mcp.NewTextContent("This is a simple prompt for testing."))
	})
	prompt("test_prompt_with_arguments", []string{"arg1", "arg2"}, func(args map[string]string) []mcp.PromptMessage {
		return user(mcp.NewTextContent(fmt.Sprintf("Prompt with arguments: arg1='%s', arg2='%s'", args["arg1"], args["arg2"])))
	})
	prompt("test_prompt_with_embedded_resource", []string{"resourceUri"}, func(args map[string]string) []mcp.PromptMessage {
		return user(embedded(args["resourceUri"], "text/plain", "Embedded resource content for testing."),
			mcp.NewTextContent("Please process the embedded resource above."))
	})
	prompt("test_prompt_with_image", nil, func(map[string]string) []mcp.PromptMessage {
		return user(mcp.NewImageContent(picture, "image/png"), mcp.NewTextContent("Please analyze the image above."))
	})
	s.AddPrompt(mcp.NewPrompt("test_input_required_result_prompt", mcp.WithPromptDescription("Fixture that asks")),
		func(_ context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			if res := server.ElicitationResponse(req.Params.InputResponses, "user_context"); res != nil {
				return &mcp.GetPromptResult{Messages: user(mcp.NewTextContent("With your context."))}, nil
			}
			question := elicit("What context should the prompt use?", "context", "string")
			return server.NewInputRequestBuilder("").Elicit("user_context", *question.Elicitation).PromptResult(), nil
		})
}

// user are messages of the user's.
func user(contents ...mcp.Content) []mcp.PromptMessage {
	messages := make([]mcp.PromptMessage, len(contents))
	for i, c := range contents {
		messages[i] = mcp.NewPromptMessage(mcp.RoleUser, c)
	}
	return messages
}

func registerResources(s *server.MCPServer) {
	resource := func(uri, kind string, contents mcp.ResourceContents) {
		s.AddResource(mcp.NewResource(uri, uri, mcp.WithResourceDescription("Fixture "+uri), mcp.WithMIMEType(kind)),
			func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				return []mcp.ResourceContents{contents}, nil
			})
	}
	resource("test://static-text", "text/plain",
		mcp.TextResourceContents{URI: "test://static-text", MIMEType: "text/plain", Text: "This is the content of the static text resource."})
	resource("test://static-binary", "image/png",
		mcp.BlobResourceContents{URI: "test://static-binary", MIMEType: "image/png", Blob: picture})
	resource("test://watched-resource", "text/plain",
		mcp.TextResourceContents{URI: "test://watched-resource", MIMEType: "text/plain", Text: "Watched."})
	s.AddResourceTemplate(mcp.NewResourceTemplate("test://template/{id}/data", "test template", mcp.WithTemplateDescription("Fixture with an id"), mcp.WithTemplateMIMEType("application/json")),
		func(_ context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			id := strings.TrimSuffix(strings.TrimPrefix(req.Params.URI, "test://template/"), "/data")
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, MIMEType: "application/json",
				Text: fmt.Sprintf(`{"id":%q,"templateTest":true,"data":"Data for ID: %s"}`, id, id)}}, nil
		})
}

// words completes an argument of a prompt.
type words struct{}

// CompletePromptArgument implements server.PromptCompletionProvider.
func (words) CompletePromptArgument(
	_ context.Context, _ string, argument mcp.CompleteArgument, _ mcp.CompleteContext,
) (*mcp.Completion, error) {
	var fit []string
	for _, w := range []string{"paris", "park", "party"} {
		if strings.HasPrefix(w, argument.Value) {
			fit = append(fit, w)
		}
	}
	return &mcp.Completion{Values: fit, Total: len(fit)}, nil
}
