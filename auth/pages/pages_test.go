package pages_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"heygen-mcp/auth/pages"
	"heygen-mcp/internal/words"
)

// hostile is a text of a client's own that must not become markup.
const hostile = `<script>alert("x")</script>`

func newSet(t *testing.T) *pages.Set {
	t.Helper()
	return pages.New("/oauth/")
}

// request is that of a person who prefers a language.
func request(t *testing.T, language string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.Header.Set("Accept-Language", language)
	return r
}

// TestPages writes each page with values that a stranger chose.
func TestPages(t *testing.T) {
	t.Parallel()
	hidden := pages.Hidden{Action: "https://mcp.example/a", Flow: hostile, CSRF: "csrf-value"}
	choices := []pages.Choice{{Value: "read", Label: words.Verbatim(hostile), Text: words.Verbatim(hostile), Checked: true}, {Value: "make", Label: words.Verbatim("Make")}}
	client := pages.Client{Name: hostile, Like: "Claude", Host: hostile, Place: words.Verbatim("tool.example")}
	for page, c := range map[pages.Page]struct {
		view any
		says []string
	}{
		pages.SignIn: {pages.SignInView{
			Hidden: hidden, Client: &client, Asks: []words.Text{words.Verbatim("See it")}, HeyGen: "https://mcp.example/h",
			Cancel: "https://mcp.example/c", Problem: words.Verbatim(hostile),
		}, []string{"wants to use your HeyGen account", "Continue with HeyGen", "csrf-value", "<strong>See it</strong>", "Cancel"}},
		pages.Consent: {pages.ConsentView{
			Hidden: hidden, Client: client, Scopes: []words.Text{words.Verbatim("See it")}, Account: words.Verbatim(hostile), Balance: words.Figure("12.34 USD"), Key: true,
			Remember: true, Again: "https://mcp.example/again", More: []words.Text{words.Verbatim(hostile)}, Connections: "https://mcp.example/connections",
			Terms: pages.Terms{Access: choices, SpendCap: hostile, SpendCapProblem: words.Verbatim(hostile), OperatorCap: words.Figure("20.00 USD"), Expires: choices},
		}, []string{
			`<input type="radio" name="access" value="read" checked>`, `name="expires"`, "20.00 USD a day for all", "asks for more",
			`aria-describedby="cap-problem cap-help" aria-invalid="true" autofocus`, "https://mcp.example/connections", "12.34 USD", "an API key", `value="agree"`, "Use another account", "asked to confirm"}},
		pages.Again: {pages.AgainView{Hidden: hidden, Client: client, Account: words.Verbatim(hostile), Cancel: "https://mcp.example/c"},
			[]string{"wants to connect again", `value="continue"`, "Cancel"}},
		pages.Device:  {pages.DeviceView{Hidden: hidden, Code: hostile, Problem: words.Verbatim(hostile)}, []string{"Type the code"}},
		pages.Message: {pages.MessageView{Title: words.Verbatim(hostile), Text: words.Verbatim(hostile), Detail: hostile}, []string{"<h1>"}},
		pages.Connections: {pages.ConnectionsView{
			Hidden: hidden, Done: words.Verbatim(hostile), Account: hostile, Count: 2, Clients: []pages.ConnectedClient{{
				Name: words.Verbatim(hostile), Place: words.Verbatim("tool.example"), PaidCalls: []pages.PaidCall{{Text: words.Verbatim(hostile), Link: "javascript:alert(1)"}, {Text: words.Verbatim("made a video"), Link: "https://app.heygen.com/videos/1"}},
				Connections: []pages.Connection{{ID: "g", Terms: pages.Terms{Key: "-0", Access: choices}}},
			}},
		}, []string{
			`name="grant" value="g"`, "tool.example", "Sign out of this page", "End all 2 connections", `id="spend_cap_daily-0"`,
			`<a href="https://app.heygen.com/videos/1" rel="noreferrer">made a video</a>`, `href="#ZgotmplZ"`,
		}},
	} {
		t.Run(string(page), func(t *testing.T) {
			t.Parallel()
			set := newSet(t)
			for _, speaker := range words.All() {
				lang := speaker.Lang()
				rec := httptest.NewRecorder()
				if err := set.Write(rec, request(t, lang), http.StatusTeapot, page, c.view, false); err != nil {
					t.Fatal(err)
				}
				body := rec.Body.String()
				if rec.Code != http.StatusTeapot {
					t.Errorf("%s: the status is %d, want %d", lang, rec.Code, http.StatusTeapot)
				}
				if strings.Contains(body, "<script") || !strings.Contains(body, "&lt;script&gt;") {
					t.Errorf("%s: a stranger's text is not escaped:\n%s", lang, body)
				}
				if !strings.Contains(body, `href="/oauth/style.css"`) {
					t.Errorf("%s: the page has no style sheet:\n%s", lang, body)
				}
				if !strings.Contains(body, `<html lang="`+lang+`">`) || !strings.Contains(body, "<footer>"+speaker.Say(words.Of("frame.footer"))+"</footer>") {
					t.Errorf("the page is not in %s:\n%s", lang, body)
				}
				if key := regexp.MustCompile(`[> ][a-z]+\.[a-z]+_[a-z]+[< ]`).FindString(body); key != "" {
					t.Errorf("%s: the page shows the key %s", lang, key)
				}
				for _, want := range c.says {
					if lang == "en" && !strings.Contains(body, want) {
						t.Errorf("the page lacks %q:\n%s", want, body)
					}
				}
			}
		})
	}
}

// TestHeaders holds what guards a page in the browser: no script, no frame, no cache, and forms
// that lead elsewhere only where that is allowed.
func TestHeaders(t *testing.T) {
	t.Parallel()
	for _, open := range []bool{false, true} {
		rec := httptest.NewRecorder()
		if err := newSet(t).Write(rec, request(t, ""), http.StatusOK, pages.Message, pages.MessageView{}, open); err != nil {
			t.Fatal(err)
		}
		policy := rec.Header().Get("Content-Security-Policy")
		if got := !strings.Contains(policy, "form-action 'self'"); got != open {
			t.Errorf("with openForm %t the policy is %q", open, policy)
		}
		for name, want := range map[string]string{
			"Content-Type": "text/html; charset=utf-8", "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := rec.Header().Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy %q lacks %q", policy, want)
			}
		}
	}
}

// TestAWrongViewIsAnError holds that half a page is never sent.
func TestAWrongViewIsAnError(t *testing.T) {
	t.Parallel()
	rec := httptest.NewRecorder()
	if err := newSet(t).Write(rec, request(t, ""), http.StatusOK, pages.Consent, pages.MessageView{}, false); err == nil {
		t.Error("a view of another page gave no error")
	}
	if rec.Code != http.StatusInternalServerError || strings.Contains(rec.Body.String(), "<html") {
		t.Errorf("got %d %q, want a plain 500", rec.Code, rec.Body)
	}
}
