package auth_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// notOurs holds that a cookie is taken only if this deployment made it, however well it is formed.
func notOurs(d *brokertest.Deployment) {
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

// planted holds that whoever plants a cookie that this server made has nothing once the person has signed in.
func planted(d *brokertest.Deployment, signIn func(p *brokertest.Person)) {
	thief, victim, client := d.Person(), d.Person(), d.Public()
	// The thief connects a client that people are not asked about again, with an account of their own.
	d.CodeOf(thief.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mallory"))
	known := *thief.Cookie()
	victim.Plant(known.Name, known.Value)
	victim.Open("/oauth/authorize?" + d.Ask(client).Encode())
	page := d.Send(thief.Web, http.MethodGet, victim.At, "") // which they may know, having sent the person here
	signIn(victim)
	if !strings.HasPrefix(victim.At, d.URL+"/oauth/consent") || victim.Cookie().Value == known.Value {
		d.T.Fatalf("at %s with the cookie that was planted", victim.At)
	}
	flow := url.Values{"flow": {brokertest.AttributeOf(victim.Page.Body, "flow")}}
	for _, path := range []string{"/oauth/consent?", "/oauth/sign-in?", "/oauth/heygen?", "/oauth/cancel?"} {
		if res := d.Send(thief.Web, http.MethodGet, path+flow.Encode(), ""); res.Status != http.StatusBadRequest {
			d.T.Errorf("%s: %d for the thief", path, res.Status)
		}
	}
	form := url.Values{"flow": flow["flow"], "csrf": {brokertest.AttributeOf(page.Body, "csrf")}, "action": {"agree"}}
	for name, p := range map[string]*brokertest.Person{"the thief": thief, "the thief's form in the victim's browser": victim} {
		if res := d.Send(p.Web, http.MethodPost, "/oauth/consent", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"); res.Status != http.StatusBadRequest {
			d.T.Errorf("%s agrees: %d %v", name, res.Status, res.Header)
		}
	}
	d.CodeOf(victim.Submit("action", "agree"))
	// Nor are the person's programs connected to the thief's account, though the thief's browser need not be asked.
	victim.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", brokertest.Hosted).Encode())
	if strings.Contains(victim.Page.Body, "mallory") || !strings.HasPrefix(victim.At, d.URL+"/oauth/sign-in") {
		d.T.Errorf("the thief's consent holds for the victim: %s", victim.At)
	}
	if thief.Open("/connections"); !strings.Contains(thief.Page.Body, "Sign in to see") {
		d.T.Errorf("the planted cookie opens the connections: %s", thief.Page.Body)
	}
}

// TestCookies holds what a cookie that somebody else knows is worth.
func TestCookies(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(d *brokertest.Deployment){
		"with a key": func(d *brokertest.Deployment) {
			planted(d, func(p *brokertest.Person) { p.Submit("api_key", "sk_sandbox_mia") })
		},
		"at HeyGen": func(d *brokertest.Deployment) {
			planted(d, func(p *brokertest.Person) {
				p.Link("Continue with HeyGen")
				p.Submit("account", "mia")
			})
		},
		"connections": func(d *brokertest.Deployment) {
			thief, victim := d.Person(), d.Person()
			thief.Open("/connections")
			known := *thief.Cookie()
			victim.Plant(known.Name, known.Value)
			victim.Open("/connections")
			victim.Submit("api_key", "sk_sandbox_mia")
			if thief.Open("/connections"); !strings.Contains(victim.Page.Body, "There are none") || !strings.Contains(thief.Page.Body, "Sign in to see") {
				d.T.Errorf("the planted cookie opens what another signed in to: %s", thief.Page.Body)
			}
		},
		"another's consent page": func(d *brokertest.Deployment) {
			// The thief plants their cookie together with a flow in which they have signed in themselves.
			thief, victim := d.Person(), d.Person()
			thief.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			thief.Submit("api_key", "sk_sandbox_mallory")
			known := *thief.Cookie()
			victim.Plant(known.Name, known.Value)
			victim.Open("/connections")
			victim.Submit("api_key", "sk_sandbox_mia")
			if res := d.Send(victim.Web, http.MethodGet, thief.At, ""); res.Status != http.StatusBadRequest {
				d.T.Errorf("the victim is asked to agree for the thief's account: %d %s", res.Status, res.Body)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			brokertest.OnStores(t, try)
		})
	}
}

// TestTabs is somebody with several sign-ins under way at once: the new cookie that one of them brings ends none of the others.
func TestTabs(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		begin := func(p *brokertest.Person) brokertest.Person {
			tab := *p
			tab.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			return tab
		}
		p := d.Person()
		first := begin(p)
		second, third, device := begin(p), begin(p), *p
		device.Open("/oauth/device")
		first.Submit("api_key", "sk_sandbox_mia")
		second.Submit("api_key", "sk_sandbox_mia")
		before := second.Cookie().Value
		d.CodeOf(first.Submit("action", "agree")) // its page is older than the second sign-in
		d.CodeOf(second.Submit("action", "agree"))
		third.Link("Continue with HeyGen")
		third.Submit("account", "mia")
		if third.Cookie().Value == before {
			d.T.Error("a sign-in at HeyGen brings no new cookie")
		}
		d.CodeOf(third.Submit("action", "agree"))
		if device.Submit("user_code", "BBBB-BBBB"); device.Page.Status != http.StatusUnprocessableEntity {
			d.T.Errorf("the page for devices is dead: %d %s", device.Page.Status, device.Page.Body)
		}
		if n := strings.Count(third.Cookie().Value, "."); n > 3 {
			d.T.Errorf("the cookie carries %d earlier ones", n)
		}
		for range 6 {
			again := begin(p)
			d.CodeOf(again.Finish("mia"))
		}
		if n := len(p.Cookie().Value); n > 400 {
			d.T.Errorf("the cookie has grown to %d characters", n)
		}
	})
}
