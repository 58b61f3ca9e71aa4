package auth_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth"
)

// heading is the first heading of a page, as text.
func heading(page string) string {
	_, rest, _ := strings.Cut(page, "<h1>")
	head, _, _ := strings.Cut(rest, "</h1>")
	return head
}

func consentRules() []rule {
	return []rule{
		{"RFC 9700 4.4, MCP 2026-07-28, Confused Deputy: no GET is answered with a code, whatever was agreed to before", func(d *deployment) {
			client, p := d.public(), d.person()
			d.codeOf(p.withKey(d.ask(client, "redirect_uri", hosted), "mia"))
			for range 2 {
				if at := p.open("/oauth/authorize?" + d.ask(client, "redirect_uri", hosted).Encode()); !strings.HasPrefix(at, d.url+"/oauth/again?") || !strings.Contains(p.page.body, "wants to connect again") {
					d.t.Errorf("at %s: %s", at, p.page.body)
				}
			}
			d.codeOf(p.submit("action", "continue"))
		}},
		{"OpenID Core 3.1.2.6: prompt=none gets interaction_required, whatever was agreed to before", func(d *deployment) {
			client, p := d.public(), d.person()
			d.codeOf(p.withKey(d.ask(client, "redirect_uri", hosted), "mia"))
			u, err := url.Parse(p.open("/oauth/authorize?" + d.ask(client, "redirect_uri", hosted, "prompt", "none").Encode()))
			if err != nil || u.Host != "claude.ai" || u.Query().Get("error") != "interaction_required" || u.Query().Has("code") {
				d.t.Errorf("at %s, %v", u, err)
			}
		}},
		{"RFC 9700 4.11.2: before a person has seen them, errors are sent to known clients and the operator's alone", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d, staticClients()...)
			s.put(documentID, documentGood)
			const stranger = "https://evil.example/client.json"
			s.put(stranger, strings.ReplaceAll(strings.Replace(documentGood, documentID, stranger, 1), "https://tool.example/cb", hosted))
			loopback, _ := d.register(`{"redirect_uris":["` + callback + `","` + cursorURI + `","https://vscode.dev/redirect"]}`)
			for _, wrong := range [][2]string{{"scope", "x"}, {"prompt", "none"}, {"prompt", "none login"}, {"response_type", "token"}, {"code_challenge", ""}, {"resource", "https://evil.example/"}, {"state", strings.Repeat("s", 5000)}} {
				for _, c := range [][2]string{{loopback, callback}, {loopback, cursorURI}, {loopback, "https://vscode.dev/redirect"}, {documentID, "https://tool.example/cb"}, {stranger, hosted}} {
					res := d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(c[0], "redirect_uri", c[1], wrong[0], wrong[1]).Encode(), "")
					if res.status != http.StatusBadRequest || res.header.Get("Location") != "" || !strings.Contains(res.body, "This sign-in cannot go on") {
						d.t.Errorf("%s with %s: %d %v", c, wrong[0], res.status, res.header)
					}
				}
				for _, c := range [][2]string{{"known", callback}, {d.public(), hosted}} {
					res := d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(c[0], "redirect_uri", c[1], wrong[0], wrong[1]).Encode(), "")
					if to := res.header.Get("Location"); !strings.HasPrefix(to, c[1]+"?") || !strings.Contains(to, "error=") {
						d.t.Errorf("%s with %s: %d %v", c, wrong[0], res.status, res.header)
					}
				}
			}
			// Who has seen the client may go back to it without having agreed.
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(loopback).Encode())
			if at := p.link("Cancel"); !strings.HasPrefix(at, callback+"?error=access_denied") && !strings.Contains(at, "access_denied") {
				d.t.Errorf("cancelled: at %s", at)
			}
		}},
		{"RFC 9700 4.11: the heading says what this server knows of a client, and what it does not", func(d *deployment) {
			s := newSite(d.t)
			d = s.with(d, staticClients()...)
			s.put(documentID, strings.Replace(documentGood, "A tool", "Claude", 1))
			dcr, _ := d.register(`{"client_name":"My assistant","redirect_uris":["` + hosted + `","` + callback + `","https://vscode.dev/redirect"]}`)
			allowed := d.besides(func(cfg *auth.Config) { cfg.Broker.RedirectHosts = []string{"n8n.example.org"} })
			n8n, _ := allowed.register(`{"client_name":"n8n","redirect_uris":["` + n8nURI + `"]}`)
			p := allowed.person()
			p.open("/oauth/authorize?" + allowed.ask(n8n, "redirect_uri", n8nURI).Encode())
			if h := heading(p.page.body); !strings.Contains(h, `<bdi class="client">n8n.example.org</bdi>`) || !strings.Contains(h, `It calls itself <q><bdi class="client also">n8n</bdi></q>`) || strings.Contains(h, "not know") {
				d.t.Errorf("a client at a host of the operator's: %s", h)
			}
			for _, c := range []struct {
				client, redirect string
				has, lacks       []string
			}{
				{dcr, hosted, []string{`<bdi class="client">Claude</bdi>`, `It calls itself <q><bdi class="client also">My assistant</bdi></q>`}, []string{"does not know it"}},
				{documentID, "https://tool.example/cb", []string{`It calls itself <q><bdi class="client">Claude</bdi></q>`, "this server does not know it", "<strong>tool.example</strong>"}, nil},
				{dcr, callback, []string{`It calls itself <q><bdi class="client">My assistant</bdi></q>`}, []string{"Claude"}},
				{dcr, "https://vscode.dev/redirect", []string{`It calls itself <q><bdi class="client">My assistant</bdi></q>`}, []string{"VS Code"}},
				{"known", callback, []string{`<bdi class="client">known</bdi>`}, []string{"calls itself"}},
			} {
				p := d.person()
				p.open("/oauth/authorize?" + d.ask(c.client, "redirect_uri", c.redirect).Encode())
				first := p.page.body
				p.submit("api_key", "sk_sandbox_mia")
				for name, page := range map[string]string{"sign-in": first, "consent": p.page.body} {
					for _, want := range c.has {
						if !strings.Contains(heading(page), want) {
							d.t.Errorf("%s of %s at %s: the heading lacks %q: %s", name, c.client, c.redirect, want, page)
						}
					}
					for _, not := range c.lacks {
						if strings.Contains(heading(page), not) {
							d.t.Errorf("%s of %s at %s: the heading has %q: %s", name, c.client, c.redirect, not, page)
						}
					}
				}
			}
		}},
		{"RFC 9700 4.11: a name has 40 characters of one script, and one that looks like a known one is told of", func(d *deployment) {
			for name, c := range map[string]struct{ shown, like string }{
				`Cl\u0430ude`:            {"It has no name that can be shown", ""},
				`C1aude`:                 {`<bdi class="client">C1aude</bdi>`, "Claude"},
				`\u0421\u04cfa\u03c5de`:  {"It has no name that can be shown", ""},
				`HeyGen Support`:         {`<bdi class="client">HeyGen Support</bdi>`, "HeyGen"},
				`Gernini`:                {`<bdi class="client">Gernini</bdi>`, "Gemini"},
				`A tool</bdi><b>: safe`:  {`<bdi class="client">A tool bdi b safe</bdi>`, ""},
				strings.Repeat("ab", 60): {`<bdi class="client">` + strings.Repeat("ab", 20) + `</bdi>`, ""},
			} {
				client, _ := d.register(`{"client_name":"` + name + `","redirect_uris":["` + callback + `"]}`)
				p := d.person()
				p.open("/oauth/authorize?" + d.ask(client).Encode())
				told := strings.Contains(p.page.body, "is or resembles <strong>"+c.like+"</strong>")
				if !strings.Contains(heading(p.page.body), c.shown) || strings.Contains(p.page.body, "resembles") != (c.like != "") || c.like != "" && !told {
					d.t.Errorf("%s: %s", name, p.page.body)
				}
			}
		}},
		{"RFC 8252 8.6, MCP 2026-07-28, Localhost Redirect URI Risks: consent for a program on the person's computer is never remembered", func(d *deployment) {
			client, _ := d.register(`{"redirect_uris":["` + callback + `","` + cursorURI + `","https://vscode.dev/redirect","https://insiders.vscode.dev/redirect"]}`)
			for _, redirect := range []string{callback, cursorURI, "https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect"} {
				p := d.person()
				d.codeOf(p.withKey(d.ask(client, "redirect_uri", redirect), "mia"))
				if p.mayGoOn(d.ask(client, "redirect_uri", redirect)) || !strings.Contains(p.page.body, "Any program there") {
					d.t.Errorf("%s: at %s: %s", redirect, p.at, p.page.body)
				}
			}
		}},
		{"RFC 8252 7.1, 8.4: of Cursor's scheme one URI is allowed, and what the operator allows is exact", func(d *deployment) {
			refused := []string{"cursor://evil.extension/oauth/callback", "cursor://anysphere.cursor-mcp/oauth/callback/", cursorURI + "?x=1", "https://one.example/other"}
			for _, uri := range refused {
				wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+uri+`"]}`), 400, "invalid_redirect_uri")
			}
			open := d.besides(func(cfg *auth.Config) {
				cfg.Broker.RedirectHosts = []string{refused[0], "https://one.example/cb"}
			})
			for _, uri := range []string{refused[0], "https://one.example/cb", cursorURI} {
				client, _ := open.register(`{"redirect_uris":["` + uri + `"]}`)
				open.codeOf(open.person().withKey(open.ask(client, "redirect_uri", uri), "mia"))
			}
			for _, uri := range refused[1:] {
				wants(d.t, open.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+uri+`"]}`), 400, "invalid_redirect_uri")
			}
		}},
		{"RFC 9700 2.1: what the operator does not allow any more is not redirected to, though it was registered", func(d *deployment) {
			open := d.besides(func(cfg *auth.Config) { cfg.Broker.RedirectHosts = []string{"one.example"} })
			client, _ := open.register(`{"redirect_uris":["https://one.example/cb"]}`)
			open.codeOf(open.person().withKey(open.ask(client, "redirect_uri", "https://one.example/cb"), "mia"))
			d.page(d.ask(client, "redirect_uri", "https://one.example/cb").Encode(), "not allowed here any more")
		}},
	}
}

func leastRules() []rule {
	const all = "heygen:read heygen:write heygen:delete"
	return []rule{
		{"MCP 2026-07-28, Scope Selection Strategy: who names no scope gets reading and writing, and who names deleting gets it", func(d *deployment) {
			full, _ := d.register(`{"redirect_uris":["` + callback + `"],"scope":"` + all + `"}`)
			for _, client := range []string{d.public(), full, "known"} {
				for scope, want := range map[string]string{"": "heygen:read heygen:write", "offline_access": "heygen:read heygen:write", "heygen:delete": "heygen:delete", all: all} {
					code := d.codeOf(d.person().withKey(d.ask(client, "scope", scope), "mia"))
					got := d.redeem(d.redemption(client, code, "client_secret", map[string]string{"known": "a secret of the operator's"}[client]))
					if got.scope != want {
						d.t.Errorf("%s asks for %q and gets %q", client, scope, got.scope)
					}
				}
			}
		}},
		{"MCP 2026-07-28, Access Token Privilege Restriction: a token for a read-only resource is for reading", func(d *deployment) {
			client := d.public()
			for _, resource := range []string{"/mcp/readonly", "/mcp/readonly/", "/mcp/x/videos/readonly", "/mcp/x/videos%2Cvoices/readonly", "/mcp/key/readonly", "/mcp/%72eadonly"} {
				for _, scope := range []string{"", "heygen:read", "heygen:write", all} {
					p := d.person()
					p.open("/oauth/authorize?" + d.ask(client, "scope", scope, "resource", d.url+resource).Encode())
					if strings.Contains(p.page.body, "Delete what") || strings.Contains(p.page.body, "Make and change") {
						d.t.Errorf("%s, %q: the page offers more: %s", resource, scope, p.page.body)
					}
					if got := d.redeem(d.redemption(client, d.codeOf(p.finish("mia")), "resource", d.url+resource)); got.scope != "heygen:read" || d.mcp(got.access, "?scope=heygen:write").status != 403 {
						d.t.Errorf("%s, %q: %q", resource, scope, got.scope)
					}
				}
			}
		}},
		{"RFC 8707 2.2: a token request for a read-only resource gets a token for reading, and loses nothing for later", func(d *deployment) {
			client := d.public()
			got := d.redeem(d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia")), "resource", d.url+"/mcp/readonly"))
			again := d.redeem(renewal(got, "resource", d.url+"/mcp/x/videos/readonly"))
			for _, narrow := range []tokens{got, again} {
				if narrow.scope != "heygen:read" || d.mcp(narrow.access, "?scope=heygen:write").status != 403 {
					d.t.Errorf("%q", narrow.scope)
				}
			}
			if wide := d.redeem(renewal(again, "resource", d.url+"/mcp")); wide.scope != "heygen:read heygen:write" {
				d.t.Errorf("for the whole: %q", wide.scope)
			}
			device := d.form("/oauth/device_authorization", url.Values{"client_id": {client}, "resource": {d.url + "/mcp/readonly"}, "scope": {all}})
			p := d.person()
			p.open("/oauth/device?user_code=" + device.text("user_code"))
			p.submit("user_code", device.text("user_code"))
			if strings.Contains(p.page.body, "Make and change") {
				d.t.Errorf("a device is offered more: %s", p.page.body)
			}
		}},
		{"MCP 2026-07-28, Step-Up Authorization Flow: who comes to need deleting is told to ask for it beside what it has, and the person is asked again", func(d *deployment) {
			start := parameterOf(d.send(d.client, http.MethodPost, "/mcp", "").header.Get("WWW-Authenticate"), "scope")
			// Clients register for the scopes of the challenge, and ask for them.
			client, _ := d.register(`{"redirect_uris":["` + hosted + `"],"scope":"` + start + `"}`)
			p := d.person()
			ask := func(scope string) url.Values { return d.ask(client, "redirect_uri", hosted, "scope", scope) }
			got := d.redeem(d.redemption(client, d.codeOf(p.withKey(ask(start), "mia")), "redirect_uri", hosted))
			refused := d.mcp(got.access, "?scope=heygen:delete")
			more := parameterOf(refused.header.Get("WWW-Authenticate"), "scope")
			if got.scope != "heygen:read heygen:write" || refused.status != 403 || more != all {
				d.t.Fatalf("with %q: %d %v", got.scope, refused.status, refused.header)
			}
			if p.mayGoOn(ask(more)) || !strings.Contains(p.page.body, "Delete what is in your account") {
				d.t.Errorf("at %s: %s", p.at, p.page.body)
			}
			got = d.redeem(d.redemption(client, d.codeOf(p.finish("mia")), "redirect_uri", hosted))
			if got.scope != all || d.mcp(got.access, "?scope=heygen:delete").status != 200 {
				d.t.Errorf("after asking: %q", got.scope)
			}
		}},
		{"RFC 8707 2, RFC 3986 6.2: a resource with dots for elements, or with escaped slashes, is refused", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			for _, path := range []string{"/mcp/..", "/mcp/../mcp", "/mcp/.", "/mcp/./readonly", "/mcp/x/../readonly", "/../mcp", "/mcp/%2e%2e/x", "/mcp/%2E/x", "/mcp/.%2e/mcp", "/mcp/x%2freadonly", "/mcp%2F..%2Fother",
				"/mcp/%5c..%5cx", `/mcp/\x`, "/mcp/%252e%252e/x", "/mcp/..;/x", "/mcp/%00", "/mcp/%zz", "/mcp/%"} {
				d.back(d.ask(client, "resource", d.url+path), "invalid_target")
				wants(d.t, d.form("/oauth/token", d.redemption(client, code, "resource", d.url+path)), 400, "invalid_target")
				wants(d.t, d.form("/oauth/device_authorization", url.Values{"client_id": {client}, "resource": {d.url + path}}), 400, "invalid_target")
			}
			if got := d.redeem(d.redemption(client, code)); got.scope != "heygen:read heygen:write" {
				d.t.Errorf("%s", fmt.Sprint(got.scope))
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
