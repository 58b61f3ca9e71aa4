package protocol_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// FuzzForms sends any bytes as the query, the form and the JSON of any place, from a browser in the
// middle of a sign-in: whatever comes, the answer is none of those that TestForeignValues refuses.
func FuzzForms(f *testing.F) {
	d := deployStrange(f, func() auth.Store { return brokertest.Opened(f, "", "") })
	places := append(strangers(), pagePlaces()...)
	places = append(places, place{name: "register", method: http.MethodPost, path: "/oauth/register"})
	for i, p := range places {
		body := `{"client_name":"x","redirect_uris":["` + brokertest.Callback + `"],"scope":"heygen:read"}`
		kind := "application/json"
		if p.begin != nil {
			_, form := p.begin(d)
			body, kind = form.Encode(), "application/x-www-form-urlencoded"
		}
		f.Add(uint8(i), "", body, kind)
		f.Add(uint8(i), body, "", kind)
		f.Add(uint8(i), strings.ToValidUTF8(body, "")+"&flow=%00&state=%ff&client_id=https://tool.example/%zz", body[len(body)/2:], kind+"; charset=x")
	}
	handler, browser := d.Start(d.Store), d.Person()
	browser.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	at, err := url.Parse(d.URL)
	if err != nil {
		f.Fatal(err)
	}
	cookie := browser.Web.Jar.Cookies(at)[0]
	f.Fuzz(func(t *testing.T, which uint8, query, body, kind string) {
		d.T = t // one input after another
		d.Clock.Advance(time.Second)
		where := places[int(which)%len(places)]
		ask := func(method, query string) {
			t.Helper()
			// Without a network between, so that what Go's client would not send comes too.
			req := httptest.NewRequestWithContext(t.Context(), method, d.URL+where.path, strings.NewReader(body))
			req.URL.RawQuery = query
			req.Header.Set("Content-Type", kind)
			req.AddCookie(cookie)
			res := httptest.NewRecorder()
			handler.ServeHTTP(res, req)
			holds(d, method+" "+where.name, brokertest.Answer{Status: res.Code, Header: res.Header(), Body: res.Body.String()})
		}
		ask(http.MethodGet, query)
		ask(http.MethodPost, query)
		ask(http.MethodPost, "")
		if strings.Contains(d.Log.String(), `"level":"error"`) {
			t.Errorf("the log has errors:\n%s", d.Log.String())
		}
	})
}
