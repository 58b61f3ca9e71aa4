package brokertest

import (
	"net/http"
	"net/url"
	"strings"
)

// Cookie is the one of this server's that the person's browser has.
func (p *Person) Cookie() *http.Cookie {
	p.D.T.Helper()
	for _, c := range p.Web.Jar.Cookies(p.Site()) {
		if strings.HasPrefix(c.Name, "heygen-mcp-") {
			return c
		}
	}
	return nil
}

// Site is the address of the deployment.
func (p *Person) Site() *url.URL {
	p.D.T.Helper()
	u, err := url.Parse(p.D.URL)
	if err != nil {
		p.D.T.Fatal(err)
	}
	return u
}

// Plant puts a cookie into the person's browser, as a program on another port of the same computer can.
func (p *Person) Plant(name, value string) {
	p.D.T.Helper()
	p.Web.Jar.SetCookies(p.Site(), []*http.Cookie{{Name: name, Value: value, Path: "/"}}) //nolint:gosec // G124: a plain http client has it
}

// CookieName is what this deployment calls its cookie.
func (d *Deployment) CookieName() string {
	d.T.Helper()
	p := d.Person()
	p.Open("/oauth/device")
	return p.Cookie().Name
}
