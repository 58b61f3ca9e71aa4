package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	keyPrefix = "sk_sandbox_"
	maxName   = 64

	microUSD     = 1e6 // wallets count in millionths, so that sums stay exact
	startWallet  = 100 * int64(microUSD)
	startPremium = 1000
	// premiumUSD is what one credit of a web plan is taken to be worth; v3
	// publishes no rate, this one makes a minute of Avatar IV cost 20 credits.
	premiumUSD = int64(0.2 * microUSD)
)

// account is one user of the sandbox. The sandbox's mutex guards it.
type account struct {
	name    string
	wallet  int64 // millionths of a dollar, what API keys spend
	premium int64 // credits of the plan, what OAuth sign-ins spend
	private *catalogue
	jobs    []*job // in the order they were created
	running []*job // those whose end has not been accounted for yet
	batches map[string]*batch
	folders map[string]*folder
	hooks   []*hook       // in the order they were created
	events  []*event      // as well
	from    *http.Request // nothing but the host of the last request, to which links lead that are sent later

	agents     []*agentSession // in the order they were created
	goneVoices map[string]bool // voices of HeyGen Voice that were deleted
	speeches   []time.Time     // by HeyGen Voice, in the last minute
	glossaries []*glossary     // in the order they were made

	plan      string
	scopeMode string   // of its API key
	scopes    []string // with scopeCustom
}

// account finds an account by name and makes it on first use.
func (s *Sandbox) account(name string) *account {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.accounts[name]
	if !ok {
		a = &account{
			name: name, wallet: startWallet, premium: startPremium, private: privateCatalogue(s.seed, name),
			batches: map[string]*batch{}, folders: map[string]*folder{}, from: &http.Request{}, goneVoices: map[string]bool{}, plan: startPlan, scopeMode: scopeFull,
		}
		s.accounts[name] = a
	}
	return a
}

// authenticate finds the account that a credential opens.
func (s *Sandbox) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, oauth, apiErr := s.credential(r.Header)
		if apiErr != nil {
			writeError(w, apiErr)
			return
		}
		v := visitOf(r)
		v.account, v.oauth = s.account(name), oauth
		s.calls.set(func() { v.entry.Account = name })
		next.ServeHTTP(w, r)
	})
}

// credential reads who is calling. Two credentials at once are refused: v3
// does not say which would win, so nobody should rely on either.
func (s *Sandbox) credential(h http.Header) (name string, oauth bool, apiErr *apiError) {
	key := h.Get("X-Api-Key")
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	bearer := ""
	if strings.EqualFold(scheme, "Bearer") {
		bearer = strings.TrimSpace(token)
	}
	if key != "" && h.Get("Authorization") != "" {
		return "", false, refuse(http.StatusUnauthorized, "unauthorized", "",
			"Send an API key or an access token, not both.")
	}
	if key == "" && strings.HasPrefix(bearer, keyPrefix) {
		key = bearer
	}
	if name, ok := strings.CutPrefix(key, keyPrefix); ok && validAccountName(name) {
		return name, false, nil
	}
	if key == "" && bearer != "" {
		if name, ok := s.oauth.Account(bearer); ok {
			return name, true, nil
		}
	}
	return "", false, refuse(http.StatusUnauthorized, "unauthorized", "",
		"Invalid or expired API key. Verify your x-api-key header.")
}

// checkAccountName says what is wrong with a name of an account; "" is a good one.
func checkAccountName(name string) string {
	if validAccountName(name) {
		return ""
	}
	return fmt.Sprintf("An account's name is of 1 to %d letters, digits and the signs - _ . @ +", maxName)
}

func validAccountName(name string) bool {
	return name != "" && len(name) <= maxName && strings.IndexFunc(name, func(c rune) bool {
		return !isWordRune(c) && c != '.' && c != '@' && c != '+'
	}) < 0
}

// charge takes the price of a job that succeeded.
func (a *account) charge(j *job) {
	if j.oauth {
		a.premium -= j.credits()
	} else {
		a.wallet -= j.price
	}
}

// affords says whether an account can pay for one more job on top of those
// that run already.
func (a *account) affords(next *job) bool {
	if next.oauth {
		left := a.premium - next.credits()
		for _, j := range a.running {
			if j.oauth {
				left -= j.credits()
			}
		}
		return left >= 0
	}
	left := a.wallet - next.price
	for _, j := range a.running {
		if !j.oauth {
			left -= j.price
		}
	}
	return left >= 0
}

// pay charges what is done at once, if there are credits for it.
func (s *Sandbox) pay(v *visit, price int64, what string) *apiError {
	s.settle(v.account, s.clock.Now())
	done := &job{oauth: v.oauth, price: price}
	if !v.account.affords(done) {
		return refuse(http.StatusPaymentRequired, "insufficient_credit", "", "There are not enough credits left for this %s.", what)
	}
	v.account.charge(done)
	return nil
}

func (s *Sandbox) userRoutes() []route {
	return []route{
		{"GET", "/v3/users/me", s.currentUser},
	}
}

// currentUser answers GET /v3/users/me.
func (s *Sandbox) currentUser(_ *http.Request, v *visit) (any, *apiError) {
	a := v.account
	now := s.clock.Now()
	s.settle(a, now)
	email := a.name
	if !strings.Contains(email, "@") {
		email += "@sandbox.example"
	}
	out := map[string]any{
		"username":     a.name,
		"email":        email,
		"first_name":   a.name,
		"last_name":    "Sandbox",
		"billing_type": "wallet",
		"wallet":       nil,
		"subscription": nil,
		"usage_based":  nil,
	}
	if v.oauth {
		month := time.Date(now.UTC().Year(), now.UTC().Month()+1, 1, 0, 0, 0, 0, time.UTC)
		out["billing_type"] = "subscription"
		out["subscription"] = map[string]any{
			"plan": v.account.plan,
			"credits": map[string]any{
				"premium_credits": map[string]any{"remaining": a.premium, "resets_at": month.Format(time.RFC3339)},
				"add_on_credits":  nil,
			},
		}
		return out, nil
	}
	out["wallet"] = map[string]any{
		"currency":          "usd",
		"remaining_balance": float64(a.wallet) / microUSD,
		"auto_reload":       map[string]any{"enabled": false, "threshold_usd": nil, "amount_usd": nil},
	}
	return out, nil
}
