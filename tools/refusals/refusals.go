// Package refusals owns what an agent is told when a tool did not do what was asked: the codes, the
// words, and the next step for each of HeyGen's error codes. It knows HeyGen's errors and no tool
// but by the names that a next step gives; which of them exist is checked where the catalog is
// made. It asks HeyGen for nothing but what an id is that was not found.
//
// Reading order: refusals.go, next_steps.go (by HeyGen's code), standing.go (by what the call was),
// operations.go (which tool a step names), arguments.go (faults of one argument), unspeakable.go (texts
// that cannot be spoken), not_found.go, other_kinds.go and known_by.go (ids of something else), permissions.go,
// failed_jobs.go, limits.go.
package refusals

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// The codes of refusals that are not HeyGen's own.
const (
	// CodeInternal is a fault of this server.
	CodeInternal = "internal"
	// CodeScope is a call that the sign-in was not given the right to.
	CodeScope = "insufficient_scope"
	// CodeKeyRequired is a call that HeyGen takes with an API key alone.
	CodeKeyRequired = "api_key_required"
	// CodeNotOffered is what a request may not reach.
	CodeNotOffered = "not_offered"
	// CodeInputRequired is a call that asks the user before it goes on. It is for logs: the client
	// gets the question.
	CodeInputRequired = "input_required"
	// CodeConfirmationRequired is a call that the user must agree to first.
	CodeConfirmationRequired = "confirmation_required"
	// CodeDeclined is a call that the user did not agree to.
	CodeDeclined = "declined"
	// CodeTooManyHosts is a call that leads to more hosts than a question can show.
	CodeTooManyHosts = "too_many_hosts"
	// CodeCallbackNotAllowed is a call whose callback leads to a host that nobody allowed.
	CodeCallbackNotAllowed = "callback_not_allowed"
	// CodeFileUnreadable is a call for which this server had to read a file of HeyGen's and could not.
	CodeFileUnreadable = "file_unreadable"
	// CodeKeyReused is a create under a key that belongs to another one.
	CodeKeyReused = "idempotency_key_reused"
	// CodeSpeechFailed is a stream of speech that began, and in which HeyGen then told of a fault.
	CodeSpeechFailed = "speech_failed"
)

// Refusal is a tool's answer when it did not do what was asked: what is wrong, and what the agent
// should do next.
type Refusal struct {
	IsError    bool   `json:"error"`
	Code       string `json:"error_code"`
	Message    string `json:"message"`
	Retryable  bool   `json:"retryable"`
	NextStep   string `json:"next_step"`
	Param      string `json:"param,omitempty"`
	RetryAfter int    `json:"retry_after_seconds,omitempty"`
	RequestID  string `json:"request_id,omitempty"`
	// HeyGenMessage is HeyGen's text, "" for none. It may repeat what strangers wrote, so that it never
	// becomes part of Message or NextStep, which an agent may take for this server's advice.
	HeyGenMessage string `json:"heygen_message,omitempty"`
	// HeyGenErrors are the faults that HeyGen lists one by one, and MoreErrors how many there are
	// besides.
	HeyGenErrors []HeyGenError `json:"heygen_errors,omitempty"`
	MoreErrors   int           `json:"more_heygen_errors,omitempty"`

	// cause is for the log: the agent is shown the message, the operator what lies below it.
	cause error
}

// HeyGenError is one of several faults that HeyGen lists: of a node of a workflow's graph, for
// example.
type HeyGenError struct {
	Code          string `json:"code,omitempty"`
	NodeID        string `json:"node_id,omitempty"`
	Port          string `json:"port,omitempty"`
	Path          string `json:"path,omitempty"`
	HeyGenMessage string `json:"heygen_message,omitempty"`
}

// Error makes a refusal an error, so that a run has one way out.
func (r *Refusal) Error() string { return r.Code + ": " + r.Message }

// Unwrap gives the error that the refusal was made from.
func (r *Refusal) Unwrap() error { return r.cause }

// Invalid refuses one argument: param is its path, message the rule, next what to do about it.
func Invalid(param, message, next string) *Refusal {
	return &Refusal{IsError: true, Code: heygen.CodeInvalidParameter, Message: message, Param: param, NextStep: next}
}

// NotPermitted refuses a call that the sign-in was not given the right to. does says what the tool
// does, such as "creates".
func NotPermitted(tool, does string) *Refusal {
	return &Refusal{IsError: true, Code: CodeScope, Message: tool + " " + does + ", and this sign-in does not allow that.",
		NextStep: "Ask the user to connect again and to allow it, or use a tool that only reads."}
}

// NotOffered refuses a tool that the request may not reach.
func NotOffered() *Refusal {
	return &Refusal{IsError: true, Code: CodeNotOffered, Message: "This endpoint does not offer that.", NextStep: "Use what its tools/list shows."}
}

// KeyReused refuses a create whose key, an argument, came so long ago with other arguments.
func KeyReused(argument string, ago time.Duration) *Refusal {
	return &Refusal{IsError: true, Code: CodeKeyReused, Param: argument,
		Message: "This " + argument + " came " + Ago(ago) + " ago with other arguments. HeyGen would answer with what was " +
			"made of those, so nothing was sent.",
		NextStep: "To make this one too, leave " + argument + " out or choose a new one. To see the earlier answer, send " +
			"its arguments with it."}
}

// Ago is a time that has passed, in words.
func Ago(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return "a moment"
	case d < 2*time.Minute:
		return fmt.Sprintf("%d seconds", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	}
	return fmt.Sprintf("%d hours", int(d.Hours()))
}

// fromFault refuses a call for its arguments.
func fromFault(f *faults.Fault) *Refusal { return Invalid(f.Param, f.Message, f.NextStep) }

// Respelt is the refusal with the arguments that it names in camelCase, for clients whose schemas do.
func (r *Refusal) Respelt(names inputs.Names) *Refusal {
	other := *r
	other.Param, other.Message, other.NextStep = names.Spell(r.Param), names.Spell(r.Message), names.Spell(r.NextStep)
	other.HeyGenMessage = names.Spell(r.HeyGenMessage)
	other.HeyGenErrors = slices.Clone(r.HeyGenErrors)
	for i := range other.HeyGenErrors {
		one := &other.HeyGenErrors[i]
		one.Path, one.HeyGenMessage = names.Spell(one.Path), names.Spell(one.HeyGenMessage)
	}
	return &other
}

// Attempt is what a refusal needs to know of the call that failed.
type Attempt struct {
	Reads      bool   // the tool only reads
	VerifyWith string // the tool that shows whether a write happened, "" for none
	Key        string // the Idempotency-Key that it travelled under, "" for none
	InBody     bool   // the key is the body's request_id

	Tools Tools          // the tools that steps may name
	Input *inputs.Spec   // what the tool takes; nil where an error may speak of other arguments
	Given map[string]any // the arguments, in their canonical form
	// Known finds out which of some gets knows an id; nil asks nobody.
	Known func(gets []heygen.Op, id string) (heygen.Op, bool)
	OAuth bool // the caller has no API key of HeyGen's, but an OAuth token
	// CostUSD is the most that the call was expected to cost, nil where that is not known or nothing.
	CostUSD *float64
}

// From turns any error into a refusal. Errors that are not HeyGen's and not ours to show
// become "internal": their text may hold what an agent must not see.
func From(err error, a Attempt) *Refusal {
	if r, ok := errors.AsType[*Refusal](err); ok {
		return r
	}
	if f, ok := errors.AsType[*faults.Fault](err); ok {
		return fromFault(f)
	}
	e, ok := errors.AsType[*heygen.Error](err)
	if !ok {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return &Refusal{IsError: true, Code: heygen.CodeCanceled, Message: "The call ended before HeyGen answered.", Retryable: true, NextStep: "Call again if the answer is still wanted.", cause: err}
		}
		return &Refusal{IsError: true, Code: CodeInternal, Message: "The server failed on this call.", NextStep: "Report this to the operator of the server, with the time of the call.", cause: err}
	}
	r := &Refusal{
		IsError:    true,
		Code:       e.Code,
		Message:    e.Message,
		Param:      e.Param,
		Retryable:  e.Retryable,
		RetryAfter: int(math.Ceil(e.RetryAfter.Seconds())),
		RequestID:  e.RequestID,
		cause:      err,
	}
	r.quote(e)
	if e.Status == 0 && e.Code == heygen.CodeInvalidParameter {
		// Refused by our own client before anything was sent: an id that is none.
		r.Message, r.NextStep = e.Param+" "+e.Message+".", "Send an id as a list or get tool shows it."
		return r
	}
	if e.Unclear && a.Reads {
		// A POST that only looks: v3's method says nothing of what is made, the tool's effect does.
		r.Retryable = true
		r.NextStep = "Call again: this makes nothing and costs nothing, and the same arguments find the same."
		return r
	}
	if e.Unclear {
		r.Retryable = false
		r.Message = "It is not known whether this happened. " + r.Message
		r.NextStep = fmt.Sprintf("Call %s to see whether it happened before calling again.", a.VerifyWith)
		return r
	}
	if e.Status != http.StatusNotFound || !r.notFound(e, a) {
		r.NextStep = nextStep(e, a)
		r.located(e, a)
		r.elsewhere(e, a)
		r.unspeakable(e, a)
	}
	if r.Retryable && a.Key != "" {
		// The key is named because the slot in which equal arguments share one may end meanwhile.
		name := "idempotency_key"
		if a.InBody {
			name = "request_id"
		}
		r.NextStep += fmt.Sprintf(" Add %s %q to the same arguments: then it cannot be done twice.", name, a.Key)
	}
	return r
}

// quote moves HeyGen's text, where e has that, out of the message into a member of its own.
func (r *Refusal) quote(e *heygen.Error) {
	if !e.Quoted {
		return
	}
	r.HeyGenMessage = e.Message
	r.MoreErrors = e.MoreDetails
	for _, d := range e.Details {
		r.HeyGenErrors = append(r.HeyGenErrors, HeyGenError{
			Code: d.Code, NodeID: d.NodeID, Port: d.Port, Path: d.Path, HeyGenMessage: d.Message,
		})
	}
	r.Message = fmt.Sprintf("HeyGen refused this call with status %d; heygen_message has its reason.", e.Status)
	switch {
	case e.Status >= http.StatusInternalServerError:
		r.Message = fmt.Sprintf("HeyGen failed on this call with status %d; heygen_message is what it said.", e.Status)
	case e.Status < http.StatusBadRequest:
		r.Message = "HeyGen did not do this; heygen_message has its reason."
	}
}

// nextStep says what an agent should do about an error of HeyGen's: by its code on the operation,
// by its code where that is known, else by its status.
func nextStep(e *heygen.Error, a Attempt) string {
	if e.Status == http.StatusForbidden && (e.Code == "forbidden" || stepOf(e.Code) == "") {
		return a.forbidden(e)
	}
	steps := NextSteps()
	if step := steps[e.Code+" "+e.Op.String()]; step != "" {
		return a.Tools.fill(step)
	}
	switch e.Code {
	case "conflict":
		return a.conflict(e)
	case codeNoCredit:
		return a.noCredit()
	}
	if step := steps[e.Code]; step != "" {
		if _, paged := a.Given["token"]; paged && e.Code == heygen.CodeInvalidParameter {
			step += " A token is good for the list and the filters that it came with: without it the " +
				"list begins anew."
		}
		return a.Tools.fill(step)
	}
	return a.stepOfStatus(e, steps)
}

// stepOfStatus is what to do about an error whose code nobody knows.
func (a Attempt) stepOfStatus(e *heygen.Error, steps map[string]string) string {
	switch {
	case e.Status == http.StatusTooManyRequests:
		seconds := max(1, int(math.Ceil(e.RetryAfter.Seconds())))
		return fmt.Sprintf("Wait %d seconds, then call again with the same arguments.", seconds)
	case e.Retryable:
		return "Call again in some seconds."
	}
	switch e.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return steps[heygen.CodeInvalidParameter]
	case http.StatusUnauthorized:
		return steps["unauthorized"]
	case http.StatusPaymentRequired:
		return a.noCredit()
	case http.StatusNotFound:
		return "No argument of this call is an id, so HeyGen does not offer this: tell the user."
	case http.StatusConflict:
		return a.conflict(e)
	case http.StatusGone:
		return "It has ended and takes nothing more: make a new one if it is still wanted."
	case http.StatusRequestEntityTooLarge:
		return steps["payload_too_large"]
	}
	return "Tell the user what HeyGen answered; calling again unchanged will not help."
}
