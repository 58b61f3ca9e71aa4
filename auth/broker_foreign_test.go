package auth_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/internal/limit"
)

// foreign are values that belong in no field, or break what is careless.
func foreign() []string {
	return []string{"", " ", "\x00", "x\x00y", "%00", "a b", "é", "\xff\xfe", "\u202e\u2028", "\r\nSet-Cookie: x=1", strings.Repeat("x", 5000), strings.Repeat("é", 20000),
		"https://evil.example", "//evil.example", `/\evil.example`, "javascript:alert(1)", "'; DROP TABLE tokens; --", `{"a":1}`, "[]", "null", "none", "-1", "99999999999999999999",
		"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{.}}", "../../etc/passwd", "hgm_at_" + strings.Repeat("x", 43)}
}

// place is where a form or a query goes, with values that are good, made anew for each time that they have been used up.
type place struct {
	name, method, path string
	begin              func(d *deployment) (web *http.Client, form url.Values)
	once               bool // whatever is sent uses them up
}

// strangers are the places that need no browser. Their fields are all that the library or this server reads there.
func strangers() []place {
	const device = "urn:ietf:params:oauth:grant-type:device_code"
	also := func(form url.Values, names ...string) url.Values {
		for _, name := range names {
			form[name] = []string{""}
		}
		return form
	}
	plain := func(form func(d *deployment) url.Values) func(*deployment) (*http.Client, url.Values) {
		return func(d *deployment) (*http.Client, url.Values) { return d.client, form(d) }
	}
	return []place{
		{name: "authorize", method: "GET", path: "/oauth/authorize", begin: plain(func(d *deployment) url.Values {
			return also(d.ask(d.public()), "scope", "prompt", "nonce", "max_age", "ui_locales", "display", "acr_values", "login_hint", "response_mode", "id_token_hint", "request", "request_uri", "claims")
		})},
		{name: "token, code", method: "POST", path: "/oauth/token", begin: plain(func(d *deployment) url.Values {
			client := d.public()
			return also(d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia"))), "client_secret", "client_assertion", "client_assertion_type", "scope")
		})},
		{name: "token, refresh", method: "POST", path: "/oauth/token", begin: plain(func(d *deployment) url.Values {
			return also(renewal(d.signIn("mia")), "scope", "resource", "client_secret", "client_assertion", "client_assertion_type")
		})},
		{name: "token, device", method: "POST", path: "/oauth/token", begin: plain(func(d *deployment) url.Values {
			client := d.public()
			begun := d.form("/oauth/device_authorization", url.Values{"client_id": {client}})
			return url.Values{"grant_type": {device}, "device_code": {begun.text("device_code")}, "client_id": {client}, "client_secret": {""}}
		})},
		{name: "token, exchange", method: "POST", path: "/oauth/token", begin: plain(func(d *deployment) url.Values {
			return also(url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}, "subject_token": {"x"}, "subject_token_type": {"urn:ietf:params:oauth:token-type:access_token"}, "client_id": {d.public()}},
				"actor_token", "actor_token_type", "requested_token_type", "assertion", "username", "password")
		})},
		{name: "revoke", method: "POST", path: "/oauth/revoke", begin: plain(func(d *deployment) url.Values {
			got := d.signIn("mia")
			return also(url.Values{"token": {got.access}, "client_id": {got.client}}, "token_type_hint", "client_secret", "client_assertion", "client_assertion_type")
		})},
		{name: "device authorization", method: "POST", path: "/oauth/device_authorization", begin: plain(func(d *deployment) url.Values {
			return also(url.Values{"client_id": {d.public()}}, "scope", "resource", "client_secret")
		})},
	}
}

// deployStrange starts a server that knows a client with a secret.
func deployStrange(t testing.TB, open func() auth.Store) *deployment {
	return deploy(t, open, func(cfg *auth.Config) {
		cfg.Broker.Clients = []auth.Client{{ID: "known", Redirects: []string{callback}, Secret: "a secret of the operator's"}}
		unlimited(cfg)
	})
}

// unlimited takes the limits away, where most of what is tried would meet one.
func unlimited(cfg *auth.Config) {
	wide := limit.Rate{Burst: 1e6, Every: time.Nanosecond}
	all := limit.Levels{Share: wide, Whole: wide}
	cfg.Failures = all
	cfg.Broker.Limits = auth.Limits{Registrations: all, Keys: all, Codes: all, Flows: all, Devices: all, Documents: all, Failures: all}
}

// holds is what is true of every answer to whatever was sent: it is no failure of the server, leads to no place that
// nobody registered, and runs nothing of what was sent. An error is kept by nobody.
func (d *deployment) holds(what string, res answer) {
	d.t.Helper()
	if res.status >= 500 {
		d.t.Errorf("%s: %d %s", what, res.status, res.body)
	}
	if at := res.header.Get("Location"); at != "" {
		u, err := url.Parse(at)
		if err != nil {
			d.t.Errorf("%s: redirects to %q", what, at)
			return
		}
		u.RawQuery = ""
		if s := u.String(); s != callback && s != hosted && !strings.HasPrefix(at, d.url+"/") && !strings.HasPrefix(at, d.heygen.URL+"/") && (!strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//")) {
			d.t.Errorf("%s: redirects to %q", what, at)
		}
	}
	for _, cookie := range res.header.Values("Set-Cookie") {
		if !strings.Contains(cookie, "heygen-mcp-") {
			d.t.Errorf("%s: sets %s", what, cookie)
		}
	}
	kind := res.header.Get("Content-Type")
	if strings.Contains(res.body, "<script>alert") || strings.Contains(res.body, "<img src=x") || strings.HasPrefix(kind, "text/html") && !strings.Contains(res.header.Get("Content-Security-Policy"), "default-src 'none'") && res.header.Get("Location") == "" {
		d.t.Errorf("%s: %v %s", what, res.header, res.body)
	}
	if res.status >= 400 && res.header.Get("Cache-Control") != "no-store" {
		d.t.Errorf("%s: %d can be kept: %v", what, res.status, res.header)
	}
}

// TestForeignValues puts foreign and malformed values into every field of every place.
func TestForeignValues(t *testing.T) {
	t.Parallel()
	for _, p := range append(strangers(), pagePlaces()...) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for name, open := range stores(t) {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					d := deployStrange(t, open(t))
					d.everyField(p)
					if name == "SQLite" {
						d.everyShape(p) // which no store hears of
					}
					if strings.Contains(d.log.String(), `"level":"error"`) {
						t.Errorf("the log has errors:\n%s", d.log.String())
					}
				})
			}
		})
	}
}

// everyField puts every value into every field, and two values.
func (d *deployment) everyField(p place) {
	d.t.Helper()
	web, form := p.begin(d)
	for _, field := range slices.Sorted(maps.Keys(form)) {
		for _, value := range foreign() {
			for _, values := range [][]string{{value}, {form.Get(field), value}} {
				d.clock.advance(time.Second) // the bounds on strangers are not what is tried here
				changed := maps.Clone(form)
				changed[field] = values
				res := d.put(p, web, changed)
				d.holds(fmt.Sprintf("%s %s=%.40q", p.name, field, values), res)
				if res.status < 400 || p.once {
					web, form = p.begin(d)
				}
			}
		}
		changed := maps.Clone(form)
		for _, name := range []string{field + "[]", field + "[0]", field + ".x", strings.ToUpper(field)} {
			changed[name] = []string{"x"}
		}
		d.holds(p.name+" with lists in place of "+field, d.put(p, web, changed))
		web, form = p.begin(d)
	}
}

func (d *deployment) put(p place, web *http.Client, form url.Values) answer {
	d.t.Helper()
	if p.method == http.MethodGet {
		return d.send(web, http.MethodGet, p.path+"?"+form.Encode(), "")
	}
	return d.send(web, p.method, p.path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// everyShape sends what is no form, in every way, with every method, and with credentials and cookies of no kind.
func (d *deployment) everyShape(p place) {
	d.t.Helper()
	web, form := p.begin(d)
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} {
		d.holds(p.name+" by "+method, d.send(web, method, p.path+"?"+form.Encode(), form.Encode(), "Content-Type", "application/x-www-form-urlencoded"))
		d.holds(p.name+" bare, by "+method, d.send(web, method, p.path, ""))
	}
	for _, body := range []string{"", "%zz", "a=b;c=d", "=", "&&&", strings.Repeat("a=1&", 20000), strings.Repeat("z", 2<<20), "\x00\xff", `{"grant_type":"refresh_token"}`, "[]"} {
		for _, kind := range []string{"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=\xff", "application/json", "multipart/form-data; boundary=x"} {
			d.holds(fmt.Sprintf("%s with %.20q as %q", p.name, body, kind), d.send(web, "POST", p.path, body, "Content-Type", kind))
		}
		d.holds(fmt.Sprintf("%s with the query %.20q", p.name, body), d.send(web, "GET", p.path+"?"+url.PathEscape(body[:min(len(body), 9000)]), ""))
	}
	for _, credential := range []string{"Basic", "Basic !", "Basic eDp5", "Basic JTAwOiV6eg==", "Basic Og==", "Bearer x", "Negotiate", "Basic " + strings.Repeat("e", 10000)} {
		d.holds(p.name+" with "+credential[:min(len(credential), 20)], d.send(web, p.method, p.path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Authorization", credential))
	}
	cookie := ""
	at, _ := url.Parse(d.url)
	if web.Jar != nil && len(web.Jar.Cookies(at)) > 0 {
		cookie = web.Jar.Cookies(at)[0].Name
	}
	for _, value := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 20000), `"quoted"`, "\xff"} {
		d.holds(fmt.Sprintf("%s with the cookie %.10q", p.name, value), d.send(d.client, p.method, p.path+"?"+form.Encode(), form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie+"="+value))
	}
	for _, path := range []string{p.path + "/", p.path + "//", "//evil.example" + p.path, p.path + "/../../evil.example", "/oauth/..//evil.example/", p.path + "%2f", p.path + "%00"} {
		d.holds(p.name+" at "+path, d.send(d.client, p.method, d.url+path, form.Encode()))
	}
	if bytes.Contains([]byte(d.log.String()), []byte("panic")) {
		d.t.Errorf("a panic:\n%s", d.log.String())
	}
}
