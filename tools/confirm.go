package tools

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
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
	// mostShown is how much of an argument a question shows, in characters: a person reads it.
	mostShown = 120
	// mostOrigins is how many places to which its links lead a question shows. It shows all or is not put.
	mostOrigins = 40
)

// sureKey marks the context of a call that a person has asked for in so many words, such as a cancel.
type sureKey struct{}

// confirms reports whether calls of an effect are asked about. What redirects is asked about with what deletes: data that
// went to a stranger cannot be taken back.
func (c *Catalog) confirms(e Effect, redirects bool) bool {
	return c.cfg.Confirm == ConfirmAll && e != Reads || c.cfg.Confirm == ConfirmDeletes && (e == Deletes || redirects)
}

// schemaOf is the input schema of a tool as this server takes it.
func (c *Catalog) schemaOf(e *entry) json.RawMessage {
	spelling := snakeCase
	if c.cfg.CamelCase {
		spelling = camelCase
	}
	if !c.confirms(e.info.Effect, e.redirects) || len(e.info.Operations) == 0 || c.cfg.ConfirmStrict {
		return inputSchema(e.plan, spelling)
	}
	with := *e.plan
	with.fields = append(slices.Clone(with.fields), field{name: confirmField, camel: confirmField, typ: reflect.TypeFor[bool](),
		doc: "true once the user has agreed."})
	return inputSchema(&with, spelling)
}

// withoutConfirm takes the confirmation out of the arguments, if this call can have one.
func (c *call) withoutConfirm(args json.RawMessage) (rest json.RawMessage, confirmed bool) {
	if !c.mustAgree {
		return args, false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(args, &members) != nil || members[confirmField] == nil {
		return args, false // what is no object is refused with its own words
	}
	confirmed = string(members[confirmField]) == "true"
	delete(members, confirmField)
	rest, err := json.Marshal(members)
	if err != nil {
		return args, false
	}
	return rest, confirmed
}

// confirm lets a call go on if it needs no question or the person has agreed to it. A client that can ask is given the
// question; any other must say that it has asked, where that is believed.
func (c *call) confirm(ctx context.Context, canonical map[string]any, confirmed bool) error {
	if sure, _ := ctx.Value(sureKey{}).(bool); sure || !c.mustAgree && len(c.strange) == 0 {
		return nil
	}
	if !canFill(exchange.From(ctx)) {
		return c.unasked(confirmed)
	}
	leads := originsAmong(canonical)
	if len(leads) > mostOrigins {
		return &Refusal{IsError: true, Code: "too_many_hosts", Message: fmt.Sprintf("The arguments link to %d hosts; the user can be asked about %d at once.", len(leads), mostOrigins),
			NextStep: "Split the work into several calls."}
	}
	answer := c.answered(ctx, sureQuestion)
	if answer != nil {
		if content, ok := answer.Content.(map[string]any); !ok || answer.Action != mcp.ElicitationResponseActionAccept || content[confirmField] != true {
			return &Refusal{IsError: true, Code: "declined", Message: "The user was asked and did not agree, so nothing was done.",
				NextStep: "Do not call it again unless the user asks for it."}
		}
		if c.agreed() {
			for _, o := range leads {
				c.hosts.learn(c.cfg.Caller(ctx), o.host)
			}
			return nil
		}
	}
	return c.question(ctx, sureQuestion, mcp.ElicitationParams{
		Message: c.inWords(c.cfg.Caller(ctx), leads, canonical),
		RequestedSchema: map[string]any{
			"type": "object", "required": []string{confirmField},
			"properties": map[string]any{confirmField: map[string]any{"type": "boolean", "title": c.title, "description": "Yes, do this."}},
		},
	}, nil)
}

// unasked is what a client that cannot ask its person is told; nil lets the call go on.
func (c *call) unasked(confirmed bool) error {
	r := &Refusal{IsError: true, Code: "confirmation_required",
		Message:  c.tool + " " + c.effect.String() + ", and this server wants the user to agree to that first.",
		NextStep: "Ask the user. If they agree, make the same call with confirm true among the arguments of " + c.tool + "."}
	switch {
	case c.cfg.ConfirmStrict:
		r.Message = c.tool + " " + c.effect.String() + ", and this server asks the user itself, which it cannot through this client."
		r.NextStep = "Tell the user: clients that speak MCP 2026-07-28 or later and declare the elicitation capability, with forms, can ask them. " +
			"The operator can start the server without --confirm-strict (HEYGEN_MCP_CONFIRM_STRICT). No argument stands for the user's answer."
	case confirmed:
		return nil
	default:
		r.Param = confirmField
	}
	return r
}

// agreed reports whether the yes that came with this call may be acted upon. One yes is one call. Where HeyGen takes a key
// of the call, the yes becomes it, and its repeat is the same call; elsewhere it is used up.
func (c *call) agreed() bool {
	if !c.keyed && !c.used.claim(c.state.ID, c.state.At, c.cfg.Clock().UnixMilli()) {
		return false
	}
	c.yes = c.state.ID
	return true
}

// inWords tells a person what a call would do, and first of all to where it leads.
func (c *call) inWords(caller string, leads []origin, canonical map[string]any) string {
	var b strings.Builder
	b.WriteString(c.title + "?")
	if c.effect == Deletes {
		b.WriteString(" This cannot be taken back.")
	}
	if c.effect == Creates {
		b.WriteString(" This may cost credits.")
	}
	for _, cb := range c.sends {
		b.WriteString("\nHeyGen will send what it has to tell to " + cb.to.String() + " (" + cb.path + ")")
	}
	for _, o := range leads {
		b.WriteString("\nLink to " + o.String())
		if o.host == "" || !c.isOurs(o.host) && !c.hosts.knows(caller, o.host) {
			b.WriteString(", a new host: it is seen here for the first time")
		}
	}
	for _, name := range sortedKeys(canonical) {
		text, ok := canonical[name].(string)
		if !ok {
			raw, err := encode(canonical[name])
			text = cmp.Or(string(raw), fmt.Sprint(err))
		}
		b.WriteString("\n" + name + ": " + onLine(text, mostShown))
	}
	return b.String()
}

// isOurs reports whether a host is HeyGen's or this deployment's.
func (c *Catalog) isOurs(host string) bool {
	return host == "heygen.com" || strings.HasSuffix(host, ".heygen.com") ||
		slices.ContainsFunc(c.cfg.OwnHosts, func(own string) bool {
			name, _ := splitHost(own)
			return hostKey(name) == host
		})
}

// onLine is what a question shows of a text: at most so many characters, and how many more there are. It stays on its line
// and shows in order: an argument must not be able to pass for other lines of the question.
func onLine(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "… " + thousands(len(r)-most) + " more characters"
	}
	return text
}

// thousands writes a number of 0 or more with a comma between each three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
