package auth_test

import (
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// person is a browser with somebody in front of it.
type person struct {
	d    *deployment
	web  *http.Client
	at   string // the page that is shown
	page answer
}

func (d *deployment) person() *person {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return &person{d: d, web: &http.Client{Jar: jar, CheckRedirect: noRedirects}}
}

// open goes to an address, and on to where it redirects, as long as that is here or at HeyGen. It gives the address at
// which it ended: a page, or a client's redirect URI.
func (p *person) open(target string) string {
	p.d.t.Helper()
	return p.follow(target, p.d.send(p.web, http.MethodGet, target, ""))
}

// openAnswer is the page at which open ends, or the redirect that leads to a client.
func (p *person) openAnswer(target string) answer {
	p.d.t.Helper()
	if at := p.open(target); at != p.at {
		return answer{http.StatusSeeOther, http.Header{"Location": {at}}, ""}
	}
	return p.page
}

func (p *person) follow(target string, res answer) string {
	p.d.t.Helper()
	if strings.HasPrefix(target, "/") {
		target = p.d.url + target
	}
	base, err := url.Parse(target)
	if err != nil {
		p.d.t.Fatal(err)
	}
	if res.header.Get("Location") == "" {
		p.at, p.page = target, res
		return target
	}
	to, err := base.Parse(res.header.Get("Location"))
	if err != nil {
		p.d.t.Fatal(err)
	}
	if s := to.String(); strings.HasPrefix(s, p.d.url+"/") || strings.HasPrefix(s, p.d.heygen.URL+"/") {
		return p.open(s)
	}
	return to.String()
}

// submit fills in the page's first form that has a field or button of that name, and sends it.
func (p *person) submit(fields ...string) string {
	p.d.t.Helper()
	for _, form := range strings.Split(p.page.body, "<form ")[1:] {
		form, _, _ = strings.Cut(form, "</form>")
		if !strings.Contains(form, `name="`+fields[0]+`"`) {
			continue
		}
		values := url.Values{}
		for _, input := range regexp.MustCompile(`<input [^>]*type="hidden"[^>]*>`).FindAllString(form, -1) {
			values.Set(attribute(input, "name"), attribute(input, "value"))
		}
		with(values, fields...)
		target := p.at
		if action := attribute(form, "action"); action != "" {
			base, err := url.Parse(p.at)
			if err != nil {
				p.d.t.Fatal(err)
			}
			to, err := base.Parse(action)
			if err != nil {
				p.d.t.Fatal(err)
			}
			target = to.String()
		}
		return p.follow(target, p.d.send(p.web, http.MethodPost, target, values.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Origin", originOf(target)))
	}
	p.d.t.Fatalf("no form with %s on %s:\n%s", fields[0], p.at, p.page.body)
	return ""
}

// send sends a form of the page that is shown, and goes nowhere on.
func (p *person) send(path string, fields ...string) answer {
	p.d.t.Helper()
	form := with(url.Values{"flow": {attributeOf(p.page.body, "flow")}, "csrf": {attributeOf(p.page.body, "csrf")}}, fields...)
	return p.d.send(p.web, http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

func originOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, " "+name+`="`)
	if first, ok := strings.CutPrefix(tag, name+`="`); ok {
		rest = first
	}
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// link follows the page's link of that text.
func (p *person) link(text string) string {
	p.d.t.Helper()
	before, _, ok := strings.Cut(p.page.body, ">"+text+"</a>")
	if !ok {
		p.d.t.Fatalf("no link %q on %s:\n%s", text, p.at, p.page.body)
	}
	return p.open(html.UnescapeString(attribute(before[strings.LastIndex(before, "<a "):], "href")))
}

// toHeyGen goes to HeyGen's sign-in, and gives the state that HeyGen is to send back.
func (p *person) toHeyGen() string {
	p.d.t.Helper()
	page, at := p.page, p.at
	p.link("Continue with HeyGen")
	u, err := url.Parse(p.at)
	if err != nil {
		p.d.t.Fatal(err)
	}
	p.page, p.at = page, at
	return u.Query().Get("state")
}

// withKey signs in by API key and agrees; it gives where the client waits.
func (p *person) withKey(ask url.Values, account string) string {
	p.d.t.Helper()
	p.open("/oauth/authorize?" + ask.Encode())
	return p.finish(account)
}

// finish signs in by API key on the page that is shown, and agrees.
func (p *person) finish(account string) string {
	p.d.t.Helper()
	p.submit("api_key", "sk_sandbox_"+account)
	return p.submit("action", "agree")
}

// withHeyGen signs in at HeyGen and agrees.
func (p *person) withHeyGen(ask url.Values, account string) string {
	p.d.t.Helper()
	p.open("/oauth/authorize?" + ask.Encode())
	p.link("Continue with HeyGen")
	p.submit("account", account)
	return p.submit("action", "agree")
}
