package brokertest

import (
	"encoding/base64"
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

// Plant puts a cookie into the person's browser, as a program on another port of the same computer
// can.
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

// RefusesForeignCookies holds that a cookie is taken only if this deployment made it, however well
// it is formed.
func RefusesForeignCookies(d *Deployment) {
	name := d.CookieName()
	genuine := d.Person()
	genuine.Open("/oauth/device")
	own := genuine.Cookie().Value
	elsewhere := d.Besides(nil).Person()
	elsewhere.Open("/oauth/device")
	flipped := []byte(own)
	flipped[0] ^= 1
	for what, value := range map[string]string{
		"a secret without a mark":          base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("k", 32))),
		"a secret with a mark of zeros":    base64.RawURLEncoding.EncodeToString(append([]byte(strings.Repeat("k", 32)), make([]byte, 32)...)),
		"a changed secret":                 string(flipped),
		"a part of ours":                   own[:len(own)/2],
		"ours with more":                   own + "A",
		"another deployment's":             elsewhere.Cookie().Value,
		"another's before ours":            elsewhere.Cookie().Value + "." + own,
		"nothing":                          "",
		"many":                             strings.Repeat(own+"!.", 40),
		"ours in another's spelling of it": strings.TrimRight(own, "=") + "==",
	} {
		p := d.Person()
		p.Plant(name, value)
		p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
		if got := p.Cookie(); got == nil || got.Value == value {
			d.T.Errorf("%s: the planted cookie is taken", what)
			continue
		}
		d.CodeOf(p.Finish("mia"))
		thief := d.Person()
		thief.Plant(name, value)
		if res := d.Send(thief.Web, http.MethodGet, p.At, ""); res.Status != http.StatusBadRequest {
			d.T.Errorf("%s: the planted cookie opens %s: %d", what, p.At, res.Status)
		}
	}
	// One that stands before ours hides ours from nobody.
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	both := name + "=" + elsewhere.Cookie().Value + "; " + name + "=" + p.Cookie().Value
	if res := d.Send(d.Client, http.MethodGet, p.At, "", "Cookie", both); res.Status != http.StatusOK {
		d.T.Errorf("behind another cookie of that name ours is not found: %d", res.Status)
	}
}

// RefusesPlantedCookies holds that whoever plants a cookie that this server made has nothing once
// the person has signed in.
func RefusesPlantedCookies(d *Deployment, signIn func(p *Person)) {
	thief, victim, client := d.Person(), d.Person(), d.Public()
	// The thief connects a client that people are not asked about again, with an account of their
	// own.
	d.CodeOf(thief.WithKey(d.Ask(client, "redirect_uri", Hosted), "mallory"))
	known := *thief.Cookie()
	victim.Plant(known.Name, known.Value)
	victim.Open("/oauth/authorize?" + d.Ask(client).Encode())
	page := d.Send(thief.Web, http.MethodGet, victim.At, "") // which they may know, having sent the person here
	signIn(victim)
	if !strings.HasPrefix(victim.At, d.URL+"/oauth/consent") || victim.Cookie().Value == known.Value {
		d.T.Fatalf("at %s with the cookie that was planted", victim.At)
	}
	flow := url.Values{"flow": {AttributeOf(victim.Page.Body, "flow")}}
	for _, path := range []string{"/oauth/consent?", "/oauth/sign-in?", "/oauth/heygen?", "/oauth/cancel?"} {
		if res := d.Send(thief.Web, http.MethodGet, path+flow.Encode(), ""); res.Status != http.StatusBadRequest {
			d.T.Errorf("%s: %d for the thief", path, res.Status)
		}
	}
	form := url.Values{"flow": flow["flow"], "csrf": {AttributeOf(page.Body, "csrf")}, "action": {"agree"}}
	for name, p := range map[string]*Person{"the thief": thief, "the thief's form in the victim's browser": victim} {
		if res := d.Send(p.Web, http.MethodPost, "/oauth/consent", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"); res.Status != http.StatusBadRequest {
			d.T.Errorf("%s agrees: %d %v", name, res.Status, res.Header)
		}
	}
	d.CodeOf(victim.Submit("action", "agree"))
	// Nor are the person's programs connected to the thief's account, though the thief's browser
	// need not be asked.
	victim.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", Hosted).Encode())
	if strings.Contains(victim.Page.Body, "mallory") || !strings.HasPrefix(victim.At, d.URL+"/oauth/sign-in") {
		d.T.Errorf("the thief's consent holds for the victim: %s", victim.At)
	}
	if thief.Open("/connections"); !strings.Contains(thief.Page.Body, "Sign in to see") {
		d.T.Errorf("the planted cookie opens the connections: %s", thief.Page.Body)
	}
}
