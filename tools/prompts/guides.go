package prompts

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/prices"
)

//go:embed guides/*.md
var guideFiles embed.FS

// guide is a page that we wrote, for an agent to read when it needs to know more than a schema says.
type guide struct{ name, title, about string }

func guides() []guide {
	return []guide{
		{"engines", "Choosing an engine", "Which avatar engine fits which look, price and wish."},
		{"scripts", "A script that fits a length", "Words and seconds, pauses, names, long texts."},
		{"errors", "Errors, and what to do", "Every error code and its way out."},
		{"limits", "Limits and prices", "What is bounded, what things cost and how long they take."},
	}
}

const (
	guideScheme = "heygen://guides/"
	markdown    = "text/markdown"
)

// text is what the guide says. {name} in a file is the place of a price.
func (g guide) text() string {
	text, err := guideFiles.ReadFile("guides/" + g.name + ".md")
	if err != nil {
		panic(fmt.Sprintf("prompts: the guide %s: %v", g.name, err))
	}
	var pairs []string
	for name, price := range prices.Places() {
		pairs = append(pairs, "{"+name+"}", price)
	}
	return strings.NewReplacer(pairs...).Replace(string(text))
}

// registerGuides adds the guides.
func registerGuides(s *server.MCPServer) {
	for _, g := range guides() {
		text, uri := g.text(), guideScheme+g.name
		s.AddResource(
			mcp.NewResource(uri, g.name, mcp.WithResourceTitle(g.title), mcp.WithResourceDescription(g.about), mcp.WithMIMEType(markdown)),
			func(ctx context.Context, _ mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				exchange.From(ctx).Share()
				return []mcp.ResourceContents{mcp.TextResourceContents{URI: uri, MIMEType: markdown, Text: text}}, nil
			},
		)
	}
}
