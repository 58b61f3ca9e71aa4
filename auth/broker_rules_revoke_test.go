package auth_test

import (
	"net/url"
)

func revocationRules() []rule {
	return []rule{
		{"RFC 7009 2.2: what is unknown is no error", func(d *deployment) {
			if res := d.form("/oauth/revoke", url.Values{"client_id": {d.public()}, "token": {"nonsense"}, "token_type_hint": {"x"}}); res.status != 200 {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			wants(d.t, d.form("/oauth/revoke", url.Values{"client_id": {d.public()}}), 400, "invalid_request")
			wants(d.t, d.form("/oauth/revoke", url.Values{"token": {"x"}}), 400, "invalid_request")
		}},
		{"RFC 7009 2.1: a token is found whatever its hint says, and a refresh token takes the rest along", func(d *deployment) {
			for _, hint := range []string{"", "access_token", "refresh_token", "nonsense"} {
				got := d.signIn("mia")
				for _, token := range []string{got.access, got.refresh} {
					if res := d.form("/oauth/revoke", with(url.Values{"client_id": {got.client}, "token": {token}}, "token_type_hint", hint)); res.status != 200 || res.body != "" {
						d.t.Errorf("%d %s", res.status, res.body)
					}
					if d.mcp(got.access, "").status != 401 {
						d.t.Errorf("hint %q: the access token is good", hint)
					}
				}
				wants(d.t, d.form("/oauth/token", renewal(got)), 400, "invalid_grant")
				got = d.signIn("mia")
				d.form("/oauth/revoke", with(url.Values{"client_id": {got.client}, "token": {got.refresh}}, "token_type_hint", hint))
				if d.mcp(got.access, "").status != 401 {
					d.t.Errorf("hint %q: the access token outlives its refresh token", hint)
				}
			}
		}},
		{"RFC 7009 2.1: a client shows its secret, and reaches its own tokens alone", func(d *deployment) {
			code := d.codeOf(d.person().withKey(d.ask("known"), "mia"))
			got := d.redeem(d.redemption("known", code, "client_secret", "a secret of the operator's"))
			wants(d.t, d.form("/oauth/revoke", url.Values{"client_id": {"known"}, "token": {got.access}}), 401, "invalid_client")
			wants(d.t, d.form("/oauth/revoke", url.Values{"client_id": {"known"}, "client_secret": {"x"}, "token": {got.access}}), 401, "invalid_client")
			if res := d.form("/oauth/revoke", url.Values{"client_id": {d.public()}, "token": {got.refresh}}); res.status != 200 {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			if d.mcp(got.access, "").status != 200 {
				d.t.Fatal("somebody else ended it")
			}
			d.form("/oauth/revoke", url.Values{"token": {got.refresh}}, basic("known", "a secret of the operator's")...)
			if d.mcp(got.access, "").status != 401 {
				d.t.Error("its own client cannot end it")
			}
		}},
	}
}
