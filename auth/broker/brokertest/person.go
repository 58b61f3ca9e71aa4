package brokertest

import (
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// Person is a browser with somebody in front of it.
type Person struct {
	D    *Deployment
	Web  *http.Client
	At   string // the page that is shown
	Page Answer
}

// Person is a new browser.
func (d *Deployment) Person() *Person {
	d.T.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.T.Fatal(err)
	}
	return &Person{D: d, Web: &http.Client{Jar: jar, CheckRedirect: NoRedirects, Transport: d.dial}}
}

// Open goes to an address, and on to where it redirects, as long as that is here or at HeyGen. It
// gives the address at which it ended: a page, or a client's redirect URI.
func (p *Person) Open(target string) string {
	p.D.T.Helper()
	return p.Follow(target, p.D.Send(p.Web, http.MethodGet, target, ""))
}

// OpenAnswer is the page at which open ends, or the redirect that leads to a client.
func (p *Person) OpenAnswer(target string) Answer {
	p.D.T.Helper()
	if at := p.Open(target); at != p.At {
		return Answer{http.StatusSeeOther, http.Header{"Location": {at}}, ""}
	}
	return p.Page
}

// Follow goes on to where an answer redirects.
func (p *Person) Follow(target string, res Answer) string {
	p.D.T.Helper()
	if strings.HasPrefix(target, "/") {
		target = p.D.URL + target
	}
	base, err := url.Parse(target)
	if err != nil {
		p.D.T.Fatal(err)
	}
	if res.Header.Get("Location") == "" {
		p.At, p.Page = target, res
		return target
	}
	to, err := base.Parse(res.Header.Get("Location"))
	if err != nil {
		p.D.T.Fatal(err)
	}
	if s := to.String(); strings.HasPrefix(s, p.D.URL+"/") || strings.HasPrefix(s, p.D.HeyGen.URL+"/") {
		return p.Open(s)
	}
	return to.String()
}

// Submit fills in the page's first form that has a field or button of that name, and sends it.
func (p *Person) Submit(fields ...string) string {
	p.D.T.Helper()
	for _, form := range strings.Split(p.Page.Body, "<form ")[1:] {
		form, _, _ = strings.Cut(form, "</form>")
		if !strings.Contains(form, `name="`+fields[0]+`"`) {
			continue
		}
		values := url.Values{}
		for _, input := range regexp.MustCompile(`<input [^>]*type="hidden"[^>]*>`).FindAllString(form, -1) {
			values.Set(Attribute(input, "name"), Attribute(input, "value"))
		}
		With(values, fields...)
		target := p.At
		if action := Attribute(form, "action"); action != "" {
			base, err := url.Parse(p.At)
			if err != nil {
				p.D.T.Fatal(err)
			}
			to, err := base.Parse(action)
			if err != nil {
				p.D.T.Fatal(err)
			}
			target = to.String()
		}
		return p.Follow(target, p.D.Send(p.Web, http.MethodPost, target, values.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Origin", OriginOf(target)))
	}
	p.D.T.Fatalf("no form with %s on %s:\n%s", fields[0], p.At, p.Page.Body)
	return ""
}

// Send sends a form of the page that is shown, and goes nowhere on.
func (p *Person) Send(path string, fields ...string) Answer {
	p.D.T.Helper()
	form := With(url.Values{"flow": {AttributeOf(p.Page.Body, "flow")}, "csrf": {AttributeOf(p.Page.Body, "csrf")}}, fields...)
	return p.D.Send(p.Web, http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// OriginOf is the origin of an address.
func OriginOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Attribute is the value of a tag's attribute.
func Attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, " "+name+`="`)
	if first, ok := strings.CutPrefix(tag, name+`="`); ok {
		rest = first
	}
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// Link follows the page's link of that text.
func (p *Person) Link(text string) string {
	p.D.T.Helper()
	before, _, ok := strings.Cut(p.Page.Body, ">"+text+"</a>")
	if !ok {
		p.D.T.Fatalf("no link %q on %s:\n%s", text, p.At, p.Page.Body)
	}
	return p.Open(html.UnescapeString(Attribute(before[strings.LastIndex(before, "<a "):], "href")))
}

// ToHeyGen goes to HeyGen's sign-in, and gives the state that HeyGen is to send back.
func (p *Person) ToHeyGen() string {
	p.D.T.Helper()
	page, at := p.Page, p.At
	p.Link("Continue with HeyGen")
	u, err := url.Parse(p.At)
	if err != nil {
		p.D.T.Fatal(err)
	}
	p.Page, p.At = page, at
	return u.Query().Get("state")
}

// WithKey signs in by API key and agrees; it gives where the client waits.
func (p *Person) WithKey(ask url.Values, account string) string {
	p.D.T.Helper()
	p.Open("/oauth/authorize?" + ask.Encode())
	return p.Finish(account)
}

// Finish signs in by API key on the page that is shown, and agrees.
func (p *Person) Finish(account string) string {
	p.D.T.Helper()
	p.Submit("api_key", "sk_sandbox_"+account)
	return p.Submit("action", "agree")
}

// WithHeyGen signs in at HeyGen and agrees.
func (p *Person) WithHeyGen(ask url.Values, account string) string {
	p.D.T.Helper()
	p.Open("/oauth/authorize?" + ask.Encode())
	p.Link("Continue with HeyGen")
	p.Submit("account", account)
	return p.Submit("action", "agree")
}

// AtConsent is somebody who has signed in at HeyGen and is asked whether they agree.
func (d *Deployment) AtConsent() *Person {
	d.T.Helper()
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	p.Link("Continue with HeyGen")
	p.Submit("account", "mia")
	if !strings.Contains(p.Page.Body, "<dd>mia</dd>") {
		d.T.Fatalf("at %s: %s", p.At, p.Page.Body)
	}
	return p
}

// MayGoOn says whether a request leads to the page that asks whether to connect again.
func (p *Person) MayGoOn(ask url.Values) bool {
	p.D.T.Helper()
	return strings.HasPrefix(p.Open("/oauth/authorize?"+ask.Encode()), p.D.URL+"/oauth/again?")
}

// AttributeOf is the value of a hidden field.
func AttributeOf(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// ShowsError demands an error that is shown to the person, and no redirect.
func ShowsError(d *Deployment, query, says string) {
	d.T.Helper()
	p := d.Person()
	at := p.Open("/oauth/authorize?" + query)
	if p.Page.Status != http.StatusBadRequest || !strings.HasPrefix(at, d.URL) || !strings.Contains(p.Page.Body, says) || p.Page.Header.Get("Cache-Control") != "no-store" {
		d.T.Errorf("at %s: %d %s, want %q", at, p.Page.Status, p.Page.Body, says)
	}
}
