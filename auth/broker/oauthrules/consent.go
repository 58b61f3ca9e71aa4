package oauthrules

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// heading is the first heading of a page, as text.
func heading(page string) string {
	_, rest, _ := strings.Cut(page, "<h1>")
	head, _, _ := strings.Cut(rest, "</h1>")
	return head
}

func consentRules() []Rule {
	return []Rule{
		{"RFC 9700 4.4, MCP 2026-07-28, Confused Deputy: no GET is answered with a code, whatever was agreed to before", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			d.CodeOf(p.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia"))
			for range 2 {
				if at := p.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", brokertest.Hosted).Encode()); !strings.HasPrefix(at, d.URL+"/oauth/again?") || !strings.Contains(p.Page.Body, "wants to connect again") {
					d.T.Errorf("at %s: %s", at, p.Page.Body)
				}
			}
			d.CodeOf(p.Submit("action", "continue"))
		}},
		{"OpenID Core 3.1.2.6: prompt=none gets interaction_required, whatever was agreed to before", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			d.CodeOf(p.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia"))
			u, err := url.Parse(p.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", brokertest.Hosted, "prompt", "none").Encode()))
			if err != nil || u.Host != "claude.ai" || u.Query().Get("error") != "interaction_required" || u.Query().Has("code") {
				d.T.Errorf("at %s, %v", u, err)
			}
		}},
		{"RFC 9700 4.11.2: before a person has seen them, errors are sent to known clients and the operator's alone", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d, brokertest.StaticClients()...)
			s.Put(brokertest.DocumentID, brokertest.DocumentGood)
			const stranger = "https://evil.example/client.json"
			s.Put(stranger, strings.ReplaceAll(strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, stranger, 1), "https://tool.example/cb", brokertest.Hosted))
			loopback, _ := d.Register(`{"redirect_uris":["` + brokertest.Callback + `","` + brokertest.CursorURI + `","https://vscode.dev/redirect"]}`)
			for _, wrong := range [][2]string{{"scope", "x"}, {"prompt", "none"}, {"prompt", "none login"}, {"response_type", "token"}, {"code_challenge", ""}, {"resource", "https://evil.example/"}, {"state", strings.Repeat("s", 5000)}} {
				for _, c := range [][2]string{{loopback, brokertest.Callback}, {loopback, brokertest.CursorURI}, {loopback, "https://vscode.dev/redirect"}, {brokertest.DocumentID, "https://tool.example/cb"}, {stranger, brokertest.Hosted}} {
					res := d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(c[0], "redirect_uri", c[1], wrong[0], wrong[1]).Encode(), "")
					if res.Status != http.StatusBadRequest || res.Header.Get("Location") != "" || !strings.Contains(res.Body, "This sign-in cannot go on") {
						d.T.Errorf("%s with %s: %d %v", c, wrong[0], res.Status, res.Header)
					}
				}
				for _, c := range [][2]string{{"known", brokertest.Callback}, {d.Public(), brokertest.Hosted}} {
					res := d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(c[0], "redirect_uri", c[1], wrong[0], wrong[1]).Encode(), "")
					if to := res.Header.Get("Location"); !strings.HasPrefix(to, c[1]+"?") || !strings.Contains(to, "error=") {
						d.T.Errorf("%s with %s: %d %v", c, wrong[0], res.Status, res.Header)
					}
				}
			}
			// Who has seen the client may go back to it without having agreed.
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(loopback).Encode())
			if at := p.Link("Cancel"); !strings.HasPrefix(at, brokertest.Callback+"?error=access_denied") && !strings.Contains(at, "access_denied") {
				d.T.Errorf("cancelled: at %s", at)
			}
		}},
		{"RFC 9700 4.11: the heading says what this server knows of a client, and what it does not", func(d *brokertest.Deployment) {
			s := brokertest.NewSite(d.T)
			d = s.With(d, brokertest.StaticClients()...)
			s.Put(brokertest.DocumentID, strings.Replace(brokertest.DocumentGood, "A tool", "Claude", 1))
			dcr, _ := d.Register(`{"client_name":"My assistant","redirect_uris":["` + brokertest.Hosted + `","` + brokertest.Callback + `","https://vscode.dev/redirect"]}`)
			allowed := d.Besides(func(cfg *auth.Config) { cfg.Broker.RedirectHosts = []string{"n8n.example.org"} })
			n8n, _ := allowed.Register(`{"client_name":"n8n","redirect_uris":["` + brokertest.N8nURI + `"]}`)
			p := allowed.Person()
			p.Open("/oauth/authorize?" + allowed.Ask(n8n, "redirect_uri", brokertest.N8nURI).Encode())
			if h := heading(p.Page.Body); !strings.Contains(h, `<bdi class="client">n8n.example.org</bdi>`) || !strings.Contains(h, `It calls itself <q><bdi class="client also">n8n</bdi></q>`) || strings.Contains(h, "not know") {
				d.T.Errorf("a client at a host of the operator's: %s", h)
			}
			for _, c := range []struct {
				client, redirect string
				has, lacks       []string
			}{
				{dcr, brokertest.Hosted, []string{`<bdi class="client">Claude</bdi>`, `It calls itself <q><bdi class="client also">My assistant</bdi></q>`}, []string{"does not know it"}},
				{brokertest.DocumentID, "https://tool.example/cb", []string{`It calls itself <q><bdi class="client">Claude</bdi></q>`, "this server does not know it", "<strong>tool.example</strong>"}, nil},
				{dcr, brokertest.Callback, []string{`It calls itself <q><bdi class="client">My assistant</bdi></q>`}, []string{"Claude"}},
				{dcr, "https://vscode.dev/redirect", []string{`It calls itself <q><bdi class="client">My assistant</bdi></q>`}, []string{"VS Code"}},
				{"known", brokertest.Callback, []string{`<bdi class="client">known</bdi>`}, []string{"calls itself"}},
			} {
				p := d.Person()
				p.Open("/oauth/authorize?" + d.Ask(c.client, "redirect_uri", c.redirect).Encode())
				first := p.Page.Body
				p.Submit("api_key", "sk_sandbox_mia")
				for name, page := range map[string]string{"sign-in": first, "consent": p.Page.Body} {
					for _, want := range c.has {
						if !strings.Contains(heading(page), want) {
							d.T.Errorf("%s of %s at %s: the heading lacks %q: %s", name, c.client, c.redirect, want, page)
						}
					}
					for _, not := range c.lacks {
						if strings.Contains(heading(page), not) {
							d.T.Errorf("%s of %s at %s: the heading has %q: %s", name, c.client, c.redirect, not, page)
						}
					}
				}
			}
		}},
		{"RFC 9700 4.11: a name has 40 characters of one script, and one that looks like a known one is told of", func(d *brokertest.Deployment) {
			for name, c := range map[string]struct{ shown, like string }{
				`Cl\u0430ude`:            {"It has no name that can be shown", ""},
				`C1aude`:                 {`<bdi class="client">C1aude</bdi>`, "Claude"},
				`\u0421\u04cfa\u03c5de`:  {"It has no name that can be shown", ""},
				`HeyGen Support`:         {`<bdi class="client">HeyGen Support</bdi>`, "HeyGen"},
				`Gernini`:                {`<bdi class="client">Gernini</bdi>`, "Gemini"},
				`A tool</bdi><b>: safe`:  {`<bdi class="client">A tool bdi b safe</bdi>`, ""},
				strings.Repeat("ab", 60): {`<bdi class="client">` + strings.Repeat("ab", 20) + `</bdi>`, ""},
			} {
				client, _ := d.Register(`{"client_name":"` + name + `","redirect_uris":["` + brokertest.Callback + `"]}`)
				p := d.Person()
				p.Open("/oauth/authorize?" + d.Ask(client).Encode())
				told := strings.Contains(p.Page.Body, "is or resembles <strong>"+c.like+"</strong>")
				if !strings.Contains(heading(p.Page.Body), c.shown) || strings.Contains(p.Page.Body, "resembles") != (c.like != "") || c.like != "" && !told {
					d.T.Errorf("%s: %s", name, p.Page.Body)
				}
			}
		}},
		{"RFC 8252 8.6, MCP 2026-07-28, Localhost Redirect URI Risks: consent for a program on the person's computer is never remembered", func(d *brokertest.Deployment) {
			client, _ := d.Register(`{"redirect_uris":["` + brokertest.Callback + `","` + brokertest.CursorURI + `","https://vscode.dev/redirect","https://insiders.vscode.dev/redirect"]}`)
			for _, redirect := range []string{brokertest.Callback, brokertest.CursorURI, "https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect"} {
				p := d.Person()
				d.CodeOf(p.WithKey(d.Ask(client, "redirect_uri", redirect), "mia"))
				if p.MayGoOn(d.Ask(client, "redirect_uri", redirect)) || !strings.Contains(p.Page.Body, "Any program there") {
					d.T.Errorf("%s: at %s: %s", redirect, p.At, p.Page.Body)
				}
			}
		}},
		{"RFC 8252 7.1, 8.4: of Cursor's scheme one URI is allowed, and what the operator allows is exact", func(d *brokertest.Deployment) {
			refused := []string{"cursor://evil.extension/oauth/callback", "cursor://anysphere.cursor-mcp/oauth/callback/", brokertest.CursorURI + "?x=1", "https://one.example/other"}
			for _, uri := range refused {
				brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+uri+`"]}`), 400, "invalid_redirect_uri")
			}
			open := d.Besides(func(cfg *auth.Config) {
				cfg.Broker.RedirectHosts = []string{refused[0], "https://one.example/cb"}
			})
			for _, uri := range []string{refused[0], "https://one.example/cb", brokertest.CursorURI} {
				client, _ := open.Register(`{"redirect_uris":["` + uri + `"]}`)
				open.CodeOf(open.Person().WithKey(open.Ask(client, "redirect_uri", uri), "mia"))
			}
			for _, uri := range refused[1:] {
				brokertest.Wants(d.T, open.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+uri+`"]}`), 400, "invalid_redirect_uri")
			}
		}},
		{"RFC 9700 2.1: what the operator does not allow any more is not redirected to, though it was registered", func(d *brokertest.Deployment) {
			open := d.Besides(func(cfg *auth.Config) { cfg.Broker.RedirectHosts = []string{"one.example"} })
			client, _ := open.Register(`{"redirect_uris":["https://one.example/cb"]}`)
			open.CodeOf(open.Person().WithKey(open.Ask(client, "redirect_uri", "https://one.example/cb"), "mia"))
			brokertest.ShowsError(d, d.Ask(client, "redirect_uri", "https://one.example/cb").Encode(), "not allowed here any "+
				"more")
		}},
	}
}

func leastRules() []Rule {
	const all = "heygen:read heygen:write heygen:delete"
	return []Rule{
		{"MCP 2026-07-28, Scope Selection Strategy: who names no scope gets reading and writing, and who names deleting gets it", func(d *brokertest.Deployment) {
			full, _ := d.Register(`{"redirect_uris":["` + brokertest.Callback + `"],"scope":"` + all + `"}`)
			for _, client := range []string{d.Public(), full, "known"} {
				for scope, want := range map[string]string{"": "heygen:read heygen:write", "offline_access": "heygen:read heygen:write", "heygen:delete": "heygen:delete", all: all} {
					code := d.CodeOf(d.Person().WithKey(d.Ask(client, "scope", scope), "mia"))
					got := d.Redeem(d.Redemption(client, code, "client_secret", map[string]string{"known": "a secret of the operator's"}[client]))
					if got.Scope != want {
						d.T.Errorf("%s asks for %q and gets %q", client, scope, got.Scope)
					}
				}
			}
		}},
		{"MCP 2026-07-28, Access Token Privilege Restriction: a token for a read-only resource is for reading", func(d *brokertest.Deployment) {
			client := d.Public()
			for _, resource := range []string{"/mcp/readonly", "/mcp/readonly/", "/mcp/x/videos/readonly", "/mcp/x/videos%2Cvoices/readonly", "/mcp/key/readonly", "/mcp/%72eadonly"} {
				for _, scope := range []string{"", "heygen:read", "heygen:write", all} {
					p := d.Person()
					p.Open("/oauth/authorize?" + d.Ask(client, "scope", scope, "resource", d.URL+resource).Encode())
					if strings.Contains(p.Page.Body, "Delete what") || strings.Contains(p.Page.Body, "Make and change") {
						d.T.Errorf("%s, %q: the page offers more: %s", resource, scope, p.Page.Body)
					}
					if got := d.Redeem(d.Redemption(client, d.CodeOf(p.Finish("mia")), "resource", d.URL+resource)); got.Scope != "heygen:read" || d.MCP(got.Access, "?scope=heygen:write").Status != 403 {
						d.T.Errorf("%s, %q: %q", resource, scope, got.Scope)
					}
				}
			}
		}},
		{"RFC 8707 2.2: a token request for a read-only resource gets a token for reading, and loses nothing for later", func(d *brokertest.Deployment) {
			client := d.Public()
			got := d.Redeem(d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia")), "resource", d.URL+
				"/mcp/readonly"))
			again := d.Redeem(brokertest.Renewal(got, "resource", d.URL+"/mcp/x/videos/readonly"))
			for _, narrow := range []brokertest.Tokens{got, again} {
				if narrow.Scope != "heygen:read" || d.MCP(narrow.Access, "?scope=heygen:write").Status != 403 {
					d.T.Errorf("%q", narrow.Scope)
				}
			}
			if wide := d.Redeem(brokertest.Renewal(again, "resource", d.URL+"/mcp")); wide.Scope != "heygen:read heygen:write" {
				d.T.Errorf("for the whole: %q", wide.Scope)
			}
			device := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}, "resource": {d.URL + "/mcp/readonly"}, "scope": {all}})
			p := d.Person()
			p.Open("/oauth/device?user_code=" + device.Text("user_code"))
			p.Submit("user_code", device.Text("user_code"))
			if strings.Contains(p.Page.Body, "Make and change") {
				d.T.Errorf("a device is offered more: %s", p.Page.Body)
			}
		}},
		{"MCP 2026-07-28, Step-Up Authorization Flow: who comes to need deleting is told to ask for it beside what it has, and the person is asked again", func(d *brokertest.Deployment) {
			start := parameterOf(d.Send(d.Client, http.MethodPost, "/mcp", "").Header.Get("WWW-Authenticate"), "scope")
			// Clients register for the scopes of the challenge, and ask for them.
			client, _ := d.Register(`{"redirect_uris":["` + brokertest.Hosted + `"],"scope":"` + start + `"}`)
			p := d.Person()
			ask := func(scope string) url.Values { return d.Ask(client, "redirect_uri", brokertest.Hosted, "scope", scope) }
			got := d.Redeem(d.Redemption(client, d.CodeOf(p.WithKey(ask(start), "mia")), "redirect_uri", brokertest.Hosted))
			refused := d.MCP(got.Access, "?scope=heygen:delete")
			more := parameterOf(refused.Header.Get("WWW-Authenticate"), "scope")
			if got.Scope != "heygen:read heygen:write" || refused.Status != 403 || more != all {
				d.T.Fatalf("with %q: %d %v", got.Scope, refused.Status, refused.Header)
			}
			if p.MayGoOn(ask(more)) || !strings.Contains(p.Page.Body, "Delete what is in your account") {
				d.T.Errorf("at %s: %s", p.At, p.Page.Body)
			}
			got = d.Redeem(d.Redemption(client, d.CodeOf(p.Finish("mia")), "redirect_uri", brokertest.Hosted))
			if got.Scope != all || d.MCP(got.Access, "?scope=heygen:delete").Status != 200 {
				d.T.Errorf("after asking: %q", got.Scope)
			}
		}},
		{"RFC 8707 2, RFC 3986 6.2: a resource with dots for elements, or with escaped slashes, is refused", func(d *brokertest.Deployment) {
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			for _, path := range []string{"/mcp/..", "/mcp/../mcp", "/mcp/.", "/mcp/./readonly", "/mcp/x/../readonly", "/../mcp", "/mcp/%2e%2e/x", "/mcp/%2E/x", "/mcp/.%2e/mcp", "/mcp/x%2freadonly", "/mcp%2F..%2Fother",
				"/mcp/%5c..%5cx", `/mcp/\x`, "/mcp/%252e%252e/x", "/mcp/..;/x", "/mcp/%00", "/mcp/%zz", "/mcp/%"} {
				back(d, d.Ask(client, "resource", d.URL+path), "invalid_target")
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code, "resource", d.URL+path)), 400, "invalid_target")
				brokertest.Wants(d.T, d.Form("/oauth/device_authorization", url.Values{"client_id": {client}, "resource": {d.URL + path}}), 400, "invalid_target")
			}
			if got := d.Redeem(d.Redemption(client, code)); got.Scope != "heygen:read heygen:write" {
				d.T.Errorf("%s", fmt.Sprint(got.Scope))
			}
		}},
	}
}

// parameterOf is a parameter of a challenge.
func parameterOf(challenge, name string) string {
	_, rest, _ := strings.Cut(challenge, " "+name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
