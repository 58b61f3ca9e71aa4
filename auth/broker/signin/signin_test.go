package signin_test

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/words"
)

// TestSignIn is the way in, by both doors.
func TestSignIn(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		byKey, atHeyGen := d.SignIn("mia"), d.SignInAtHeyGen()
		for name, got := range map[string]brokertest.Tokens{"key": byKey, "HeyGen": atHeyGen} {
			if got.Scope != "heygen:read heygen:write" {
				d.T.Errorf("%s: the scope is %q", name, got.Scope)
			}
			res := d.MCP(got.Access, "?call")
			if res.Status != http.StatusOK || !strings.Contains(res.Body, `"username":"mia"`) {
				d.T.Errorf("%s: %d %s", name, res.Status, res.Body)
			}
		}
		if d.MCP(byKey.Access, "").Body == d.MCP(atHeyGen.Access, "").Body {
			d.T.Error("a key and a sign-in of one account are one caller, though two balances pay")
		}
		if d.Events.Count("sign_in") != 2 || d.Events.Count("consent") != 2 || d.Events.Count("issue") != 2 {
			d.T.Errorf("the audit log has %+v", d.Events.All())
		}
	})
}

// TestWhoAsksIsShown holds that both pages name the client and the host that the person will be
// sent back to.
func TestWhoAsksIsShown(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		for redirect, place := range map[string]string{brokertest.Callback: "a program on this computer (127.0.0.1:49152)", brokertest.Hosted: "claude.ai"} {
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", redirect).Encode())
			signIn := p.Page.Body
			p.Submit("api_key", "sk_sandbox_mia")
			for name, page := range map[string]string{"sign-in": signIn, "consent": p.Page.Body} {
				if !strings.Contains(page, "<strong>"+place+"</strong>") {
					d.T.Errorf("%s for %s: %s", name, redirect, page)
				}
			}
		}
	})
}

// TestWhoseDocumentAsksIsShown holds that the host of a client's document is named, and not the one that the person is
// sent back to: the two differ where anybody names the address of a known client as theirs.
func TestWhoseDocumentAsksIsShown(t *testing.T) {
	t.Parallel()
	s := brokertest.NewSite(t)
	d := s.With(brokertest.OnSQLite(t))
	s.Put(brokertest.DocumentID, brokertest.DocumentBegin+`,"redirect_uris":["`+brokertest.Hosted+`"]}`)
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(brokertest.DocumentID, "redirect_uri", brokertest.Hosted).Encode())
	unknown := words.Of("named.unknown", "Host", "tool.example").String()
	if page := html.UnescapeString(p.Page.Body); !strings.Contains(page, unknown) || !strings.Contains(page, "<strong>claude.ai</strong>") {
		t.Errorf("the page does not say %q: %s", unknown, page)
	}
}

// TestNothingFails holds that a sign-in by which all goes well leaves no warning in the log.
func TestNothingFails(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	d.SignIn("mia")
	atConnections(d, "mia")
	if log := d.Log.String(); strings.Contains(log, `"level":"warn"`) || strings.Contains(log, `"level":"error"`) {
		t.Errorf("the log has %s", log)
	}
}
