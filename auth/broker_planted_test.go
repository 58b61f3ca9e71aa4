package auth_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// cookie is the one of this server's that the person's browser has.
func (p *person) cookie() *http.Cookie {
	p.d.t.Helper()
	for _, c := range p.web.Jar.Cookies(p.site()) {
		if strings.HasPrefix(c.Name, "heygen-mcp-") {
			return c
		}
	}
	return nil
}

func (p *person) site() *url.URL {
	p.d.t.Helper()
	u, err := url.Parse(p.d.url)
	if err != nil {
		p.d.t.Fatal(err)
	}
	return u
}

// plant puts a cookie into the person's browser, as a program on another port of the same computer can.
func (p *person) plant(name, value string) {
	p.d.t.Helper()
	p.web.Jar.SetCookies(p.site(), []*http.Cookie{{Name: name, Value: value, Path: "/"}}) //nolint:gosec // G124: a plain http client has it
}

// cookieName is what this deployment calls its cookie.
func (d *deployment) cookieName() string {
	d.t.Helper()
	p := d.person()
	p.open("/oauth/device")
	return p.cookie().Name
}

// notOurs holds that a cookie is taken only if this deployment made it, however well it is formed.
func notOurs(d *deployment) {
	name := d.cookieName()
	genuine := d.person()
	genuine.open("/oauth/device")
	own := genuine.cookie().Value
	elsewhere := d.besides(nil).person()
	elsewhere.open("/oauth/device")
	flipped := []byte(own)
	flipped[0] ^= 1
	for what, value := range map[string]string{
		"a secret without a mark":          base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("k", 32))),
		"a secret with a mark of zeros":    base64.RawURLEncoding.EncodeToString(append([]byte(strings.Repeat("k", 32)), make([]byte, 32)...)),
		"a changed secret":                 string(flipped),
		"a part of ours":                   own[:len(own)/2],
		"ours with more":                   own + "A",
		"another deployment's":             elsewhere.cookie().Value,
		"another's before ours":            elsewhere.cookie().Value + "." + own,
		"nothing":                          "",
		"many":                             strings.Repeat(own+"!.", 40),
		"ours in another's spelling of it": strings.TrimRight(own, "=") + "==",
	} {
		p := d.person()
		p.plant(name, value)
		p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
		if got := p.cookie(); got == nil || got.Value == value {
			d.t.Errorf("%s: the planted cookie is taken", what)
			continue
		}
		d.codeOf(p.finish("mia"))
		thief := d.person()
		thief.plant(name, value)
		if res := d.send(thief.web, http.MethodGet, p.at, ""); res.status != http.StatusBadRequest {
			d.t.Errorf("%s: the planted cookie opens %s: %d", what, p.at, res.status)
		}
	}
	// One that stands before ours hides ours from nobody.
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
	both := name + "=" + elsewhere.cookie().Value + "; " + name + "=" + p.cookie().Value
	if res := d.send(d.client, http.MethodGet, p.at, "", "Cookie", both); res.status != http.StatusOK {
		d.t.Errorf("behind another cookie of that name ours is not found: %d", res.status)
	}
}

// planted holds that whoever plants a cookie that this server made has nothing once the person has signed in.
func planted(d *deployment, signIn func(p *person)) {
	thief, victim, client := d.person(), d.person(), d.public()
	// The thief connects a client that people are not asked about again, with an account of their own.
	d.codeOf(thief.withKey(d.ask(client, "redirect_uri", hosted), "mallory"))
	known := *thief.cookie()
	victim.plant(known.Name, known.Value)
	victim.open("/oauth/authorize?" + d.ask(client).Encode())
	page := d.send(thief.web, http.MethodGet, victim.at, "") // which they may know, having sent the person here
	signIn(victim)
	if !strings.HasPrefix(victim.at, d.url+"/oauth/consent") || victim.cookie().Value == known.Value {
		d.t.Fatalf("at %s with the cookie that was planted", victim.at)
	}
	flow := url.Values{"flow": {attributeOf(victim.page.body, "flow")}}
	for _, path := range []string{"/oauth/consent?", "/oauth/sign-in?", "/oauth/heygen?", "/oauth/cancel?"} {
		if res := d.send(thief.web, http.MethodGet, path+flow.Encode(), ""); res.status != http.StatusBadRequest {
			d.t.Errorf("%s: %d for the thief", path, res.status)
		}
	}
	form := url.Values{"flow": flow["flow"], "csrf": {attributeOf(page.body, "csrf")}, "action": {"agree"}}
	for name, p := range map[string]*person{"the thief": thief, "the thief's form in the victim's browser": victim} {
		if res := d.send(p.web, http.MethodPost, "/oauth/consent", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"); res.status != http.StatusBadRequest {
			d.t.Errorf("%s agrees: %d %v", name, res.status, res.header)
		}
	}
	d.codeOf(victim.submit("action", "agree"))
	// Nor are the person's programs connected to the thief's account, though the thief's browser need not be asked.
	victim.open("/oauth/authorize?" + d.ask(client, "redirect_uri", hosted).Encode())
	if strings.Contains(victim.page.body, "mallory") || !strings.HasPrefix(victim.at, d.url+"/oauth/sign-in") {
		d.t.Errorf("the thief's consent holds for the victim: %s", victim.at)
	}
	if thief.open("/connections"); !strings.Contains(thief.page.body, "Sign in to see") {
		d.t.Errorf("the planted cookie opens the connections: %s", thief.page.body)
	}
}

// TestCookies holds what a cookie that somebody else knows is worth.
func TestCookies(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(d *deployment){
		"with a key": func(d *deployment) { planted(d, func(p *person) { p.submit("api_key", "sk_sandbox_mia") }) },
		"at HeyGen": func(d *deployment) {
			planted(d, func(p *person) {
				p.link("Continue with HeyGen")
				p.submit("account", "mia")
			})
		},
		"connections": func(d *deployment) {
			thief, victim := d.person(), d.person()
			thief.open("/connections")
			known := *thief.cookie()
			victim.plant(known.Name, known.Value)
			victim.open("/connections")
			victim.submit("api_key", "sk_sandbox_mia")
			if thief.open("/connections"); !strings.Contains(victim.page.body, "There are none") || !strings.Contains(thief.page.body, "Sign in to see") {
				d.t.Errorf("the planted cookie opens what another signed in to: %s", thief.page.body)
			}
		},
		"another's consent page": func(d *deployment) {
			// The thief plants their cookie together with a flow in which they have signed in themselves.
			thief, victim := d.person(), d.person()
			thief.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			thief.submit("api_key", "sk_sandbox_mallory")
			known := *thief.cookie()
			victim.plant(known.Name, known.Value)
			victim.open("/connections")
			victim.submit("api_key", "sk_sandbox_mia")
			if res := d.send(victim.web, http.MethodGet, thief.at, ""); res.status != http.StatusBadRequest {
				d.t.Errorf("the victim is asked to agree for the thief's account: %d %s", res.status, res.body)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onStores(t, try)
		})
	}
}

// TestTabs is somebody with several sign-ins under way at once: the new cookie that one of them brings ends none of the others.
func TestTabs(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		begin := func(p *person) person {
			tab := *p
			tab.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			return tab
		}
		p := d.person()
		first := begin(p)
		second, third, device := begin(p), begin(p), *p
		device.open("/oauth/device")
		first.submit("api_key", "sk_sandbox_mia")
		second.submit("api_key", "sk_sandbox_mia")
		before := second.cookie().Value
		d.codeOf(first.submit("action", "agree")) // its page is older than the second sign-in
		d.codeOf(second.submit("action", "agree"))
		third.link("Continue with HeyGen")
		third.submit("account", "mia")
		if third.cookie().Value == before {
			d.t.Error("a sign-in at HeyGen brings no new cookie")
		}
		d.codeOf(third.submit("action", "agree"))
		if device.submit("user_code", "BBBB-BBBB"); device.page.status != http.StatusUnprocessableEntity {
			d.t.Errorf("the page for devices is dead: %d %s", device.page.status, device.page.body)
		}
		if n := strings.Count(third.cookie().Value, "."); n > 3 {
			d.t.Errorf("the cookie carries %d earlier ones", n)
		}
		for range 6 {
			again := begin(p)
			d.codeOf(again.finish("mia"))
		}
		if n := len(p.cookie().Value); n > 400 {
			d.t.Errorf("the cookie has grown to %d characters", n)
		}
	})
}
