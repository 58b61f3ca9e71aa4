package auth

import "errors"

// The outcomes of checks of callers' credentials.
const (
	CheckOK          = "ok"
	CheckMissing     = "missing"
	CheckMalformed   = "malformed"
	CheckRejected    = "rejected"    // unknown, expired or revoked
	CheckTooMany     = "too_many"    // refused unseen
	CheckUnavailable = "unavailable" // could not be checked now
)

// tellChecked tells the operator how a check came out; nil is a success.
func (a *Auth) tellChecked(err error) {
	if a.checked == nil {
		return
	}
	outcome := CheckRejected
	_, tooMany := errors.AsType[*tooManyError](err)
	_, malformed := errors.AsType[*formError](err)
	switch {
	case err == nil:
		outcome = CheckOK
	case tooMany:
		outcome = CheckTooMany
	case malformed, errors.Is(err, errAmbiguous):
		outcome = CheckMalformed
	case errors.Is(err, errMissing):
		outcome = CheckMissing
	case errors.Is(err, errOpenQuestion):
		outcome = CheckUnavailable
	}
	a.checked(outcome)
}
