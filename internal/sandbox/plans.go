package sandbox

import (
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	// startPlan can do everything but what is for Enterprise.
	startPlan      = "pro"
	enterprisePlan = "enterprise"
)

// plans are v3's, each with all that those before it can do.
func plans() []string {
	return []string{"free", "starter", "creator", "pro", "team", "business_plus", enterprisePlan}
}

// onPlan says whether the caller's plan is at least that one.
func (v *visit) onPlan(least string) bool {
	return slices.Index(plans(), v.account.plan) >= slices.Index(plans(), least)
}

// needsPlan refuses what the caller's plan does not have.
func (v *visit) needsPlan(least string) *apiError {
	if v.onPlan(least) {
		return nil
	}
	return refuse(http.StatusPaymentRequired, "plan_upgrade_required", "",
		"This needs the %s plan or above; yours is %s.", least, v.account.plan)
}

// controlAccount sets what an account is: its plan, what its key may do, what it has left, and the consent to its own
// avatar groups.
func (s *Sandbox) controlAccount(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Account        string            `json:"account"`
		Plan           *string           `json:"plan"`
		ScopeMode      *string           `json:"scope_mode"`
		Scopes         []string          `json:"scopes"`
		WalletUSD      *float64          `json:"wallet_usd"`
		PremiumCredits *int64            `json:"premium_credits"`
		Consent        map[string]string `json:"consent"`
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
	scope := regexp.MustCompile(`^([a-z_-]+|\*):(read|write|\*)$`)
	switch {
	case in.Plan != nil && !slices.Contains(plans(), *in.Plan):
		writeError(w, invalid("plan", "'plan' must be one of: %s.", strings.Join(plans(), ", ")))
		return
	case in.ScopeMode != nil && !slices.Contains([]string{scopeFull, scopeReadOnly, scopeCustom}, *in.ScopeMode):
		writeError(w, invalid("scope_mode", "'scope_mode' must be one of: full, read_only, custom."))
		return
	case slices.ContainsFunc(in.Scopes, func(one string) bool { return !scope.MatchString(one) }):
		writeError(w, invalid("scopes", "'scopes' must be like videos:read or *:write."))
		return
	}
	for id, consent := range in.Consent {
		if a.private.groupByID[id] == nil || consent != "accepted" && consent != "pending" {
			writeError(w, invalid("consent", "'consent' must say accepted or pending for groups of the account."))
			return
		}
	}
	for id, consent := range in.Consent {
		g := a.private.groupByID[id]
		g.consent, g.accepts = consent, time.Time{} // what a video of consent had begun is void
	}
	if in.Plan != nil {
		a.plan = *in.Plan
	}
	if in.ScopeMode != nil {
		a.scopeMode = *in.ScopeMode
	}
	if in.Scopes != nil {
		a.scopes = in.Scopes
	}
	if in.WalletUSD != nil {
		a.wallet = int64(math.Round(*in.WalletUSD * microUSD))
	}
	if in.PremiumCredits != nil {
		a.premium = *in.PremiumCredits
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"account": a.name, "plan": a.plan, "scope_mode": a.scopeMode, "scopes": a.keyScopes(),
		"wallet_usd": float64(a.wallet) / microUSD, "premium_credits": a.premium,
	})
}
