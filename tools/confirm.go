package tools

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
	// sureQuestion is the name of the question.
	sureQuestion = "confirm"
	// mostShown is how much of an argument a question shows: a person reads it.
	mostShown = 120
)

// sureKey marks the context of a call that a person has asked for in so many words, such as a cancel.
type sureKey struct{}

// confirms reports whether calls of an effect are asked about.
func (c *Catalog) confirms(e Effect) bool {
	return c.cfg.Confirm == ConfirmAll && e != Reads || c.cfg.Confirm == ConfirmDeletes && e == Deletes
}

// schemaOf is the input schema of a tool as this server takes it.
func (c *Catalog) schemaOf(e *entry) json.RawMessage {
	spelling := args.SnakeCase
	if c.cfg.CamelCase {
		spelling = args.CamelCase
	}
	if !c.confirms(e.info.Effect) || len(e.info.Operations) == 0 {
		return e.plan.Schema(spelling)
	}
	return e.plan.WithFlag(confirmField, "true once the user has agreed.").Schema(spelling)
}

// withoutConfirm takes the confirmation out of the arguments, if this call can have one.
func (c *call) withoutConfirm(raw json.RawMessage) (rest json.RawMessage, confirmed bool) {
	if !c.mustAgree {
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
func (c *call) confirm(ctx context.Context, title string, e Effect, canonical map[string]any, confirmed bool) error {
	if sure, _ := ctx.Value(sureKey{}).(bool); sure || !c.mustAgree {
		return nil
	}
	if !canFill(exchange.From(ctx)) {
		if confirmed {
			return nil
		}
		return &Refusal{IsError: true, Code: "confirmation_required", Param: confirmField,
			Message:  c.tool + " " + e.String() + ", and this server wants the user to agree to that first.",
			NextStep: "Ask the user. If they agree, make the same call with confirm true among the arguments of " + c.tool + "."}
	}
	answer := c.answered(ctx, sureQuestion)
	if answer == nil {
		return c.question(ctx, sureQuestion, mcp.ElicitationParams{
			Message: inWords(title, e, canonical),
			RequestedSchema: map[string]any{
				"type": "object", "required": []string{confirmField},
				"properties": map[string]any{confirmField: map[string]any{"type": "boolean", "title": title, "description": "Yes, do this."}},
			},
		}, nil)
	}
	if content, ok := answer.Content.(map[string]any); ok && answer.Action == mcp.ElicitationResponseActionAccept && content[confirmField] == true {
		return nil
	}
	return &Refusal{IsError: true, Code: "declined", Message: "The user was asked and did not agree, so nothing was done.",
		NextStep: "Do not call it again unless the user asks for it."}
}

// inWords tells a person what a call would do.
func inWords(title string, e Effect, canonical map[string]any) string {
	var b strings.Builder
	b.WriteString(title + "?")
	if e == Deletes {
		b.WriteString(" This cannot be taken back.")
	}
	if e == Creates {
		b.WriteString(" This may cost credits.")
	}
	for _, name := range args.SortedKeys(canonical) {
		text, ok := canonical[name].(string)
		if !ok {
			raw, err := args.Encode(canonical[name])
			text = cmp.Or(string(raw), fmt.Sprint(err))
		}
		b.WriteString("\n" + name + ": " + onLine(text))
	}
	return b.String()
}

// onLine is what a question shows of an argument. It stays on its line and shows in order: an argument must not be able to
// pass for other lines of the question.
func onLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > mostShown {
		text = string(r[:mostShown]) + "…"
	}
	return text
}
