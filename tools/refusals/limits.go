package refusals

import (
	"fmt"
	"time"
)

// The codes of calls that were not made because their caller makes too many. Nothing was sent.
const (
	// CodeCallLimit is a call beyond those that a caller may make in a minute.
	CodeCallLimit = "too_many_calls"
	// CodeTooManyAtOnce is a call beyond those that a caller may have at work at once.
	CodeTooManyAtOnce = "too_many_calls_at_once"
)

// CallLimit refuses a call beyond the most of a minute. wait is how long until the next may be made.
func CallLimit(most int, wait time.Duration) *Refusal {
	after := max(1, int((wait+time.Second-1)/time.Second))
	return &Refusal{IsError: true, Code: CodeCallLimit, Retryable: true, RetryAfter: after,
		Message:  fmt.Sprintf("This server takes %d calls of one account in a minute; nothing was sent.", most),
		NextStep: fmt.Sprintf("Call again in %d seconds with the same arguments.", after),
	}
}

// TooManyAtOnce refuses a call beyond those that may be at work at once.
func TooManyAtOnce(most int) *Refusal {
	const after = 5 // seconds: most calls take less
	return &Refusal{IsError: true, Code: CodeTooManyAtOnce, Retryable: true, RetryAfter: after,
		Message:  fmt.Sprintf("%d calls of this account are at work, which is as many as this server takes at once; nothing was sent.", most),
		NextStep: fmt.Sprintf("Call again in %d seconds with the same arguments, or when an earlier call is answered.", after),
	}
}
