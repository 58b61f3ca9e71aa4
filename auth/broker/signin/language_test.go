package signin_test

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/words"
)

// speaking sends what a browser sends of the language of its person.
type speaking struct {
	lang string
	next http.RoundTripper
}

func (s speaking) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept-Language", s.lang)
	if s.next == nil {
		return http.DefaultTransport.RoundTrip(r)
	}
	return s.next.RoundTrip(r)
}

// TestLanguages goes through the pages in each language.
func TestLanguages(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") })
	client := d.Public()
	for _, speaker := range words.All() {
		p := d.Person()
		p.Web.Transport = speaking{speaker.Lang(), p.Web.Transport}
		says := func(what string, texts ...words.Text) {
			t.Helper()
			if !strings.Contains(p.Page.Body, `<html lang="`+speaker.Lang()+`">`) {
				t.Errorf("%s: %s is in another language:\n%s", speaker.Lang(), what, p.Page.Body)
			}
			for _, text := range texts {
				if !strings.Contains(html.UnescapeString(p.Page.Body), speaker.Say(text)) {
					t.Errorf("%s: %s lacks %q:\n%s", speaker.Lang(), what, speaker.Say(text), p.Page.Body)
				}
			}
		}
		p.Open("/oauth/authorize?" + d.Ask(client).Encode())
		says("the sign-in", words.Of("signin.key"), words.Of("scope.make"), words.Of("who.local"))
		p.Submit("api_key", "two words")
		says("a wrong key", words.Of("signin.no_key"))
		p.Submit("api_key", "sk_sandbox_mia")
		says("the question", words.Of("level.make"), words.Of("level.also_make"), words.Figure("12.34 USD"))
		p.Submit("action", "agree", "spend_cap_daily", "1,500")
		says("a wrong amount", words.Of("terms.no_amount"))
		d.CodeOf(p.Submit("action", "agree", "spend_cap_daily", "1.50"))
		if p.Open("/connections"); !strings.Contains(p.Page.Body, `class="connection"`) {
			p.Submit("api_key", "sk_sandbox_mia")
		}
		callback, err := url.Parse(brokertest.Callback)
		if err != nil {
			t.Fatal(err)
		}
		says("the list", words.Of("place.local", "Host", callback.Host), words.Of("connections.has_cap", "Amount", words.Figure("1.50 USD")))
		p.Submit("grant", brokertest.AttributeOf(p.Page.Body, "grant"), "action", "end")
		says("an end", words.Of("connections.ended"), words.Of("connections.ended_key"))
		p.Submit("action", "leave")
		says("a last page", words.Of("last.signed_out"))
		p.Page = d.Send(p.Web, http.MethodGet, "/oauth/authorize?client_id=nobody", "")
		says("a fault", words.Of("fault.stopped"))
		if p.Page.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("a page varies by %q", p.Page.Header.Get("Vary"))
		}
		if detail := `<p class="small" lang="en">`; !strings.Contains(p.Page.Body, detail) {
			t.Errorf("%s: what the client's makers need is not told in English:\n%s", speaker.Lang(), p.Page.Body)
		}
	}
}
