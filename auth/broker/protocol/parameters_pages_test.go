package protocol_test

import (
	"net/http"
	"net/url"

	"heygen-mcp/auth/broker/brokertest"
)

// pagePlaces are what a person's browser opens and sends: the forms of the pages, and the ways
// between them.
func pagePlaces() []place {
	begun := func(d *brokertest.Deployment) *brokertest.Person {
		d.T.Helper()
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
		return p
	}
	// fields are those of a form, with those that a person fills in.
	fields := func(p *brokertest.Person, pairs ...string) (*http.Client, url.Values) {
		form := url.Values{"flow": {brokertest.AttributeOf(p.Page.Body, "flow")}, "csrf": {brokertest.AttributeOf(p.Page.Body, "csrf")}, "unknown": {""}}
		return p.Web, brokertest.With(form, pairs...)
	}
	query := func(p *brokertest.Person) (*http.Client, url.Values) {
		return p.Web, url.Values{"flow": {brokertest.AttributeOf(p.Page.Body, "flow")}, "unknown": {""}}
	}
	return []place{
		{name: "the sign-in form", method: "POST", path: "/oauth/sign-in", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			return fields(begun(d), "api_key", "sk_sandbox_mia", "action", "key")
		}},
		{name: "the sign-in page", method: "GET", path: "/oauth/sign-in", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) { return query(begun(d)) }},
		{name: "the way to HeyGen", method: "GET", path: "/oauth/heygen", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) { return query(begun(d)) }},
		{name: "the way out", method: "GET", path: "/oauth/cancel", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) { return query(begun(d)) }},
		{name: "the way back from HeyGen", method: "GET", path: "/oauth/callback", once: true, begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			p := begun(d) // a good code ends a sign-in, and so does a wrong one
			return p.Web, url.Values{"state": {p.ToHeyGen()}, "code": {"sandbox_code"}, "iss": {d.HeyGen.URL}, "error": {""}, "error_description": {""}, "error_uri": {""}}
		}},
		{name: "the question", method: "GET", path: "/oauth/consent", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			p := begun(d)
			p.Submit("api_key", "sk_sandbox_mia")
			return query(p)
		}},
		{name: "the answer to it", method: "POST", path: "/oauth/consent", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			p := begun(d)
			p.Submit("api_key", "sk_sandbox_mia")
			return fields(p, "action", "agree")
		}},
		{name: "the device page", method: "GET", path: "/oauth/device", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			return d.Person().Web, url.Values{"user_code": {"BBBB-BBBB"}}
		}},
		{name: "the device form", method: "POST", path: "/oauth/device", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}})
			p := d.Person()
			p.Open("/oauth/device")
			return fields(p, "user_code", begun.Text("user_code"))
		}},
		{name: "the connections", method: "GET", path: "/connections", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			return d.Person().Web, url.Values{"flow": {""}}
		}},
		{name: "the end of a connection", method: "POST", path: "/connections", begin: func(d *brokertest.Deployment) (*http.Client, url.Values) {
			d.SignIn("mia")
			p := d.Person()
			p.Open("/connections")
			p.Submit("api_key", "sk_sandbox_mia")
			return fields(p, "grant", brokertest.AttributeOf(p.Page.Body, "grant"), "action", "end")
		}},
	}
}
