package oauthrules

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/auth/clients"
)

func documentRules() []Rule {
	return []Rule{
		{"MCP 2026-07-28, Client ID Metadata Documents: they are promised, and a client with one signs in without a registration", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			if m := membersOf(d, "/.well-known/oauth-authorization-server"); m["client_id_metadata_document_supported"] != true || !strings.Contains(fmt.Sprint(m["token_endpoint_auth_methods_supported"]), "none") {
				d.T.Errorf("%v", m)
			}
			s.Put(brokertest.DocumentID, brokertest.DocumentGood)
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(brokertest.DocumentID, "redirect_uri", "https://tool.example/cb").Encode())
			if !strings.Contains(p.Page.Body, "A tool") || !strings.Contains(p.Page.Body, "<strong>tool.example</strong>") {
				d.T.Errorf("it does not say who asks: %s", p.Page.Body)
			}
			got := d.Redeem(d.Redemption(brokertest.DocumentID, d.CodeOf(p.Finish("mia")), "redirect_uri", "https://tool.example/cb"))
			if d.MCP(got.Access, "?call").Status != 200 {
				d.T.Error("the token opens nothing")
			}
			// From here on the client's own site need not be there.
			s.Answer(brokertest.DocumentID, nil)
			d.Clock.Advance(25 * time.Hour)
			got = d.Redeem(brokertest.Renewal(got))
			if d.Form("/oauth/revoke", url.Values{"client_id": {brokertest.DocumentID}, "token": {got.Refresh}}); d.MCP(got.Access, "").Status != 401 {
				d.T.Error("it cannot end its own token")
			}
			if s.Count(brokertest.DocumentID) != 1 {
				d.T.Errorf("the document was fetched %d times", s.Count(brokertest.DocumentID))
			}
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a loopback's port is free, and the page warns of it", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			s.Put(brokertest.DocumentID, brokertest.DocumentGood)
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(brokertest.DocumentID).Encode())
			if !strings.Contains(p.Page.Body, "Any program there could have called itself") {
				d.T.Errorf("%s", p.Page.Body)
			}
			d.Redeem(d.Redemption(brokertest.DocumentID, d.CodeOf(p.Finish("mia"))))
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a document is kept as long as its headers say", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			for i, c := range []struct {
				cache string
				fresh time.Duration
			}{{"max-age=3600", time.Hour}, {"public, max-age=7200", 2 * time.Hour}, {"no-store", 5 * time.Minute}, {"max-age=31536000", 24 * time.Hour}} {
				id := fmt.Sprintf("https://tool.example/%d.json", i)
				s.Put(id, strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, id, 1), "Cache-Control", c.cache)
				ask := "/oauth/authorize?" + d.Ask(id).Encode()
				d.Person().Open(ask)
				d.Clock.Advance(c.fresh - time.Second)
				d.Person().Open(ask)
				kept := s.Count(id)
				d.Clock.Advance(time.Second)
				d.Person().Open(ask)
				if kept != 1 || s.Count(id) != 2 {
					d.T.Errorf("%q: fetched %d times, then %d", c.cache, kept, s.Count(id))
				}
			}
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a redirect URI that the document does not have, or not any more, is not redirected to", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			s.Put(brokertest.DocumentID, brokertest.DocumentGood)
			for _, uri := range []string{"https://tool.example/other", "https://evil.example/cb", "http://127.0.0.1:1/other", ""} {
				brokertest.ShowsError(d, d.Ask(brokertest.DocumentID, "redirect_uri", uri).Encode(), "redirect_uri")
			}
			d.Person().WithKey(d.Ask(brokertest.DocumentID, "redirect_uri", "https://tool.example/cb"), "mia")
			s.Put(brokertest.DocumentID, strings.Replace(brokertest.DocumentGood, "/cb", "/new", 1))
			d.Clock.Advance(5 * time.Minute)
			brokertest.ShowsError(d, d.Ask(brokertest.DocumentID, "redirect_uri", "https://tool.example/cb").Encode(), "redirect_uri")
			d.CodeOf(d.Person().WithKey(d.Ask(brokertest.DocumentID, "redirect_uri", "https://tool.example/new"), "mia"))
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a document that lies, lacks a field or cannot be read is refused on a page", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			to := "https://tool.example/elsewhere.json"
			s.Put(to, strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, to, 1))
			for why, answer := range map[string]http.HandlerFunc{
				"another client_id":           sends(strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, "https://evil.example/client.json", 1)),
				"no client_name":              sends(strings.Replace(brokertest.DocumentGood, "A tool", "", 1)),
				"no redirect URI":             sends(brokertest.DocumentBegin + `}`),
				"host evil.example is not on": sends(brokertest.DocumentBegin + `,"redirect_uris":["https://evil.example/cb"]}`),
				"client_secret":               sends(brokertest.DocumentBegin + `,"redirect_uris":["https://tool.example/cb"],"client_secret":"x"}`),
				"auth_method none":            sends(brokertest.DocumentBegin + `,"redirect_uris":["https://tool.example/cb"],"token_endpoint_auth_method":"private_key_jwt"}`),
				"not a JSON object":           sends(`["x"]`),
				"too long":                    sends(brokertest.DocumentGood + strings.Repeat(" ", 40<<10)),
				"not followed":                func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) },
				"status 404":                  nil,
				"status 500":                  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
				"application/json":            func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
				"cannot be reached":           func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			} {
				s.Answer(brokertest.DocumentID, answer)
				brokertest.ShowsError(d, d.Ask(brokertest.DocumentID, "redirect_uri", "https://tool.example/cb").Encode(), why)
				brokertest.Wants(d.T, d.Form("/oauth/token", url.Values{"client_id": {brokertest.DocumentID}, "grant_type": {"refresh_token"}, "refresh_token": {"x"}}), 401, "invalid_client")
				d.Clock.Advance(time.Minute)
			}
			if s.Count(to) != 0 {
				d.T.Error("a redirect was followed")
			}
		}},
		{"MCP 2026-07-28, Authorization Server Abuse Protection: a host that does not answer is not waited for", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			s.Web.Timeout = 50 * time.Millisecond // in place of the product's four seconds
			d = s.With(d)
			s.Answer(brokertest.DocumentID, silence)
			brokertest.ShowsError(d, d.Ask(brokertest.DocumentID).Encode(), "does not answer in time")
		}},
		{"Client ID Metadata Document, Client Identifier: an address with a port, a query, dots or no path is never asked", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			for _, id := range []string{"https://tool.example/", "https://tool.example", "https://tool.example:8443/c", "https://tool.example/c?x=1", "https://tool.example/c#x", "https://u@tool.example/c", "https://tool.example/a/../c", "https://tool.example/%zz", "https://"} {
				brokertest.ShowsError(d, d.Ask(id).Encode(), "client")
			}
			if len(s.Asked()) != 0 {
				d.T.Errorf("asked for %v", s.Asked())
			}
		}},
		{"MCP 2026-07-28, Authorization Server Abuse Protection: who names a host learns nothing from how it fails: one sentence, one duration", func(d *brokertest.Deployment) {
			web := clients.PublicWeb()
			web.Timeout = 400 * time.Millisecond // in place of the product's four seconds
			s := brokertest.NewSite(d.T)
			s.Web.Timeout = web.Timeout
			s.Answer("https://silent.example/client.json", silence)
			s.Answer("https://broken.example/client.json", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
			direct, there := d.Besides(func(cfg *auth.Config) { cfg.Broker.Documents = web }), s.With(d)
			for id, d := range map[string]*brokertest.Deployment{
				"https://127.0.0.1/client.json": direct, "https://localhost/client.json": direct, "https://169.254.169.254/latest/meta-data": direct,
				"https://[::1]/client.json": direct, "https://nowhere.invalid/client.json": direct, "https://silent.example/client.json": there, "https://broken.example/client.json": there,
			} {
				begun := time.Now()
				brokertest.ShowsError(d, d.Ask(id).Encode(), "it could not be fetched: its host cannot be reached over https at "+
					"a public address, or does not answer in time")
				if took := time.Since(begun); took < 500*time.Millisecond {
					d.T.Errorf("%s: answered after %v, before the time of all failures", id, took)
				}
			}
		}},
		{"MCP 2026-07-28, Authorization Server Abuse Protection: nobody makes this server fetch without end", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			for i := range 70 * d.Replicas { // each bounds its own
				d.Person().Open("/oauth/authorize?" + d.Ask(fmt.Sprintf("https://flood.example/%d", i)).Encode())
			}
			p := d.Person()
			if p.Open("/oauth/authorize?" + d.Ask("https://flood.example/more").Encode()); p.Page.Status != http.StatusTooManyRequests ||
				!strings.Contains(p.Page.Body, "Too many documents") || p.Page.Header.Get("Retry-After") == "" {
				d.T.Errorf("%d %v %s", p.Page.Status, p.Page.Header, p.Page.Body)
			}
			if fetched := len(s.Asked()); fetched != 10*d.Replicas {
				d.T.Errorf("%d documents were asked for", fetched)
			}
			d.Clock.Advance(time.Second)
			s.Put(brokertest.DocumentID, brokertest.DocumentGood)
			d.CodeOf(d.Person().WithKey(d.Ask(brokertest.DocumentID), "mia"))
		}},
		{"RFC 9700 2.1: what a person agreed to is kept, though the document is gone by then", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d)
			s.Put(brokertest.DocumentID, brokertest.DocumentGood)
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(brokertest.DocumentID).Encode())
			s.Answer(brokertest.DocumentID, nil)
			d.Clock.Advance(10 * time.Minute)
			d.Redeem(d.Redemption(brokertest.DocumentID, d.CodeOf(p.Finish("mia"))))
		}},
	}
}

// sends answers with a document of the right type.
func sends(document string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(document)) // fails when the server has gone
	}
}

// silence never answers. Without the panic it would, once the client has begun to close the connection, and a client
// that is late may still read that.
func silence(_ http.ResponseWriter, r *http.Request) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}
