package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxAdvance keeps a slip of the finger from leaving the range of time.Duration.
const maxAdvance = 100 * 365 * 24 * time.Hour

// mostOfCatalogue is how many looks, and how many voices, a catalogue may have.
const mostOfCatalogue = 20_000

// readControl reads a control's body; false means that it was refused.
func readControl(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(io.LimitReader(r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		writeError(w, invalid("", "The body does not fit: %s.", err))
		return false
	}
	return true
}

// controlFaults plans a fault.
func (s *Sandbox) controlFaults(w http.ResponseWriter, r *http.Request) {
	var in fault
	if !readControl(w, r, &in) {
		return
	}
	in.Method = strings.ToUpper(in.Method)
	if in.Times == 0 {
		in.Times = 1
	}
	switch {
	case !strings.HasPrefix(in.Path, "/"):
		writeError(w, invalid("path", "'path' must be a path or a template such as /v3/videos/{video_id}."))
	case !slices.Contains(faultNames(), in.Fault):
		writeError(w, invalid("fault", "'fault' must be one of: %s.", strings.Join(faultNames(), ", ")))
	case in.Times < 0:
		writeError(w, invalid("times", "'times' must be at least 1."))
	default:
		s.faults.add(in)
		writeJSON(w, http.StatusOK, in)
	}
}

// controlClock holds, releases or advances the clock.
func (s *Sandbox) controlClock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Hold           *bool   `json:"hold"`
		AdvanceSeconds float64 `json:"advance_seconds"`
	}
	if !readControl(w, r, &in) {
		return
	}
	if in.AdvanceSeconds < 0 || in.AdvanceSeconds > maxAdvance.Seconds() {
		writeError(w, invalid("advance_seconds", "'advance_seconds' must be between 0 and %.0f.", maxAdvance.Seconds()))
		return
	}
	if in.Hold != nil {
		s.clock.hold(*in.Hold)
	}
	s.clock.advance(time.Duration(math.Round(in.AdvanceSeconds * float64(time.Second))))
	s.mu.Lock()
	s.settleAll()
	s.mu.Unlock()
	s.deliveries.Deliver(r.Context())
	now, held := s.clock.state()
	writeJSON(w, http.StatusOK, map[string]any{"now": now.Unix(), "held": held})
}

// controlCredits sets what an account has left, so that a test need not spend it.
func (s *Sandbox) controlCredits(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Account        string   `json:"account"`
		WalletUSD      *float64 `json:"wallet_usd"`
		PremiumCredits *int64   `json:"premium_credits"`
	}
	if !readControl(w, r, &in) {
		return
	}
	if !validAccountName(in.Account) {
		writeError(w, invalid("account", "'account' must be the name of an account."))
		return
	}
	a := s.account(in.Account)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle(a, s.clock.Now())
	if in.WalletUSD != nil {
		a.wallet = int64(math.Round(*in.WalletUSD * microUSD))
	}
	if in.PremiumCredits != nil {
		a.premium = *in.PremiumCredits
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"account": a.name, "wallet_usd": float64(a.wallet) / microUSD, "premium_credits": a.premium,
	})
}

// controlCalls answers with every recorded request, oldest first.
func (s *Sandbox) controlCalls(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, s.calls.copied())
}

// controlReset brings the sandbox back to how it started: accounts, jobs,
// sign-ins, planned faults, recorded calls, remembered keys and the clock. A
// body of {"looks": n, "voices": n} gives the catalogue another size.
func (s *Sandbox) controlReset(w http.ResponseWriter, r *http.Request) {
	var in struct{ Looks, Voices int }
	err := json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(&in)
	if err != nil && !errors.Is(err, io.EOF) || min(in.Looks, in.Voices) < 0 || max(in.Looks, in.Voices) > mostOfCatalogue {
		writeError(w, invalid("looks", "A reset takes nothing, or {\"looks\": n, \"voices\": n} with numbers up to %d.", mostOfCatalogue))
		return
	}
	s.mu.Lock()
	s.forget()
	if in.Looks+in.Voices > 0 {
		s.public = publicCatalogue(s.seed, cmp.Or(in.Looks, defaultLooks), cmp.Or(in.Voices, defaultVoices))
	}
	s.mu.Unlock()
	s.deliveries.Reset()
	s.oauth.Reset()
	s.faults.reset()
	s.calls.reset()
	s.keys.reset()
	s.clock.reset()
	writeJSON(w, http.StatusOK, map[string]any{"reset": true})
}

// controlDeliver sends what is due, and answers with every delivery, those that have ended first.
func (s *Sandbox) controlDeliver(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.settleAll()
	s.mu.Unlock()
	s.deliveries.Deliver(r.Context())
	writeJSON(w, http.StatusOK, s.deliveries.Reports())
}
