package signin_test

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/words"
)

// TestKeys holds which keys HeyGen is asked about: those that can be one.
func TestKeys(t *testing.T) {
	t.Parallel()
	noKey, unknown := words.Of("signin.no_key").String(), words.Of("signin.unknown_key").String()
	for key, want := range map[string]string{
		"":                       noKey,
		" ":                      noKey,
		"a b":                    noKey,
		"é":                      noKey,
		"a\x7f":                  noKey,
		strings.Repeat("x", 513): noKey,
		strings.Repeat("x", 512): unknown,
		" !~ ":                   unknown,
	} {
		d := brokertest.OnSQLite(t)
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
		p.Submit("api_key", key)
		if asked := d.HeyGen.Count("/v3/users/me"); p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(html.UnescapeString(p.Page.Body), want) || (asked > 0) != (want == unknown) {
			t.Errorf("%.9q of %d: %d, HeyGen was asked %d times, want %q: %s", key, len(key), p.Page.Status, asked, want, p.Page.Body)
		}
	}
}

// TestCodesOfHeyGens holds which ways back from HeyGen bring a code that is exchanged.
func TestCodesOfHeyGens(t *testing.T) {
	t.Parallel()
	silent, denied := words.Of("signin.heygen_silent").String(), words.Of("signin.heygen_denied").String()
	failed := words.Of("signin.heygen_failed").String()
	for name, c := range map[string]struct {
		code, error, want string
		asked             int
	}{
		"no code":          {"", "", silent, 0},
		"an error":         {"x", "server_error", silent, 0},
		"a refusal":        {"x", "access_denied", denied, 0},
		"too long":         {strings.Repeat("x", 4097), "", silent, 0},
		"the longest":      {strings.Repeat("x", 4096), "", failed, 1},
		"one that is none": {"x", "", failed, 1},
	} {
		d := brokertest.OnSQLite(t)
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
		q := url.Values{"state": {p.ToHeyGen()}, "iss": {d.HeyGen.URL}, "code": {c.code}, "error": {c.error}}
		res := d.Send(p.Web, http.MethodGet, "/oauth/callback?"+q.Encode(), "")
		if n := d.HeyGen.Count("authorization_code"); !strings.Contains(html.UnescapeString(res.Body), c.want) || n != c.asked {
			t.Errorf("%s: %d, HeyGen was asked %d times, want %d and %q: %s", name, res.Status, n, c.asked, c.want, res.Body)
		}
	}
}

// TestVisitsEnd holds until when the page of an account is open.
func TestVisitsEnd(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	p := d.Person()
	p.Open("/connections")
	p.Submit("api_key", "sk_sandbox_mia")
	open := func() bool {
		p.Open("/connections")
		return !strings.Contains(p.Page.Body, `name="api_key"`)
	}
	d.Clock.Advance(15*time.Minute - 1)
	if !open() {
		t.Error("the page is closed before its time")
	}
	d.Clock.Advance(1)
	if open() {
		t.Error("the page is open after its time")
	}
}

// TestTypedCodes holds how much of what was typed for a device comes back.
func TestTypedCodes(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	p := d.Person()
	for typed, want := range map[string]string{"BBBB": "BBBB", strings.Repeat("B", 16): strings.Repeat("B", 16), strings.Repeat("B", 17): strings.Repeat("B", 16)} {
		p.Open("/oauth/device?user_code=" + typed)
		if !strings.Contains(p.Page.Body, `value="`+want+`"`) {
			t.Errorf("by the address %s: want %s on the page: %s", typed, want, p.Page.Body)
		}
		if p.Submit("user_code", typed); !strings.Contains(p.Page.Body, `value="`+want+`"`) {
			t.Errorf("typed %s: want %s on the page: %s", typed, want, p.Page.Body)
		}
	}
}

// TestStates holds how long a state may be that is carried for a client, as JSON has it.
func TestStates(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client := d.Public()
	for state, asked := range map[string]bool{strings.Repeat("x", 4094): true, strings.Repeat("x", 4095): false, strings.Repeat("\"", 2047): true, strings.Repeat("\"", 2048): false} {
		p := d.Person()
		if p.Open("/oauth/authorize?" + d.Ask(client, "state", state).Encode()); (p.Page.Status == http.StatusOK) != asked || strings.Contains(p.Page.Body, "state is too long") == asked {
			t.Errorf("a state of %d bytes, %.1s…: %d %s", len(state), state, p.Page.Status, p.Page.Body)
		}
	}
}
