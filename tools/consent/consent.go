// Package consent owns whether a call may go on without its user: which calls are asked about and in which words, what
// a call that has asked is to know when it comes again with the answer, where HeyGen may be told to send, and the offer
// of a link. It answers with a Question, a refusal, or nothing, and then the call goes on.
//
// It does not know how a tool is declared or run: a Tool is what a question tells of one. What users have agreed to is
// remembered by package agreed.
//
// Reading order: consent.go (who is asked about what), confirm.go (the question), state.go (what a call knows that has
// asked), callbacks.go and add_callback.go (where HeyGen sends to), link.go (a link that is offered).
package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools/agreed"
)

// The values of Config.Confirm.
const (
	Never   = "never"   // no call asks
	Deletes = "deletes" // calls that cannot be taken back
	All     = "all"     // calls that create, change or delete
)

// Config is what a Checker needs from whoever makes it.
type Config struct {
	// Confirm says which calls a user must agree to: Never, which "" is too, Deletes or All.
	Confirm string
	// Strict refuses calls that Confirm is about to clients that cannot ask their user. Without it those can say that
	// they have asked, which a model can say by itself.
	Strict bool
	// CallbackHosts are the hosts, each with or without a port, to which callbacks and webhooks may lead. Where it is
	// empty they may lead to OwnHosts, which are those of this deployment, and wherever the user agrees.
	CallbackHosts, OwnHosts []string
	// Caller names the caller of a request opaquely and stably.
	Caller func(context.Context) string
	// Seal seals what a client keeps for the caller in ctx, and Open opens it for the same caller, purpose and matter.
	Seal func(ctx context.Context, plain []byte, purpose string, about ...string) ([]byte, error)
	Open func(ctx context.Context, sealed []byte, purpose string, about ...string) ([]byte, error)
	// Clock tells the time.
	Clock func() time.Time
}

// Checker decides which calls go on without their user. From one call to the next it keeps which answers of users were
// acted upon, and which hosts they have agreed to.
type Checker struct {
	cfg   Config
	used  *agreed.States
	hosts agreed.Hosts
}

// New checks a Config.
func New(cfg Config) (*Checker, error) {
	if !slices.Contains([]string{"", Never, Deletes, All}, cfg.Confirm) {
		return nil, errors.New("consent: Confirm is never, deletes or all")
	}
	for _, host := range cfg.CallbackHosts {
		if err := CheckCallbackHost(host); err != nil {
			return nil, fmt.Errorf("consent: the callback host %q: %w", host, err)
		}
	}
	return &Checker{cfg: cfg, used: agreed.NewStates(cfg.Clock().UnixMilli())}, nil
}

// Tool is what is known of a tool whose calls may be asked about.
type Tool struct {
	Name, Title string
	// Does is what its calls do, in a word that goes on after its name: deletes.
	Does string
	// Writes says that they do more than read, Costs that they make something and may cost credits, Final that they
	// cannot be taken back, and Redirects that they change where HeyGen sends to. A tool that passes its calls on to
	// others says none of it: the tool inside asks.
	Writes, Costs, Final, Redirects bool
	// Keyed says that HeyGen takes a key of each call.
	Keyed bool
	// Several is the argument that takes a list of ids in place of one, "" for none.
	Several string
}

// AsksAbout reports whether a user must agree to calls of the tool. What redirects is asked about with what is final:
// data that went to a stranger cannot be taken back.
func (d *Checker) AsksAbout(t *Tool) bool {
	return d.cfg.Confirm == All && t.Writes || d.cfg.Confirm == Deletes && (t.Final || t.Redirects)
}

// TakesConfirm reports whether calls of the tool may say, in the argument Field, that their user has agreed.
func (d *Checker) TakesConfirm(t *Tool) bool { return d.AsksAbout(t) && !d.cfg.Strict }

// Call is the consent to one call, from its arguments to the answer of its user.
type Call struct {
	checker   *Checker
	tool      *Tool
	argsHash  string     // once Recall was called
	state     *state     // of a call that has asked, nil otherwise
	callbacks []callback // where HeyGen is to send to
	toAllow   []callback // those of them that only the user can allow
	agreedID  string     // the id of the state in which the user agreed, "" where nobody was asked
}

// Call begins the check of a call of a tool that is about to be made.
func (d *Checker) Call(t *Tool) Call { return Call{checker: d, tool: t} }

// Asks reports whether the user must agree to the call. CheckCallbacks has been called.
func (c *Call) Asks() bool { return len(c.toAllow) > 0 || c.checker.AsksAbout(c.tool) }

// AgreedID is the id of the agreement of the user, "" where nobody was asked. It belongs to this one call, and to its
// repeats on whatever replica.
func (c *Call) AgreedID() string { return c.agreedID }

// Resume goes on with an agreement that the user has given before, so that they are not asked again.
func (c *Call) Resume(agreedID string) { c.agreedID = agreedID }

// Question is the error of a call that has to ask the user first.
type Question struct {
	Text   string // what the user is asked
	Result *mcp.CallToolResult
}

// Error is the text.
func (q *Question) Error() string { return q.Text }
