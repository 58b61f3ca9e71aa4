package auth_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// malformed is the challenge for a credential that cannot be one.
func malformed(why string) string {
	return invalidChallenge + `, error_description="` + why + `"`
}

// The words about a credential's form that more than one test holds.
const (
	blankWords   = "The credential has a space, a tab or a line break in it. Copy it as one word, without what stands around it."
	strangeWords = "The credential has a character in it that no key has, such as a curly quote, an ellipsis or an accent. Copy it anew."
)

// TestForms sends a key in each form in which clients have been seen to send one. What can mean one
// thing alone is taken; everything else is told in words, to nobody but its sender, and HeyGen is not
// asked. The forms are those of reports about remote MCP servers; error and error_description follow
// RFC 6750 3.
func TestForms(t *testing.T) {
	t.Parallel()
	const unfilled, scheme, noScheme = "is a placeholder that was not filled in", "has a scheme that this server does not take", "has no scheme before the credential"
	for _, c := range []struct {
		name, header, value string
		status              int
		says                string
		token               bool // the challenge has an error
	}{
		{"no scheme", "Authorization", "sk_good", 200, "", false},
		{"the scheme twice", "Authorization", "Bearer Bearer sk_good", 200, "", false},
		{"the scheme three times", "Authorization", "Bearer bearer  BEARER sk_good", 200, "", false},
		{"a colon after the scheme", "Authorization", "Bearer: sk_good", 200, "", false},
		{"quotes around the key", "Authorization", `Bearer "sk_good"`, 200, "", false},
		{"single quotes", "Authorization", `Bearer 'sk_good'`, 200, "", false},
		{"quotes around all", "Authorization", `"Bearer sk_good"`, 200, "", false},
		{"quotes in quotes", "Authorization", `'Bearer "sk_good"'`, 200, "", false},
		{"quotes in the other header", "X-Api-Key", `"sk_good"`, 200, "", false},
		{"Bearer in the other header", "X-Api-Key", "Bearer sk_good", 200, "", false},
		{"blanks around", "Authorization", "  Bearer   sk_good  ", 200, "", false},

		{"a word without a scheme", "Authorization", "abcdefgh", 401, noScheme, true},
		{"no space after the scheme", "Authorization", "Bearersk_good", 401, noScheme, true},
		{"Bearer alone", "Authorization", "Bearer", 401, "has nothing after it", false},
		{"Bearer twice and nothing", "Authorization", "Bearer Bearer", 401, "has nothing after it", false},
		{"Bearer and empty quotes", "Authorization", `Bearer ""`, 401, "has nothing after it", false},
		{"Basic with a key", "Authorization", "Basic c2tfZ29vZDo=", 401, scheme, false},
		{"Basic with a bare key", "Authorization", "Basic sk_good", 401, scheme, false},
		{"Basic alone", "Authorization", "Basic", 401, scheme, false},
		{"Token", "Authorization", "Token sk_good", 401, scheme, false},
		{"ApiKey", "Authorization", "ApiKey sk_good", 401, scheme, false},
		{"a scheme of its own", "Authorization", "Whatever sk_good", 401, scheme, false},

		{"a shell's variable", "Authorization", "Bearer ${HEYGEN_API_KEY}", 401, unfilled, true},
		{"without braces", "Authorization", "Bearer $HEYGEN_API_KEY", 401, unfilled, true},
		{"of an editor", "Authorization", "Bearer ${input:heygen-key}", 401, unfilled, true},
		{"of Windows", "Authorization", "Bearer %HEYGEN_API_KEY%", 401, unfilled, true},
		{"of a template", "Authorization", "Bearer {{ heygen_api_key }}", 401, unfilled, true},
		{"of another", "Authorization", "Bearer {HEYGEN_API_KEY}", 401, unfilled, true},
		{"in angle brackets", "Authorization", "Bearer <your key>", 401, unfilled, true},
		{"in square ones", "Authorization", "Bearer [API_KEY]", 401, unfilled, true},
		{"in capitals", "Authorization", "Bearer YOUR_API_KEY", 401, unfilled, true},
		{"in words", "X-Api-Key", "your-heygen-api-key-here", 401, unfilled, true},
		{"a variable's name", "X-Api-Key", "HEYGEN_API_KEY", 401, unfilled, true},
		{"an expression", "X-Api-Key", "process.env.HEYGEN_API_KEY", 401, unfilled, true},
		{"after the beginning of a key", "X-Api-Key", "sk_<your_key>", 401, unfilled, true},
		{"the beginning alone", "X-Api-Key", "sk_", 401, unfilled, true},
		{"x for any letter", "X-Api-Key", "sk_xxxxxxxxxxxx", 401, unfilled, true},
		{"no value in JavaScript", "Authorization", "Bearer undefined", 401, unfilled, true},
		{"no value in JSON", "Authorization", "Bearer null", 401, unfilled, true},
		{"no value in Python", "Authorization", "Bearer None", 401, unfilled, true},
		{"an object", "Authorization", "Bearer [object Object]", 401, unfilled, true},
		{"unfilled without a scheme", "Authorization", "${HEYGEN_API_KEY}", 401, unfilled, true},

		{"asterisks", "X-Api-Key", "sk_abc***xyz", 401, "is a shortened one", true},
		{"dots", "X-Api-Key", "sk_abc...xyz", 401, "is a shortened one", true},
		{"an ellipsis", "X-Api-Key", "sk_abc…xyz", 401, strangeWords, true},
		{"curly quotes", "Authorization", "Bearer “sk_good”", 401, strangeWords, true},
		{"one quote", "Authorization", `Bearer "sk_good`, 401, "has a quotation mark or a backslash", true},
		{"a newline in letters", "Authorization", `Bearer sk_good\n`, 401, "has a quotation mark or a backslash", true},
		{"a space within", "X-Api-Key", "sk_go od", 401, blankWords, true},
		{"two keys in one", "Authorization", "Bearer sk_good, Bearer sk_other", 401, blankWords, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.upstream.set("X-Api-Key: sk_good", true)
			for _, path := range []string{"/mcp", "/mcp/key"} {
				res := w.post(t, c.status, path, c.header, c.value)
				if c.status == http.StatusOK {
					continue
				}
				isRPCError(t, res)
				if c.value != "Basic" && c.value != "Bearer null" { // which answers have anyway
					keepsSecrets(t, w, res, []string{c.header, c.value})
				}
				if !strings.Contains(res.body, c.says) {
					t.Errorf("got %s, want %q", res.body, c.says)
				}
				challenge := res.header.Get("WWW-Authenticate")
				_, described, _ := strings.Cut(challenge, `, error="invalid_token", error_description="`)
				described = strings.TrimSuffix(described, `"`)
				if told := path == "/mcp" && c.token; told != strings.Contains(described, c.says) || !told && strings.Contains(challenge, "error") {
					t.Errorf("%s: the challenge is %q", path, challenge)
				}
				// RFC 6750 3: %x20-21 / %x23-5B / %x5D-7E.
				if strings.ContainsFunc(described, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
					t.Errorf("a character that no description may have: %q", described)
				}
			}
			if checks, _ := w.upstream.seen(); c.status != http.StatusOK && len(checks) != 0 {
				t.Errorf("HeyGen was asked about %q", checks)
			}
		})
	}
}

// TestTwoHeaders holds which credentials in both headers are one.
func TestTwoHeaders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		authorization, key string
		status             int
	}{
		"the same key":                   {"Bearer sk_good", "sk_good", 200},
		"the same key, once without one": {"sk_good", `"sk_good"`, 200},
		"two keys":                       {"Bearer sk_good", "sk_other", 400},
		"a token and a key":              {"Bearer good-token", "sk_good", 400},
		"a proxy's own sign-in":          {"Basic dXNlcjpwYXNz", "sk_good", 200},
		"an empty bearer":                {"", "sk_good", 200},
		"a placeholder beside a key":     {"Bearer ${TOKEN}", "sk_good", 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.upstream.set("X-Api-Key: sk_good", true)
			res := w.post(t, c.status, "/mcp", "Authorization", c.authorization, "X-Api-Key", c.key)
			want := map[int]string{200: "", 400: "two different ones", 401: "a placeholder"}[c.status]
			if !strings.Contains(res.body, want) {
				t.Errorf("got %s, want %q", res.body, want)
			}
		})
	}
}

// TestKeyInTheURL holds that whoever puts a key into the URL is told that it is not read there.
func TestKeyInTheURL(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.upstream.set("X-Api-Key: sk_good", true)
	res := w.post(t, http.StatusUnauthorized, "/mcp?api_key=sk_good")
	if !strings.Contains(res.body, "is not read for a key") || strings.Contains(res.body, "sk_good") || res.header.Get("WWW-Authenticate") != oauthChallenge {
		t.Errorf("got %v %s", res.header, res.body)
	}
	if res := w.post(t, http.StatusUnauthorized, "/mcp?toolsets=video"); strings.Contains(res.body, "is not read for a key") {
		t.Errorf("another query: %s", res.body)
	}
}

// TestFormsAreNotCounted holds that a client which is set up wrongly takes nothing from others at its
// address, and goes on to be told why.
func TestFormsAreNotCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	h := w.auth.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for i := range 200 {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
		req.Header.Set("Authorization", "Bearer ${HEYGEN_API_KEY}")
		res := httptest.NewRecorder()
		if h.ServeHTTP(res, req); res.Code != http.StatusUnauthorized {
			t.Fatalf("the request %d: got %d, want 401", i, res.Code)
		}
	}
}

// TestSingleForms holds that the operator's token can be any word, and that what stands around it is
// taken off both.
func TestSingleForms(t *testing.T) {
	t.Parallel()
	for token, c := range map[string]struct {
		sent   string
		status int
		says   string
	}{
		"${strange}":   {"Bearer ${strange}", 200, ""},
		"changeme":     {"Bearer changeme", 200, ""},
		`"in-quotes"`:  {"Bearer in-quotes", 200, ""},
		"plain-token":  {`Bearer "plain-token"`, 200, ""},
		"plain-token1": {"Bearer ${TOKEN}", 401, "a placeholder that was not filled in"},
		"plain-token2": {"plain-token2", 401, "no scheme before the credential"},
		"plain-token3": {"Bearer plain-token", 401, "may be mistyped"},
	} {
		w := newWorld(t, single(token))
		if res := w.post(t, c.status, "/mcp", "Authorization", c.sent); !strings.Contains(res.body, c.says) {
			t.Errorf("%s sent for %s: got %s, want %q", c.sent, token, res.body, c.says)
		}
	}
}

// TestTokensInTheOtherHeader holds that a token of this server's in X-Api-Key is taken here and not
// shown to HeyGen, which it is not for.
func TestTokensInTheOtherHeader(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	got := d.SignIn("mia")
	for name, headers := range map[string][]string{
		"alone": {"X-Api-Key", got.Access},
		"twice": {"X-Api-Key", got.Access, "Authorization", "Bearer " + got.Access},
	} {
		if res := d.Send(d.Client, http.MethodPost, "/mcp", "", headers...); res.Status != http.StatusOK {
			t.Errorf("%s: got %d %s", name, res.Status, res.Body)
		}
	}
	if n := d.HeyGen.Count("a token of this server's"); n != 0 {
		t.Errorf("HeyGen was shown it %d times", n)
	}
}

// TestReadingIsCheap holds that reading the credential of an ordinary request makes nothing but what
// the context needs: it is done at every request.
func TestReadingIsCheap(t *testing.T) { //nolint:paralleltest // it counts what is allocated
	w := newWorld(t, single("a-token-of-the-operator"))
	h := w.auth.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
	req.Header.Set("Authorization", "Bearer a-token-of-the-operator")
	res := httptest.NewRecorder()
	const most = 6 // two contexts with a value each, and two requests that have them
	if got := testing.AllocsPerRun(100, func() { h.ServeHTTP(res, req) }); got > most {
		t.Errorf("got %v allocations, want %d at most", got, most)
	}
}
