package pages_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/auth/pages"
)

// hostile is a text of a client's own that must not become markup.
const hostile = `<script>alert("x")</script>`

func newSet(t *testing.T) *pages.Set {
	t.Helper()
	s, err := pages.New("/oauth/")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPages writes each page with values that a stranger chose.
func TestPages(t *testing.T) {
	t.Parallel()
	hidden := pages.Hidden{Action: "https://mcp.example/a", Flow: hostile, CSRF: "csrf-value"}
	choices := []pages.Choice{{Value: "read", Label: hostile, Text: hostile, Checked: true}, {Value: "make", Label: "Make"}}
	client := pages.Client{Name: hostile, Like: "Claude", Host: hostile, Place: "tool.example"}
	for page, c := range map[pages.Page]struct {
		view any
		says []string
	}{
		pages.SignIn: {pages.SignInView{
			Hidden: hidden, Client: &client, Asks: []string{"See it"}, HeyGen: "https://mcp.example/h",
			Cancel: "https://mcp.example/c", Problem: hostile,
		}, []string{"wants to use your HeyGen account", "Continue with HeyGen", "csrf-value", "<strong>See it</strong>", "Cancel"}},
		pages.Consent: {pages.ConsentView{
			Hidden: hidden, Client: client, Scopes: []string{"See it"}, Account: hostile, Balance: "12.34 USD", Key: true,
			Remember: true, Again: "https://mcp.example/again", More: []string{hostile}, Connections: "https://mcp.example/connections",
			Terms: pages.Terms{Access: choices, SpendCap: hostile, SpendCapProblem: hostile, OperatorCap: "20.00 USD", Expires: choices},
		}, []string{
			`<input type="radio" name="access" value="read" checked>`, `name="expires"`, "20.00 USD a day for all", "asks for more",
			`aria-describedby="cap-problem cap-help" aria-invalid="true" autofocus`, "https://mcp.example/connections", "12.34 USD", "an API key", `value="agree"`, "Use another account", "asked to confirm"}},
		pages.Again: {pages.AgainView{Hidden: hidden, Client: client, Account: hostile, Cancel: "https://mcp.example/c"},
			[]string{"wants to connect again", `value="continue"`, "Cancel"}},
		pages.Device:  {pages.DeviceView{Hidden: hidden, Code: hostile, Problem: hostile}, []string{"Type the code"}},
		pages.Message: {pages.MessageView{Title: hostile, Text: hostile, Detail: hostile}, []string{"<h1>"}},
		pages.Connections: {pages.ConnectionsView{
			Hidden: hidden, Done: hostile, Account: hostile, Count: 2, Clients: []pages.ConnectedClient{{
				Name: hostile, Place: "tool.example", Deeds: []pages.Deed{{Text: hostile, Link: "javascript:alert(1)"}, {Text: "made a video", Link: "https://app.heygen.com/videos/1"}},
				Connections: []pages.Connection{{ID: "g", Client: hostile, Terms: pages.Terms{Key: "-0", Access: choices}}},
			}},
		}, []string{
			`name="grant" value="g"`, "tool.example", "Sign out of this page", "End all 2 connections", `id="spend_cap_daily-0"`,
			`<a href="https://app.heygen.com/videos/1" rel="noreferrer">made a video</a>`, `href="#ZgotmplZ"`,
		}},
	} {
		t.Run(string(page), func(t *testing.T) {
			t.Parallel()
			rec := httptest.NewRecorder()
			if err := newSet(t).Write(rec, http.StatusTeapot, page, c.view, false); err != nil {
				t.Fatal(err)
			}
			body := rec.Body.String()
			if rec.Code != http.StatusTeapot {
				t.Errorf("the status is %d, want %d", rec.Code, http.StatusTeapot)
			}
			if strings.Contains(body, "<script") || !strings.Contains(body, "&lt;script&gt;") {
				t.Errorf("a stranger's text is not escaped:\n%s", body)
			}
			if !strings.Contains(body, `href="/oauth/style.css"`) {
				t.Errorf("the page has no style sheet:\n%s", body)
			}
			for _, want := range c.says {
				if !strings.Contains(body, want) {
					t.Errorf("the page lacks %q:\n%s", want, body)
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
		if err := newSet(t).Write(rec, http.StatusOK, pages.Message, pages.MessageView{}, open); err != nil {
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
	if err := newSet(t).Write(rec, http.StatusOK, pages.Consent, pages.MessageView{}, false); err == nil {
		t.Error("a view of another page gave no error")
	}
	if rec.Code != http.StatusInternalServerError || strings.Contains(rec.Body.String(), "<html") {
		t.Errorf("got %d %q, want a plain 500", rec.Code, rec.Body)
	}
}
