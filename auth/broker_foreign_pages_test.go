package auth_test

import (
	"net/http"
	"net/url"
)

// pagePlaces are what a person's browser opens and sends: the forms of the pages, and the ways between them.
func pagePlaces() []place {
	begun := func(d *deployment) *person {
		d.t.Helper()
		p := d.person()
		p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
		return p
	}
	// fields are those of a form, with those that a person fills in.
	fields := func(p *person, pairs ...string) (*http.Client, url.Values) {
		form := url.Values{"flow": {attributeOf(p.page.body, "flow")}, "csrf": {attributeOf(p.page.body, "csrf")}, "unknown": {""}}
		return p.web, with(form, pairs...)
	}
	query := func(p *person) (*http.Client, url.Values) {
		return p.web, url.Values{"flow": {attributeOf(p.page.body, "flow")}, "unknown": {""}}
	}
	return []place{
		{name: "the sign-in form", method: "POST", path: "/oauth/sign-in", begin: func(d *deployment) (*http.Client, url.Values) {
			return fields(begun(d), "api_key", "sk_sandbox_mia", "action", "key")
		}},
		{name: "the sign-in page", method: "GET", path: "/oauth/sign-in", begin: func(d *deployment) (*http.Client, url.Values) { return query(begun(d)) }},
		{name: "the way to HeyGen", method: "GET", path: "/oauth/heygen", begin: func(d *deployment) (*http.Client, url.Values) { return query(begun(d)) }},
		{name: "the way out", method: "GET", path: "/oauth/cancel", begin: func(d *deployment) (*http.Client, url.Values) { return query(begun(d)) }},
		{name: "the way back from HeyGen", method: "GET", path: "/oauth/callback", once: true, begin: func(d *deployment) (*http.Client, url.Values) {
			p := begun(d) // a good code ends a sign-in, and so does a wrong one
			return p.web, url.Values{"state": {p.toHeyGen()}, "code": {"sandbox_code"}, "iss": {d.heygen.URL}, "error": {""}, "error_description": {""}, "error_uri": {""}}
		}},
		{name: "the question", method: "GET", path: "/oauth/consent", begin: func(d *deployment) (*http.Client, url.Values) {
			p := begun(d)
			p.submit("api_key", "sk_sandbox_mia")
			return query(p)
		}},
		{name: "the answer to it", method: "POST", path: "/oauth/consent", begin: func(d *deployment) (*http.Client, url.Values) {
			p := begun(d)
			p.submit("api_key", "sk_sandbox_mia")
			return fields(p, "action", "agree")
		}},
		{name: "the device page", method: "GET", path: "/oauth/device", begin: func(d *deployment) (*http.Client, url.Values) {
			return d.person().web, url.Values{"user_code": {"BBBB-BBBB"}}
		}},
		{name: "the device form", method: "POST", path: "/oauth/device", begin: func(d *deployment) (*http.Client, url.Values) {
			begun := d.form("/oauth/device_authorization", url.Values{"client_id": {d.public()}})
			p := d.person()
			p.open("/oauth/device")
			return fields(p, "user_code", begun.text("user_code"))
		}},
		{name: "the connections", method: "GET", path: "/connections", begin: func(d *deployment) (*http.Client, url.Values) { return d.person().web, url.Values{"flow": {""}} }},
		{name: "the end of a connection", method: "POST", path: "/connections", begin: func(d *deployment) (*http.Client, url.Values) {
			d.signIn("mia")
			p := d.person()
			p.open("/connections")
			p.submit("api_key", "sk_sandbox_mia")
			return fields(p, "grant", attributeOf(p.page.body, "grant"), "action", "end")
		}},
	}
}
