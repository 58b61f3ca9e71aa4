package protocol_test

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
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/limit"
)

// foreign are values that belong in no field, or break what is careless.
func foreign() []string {
	return []string{"", " ", "\x00", "x\x00y", "%00", "a b", "é", "\xff\xfe", "\u202e\u2028", "\r\nSet-Cookie: x=1", strings.Repeat("x", 5000), strings.Repeat("é", 20000),
		"https://evil.example", "//evil.example", `/\evil.example`, "javascript:alert(1)", "'; DROP TABLE tokens; --", `{"a":1}`, "[]", "null", "none", "-1", "99999999999999999999",
		"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{.}}", "../../etc/passwd", "hgm_at_" + strings.Repeat("x", 43)}
}

// place is where a form or a query goes, with values that are good, made anew for each time that
// they have been used up.
type place struct {
	name, method, path string
	begin              func(d *brokertest.Deployment) (web *http.Client, form url.Values)
	once               bool // whatever is sent uses them up
}

// strangers are the places that need no browser. Their fields are all that the library or this
// server reads there.
func strangers() []place {
	const device = "urn:ietf:params:oauth:grant-type:device_code"
	also := func(form url.Values, names ...string) url.Values {
		for _, name := range names {
			form[name] = []string{""}
		}
		return form
	}
	plain := func(form func(d *brokertest.Deployment) url.Values) func(*brokertest.Deployment) (*http.Client, url.Values) {
		return func(d *brokertest.Deployment) (*http.Client, url.Values) { return d.Client, form(d) }
	}
	return []place{
		{name: "authorize", method: "GET", path: "/oauth/authorize", begin: plain(func(d *brokertest.Deployment) url.Values {
			return also(d.Ask(d.Public()), "scope", "prompt", "nonce", "max_age", "ui_locales", "display", "acr_values", "login_hint", "response_mode", "id_token_hint", "request", "request_uri", "claims")
		})},
		{name: "token, code", method: "POST", path: "/oauth/token", begin: plain(func(d *brokertest.Deployment) url.Values {
			client := d.Public()
			return also(d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))), "client_secret", "client_assertion", "client_assertion_type", "scope")
		})},
		{name: "token, refresh", method: "POST", path: "/oauth/token", begin: plain(func(d *brokertest.Deployment) url.Values {
			return also(brokertest.Renewal(d.SignIn("mia")), "scope", "resource", "client_secret", "client_assertion", "client_assertion_type")
		})},
		{name: "token, device", method: "POST", path: "/oauth/token", begin: plain(func(d *brokertest.Deployment) url.Values {
			client := d.Public()
			begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}})
			return url.Values{"grant_type": {device}, "device_code": {begun.Text("device_code")}, "client_id": {client}, "client_secret": {""}}
		})},
		{name: "token, exchange", method: "POST", path: "/oauth/token", begin: plain(func(d *brokertest.Deployment) url.Values {
			return also(url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}, "subject_token": {"x"}, "subject_token_type": {"urn:ietf:params:oauth:token-type:access_token"}, "client_id": {d.Public()}},
				"actor_token", "actor_token_type", "requested_token_type", "assertion", "username", "password")
		})},
		{name: "revoke", method: "POST", path: "/oauth/revoke", begin: plain(func(d *brokertest.Deployment) url.Values {
			got := d.SignIn("mia")
			return also(url.Values{"token": {got.Access}, "client_id": {got.Client}}, "token_type_hint", "client_secret", "client_assertion", "client_assertion_type")
		})},
		{name: "device authorization", method: "POST", path: "/oauth/device_authorization", begin: plain(func(d *brokertest.Deployment) url.Values {
			return also(url.Values{"client_id": {d.Public()}}, "scope", "resource", "client_secret")
		})},
	}
}

// deployStrange starts a server that knows a client with a secret.
func deployStrange(t testing.TB, open func() auth.Store) *brokertest.Deployment {
	return brokertest.Deploy(t, open, func(cfg *auth.Config) {
		cfg.Broker.Clients = []auth.Client{{ID: "known", Redirects: []string{brokertest.Callback}, Secret: "a secret of the operator's"}}
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

// holds is what is true of every answer to whatever was sent: it is no failure of the server, leads
// to no place that nobody registered, and runs nothing of what was sent. An error is kept by
// nobody.
func holds(d *brokertest.Deployment, what string, res brokertest.Answer) {
	d.T.Helper()
	if res.Status >= 500 {
		d.T.Errorf("%s: %d %s", what, res.Status, res.Body)
	}
	if at := res.Header.Get("Location"); at != "" {
		u, err := url.Parse(at)
		if err != nil {
			d.T.Errorf("%s: redirects to %q", what, at)
			return
		}
		u.RawQuery = ""
		if s := u.String(); s != brokertest.Callback && s != brokertest.Hosted && !strings.HasPrefix(at, d.URL+"/") && !strings.HasPrefix(at, d.HeyGen.URL+"/") && (!strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//")) {
			d.T.Errorf("%s: redirects to %q", what, at)
		}
	}
	for _, cookie := range res.Header.Values("Set-Cookie") {
		if !strings.Contains(cookie, "heygen-mcp-") {
			d.T.Errorf("%s: sets %s", what, cookie)
		}
	}
	kind := res.Header.Get("Content-Type")
	if strings.Contains(res.Body, "<script>alert") || strings.Contains(res.Body, "<img src=x") || strings.HasPrefix(kind, "text/html") && !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'") && res.Header.Get("Location") == "" {
		d.T.Errorf("%s: %v %s", what, res.Header, res.Body)
	}
	if res.Status >= 400 && res.Header.Get("Cache-Control") != "no-store" {
		d.T.Errorf("%s: %d can be kept: %v", what, res.Status, res.Header)
	}
}

// TestForeignValues puts foreign and malformed values into every field of every place.
func TestForeignValues(t *testing.T) {
	t.Parallel()
	for _, p := range append(strangers(), pagePlaces()...) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for name, open := range brokertest.Stores(t) {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					d := deployStrange(t, open(t))
					everyField(d, p)
					if name == "SQLite" {
						everyShape(d, p) // which no store hears of
					}
					if strings.Contains(d.Log.String(), `"level":"error"`) {
						t.Errorf("the log has errors:\n%s", d.Log.String())
					}
				})
			}
		})
	}
}

// everyField puts every value into every field, and two values.
func everyField(d *brokertest.Deployment, p place) {
	d.T.Helper()
	web, form := p.begin(d)
	for _, field := range slices.Sorted(maps.Keys(form)) {
		for _, value := range foreign() {
			for _, values := range [][]string{{value}, {form.Get(field), value}} {
				d.Clock.Advance(time.Second) // the bounds on strangers are not what is tried here
				changed := maps.Clone(form)
				changed[field] = values
				res := put(d, p, web, changed)
				holds(d, fmt.Sprintf("%s %s=%.40q", p.name, field, values), res)
				if res.Status < 400 || p.once {
					web, form = p.begin(d)
				}
			}
		}
		changed := maps.Clone(form)
		for _, name := range []string{field + "[]", field + "[0]", field + ".x", strings.ToUpper(field)} {
			changed[name] = []string{"x"}
		}
		holds(d, p.name+" with lists in place of "+field, put(d, p, web, changed))
		web, form = p.begin(d)
	}
}

func put(d *brokertest.Deployment, p place, web *http.Client, form url.Values) brokertest.Answer {
	d.T.Helper()
	if p.method == http.MethodGet {
		return d.Send(web, http.MethodGet, p.path+"?"+form.Encode(), "")
	}
	return d.Send(web, p.method, p.path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// everyShape sends what is no form, in every way, with every method, and with credentials and
// cookies of no kind.
func everyShape(d *brokertest.Deployment, p place) {
	d.T.Helper()
	web, form := p.begin(d)
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} {
		holds(d, p.name+" by "+method, d.Send(web, method, p.path+"?"+form.Encode(), form.Encode(), "Content-Type", "application/x-www-form-urlencoded"))
		holds(d, p.name+" bare, by "+method, d.Send(web, method, p.path, ""))
	}
	for _, body := range []string{"", "%zz", "a=b;c=d", "=", "&&&", strings.Repeat("a=1&", 20000), strings.Repeat("z", 2<<20), "\x00\xff", `{"grant_type":"refresh_token"}`, "[]"} {
		for _, kind := range []string{"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=\xff", "application/json", "multipart/form-data; boundary=x"} {
			holds(d, fmt.Sprintf("%s with %.20q as %q", p.name, body, kind), d.Send(web, "POST", p.path, body, "Content-Type", kind))
		}
		holds(d, fmt.Sprintf("%s with the query %.20q", p.name, body), d.Send(web, "GET", p.path+"?"+url.PathEscape(body[:min(len(body), 9000)]), ""))
	}
	for _, credential := range []string{"Basic", "Basic !", "Basic eDp5", "Basic JTAwOiV6eg==", "Basic Og==", "Bearer x", "Negotiate", "Basic " + strings.Repeat("e", 10000)} {
		holds(d, p.name+" with "+credential[:min(len(credential), 20)], d.Send(web, p.method, p.path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Authorization", credential))
	}
	cookie := ""
	at, _ := url.Parse(d.URL)
	if web.Jar != nil && len(web.Jar.Cookies(at)) > 0 {
		cookie = web.Jar.Cookies(at)[0].Name
	}
	for _, value := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 20000), `"quoted"`, "\xff"} {
		holds(d, fmt.Sprintf("%s with the cookie %.10q", p.name, value), d.Send(d.Client, p.method, p.path+"?"+form.Encode(), form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie+"="+value))
	}
	for _, path := range []string{p.path + "/", p.path + "//", "//evil.example" + p.path, p.path + "/../../evil.example", "/oauth/..//evil.example/", p.path + "%2f", p.path + "%00"} {
		holds(d, p.name+" at "+path, d.Send(d.Client, p.method, d.URL+path, form.Encode()))
	}
	if bytes.Contains([]byte(d.Log.String()), []byte("panic")) {
		d.T.Errorf("a panic:\n%s", d.Log.String())
	}
}
