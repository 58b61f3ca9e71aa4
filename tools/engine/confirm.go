package engine

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

// asksAbout reports whether a user must agree to calls of the tool. Those that a tool passes on are
// asked about by the tool inside. What redirects is asked about with what deletes: data that went to a
// stranger cannot be taken back.
func (e *Engine) asksAbout(t *BoundTool) bool {
	return t.CallsHeyGen() && (e.cfg.Confirm == ConfirmAll && t.Effect != Reads ||
		e.cfg.Confirm == ConfirmDeletes && (t.Effect == Deletes || t.redirects))
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

// confirm lets a call go on if it needs no question or the user has agreed to it. A client that can ask
// is given the question; any other must say that it has asked, where that is believed.
func (c *Call) confirm(ctx context.Context, canonical map[string]any, confirmed bool) error {
	asks := c.engine.asksAbout(c.tool) || len(c.toAllow) > 0
	if agreed, _ := ctx.Value(preconfirmedKey{}).(bool); agreed || !asks || c.agreedBefore() {
		return nil
	}
	if !canFill(exchange.From(ctx)) {
		return c.withoutQuestion(confirmed)
	}
	origins := agreed.OriginsAmong(canonical)
	if len(origins) > maxOrigins {
		return &refusals.Refusal{IsError: true, Code: refusals.CodeTooManyHosts,
			Message:  fmt.Sprintf("The arguments link to %d hosts; the user can be asked about %d at once.", len(origins), maxOrigins),
			NextStep: "Split the work into several calls."}
	}
	caller := c.engine.cfg.Caller(ctx)
	if answer := c.answered(ctx, confirmQuestion); answer != nil {
		content, ok := answer.Content.(map[string]any)
		if !ok || answer.Action != mcp.ElicitationResponseActionAccept || content[confirmField] != true {
			return &refusals.Refusal{IsError: true, Code: refusals.CodeDeclined, Message: "The user was asked and did not agree, so nothing was done.",
				NextStep: "Do not call it again unless the user asks for it."}
		}
		if c.takeAgreement() {
			for _, o := range origins {
				c.engine.agreed.Learn(caller, o.Host)
			}
			return nil
		}
	}
	about, err := c.tellAbout()
	if err != nil {
		return err
	}
	return c.question(ctx, confirmQuestion, mcp.ElicitationParams{
		Message: c.questionText(caller, origins, about, canonical),
		RequestedSchema: map[string]any{
			"type": "object", "required": []string{confirmField},
			"properties": map[string]any{confirmField: map[string]any{"type": "boolean", "title": c.tool.Title, "description": "Yes, do this."}},
		},
	}, nil)
}

// withoutQuestion is what a client that cannot ask its user is told; nil lets the call go on.
func (c *Call) withoutQuestion(confirmed bool) error {
	r := &refusals.Refusal{IsError: true, Code: refusals.CodeConfirmationRequired,
		Message:  c.tool.Name + " " + c.tool.Effect.String() + ", and this server wants the user to agree to that first.",
		NextStep: "Ask the user. If they agree, make the same call with confirm true among the arguments of " + c.tool.Name + "."}
	switch {
	case c.engine.cfg.ConfirmStrict:
		r.Message = c.tool.Name + " " + c.tool.Effect.String() + ", and this server asks the user itself, which it cannot through this client."
		r.NextStep = "Tell the user: clients that speak MCP 2026-07-28 or later and declare the elicitation capability, with forms, can ask them. " +
			"The operator can start the server without --confirm-strict (HEYGEN_MCP_CONFIRM_STRICT). No argument stands for the user's answer."
	case confirmed:
		return nil
	default:
		r.Param = confirmField
	}
	about, err := c.tellAbout()
	if err != nil {
		return err
	}
	if about != "" {
		r.Message += " " + about
	}
	return r
}

// tellAbout is what the tool says of this call to a user who is asked about it.
func (c *Call) tellAbout() (string, error) {
	if c.about == nil {
		return "", nil
	}
	return c.about()
}

// takeAgreement reports whether the agreement that came with this call may be acted upon: one is good
// for one call. Where HeyGen takes a key of the call, the agreement becomes it, and its repeat is the
// same call; elsewhere it is used up.
func (c *Call) takeAgreement() bool {
	if !c.tool.keyed && !c.engine.used.Claim(c.state.ID, c.state.At, c.engine.Now().UnixMilli()) {
		return false
	}
	c.agreedID = c.state.ID
	return true
}

// questionText tells a user what a call would do, and first of all to where it leads.
func (c *Call) questionText(caller string, origins []agreed.Origin, about string, canonical map[string]any) string {
	var b strings.Builder
	b.WriteString(c.tool.Title + "?")
	if c.tool.Effect == Deletes {
		b.WriteString(" This cannot be taken back.")
	}
	if c.tool.Effect == Creates {
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
		if o.Host == "" || !c.engine.isOwnHost(o.Host) && !c.engine.agreed.Knows(caller, o.Host) {
			b.WriteString(", a new host: it is seen here for the first time")
		}
	}
	for _, name := range faults.SortedKeys(canonical) {
		shown, ok := canonical[name].(string)
		most := maxShownChars
		switch list, isList := canonical[name].([]any); {
		case ok:
		case isList && c.tool.several == name:
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
func (e *Engine) isOwnHost(host string) bool {
	return host == "heygen.com" || strings.HasSuffix(host, ".heygen.com") ||
		slices.ContainsFunc(e.cfg.OwnHosts, func(own string) bool {
			name, _ := splitHost(own)
			return agreed.HostKey(name) == host
		})
}
