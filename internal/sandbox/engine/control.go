package engine

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxAdvance keeps a slip of the finger from leaving the range of time.Duration.
const maxAdvance = 100 * 365 * 24 * time.Hour

// ReadControl reads a control's body; false means that it was refused.
func ReadControl(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(io.LimitReader(r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		WriteError(w, Invalid("", "The body does not fit: %s.", err))
		return false
	}
	return true
}

// controlFaults plans a fault.
func (e *Engine) controlFaults(w http.ResponseWriter, r *http.Request) {
	var in fault
	if !ReadControl(w, r, &in) {
		return
	}
	in.Method = strings.ToUpper(in.Method)
	if in.Times == 0 {
		in.Times = 1
	}
	switch {
	case !strings.HasPrefix(in.Path, "/"):
		WriteError(w, Invalid("path", "'path' must be a path or a template such as /v3/videos/{video_id}."))
	case !slices.Contains(faultNames(), in.Fault):
		WriteError(w, Invalid("fault", "'fault' must be one of: %s.", strings.Join(faultNames(), ", ")))
	case in.Fault == faultRefuse && (in.Status < 400 || in.Status > 599 || in.Code == ""):
		WriteError(w, Invalid("status", "A refusal needs a 'status' between 400 and 599 and a 'code'."))
	case in.Times < 0:
		WriteError(w, Invalid("times", "'times' must be at least 1."))
	default:
		e.faults.add(in)
		WriteJSON(w, http.StatusOK, in)
	}
}

// controlClock holds, releases or advances the clock.
func (e *Engine) controlClock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Hold           *bool   `json:"hold"`
		AdvanceSeconds float64 `json:"advance_seconds"`
	}
	if !ReadControl(w, r, &in) {
		return
	}
	if in.AdvanceSeconds < 0 || in.AdvanceSeconds > maxAdvance.Seconds() {
		WriteError(w, Invalid("advance_seconds", "'advance_seconds' must be between 0 and %.0f.", maxAdvance.Seconds()))
		return
	}
	if in.Hold != nil {
		e.clock.hold(*in.Hold)
	}
	e.clock.advance(time.Duration(math.Round(in.AdvanceSeconds * float64(time.Second))))
	e.mu.Lock()
	e.settleAll()
	e.mu.Unlock()
	e.Deliveries.Deliver(r.Context())
	now, held := e.clock.state()
	WriteJSON(w, http.StatusOK, map[string]any{"now": now.Unix(), "held": held})
}

// controlCredits sets what an account has left, so that a test need not spend it.
func (e *Engine) controlCredits(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Account        string   `json:"account"`
		WalletUSD      *float64 `json:"wallet_usd"`
		PremiumCredits *int64   `json:"premium_credits"`
	}
	if !ReadControl(w, r, &in) {
		return
	}
	if !ValidAccountName(in.Account) {
		WriteError(w, Invalid("account", "'account' must be the name of an account."))
		return
	}
	a := e.Account(in.Account)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Settle(a, e.clock.Now())
	if in.WalletUSD != nil {
		a.Wallet = int64(math.Round(*in.WalletUSD * MicroUSD))
	}
	if in.PremiumCredits != nil {
		a.Premium = *in.PremiumCredits
	}
	WriteJSON(w, http.StatusOK, map[string]any{
		"account": a.Name, "wallet_usd": float64(a.Wallet) / MicroUSD, "premium_credits": a.Premium,
	})
}

// controlCalls answers with every recorded request, oldest first.
func (e *Engine) controlCalls(w http.ResponseWriter, _ *http.Request) {
	WriteJSON(w, http.StatusOK, e.calls.copied())
}

// controlDeliver sends what is due, and answers with every delivery, those that have ended first.
func (e *Engine) controlDeliver(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	e.settleAll()
	e.mu.Unlock()
	e.Deliveries.Deliver(r.Context())
	WriteJSON(w, http.StatusOK, e.Deliveries.Reports())
}
