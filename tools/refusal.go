package tools

import (
	"context"
	"errors"
	"fmt"
	"math"

	"heygen-mcp/heygen"
)

// errTrailing is bytes after a JSON value.
var errTrailing = errors.New("more than one JSON value")

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
}

// Error makes a refusal an error, so that a run has one way out.
func (r *Refusal) Error() string { return r.Code + ": " + r.Message }

// invalid refuses one argument: param is its path, message the rule, next what to do about it.
func invalid(param, message, next string) *Refusal {
	return &Refusal{IsError: true, Code: "invalid_parameter", Message: message, Param: param, NextStep: next}
}

// refusalOf turns any error into a refusal. Errors that are not HeyGen's and not ours to show
// become "internal": their text may hold what an agent must not see.
func refusalOf(err error, effect Effect, tells string) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	var e *heygen.Error
	if !errors.As(err, &e) {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return &Refusal{IsError: true, Code: heygen.CodeCanceled, Message: "The call ended before HeyGen answered.", Retryable: true, NextStep: "Call again if the answer is still wanted."}
		}
		return &Refusal{IsError: true, Code: "internal", Message: "The server failed on this call.", NextStep: "Report this to the operator of the server."}
	}
	r = &Refusal{
		IsError:    true,
		Code:       e.Code,
		Message:    e.Message,
		Param:      e.Param,
		Retryable:  e.Retryable,
		RetryAfter: int(math.Ceil(e.RetryAfter.Seconds())),
		RequestID:  e.RequestID,
	}
	if e.Unclear {
		r.Retryable = false
		r.Message = "HeyGen did not answer, so this may or may not have happened. " + e.Message
		r.NextStep = "Do not call again yet."
		if tells != "" {
			r.NextStep = fmt.Sprintf("Call %s to see whether it happened before calling again.", tells)
		}
		return r
	}
	r.NextStep = nextStep(e, effect)
	return r
}

// nextStep says what an agent should do about an error of HeyGen's.
func nextStep(e *heygen.Error, effect Effect) string {
	switch e.Code {
	case "insufficient_credit":
		return "Ask the user to top up at https://app.heygen.com/settings, or make a shorter video; get_current_user shows the balance."
	case "trial_limit_exceeded", "plan_upgrade_required":
		return "Ask the user to upgrade the HeyGen plan; calling again will not help."
	case "authentication_failed", "unauthorized":
		return "Ask the user to sign in again or to give a valid API key."
	case "forbidden", "resource_access_denied", "ai_vendor_access_restricted":
		return "The credential may not do this; ask the user for one that may."
	case "avatar_not_found":
		return "Choose an id from list_avatar_looks."
	case "voice_not_found", "voice_not_usable", "voice_unavailable":
		return "Choose another voice_id from list_voices."
	case "video_not_found":
		return "Choose an id from list_videos."
	case "avatar_consent_required":
		return "The person shown must consent first; choose another look until then."
	case heygen.CodeCanceled:
		return "Call again if the answer is still wanted."
	case "request_in_progress":
		return "The same create is still running; call again with the same arguments in some seconds."
	}
	switch {
	case e.Status == 429:
		return fmt.Sprintf("Wait %d seconds, then call again with the same arguments.", max(1, int(math.Ceil(e.RetryAfter.Seconds()))))
	case e.Retryable && effect == Creates:
		return "Call again with the same arguments: the same create is not charged twice within ten minutes."
	case e.Retryable:
		return "Call again in some seconds."
	case e.Status == 400:
		return "Correct the argument that the message names and call again."
	case e.Status == 404:
		return "Check the id with the list tool of this kind."
	}
	return "Tell the user what the message says; calling again unchanged will not help."
}
