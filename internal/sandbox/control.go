package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/engine"
)

// mostOfCatalog is how many looks, and how many voices, a catalog may have.
const mostOfCatalog = 20_000

// controlReset brings the sandbox back to how it started: accounts, jobs,
// sign-ins, planned faults, recorded calls, remembered keys and the clock. A
// body of {"looks": n, "voices": n} gives the catalog another size.
func (s *Sandbox) controlReset(w http.ResponseWriter, r *http.Request) {
	var in struct{ Looks, Voices int }
	err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&in)
	if err != nil && !errors.Is(err, io.EOF) || min(in.Looks, in.Voices) < 0 || max(in.Looks, in.Voices) > mostOfCatalog {
		engine.WriteError(w, engine.Invalid("looks", "A reset takes nothing, or {\"looks\": n, \"voices\": n} with numbers up to %d.", mostOfCatalog))
		return
	}
	s.Reset(func() {
		if in.Looks+in.Voices > 0 {
			s.public = publicCatalog(s.Seed, cmp.Or(in.Looks, defaultLooks), cmp.Or(in.Voices, defaultVoices))
		}
		s.forget()
	})
	s.oauth.Reset()
	engine.WriteJSON(w, http.StatusOK, map[string]any{"reset": true})
}

// controlAccount sets what an account is: its plan, what its key may do, the previews that it has
// (an empty list is none), what it has left, and the consent to its own avatar groups.
func (s *Sandbox) controlAccount(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Account        string            `json:"account"`
		Plan           *string           `json:"plan"`
		ScopeMode      *string           `json:"scope_mode"`
		Scopes         []string          `json:"scopes"`
		Previews       []string          `json:"previews"`
		WalletUSD      *float64          `json:"wallet_usd"`
		PremiumCredits *int64            `json:"premium_credits"`
		Consent        map[string]string `json:"consent"`
	}
	if !engine.ReadControl(w, r, &in) {
		return
	}
	if !engine.ValidAccountName(in.Account) {
		engine.WriteError(w, engine.Invalid("account", "'account' must be the name of an account."))
		return
	}
	a := s.Account(in.Account)
	s.Lock()
	defer s.Unlock()
	s.Settle(a, s.Now())
	scope := regexp.MustCompile(`^([a-z_-]+|\*):(read|write|\*)$`)
	switch {
	case in.Plan != nil && !slices.Contains(engine.Plans(), *in.Plan):
		engine.WriteError(w, engine.Invalid("plan", "'plan' must be one of: %s.", strings.Join(engine.Plans(), ", ")))
		return
	case in.ScopeMode != nil && !slices.Contains([]string{engine.ScopeFull, engine.ScopeReadOnly, engine.ScopeCustom}, *in.ScopeMode):
		engine.WriteError(w, engine.Invalid("scope_mode", "'scope_mode' must be one of: full, read_only, custom."))
		return
	case slices.ContainsFunc(in.Scopes, func(one string) bool { return !scope.MatchString(one) }):
		engine.WriteError(w, engine.Invalid("scopes", "'scopes' must be like videos:read or *:write."))
		return
	}
	if slices.ContainsFunc(in.Previews, func(one string) bool { return !slices.Contains(engine.Previews(), one) }) {
		engine.WriteError(w, engine.Invalid("previews", "'previews' must be out of: %s.", strings.Join(engine.Previews(), ", ")))
		return
	}
	for id, consent := range in.Consent {
		if holdingsOf(a).private.groupByID[id] == nil || consent != consentAccepted && consent != consentPending {
			engine.WriteError(w, engine.Invalid("consent", "'consent' must say approved or pending for groups of the account."))
			return
		}
	}
	for id, consent := range in.Consent {
		g := holdingsOf(a).private.groupByID[id]
		g.consent, g.accepts = consent, time.Time{} // what a video of consent had begun is void
	}
	if in.Plan != nil {
		a.Plan = *in.Plan
	}
	if in.ScopeMode != nil {
		a.ScopeMode = *in.ScopeMode
	}
	if in.Scopes != nil {
		a.Scopes = in.Scopes
	}
	if in.Previews != nil {
		a.Previews = in.Previews
	}
	if in.WalletUSD != nil {
		a.Wallet = int64(math.Round(*in.WalletUSD * engine.MicroUSD))
	}
	if in.PremiumCredits != nil {
		a.Premium = *in.PremiumCredits
	}
	engine.WriteJSON(w, http.StatusOK, map[string]any{
		"account": a.Name, "plan": a.Plan, "scope_mode": a.ScopeMode, "scopes": a.KeyScopes(),
		"wallet_usd": float64(a.Wallet) / engine.MicroUSD, "premium_credits": a.Premium,
	})
}
