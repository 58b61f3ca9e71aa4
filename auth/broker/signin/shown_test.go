package signin

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/words"
)

// TestAccounts holds how an account and what is left in it are told.
func TestAccounts(t *testing.T) {
	t.Parallel()
	credits := said("account.credits", "Credits", "9", "Plan", "Pro")
	for _, c := range []struct {
		a    credential.Account
		want string
	}{
		{credential.Account{}, "<nil>"},
		{credential.Account{Balance: "1.00 USD"}, "1.00 USD"},
		{credential.Account{Credits: "9", Plan: "Pro"}, credits},
		{credential.Account{Balance: "1.00 USD", Credits: "9", Plan: "Pro"}, said("account.both", "Balance", "1.00 USD", "Credits", credits)},
	} {
		if got := fmt.Sprint(balanceText(c.a)); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.a, got, c.want)
		}
	}
	for name, want := range map[string]string{"": said("account.unnamed"), "mia": "mia"} {
		if got := accountName(name).String(); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	for most, want := range map[int64]string{0: "<nil>", 1e6: "1.00 USD"} {
		if got := fmt.Sprint(operatorText(most)); got != want {
			t.Errorf("%d: got %q, want %q", most, got, want)
		}
	}
}

// TestFirstChoice holds what the question has chosen before anybody chose.
func TestFirstChoice(t *testing.T) {
	t.Parallel()
	most := int64(5e6)
	earlier := store.Grant{Created: noon(), Terms: store.Terms{SpendCap: &most, Expires: noon().Add(30 * 24 * time.Hour)}}
	for _, c := range []struct {
		asked   []string
		earlier *store.Grant
		want    termsForm
	}{
		{[]string{scope.Read}, nil, termsForm{access: "read", expires: "never"}},
		{[]string{scope.Delete}, nil, termsForm{access: "make", expires: "never"}},
		{[]string{scope.Write}, &earlier, termsForm{access: "make", expires: "30d", spendCap: "5"}},
		{[]string{scope.Write}, &store.Grant{}, termsForm{access: "make", expires: "never"}},
	} {
		if got := firstChoice(c.asked, c.earlier); got != c.want {
			t.Errorf("%q: got %+v, want %+v", c.asked, got, c.want)
		}
	}
	for i, s := range scope.All() {
		if got := levelsWithin([]string{s}); len(got) != i+1 {
			t.Errorf("%s allows the levels %q, want %d", s, got, i+1)
		}
		if got := scopeTexts([]string{s}); len(got) != i+1 {
			t.Errorf("%s is told in %d texts, want %d", s, len(got), i+1)
		}
		if got := beyondTexts(scope.All(), []string{s}); len(got) != 2-i {
			t.Errorf("beyond %s are told %d texts, want %d", s, len(got), 2-i)
		}
	}
}

// TestNames holds under which name a list shows a client, and that what is stored in English is
// told in the words of who reads it.
func TestNames(t *testing.T) {
	t.Parallel()
	none := said("named.listed")
	for want, c := range map[string]pages.Client{
		"also": {Also: "also", Name: "x.example", Place: words.Verbatim("x.example")},
		"Name": {Also: "also", Name: "Name", Place: words.Verbatim("x.example")},
		"only": {Name: "only", Host: "x.example"},
		"host": {Host: "host"},
		none:   {},
	} {
		if got := shownAs(c); got != want {
			t.Errorf("%+v: got %q, want %q", c, got, want)
		}
	}
	for stored, message := range map[string]bool{none: true, "other": false} {
		got := listedName(stored)
		if _, verbatim := got.(words.Verbatim); got.String() != stored || verbatim == message {
			t.Errorf("%q: got %q, in the stored letters: %t", stored, got, verbatim)
		}
	}
	if knownAs("name", "host") != "name" || knownAs("", "host") != "host" {
		t.Errorf("got %q and %q, want name and host", knownAs("name", "host"), knownAs("", "host"))
	}
	local := said("place.local", "Host", "127.0.0.1:1")
	for _, c := range []struct {
		stored, redirect string
		message          bool
	}{
		{said("place.device"), "", true},
		{local, "http://127.0.0.1:1/cb", true},
		{local, "https://127.0.0.1:1/cb", true},
		{local, "http://127.0.0.1:2/cb", false},
		{said("place.scheme", "Scheme", "tool"), "tool://cb", true},
		{"tool.example", "https://tool.example/cb", false},
		{"x", "http://[::1/", false},
	} {
		got := listedPlace(c.stored, c.redirect)
		if _, verbatim := got.(words.Verbatim); got.String() != c.stored || verbatim == c.message {
			t.Errorf("%q of %s: got %q, in the stored letters: %t", c.stored, c.redirect, got, verbatim)
		}
	}
}

// TestClientRedirect holds that a client gets its own query and state back beside the answer.
func TestClientRedirect(t *testing.T) {
	t.Parallel()
	s, err := site.New("https://mcp.example", "https://mcp.example/mcp", true)
	if err != nil {
		t.Fatal(err)
	}
	h := &visits{site: s}
	for _, c := range []struct{ redirect, state, want string }{
		{"https://x/cb", "", "https://x/cb?code=c"},
		{"https://x/cb?a=b&code=d", "s&", "https://x/cb?a=b&code=c&state=s%26"},
		{"https://x/cb?a=%zz", "", ""},
		{"http://[::1/", "", ""},
	} {
		got, err := h.clientRedirect(flows.Flow{Redirect: c.redirect, State: c.state}, map[string][]string{"code": {"c"}})
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: got %q, %v, want %q", c.redirect, got, err, c.want)
		}
	}
}

// TestNamesOfSessions holds that the name of a session's account opens with one of a browser's
// secrets.
func TestNamesOfSessions(t *testing.T) {
	t.Parallel()
	account := store.Hash{1}
	sealed, err := sealName("s", account, "mia")
	if err != nil {
		t.Fatal(err)
	}
	for of, want := range map[string]string{"s": "mia", "new s": "mia", "new": "", "": ""} {
		if got := openName(strings.Fields(of), store.Session{Account: account, AccountName: sealed}); got != want {
			t.Errorf("with the secrets %q the name is %q, want %q", of, got, want)
		}
	}
	raw, err := visit{Caller: "caller"}.seal("s", account)
	if err != nil {
		t.Fatal(err)
	}
	for of, want := range map[string]bool{"s": true, "new s": true, "new": false, "": false} {
		v, ok := openVisit(strings.Fields(of), store.Session{Account: account, Credential: raw})
		if ok != want || ok && v.Caller != "caller" {
			t.Errorf("with the secrets %q a visit opens: %t of %q, want %t", of, ok, v.Caller, want)
		}
	}
}
