package grants_test

import (
	"fmt"
	"testing"
	"time"

	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
)

func issuer() (*grants.Issuer, time.Time) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	return &grants.Issuer{
		Resource: "https://mcp.example/mcp", AccessLifetime: time.Hour, RefreshLifetime: 24 * time.Hour,
		Clock: func() time.Time { return now },
	}, now
}

func consent(c grants.SealedCredential) grants.Consent {
	return grants.Consent{
		Client: "client", Name: "A client", Place: "tool.example", Redirect: "https://tool.example/cb",
		Scopes: []string{"heygen:read"}, Credential: c, Account: credential.Account{ID: "id", Name: "mia"},
	}
}

// TestNewGrant holds what a grant's record says in the clear, and that the rest opens with its key
// alone.
func TestNewGrant(t *testing.T) {
	t.Parallel()
	i, now := issuer()
	tokens := upstream.Tokens{Client: "c", Access: "a", Refresh: "r", Expires: now.Add(time.Hour)}
	g, key, err := i.NewGrant(consent(grants.SealedCredential{Tokens: tokens}))
	if err != nil {
		t.Fatal(err)
	}
	if g.Client != "client" || g.Audience != i.Resource || g.Scopes != "heygen:read" || g.Version != 1 ||
		!g.RenewAt.Equal(tokens.Expires) || !g.Created.Equal(now) || g.Account != grants.HashAccount("id") {
		t.Errorf("the record is %+v", g)
	}
	d := grants.DetailsOf(g)
	if d.Name != "A client" || d.Place != "tool.example" || d.Redirect != "https://tool.example/cb" || d.Key ||
		d.Caller != (credential.Credential{Kind: credential.Token}).Caller("id") {
		t.Errorf("the details are %+v", d)
	}
	if name, ok := d.AccountName(g, key); !ok || name != "mia" {
		t.Errorf("the account's name is %q, %t", name, ok)
	}
	c, err := grants.OpenCredential(g, key)
	if err != nil || c.Tokens != tokens || c.IsKey() || c.Credential() != (credential.Credential{Kind: credential.Token, Secret: "a"}) {
		t.Errorf("the credential opens as %#v: %v", c.Credential(), err)
	}
	other, otherKey, err := i.NewGrant(consent(grants.SealedCredential{Key: "sk_x"}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := grants.OpenCredential(g, otherKey); err == nil {
		t.Error("another grant's key opens the credential")
	}
	if _, ok := d.AccountName(g, otherKey); ok {
		t.Error("another grant's key opens the name")
	}
	c, err = grants.OpenCredential(other, otherKey)
	if err != nil || !c.IsKey() || c.Key != "sk_x" || !grants.DetailsOf(other).Key || !other.RenewAt.IsZero() {
		t.Errorf("an API key: %v, %+v", err, other)
	}
	if c.Credential() != (credential.Credential{Kind: credential.Key, Secret: "sk_x"}) {
		t.Error("an API key is shown as something else")
	}
	if _, ok := (grants.Details{}).AccountName(g, key); ok {
		t.Error("a grant without a name has one")
	}
	if text := fmt.Sprintf("%v %+v %#v", c, c, c); text != "[credential] [credential] [credential]" {
		t.Errorf("a credential prints as %s", text)
	}
	// What was sealed as something else is no credential.
	if other.Sealed, err = otherKey.Seal([]byte("[]"), other.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := grants.OpenCredential(other, otherKey); err == nil {
		t.Error("what is no credential opens as one")
	}
}

// TestTokens holds that codes and tokens open their grant's key, live as long as they should, and
// belong together.
func TestTokens(t *testing.T) {
	t.Parallel()
	i, now := issuer()
	g, key, err := i.NewGrant(consent(grants.SealedCredential{Key: "sk_x"}))
	if err != nil {
		t.Fatal(err)
	}
	code, record, err := i.NewCode(grants.CodeBinding{Redirect: "r", Implied: true, Challenge: "c"}, []string{"heygen:read"}, g.ID, key)
	if err != nil {
		t.Fatal(err)
	}
	if string(record.Binding) != `{"redirect":"r","implied":true,"challenge":"c"}` || record.Kind != store.Code || !record.Expires.Equal(now.Add(2*time.Minute)) {
		t.Errorf("the code's record is %+v", record)
	}
	pair, tokens, err := i.NewPair(g, key, []string{"heygen:read"}, []string{"heygen:read", "heygen:write"})
	if err != nil || len(tokens) != 2 {
		t.Fatal(err, len(tokens))
	}
	if pair.Type != "Bearer" || pair.Seconds != 3600 || pair.Scope != "heygen:read" {
		t.Errorf("the answer is %+v", pair)
	}
	soon := g
	soon.Expires = now.Add(time.Minute)
	short, ends, err := i.NewPair(soon, key, nil, nil)
	if err != nil || short.Seconds != 60 || !ends[0].Expires.Equal(soon.Expires) || !ends[1].Expires.Equal(soon.Expires) {
		t.Errorf("tokens of a grant that ends before them: %+v, %v", short, err)
	}
	access, refresh := tokens[0], tokens[1]
	if access.Kind != store.Access || refresh.Kind != store.Refresh || access.Pair != refresh.ID ||
		access.Scopes != "heygen:read" || refresh.Scopes != "heygen:read heygen:write" ||
		!access.Expires.Equal(now.Add(time.Hour)) || !refresh.Expires.Equal(now.Add(24*time.Hour)) {
		t.Errorf("the records are %+v and %+v", access, refresh)
	}
	for token, r := range map[string]store.Token{code: record, pair.Access: access, pair.Refresh: refresh} {
		if opened, err := secrets.Unwrap(token, r.Wrap, g.ID); err != nil || opened != key {
			t.Errorf("a %s does not open its grant: %v", r.Kind, err)
		}
		if r.ID != secrets.Hash(token, secrets.TokenPurpose) || r.Grant != g.ID {
			t.Errorf("the record of a %s is %+v", r.Kind, r)
		}
	}
}
