package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"heygen-mcp/auth"
	"heygen-mcp/heygen"
)

// currentUser is the part of GET /v3/users/me that a sign-in needs.
type currentUser struct {
	Name   string `json:"username"`
	Email  string `json:"email"`
	Wallet *struct {
		Balance  *float64 `json:"remaining_balance"`
		Currency string   `json:"currency"`
	} `json:"wallet"`
	Plan *struct {
		Name    string             `json:"plan"`
		Credits map[string]*credit `json:"credits"`
	} `json:"subscription"`
}

// credit is what is left of one kind of credits.
type credit struct {
	Left *float64 `json:"remaining"`
}

// fetchAccount asks HeyGen whether it knows the credential in ctx, and whose it is. The name and the address
// together are the account: v3 promises neither, nor that one of them is nobody else's.
func fetchAccount(ctx context.Context, client *heygen.Client) (auth.Account, error) {
	res, err := client.Do(ctx, heygen.Op{Method: http.MethodGet, Path: "/v3/users/me"}, nil, "")
	if refusal, ok := errors.AsType[*heygen.Error](err); ok {
		switch refusal.Status {
		case http.StatusUnauthorized:
			return auth.Account{}, auth.RejectedError{}
		case http.StatusPaymentRequired, http.StatusForbidden:
			// The credential is known; it may just not read the account.
			return auth.Account{}, nil
		}
	}
	if err != nil {
		return auth.Account{}, err
	}
	var user currentUser
	// Whoever is answered is known to HeyGen; an answer in another form only names no account.
	if json.Unmarshal(res.Data, &user) != nil || user.Name+user.Email == "" {
		return auth.Account{}, nil
	}
	name := user.Email
	if name == "" {
		name = user.Name
	}
	return auth.Account{ID: user.Name + "\x00" + user.Email, Name: name, Balance: user.balance(), Credits: user.credits(), Plan: user.plan()}, nil
}

// balance is what the wallet holds; "" where HeyGen does not say.
func (m currentUser) balance() string {
	if w := m.Wallet; w != nil && w.Balance != nil {
		return fmt.Sprintf("%.2f %s", *w.Balance, strings.ToUpper(w.Currency))
	}
	return ""
}

// credits are how many are left of the plan; "" where HeyGen does not say.
func (m currentUser) credits() string {
	if p := m.Plan; p != nil {
		if c := p.Credits["premium_credits"]; c != nil && c.Left != nil {
			return fmt.Sprintf("%.0f", *c.Left)
		}
	}
	return ""
}

// plan is the name of the account's plan; "" where HeyGen does not say.
func (m currentUser) plan() string {
	if m.Plan == nil {
		return ""
	}
	return m.Plan.Name
}
