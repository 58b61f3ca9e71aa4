package auth_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/clients"
)

const (
	documentID    = "https://tool.example/oauth/client.json"
	documentBegin = `{"client_id":"` + documentID + `","client_name":"A tool"`
	documentGood  = documentBegin + `,"redirect_uris":["https://tool.example/cb","http://127.0.0.1/callback"],"token_endpoint_auth_method":"none"}`
)

func documentRules() []rule {
	return []rule{
		{"MCP 2026-07-28, Client ID Metadata Documents: they are promised, and a client with one signs in without a registration", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			if m := d.members("/.well-known/oauth-authorization-server"); m["client_id_metadata_document_supported"] != true || !strings.Contains(fmt.Sprint(m["token_endpoint_auth_methods_supported"]), "none") {
				d.t.Errorf("%v", m)
			}
			s.put(documentID, documentGood)
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(documentID, "redirect_uri", "https://tool.example/cb").Encode())
			if !strings.Contains(p.page.body, "A tool") || !strings.Contains(p.page.body, "<strong>tool.example</strong>") {
				d.t.Errorf("it does not say who asks: %s", p.page.body)
			}
			got := d.redeem(d.redemption(documentID, d.codeOf(p.finish("mia")), "redirect_uri", "https://tool.example/cb"))
			if d.mcp(got.access, "?call").status != 200 {
				d.t.Error("the token opens nothing")
			}
			// From here on the client's own site need not be there.
			s.answer(documentID, nil)
			d.clock.advance(25 * time.Hour)
			got = d.redeem(renewal(got))
			if d.form("/oauth/revoke", url.Values{"client_id": {documentID}, "token": {got.refresh}}); d.mcp(got.access, "").status != 401 {
				d.t.Error("it cannot end its own token")
			}
			if s.count(documentID) != 1 {
				d.t.Errorf("the document was fetched %d times", s.count(documentID))
			}
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a loopback's port is free, and the page warns of it", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			s.put(documentID, documentGood)
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(documentID).Encode())
			if !strings.Contains(p.page.body, "Any program there could have called itself") {
				d.t.Errorf("%s", p.page.body)
			}
			d.redeem(d.redemption(documentID, d.codeOf(p.finish("mia"))))
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a document is kept as long as its headers say", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			for i, c := range []struct {
				cache string
				fresh time.Duration
			}{{"max-age=3600", time.Hour}, {"public, max-age=7200", 2 * time.Hour}, {"no-store", 5 * time.Minute}, {"max-age=31536000", 24 * time.Hour}} {
				id := fmt.Sprintf("https://tool.example/%d.json", i)
				s.put(id, strings.Replace(documentGood, documentID, id, 1), "Cache-Control", c.cache)
				ask := "/oauth/authorize?" + d.ask(id).Encode()
				d.person().open(ask)
				d.clock.advance(c.fresh - time.Second)
				d.person().open(ask)
				kept := s.count(id)
				d.clock.advance(time.Second)
				d.person().open(ask)
				if kept != 1 || s.count(id) != 2 {
					d.t.Errorf("%q: fetched %d times, then %d", c.cache, kept, s.count(id))
				}
			}
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a redirect URI that the document does not have, or not any more, is not redirected to", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			s.put(documentID, documentGood)
			for _, uri := range []string{"https://tool.example/other", "https://evil.example/cb", "http://127.0.0.1:1/other", ""} {
				d.page(d.ask(documentID, "redirect_uri", uri).Encode(), "redirect_uri")
			}
			d.person().withKey(d.ask(documentID, "redirect_uri", "https://tool.example/cb"), "mia")
			s.put(documentID, strings.Replace(documentGood, "/cb", "/new", 1))
			d.clock.advance(5 * time.Minute)
			d.page(d.ask(documentID, "redirect_uri", "https://tool.example/cb").Encode(), "redirect_uri")
			d.codeOf(d.person().withKey(d.ask(documentID, "redirect_uri", "https://tool.example/new"), "mia"))
		}},
		{"MCP 2026-07-28, Client ID Metadata Documents: a document that lies, lacks a field or cannot be read is refused on a page", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			to := "https://tool.example/elsewhere.json"
			s.put(to, strings.Replace(documentGood, documentID, to, 1))
			for why, answer := range map[string]http.HandlerFunc{
				"another client_id":           sends(strings.Replace(documentGood, documentID, "https://evil.example/client.json", 1)),
				"no client_name":              sends(strings.Replace(documentGood, "A tool", "", 1)),
				"no redirect URI":             sends(documentBegin + `}`),
				"host evil.example is not on": sends(documentBegin + `,"redirect_uris":["https://evil.example/cb"]}`),
				"client_secret":               sends(documentBegin + `,"redirect_uris":["https://tool.example/cb"],"client_secret":"x"}`),
				"auth_method none":            sends(documentBegin + `,"redirect_uris":["https://tool.example/cb"],"token_endpoint_auth_method":"private_key_jwt"}`),
				"not a JSON object":           sends(`["x"]`),
				"too long":                    sends(documentGood + strings.Repeat(" ", 40<<10)),
				"not followed":                func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) },
				"status 404":                  nil,
				"status 500":                  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
				"application/json":            func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
				"cannot be reached":           func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			} {
				s.answer(documentID, answer)
				d.page(d.ask(documentID, "redirect_uri", "https://tool.example/cb").Encode(), why)
				wants(d.t, d.form("/oauth/token", url.Values{"client_id": {documentID}, "grant_type": {"refresh_token"}, "refresh_token": {"x"}}), 401, "invalid_client")
				d.clock.advance(time.Minute)
			}
			if s.count(to) != 0 {
				d.t.Error("a redirect was followed")
			}
		}},
		{"MCP 2026-07-28, Authorization Server Abuse Protection: a host that does not answer is not waited for", func(d *deployment) {
			s := newSite(d.t)
			s.web.Timeout = 50 * time.Millisecond // in place of the product's four seconds
			d = s.with(d)
			s.answer(documentID, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
			d.page(d.ask(documentID).Encode(), "does not answer in time")
		}},
		{"Client ID Metadata Document, Client Identifier: an address with a port, a query, dots or no path is never asked", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			for _, id := range []string{"https://tool.example/", "https://tool.example", "https://tool.example:8443/c", "https://tool.example/c?x=1", "https://tool.example/c#x", "https://u@tool.example/c", "https://tool.example/a/../c", "https://tool.example/%zz", "https://"} {
				d.page(d.ask(id).Encode(), "client")
			}
			if len(s.asked) != 0 {
				d.t.Errorf("asked for %v", s.asked)
			}
		}},
		{"MCP 2026-07-28, Authorization Server Abuse Protection: who names a host learns nothing from how it fails: one sentence, one duration", func(d *deployment) {
			web := clients.PublicWeb()
			web.Timeout = 400 * time.Millisecond // in place of the product's four seconds
			s := newSite(d.t)
			s.web.Timeout = web.Timeout
			s.answer("https://silent.example/client.json", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
			s.answer("https://broken.example/client.json", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
			direct, there := d.besides(func(cfg *auth.Config) { cfg.Broker.Documents = web }), s.with(d)
			for id, d := range map[string]*deployment{
				"https://127.0.0.1/client.json": direct, "https://localhost/client.json": direct, "https://169.254.169.254/latest/meta-data": direct,
				"https://[::1]/client.json": direct, "https://nowhere.invalid/client.json": direct, "https://silent.example/client.json": there, "https://broken.example/client.json": there,
			} {
				begun := time.Now()
				d.page(d.ask(id).Encode(), "it could not be fetched: its host cannot be reached over https at a public address, or does not answer in time")
				if took := time.Since(begun); took < 500*time.Millisecond {
					d.t.Errorf("%s: answered after %v, before the time of all failures", id, took)
				}
			}
		}},
		{"MCP 2026-07-28, Authorization Server Abuse Protection: nobody makes this server fetch without end", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			for i := range 70 * d.replicas { // each bounds its own
				d.person().open("/oauth/authorize?" + d.ask(fmt.Sprintf("https://flood.example/%d", i)).Encode())
			}
			p := d.person()
			if p.open("/oauth/authorize?" + d.ask("https://flood.example/more").Encode()); p.page.status != http.StatusTooManyRequests ||
				!strings.Contains(p.page.body, "Too many documents") || p.page.header.Get("Retry-After") == "" {
				d.t.Errorf("%d %v %s", p.page.status, p.page.header, p.page.body)
			}
			if fetched := len(s.asked); fetched != 10*d.replicas {
				d.t.Errorf("%d documents were asked for", fetched)
			}
			d.clock.advance(time.Second)
			s.put(documentID, documentGood)
			d.codeOf(d.person().withKey(d.ask(documentID), "mia"))
		}},
		{"RFC 9700 2.1: what a person agreed to is kept, though the document is gone by then", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d)
			s.put(documentID, documentGood)
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(documentID).Encode())
			s.answer(documentID, nil)
			d.clock.advance(10 * time.Minute)
			d.redeem(d.redemption(documentID, d.codeOf(p.finish("mia"))))
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
