package oauthrules

import (
	"net/url"

	"heygen-mcp/auth/broker/brokertest"
)

func revocationRules() []Rule {
	return []Rule{
		{"RFC 7009 2.2: what is unknown is no error", func(d *brokertest.Deployment) {
			if res := d.Form("/oauth/revoke", url.Values{"client_id": {d.Public()}, "token": {"nonsense"}, "token_type_hint": {"x"}}); res.Status != 200 {
				d.T.Errorf("%d %s", res.Status, res.Body)
			}
			brokertest.Wants(d.T, d.Form("/oauth/revoke", url.Values{"client_id": {d.Public()}}), 400, "invalid_request")
			brokertest.Wants(d.T, d.Form("/oauth/revoke", url.Values{"token": {"x"}}), 400, "invalid_request")
		}},
		{"RFC 7009 2.1: a token is found whatever its hint says, and a refresh token takes the rest along", func(d *brokertest.Deployment) {
			for _, hint := range []string{"", "access_token", "refresh_token", "nonsense"} {
				got := d.SignIn("mia")
				for _, token := range []string{got.Access, got.Refresh} {
					if res := d.Form("/oauth/revoke", brokertest.With(url.Values{"client_id": {got.Client}, "token": {token}}, "token_type_hint", hint)); res.Status != 200 || res.Body != "" {
						d.T.Errorf("%d %s", res.Status, res.Body)
					}
					if d.MCP(got.Access, "").Status != 401 {
						d.T.Errorf("hint %q: the access token is good", hint)
					}
				}
				brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
				got = d.SignIn("mia")
				d.Form("/oauth/revoke", brokertest.With(url.Values{"client_id": {got.Client}, "token": {got.Refresh}}, "token_type_hint", hint))
				if d.MCP(got.Access, "").Status != 401 {
					d.T.Errorf("hint %q: the access token outlives its refresh token", hint)
				}
			}
		}},
		{"RFC 7009 2.1: a client shows its secret, and reaches its own tokens alone", func(d *brokertest.Deployment) {
			code := d.CodeOf(d.Person().WithKey(d.Ask("known"), "mia"))
			got := d.Redeem(d.Redemption("known", code, "client_secret", "a secret of the operator's"))
			brokertest.Wants(d.T, d.Form("/oauth/revoke", url.Values{"client_id": {"known"}, "token": {got.Access}}), 401, "invalid_client")
			brokertest.Wants(d.T, d.Form("/oauth/revoke", url.Values{"client_id": {"known"}, "client_secret": {"x"}, "token": {got.Access}}), 401, "invalid_client")
			if res := d.Form("/oauth/revoke", url.Values{"client_id": {d.Public()}, "token": {got.Refresh}}); res.Status != 200 {
				d.T.Errorf("%d %s", res.Status, res.Body)
			}
			if d.MCP(got.Access, "").Status != 200 {
				d.T.Fatal("somebody else ended it")
			}
			d.Form("/oauth/revoke", url.Values{"token": {got.Refresh}}, brokertest.Basic("known", "a secret of the operator's")...)
			if d.MCP(got.Access, "").Status != 401 {
				d.T.Error("its own client cannot end it")
			}
		}},
	}
}
