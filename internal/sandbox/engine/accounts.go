package engine

import (
	"fmt"
	"net/http"
	"strings"
)

const (
	keyPrefix = "sk_sandbox_"
	maxName   = 64

	// MicroUSD is a dollar in the unit of wallets and prices, a millionth, so that sums stay exact.
	MicroUSD     = 1e6
	startWallet  = 100 * int64(MicroUSD)
	startPremium = 1000
	// premiumUSD is what one credit of a web plan is taken to be worth; v3
	// publishes no rate, this one makes a minute of Avatar IV cost 20 credits.
	premiumUSD = int64(0.2 * MicroUSD)
)

// Account is one user of the sandbox. The lock of the engine guards it.
type Account struct {
	Name    string
	Wallet  int64  // millionths of a dollar, what API keys spend
	Premium int64  // credits of the plan, what OAuth sign-ins spend
	jobs    []*Job // in the order they were created
	running []*Job // those whose end has not been accounted for yet
	batches map[string]*Batch
	// From has the host of the last request and nothing else. Links of webhooks lead there.
	From *http.Request

	Plan      string
	ScopeMode string   // of its API key
	Scopes    []string // with scopeCustom
	Previews  []string // enabled for it; nil is all, or none by its name

	Data any // what the resources keep for the account
}

// Account finds an account by name and makes it on first use.
func (e *Engine) Account(name string) *Account {
	e.mu.Lock()
	defer e.mu.Unlock()
	a, ok := e.accounts[name]
	if !ok {
		a = &Account{
			Name: name, Wallet: startWallet, Premium: startPremium, batches: map[string]*Batch{}, From: &http.Request{},
			Plan: startPlan, ScopeMode: ScopeFull, Data: e.newData(name),
		}
		e.accounts[name] = a
	}
	return a
}

// authenticate finds the account that a credential opens.
func (e *Engine) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, oauth, apiErr := e.credential(r.Header)
		if apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		v := requestOf(r)
		v.Account, v.OAuth = e.Account(name), oauth
		e.calls.set(func() { v.entry.Account = name })
		next.ServeHTTP(w, r)
	})
}

// credential reads who is calling. Two credentials at once are refused: v3
// does not say which would win, so nobody should rely on either.
func (e *Engine) credential(h http.Header) (name string, oauth bool, apiErr *Error) {
	key := h.Get("X-Api-Key")
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	bearer := ""
	if strings.EqualFold(scheme, "Bearer") {
		bearer = strings.TrimSpace(token)
	}
	if key != "" && h.Get("Authorization") != "" {
		return "", false, Refuse(http.StatusUnauthorized, "unauthorized", "",
			"Send an API key or an access token, not both.")
	}
	if key == "" && strings.HasPrefix(bearer, keyPrefix) {
		key = bearer
	}
	if name, ok := strings.CutPrefix(key, keyPrefix); ok && ValidAccountName(name) {
		return name, false, nil
	}
	if key == "" && bearer != "" {
		if name, ok := e.accessToken(bearer); ok {
			return name, true, nil
		}
	}
	return "", false, Refuse(http.StatusUnauthorized, "unauthorized", "",
		"Invalid or expired API key. Verify your x-api-key header.")
}

// CheckAccountName says what is wrong with a name of an account; "" is a good one.
func CheckAccountName(name string) string {
	if ValidAccountName(name) {
		return ""
	}
	return fmt.Sprintf("An account's name is of 1 to %d letters, digits and the signs - _ . @ +", maxName)
}

// ValidAccountName reports whether an account may have this name.
func ValidAccountName(name string) bool {
	return name != "" && len(name) <= maxName && strings.IndexFunc(name, func(c rune) bool {
		return !IsWordRune(c) && c != '.' && c != '@' && c != '+'
	}) < 0
}

// charge takes the price of a job that succeeded.
func (a *Account) charge(j *Job) {
	if j.OAuth {
		a.Premium -= j.credits()
	} else {
		a.Wallet -= j.Price
	}
}

// Affords reports whether an account can pay for one more job besides those that run.
func (a *Account) Affords(next *Job) bool {
	if next.OAuth {
		left := a.Premium - next.credits()
		for _, j := range a.running {
			if j.OAuth {
				left -= j.credits()
			}
		}
		return left >= 0
	}
	left := a.Wallet - next.Price
	for _, j := range a.running {
		if !j.OAuth {
			left -= j.Price
		}
	}
	return left >= 0
}

// Charge takes the price (in millionths of a dollar) of what is done at once, if there are credits
// for it. what names it in the refusal.
func (e *Engine) Charge(v *Request, price int64, what string) *Error {
	e.Settle(v.Account, e.clock.Now())
	done := &Job{OAuth: v.OAuth, Price: price}
	if !v.Account.Affords(done) {
		return Refuse(http.StatusPaymentRequired, "insufficient_credit", "", "There are not enough credits left for this %s.", what)
	}
	v.Account.charge(done)
	return nil
}
