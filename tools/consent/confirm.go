package consent

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/text"
	"heygen-mcp/tools/agreed"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/refusals"
)

const (
	// Field is the argument by which a client that cannot ask its person says that they agreed.
	Field = "confirm"
	// confirmQuestion is the name of the question.
	confirmQuestion = "confirm"
	// maxShownChars is how much of an argument a question shows, in characters: a person reads it.
	maxShownChars = 120
	// maxListedChars is how much of a list of ids a question shows: a hundred of HeyGen's longest.
	maxListedChars = 5_000
	// maxOrigins is how many places to which its links lead a question shows. It shows all or is not put.
	maxOrigins = 40
)

type preconfirmedKey struct{}

// Preconfirmed marks the context of a call that a user has asked for in so many words, such as a
// cancel: it is not asked about again.
func Preconfirmed(ctx context.Context) context.Context {
	return context.WithValue(ctx, preconfirmedKey{}, true)
}

// WithoutConfirm takes the confirmation out of the arguments, if this call can have one.
func (c *Call) WithoutConfirm(raw json.RawMessage) (rest json.RawMessage, confirmed bool) {
	if !c.checker.AsksAbout(c.tool) {
		return raw, false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members[Field] == nil {
		return raw, false // what is no object is refused with its own words
	}
	confirmed = string(members[Field]) == "true"
	delete(members, Field)
	rest, err := json.Marshal(members)
	if err != nil {
		return raw, false
	}
	return rest, confirmed
}

// Confirm lets a call go on if it needs no question or the user has agreed to it. A client that can ask is given the
// question; any other must say that it has asked, where that is believed. about is what the tool says of this call to
// its user, nil for nothing.
func (c *Call) Confirm(
	ctx context.Context, canonical map[string]any, confirmed bool, about func() (string, error),
) error {
	if sure, _ := ctx.Value(preconfirmedKey{}).(bool); sure || !c.Asks() || c.agreedID != "" {
		return nil
	}
	if !canFill(exchange.From(ctx)) {
		return c.withoutQuestion(confirmed, about)
	}
	origins := agreed.OriginsAmong(canonical)
	if len(origins) > maxOrigins {
		return &refusals.Refusal{IsError: true, Code: refusals.CodeTooManyHosts,
			Message:  fmt.Sprintf("The arguments link to %d hosts; the user can be asked about %d at once.", len(origins), maxOrigins),
			NextStep: "Split the work into several calls."}
	}
	caller := c.checker.cfg.Caller(ctx)
	if answer := c.answered(ctx, confirmQuestion); answer != nil {
		content, ok := answer.Content.(map[string]any)
		if !ok || answer.Action != mcp.ElicitationResponseActionAccept || content[Field] != true {
			return &refusals.Refusal{IsError: true, Code: refusals.CodeDeclined, Message: "The user was asked and did not " +
				"agree, so nothing was done.",
				NextStep: "Do not call it again unless the user asks for it."}
		}
		if c.takeAgreement() {
			for _, o := range origins {
				c.checker.hosts.Learn(caller, o.Host)
			}
			return nil
		}
	}
	said, err := textOf(about)
	if err != nil {
		return err
	}
	return c.question(ctx, confirmQuestion, mcp.ElicitationParams{
		Message: c.questionText(caller, origins, said, canonical),
		RequestedSchema: map[string]any{
			"type": "object", "required": []string{Field},
			"properties": map[string]any{Field: map[string]any{"type": "boolean", "title": c.tool.Title, "description": "Yes, do this."}},
		},
	}, nil)
}

// withoutQuestion is what a client that cannot ask its user is told; nil lets the call go on.
func (c *Call) withoutQuestion(confirmed bool, about func() (string, error)) error {
	r := &refusals.Refusal{IsError: true, Code: refusals.CodeConfirmationRequired,
		Message:  c.tool.Name + " " + c.tool.Does + ", and this server wants the user to agree to that first.",
		NextStep: "Ask the user. If they agree, make the same call with confirm true among the arguments of " + c.tool.Name + "."}
	switch {
	case c.checker.cfg.Strict:
		r.Message = c.tool.Name + " " + c.tool.Does + ", and this server asks the user itself, which it cannot " +
			"through this client."
		r.NextStep = "Tell the user: clients that speak MCP 2026-07-28 or later and declare the elicitation capability, " +
			"with forms, can ask them. The operator can start the server without --confirm-strict " +
			"(HEYGEN_MCP_CONFIRM_STRICT). No argument stands for the user's answer."
	case confirmed:
		return nil
	default:
		r.Param = Field
	}
	said, err := textOf(about)
	if err != nil {
		return err
	}
	if said != "" {
		r.Message += " " + said
	}
	return r
}

// textOf is what a tool says of a call, "" where it says nothing.
func textOf(about func() (string, error)) (string, error) {
	if about == nil {
		return "", nil
	}
	return about()
}

// takeAgreement reports whether the agreement that came with this call may be acted upon: one is good
// for one call. Where HeyGen takes a key of the call, the agreement becomes it, and its repeat is the
// same call; elsewhere it is used up.
func (c *Call) takeAgreement() bool {
	if !c.tool.Keyed && !c.checker.used.Claim(c.state.ID, c.state.At, c.checker.cfg.Clock().UnixMilli()) {
		return false
	}
	c.agreedID = c.state.ID
	return true
}

// questionText tells a user what a call would do, and first of all to where it leads.
func (c *Call) questionText(caller string, origins []agreed.Origin, about string, canonical map[string]any) string {
	var b strings.Builder
	b.WriteString(c.tool.Title + "?")
	if c.tool.Final {
		b.WriteString(" This cannot be taken back.")
	}
	if c.tool.Costs {
		b.WriteString(" This may cost credits.")
	}
	if about != "" {
		b.WriteString(" " + about)
	}
	for _, cb := range c.callbacks {
		b.WriteString("\nHeyGen will send what it has to tell to " + cb.to.String() + " (" + cb.path + ")")
	}
	for _, o := range origins {
		b.WriteString("\nLink to " + o.String())
		if o.Host == "" || !c.checker.isOwnHost(o.Host) && !c.checker.hosts.Knows(caller, o.Host) {
			b.WriteString(", a new host: it is seen here for the first time")
		}
	}
	for _, name := range faults.SortedKeys(canonical) {
		shown, ok := canonical[name].(string)
		most := maxShownChars
		switch list, isList := canonical[name].([]any); {
		case ok:
		case isList && c.tool.Several == name:
			// Whoever agrees to several deletions sees how many there are, and which.
			shown, most = fmt.Sprintf("%d of them: %s", len(list), joined(list)), maxListedChars
		default:
			raw, err := jsonwrite.Marshal(canonical[name])
			shown = cmp.Or(string(raw), fmt.Sprint(err))
		}
		b.WriteString("\n" + name + ": " + text.OnOneLine(shown, most))
	}
	return b.String()
}

// joined are the members of a list of texts, with commas.
func joined(list []any) string {
	texts := make([]string, len(list))
	for i, m := range list {
		texts[i] = fmt.Sprint(m)
	}
	return strings.Join(texts, ", ")
}

// isOwnHost reports whether a host is HeyGen's or this deployment's.
func (d *Checker) isOwnHost(host string) bool {
	return host == "heygen.com" || strings.HasSuffix(host, ".heygen.com") ||
		slices.ContainsFunc(d.cfg.OwnHosts, func(own string) bool {
			name, _ := splitHost(own)
			return agreed.HostKey(name) == host
		})
}
