package protocol_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// foreignJSON are members of the wrong kind, or of the right one and of no use.
func foreignJSON() []string {
	return []string{`null`, `true`, `0`, `-1`, `1e400`, `""`, `" "`, `"\u0000"`, `"\ud800"`, `"\u202e"`, `"é"`, `"x\r\nSet-Cookie: x=1"`, `"<script>alert(1)</script>"`, `"https://evil.example/cb"`, `"javascript:alert(1)"`,
		`"` + strings.Repeat("x", 20000) + `"`, `[]`, `[null]`, `[1]`, `[[]]`, `[{}]`, `["\u0000"]`, `["https://evil.example/cb"]`, `["http://127.0.0.1/callback","javascript:alert(1)"]`, `["http://127.0.0.1/callback","http://127.0.0.1/callback"]`,
		`["http://127.0.0.1/` + "\x00" + `"]`, `["http://127.0.0.1/\u0000"]`, `["http://127.0.0.1/é"]`, `["http://127.0.0.1/\r\nX:y"]`, `["//evil.example"]`, `["http://127.0.0.1:99999/"]`, `["http://[::1/"]`, `{}`, `{"a":[]}`,
		strings.Repeat("[", 10001) + strings.Repeat("]", 10001), "\xff", `"` + "\xff" + `"`, ``, `nonsense`}
}

func members() []string {
	return []string{"redirect_uris", "client_name", "token_endpoint_auth_method", "token_endpoint_auth_methods_supported", "grant_types", "response_types", "scope", "client_id", "client_secret",
		"client_uri", "logo_uri", "contacts", "tos_uri", "policy_uri", "jwks_uri", "jwks", "software_id", "software_version", "software_statement", "application_type"}
}

// TestForeignRegistrations puts values of every kind into every member of a registration. What is
// taken in spite of them is a client that works, and leads to its own address alone.
func TestForeignRegistrations(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		d = d.Besides(unlimited)
		register := func(what, body, kind string) {
			d.T.Helper()
			d.Clock.Advance(2 * time.Second)
			res := d.Send(d.Client, http.MethodPost, "/oauth/register", body, "Content-Type", kind)
			holds(d, what, res)
			if res.Status >= 400 {
				brokertest.Wants(d.T, res, res.Status, res.Text("error"))
				return
			}
			id := res.Text("client_id")
			holds(d, what+", its page", d.Person().OpenAnswer("/oauth/authorize?"+d.Ask(id).Encode()))
			holds(d, what+", elsewhere", d.Person().OpenAnswer("/oauth/authorize?"+d.Ask(id, "redirect_uri", "https://evil.example/cb").Encode()))
		}
		for _, member := range members() {
			for _, value := range foreignJSON() {
				for form, body := range map[string]string{
					"in place": `{"redirect_uris":["` + brokertest.Callback + `"],"` + member + `":` + value + `}`,
					"before":   `{"` + member + `":` + value + `,"redirect_uris":["` + brokertest.Callback + `"]}`,
				} {
					register(fmt.Sprintf("%s %.30q %s", member, value, form), body, "application/json")
				}
			}
		}
		good := `{"redirect_uris":["` + brokertest.Callback + `"]}`
		for _, body := range append(foreignJSON(), "redirect_uris="+brokertest.Callback, good+good, good+"x", "\ufeff"+good, "["+good+"]", strings.Repeat(" ", 40<<10)+good) {
			for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""} {
				register(fmt.Sprintf("%.30q as %q", body, kind), body, kind)
			}
		}
		for _, method := range []string{"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} {
			holds(d, "register by "+method, d.Send(d.Client, method, "/oauth/register?x=%zz", good))
		}
		if strings.Contains(d.Log.String(), `"level":"error"`) {
			d.T.Errorf("the log has errors:\n%s", d.Log.String())
		}
	})
}

// TestForeignDocuments does the same to a document, which a stranger's site serves.
func TestForeignDocuments(t *testing.T) {
	t.Parallel()
	// A store hears of no document that is refused, so that one will do.
	d := deployStrange(t, func() auth.Store { return brokertest.Opened(t, "", "") })
	s := brokertest.NewSite(d.T)
	d = d.Besides(func(cfg *auth.Config) {
		unlimited(cfg)
		cfg.Broker.Documents = s.Web
	})
	begin := brokertest.DocumentBegin + `,"redirect_uris":["` + brokertest.Callback + `","` + brokertest.Hosted + `"],`
	n := 0
	for _, member := range members() {
		for _, value := range foreignJSON() {
			n++
			d.Clock.Advance(time.Second)
			id := fmt.Sprintf("https://tool.example/%d.json", n) // since each is remembered
			s.Put(id, strings.Replace(begin, brokertest.DocumentID, id, 1)+`"`+member+`":`+value+`}`)
			holds(d, fmt.Sprintf("%s %.30q", member, value), d.Person().OpenAnswer("/oauth/authorize?"+d.Ask(id).Encode()))
		}
	}
	for _, headers := range [][]string{{"Content-Type", "\xff"}, {"Content-Type", ""}, {"Cache-Control", "max-age=99999999999999999999"}, {"Cache-Control", "max-age=-1, =, ,"}, {"Content-Length", "5"}, {"Content-Encoding", "gzip"}} {
		n++
		d.Clock.Advance(time.Second)
		id := fmt.Sprintf("https://tool.example/%d.json", n)
		s.Put(id, strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, id, 1), headers...)
		holds(d, fmt.Sprintf("%q", headers), d.Person().OpenAnswer("/oauth/authorize?"+d.Ask(id).Encode()))
	}
	if strings.Contains(d.Log.String(), `"level":"error"`) {
		d.T.Errorf("the log has errors:\n%s", d.Log.String())
	}
}

// TestForeignCredentials sends what is no credential to the MCP endpoint, and what is no question
// to the documents.
func TestForeignCredentials(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		d = d.Besides(unlimited)
		token := d.SignIn("mia").Access
		for _, value := range append(foreign(), "Bearer", "Bearer ", "bearer\t"+token, "Bearer "+token+" ", "Bearer "+token+","+token, "Bearer "+token+"x", "Bearer "+strings.ToUpper(token), "Token "+token, "Basic "+token,
			"Bearer "+strings.Repeat("hgm_at_", 5000), "Bearer é", "Bearer sk_", "Bearer hgm_ac_x", "Negotiate x") {
			if strings.ContainsAny(value, "\r\n\x00") {
				continue // Go's client sends no such header
			}
			for _, path := range []string{"/mcp", "/mcp/key", "/mcp?call"} {
				for _, header := range []string{"Authorization", "X-Api-Key"} {
					res := d.Send(d.Client, http.MethodPost, path, "", header, value)
					if known := value == "Bearer "+token+" "; res.Status != 401 && (res.Status != 200 || !known) || strings.Contains(res.Body, "<") {
						d.T.Errorf("%s: %s %.30q: %d %s", path, header, value, res.Status, res.Body)
					}
					holds(d, fmt.Sprintf("%s: %s %.30q", path, header, value), res)
				}
			}
		}
		for _, path := range append(brokertest.WellKnown(), "/oauth/keys", "/oauth/style.css") {
			for _, value := range foreign() {
				res := d.Send(d.Client, http.MethodGet, path+"?"+strings.NewReplacer(" ", "+", "\r", "", "\n", "", "\x00", "%00").Replace(value[:min(len(value), 5000)]), "", "Authorization", "Bearer x", "Cookie", "x")
				if res.Status != 200 && res.Status != 400 { // 400 is of Go's own server, for a request line that is none
					d.T.Errorf("%s?%.30q: %d", path, value, res.Status)
				}
			}
			for _, more := range []string{"/%00", "/%ff", "/..", "%2f..%2f", "/" + strings.Repeat("x", 5000)} {
				if res := d.Send(d.Client, http.MethodGet, d.URL+path+more, ""); res.Status >= 500 {
					d.T.Errorf("%s%.20q: %d", path, more, res.Status)
				}
			}
		}
	})
}
