package auth_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"heygen-mcp/auth"
)

// TestNoSecretIsKept plants secrets by going every way there is, and looks for each of them in every byte of the
// database, in the log and in the audit log.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "store.db")
	d := deploy(t, func() auth.Store { return opened(t, "", file) })
	secrets := map[string]string{"the API key": "sk_sandbox_secretive", "the verifier": verifier}
	client, secret := d.register(`{"client_name":"x","redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
	secrets["the client's secret"] = secret
	for name, sign := range map[string]func(*person) string{
		"key":    func(p *person) string { return p.withKey(d.ask(client, "state", `s"<&>`), "secretive") },
		"HeyGen": func(p *person) string { return p.withHeyGen(d.ask(client), "mia") },
	} {
		p := d.person()
		at := sign(p)
		code := d.codeOf(at)
		secrets["the code by "+name] = code
		got := d.redeem(d.redemption(client, code, "client_secret", secret))
		secrets["the access token by "+name], secrets["the refresh token by "+name] = got.access, got.refresh
		next := d.redeem(with(renewal(got), "client_secret", secret))
		secrets["the second refresh token by "+name] = next.refresh
		u, err := url.Parse(d.url)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.web.Jar.Cookies(u) {
			secrets["the cookie by "+name] = c.Value
		}
		d.mcp(next.access, "?call")
		d.form("/oauth/token", with(renewal(got), "client_secret", secret+"wrong"))
		d.form("/oauth/token", with(renewal(got), "client_secret", secret, "refresh_token", got.refresh+"x"))
	}
	begun := d.form("/oauth/device_authorization", url.Values{"client_id": {client}, "client_secret": {secret}})
	secrets["the device's code"], secrets["the person's code"] = begun.text("device_code"), begun.text("user_code")
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(client).Encode())
	p.submit("api_key", "sk_sandbox_unfinished")
	secrets["the key of a sign-in that is not finished"] = "sk_sandbox_unfinished"
	// HeyGen's own tokens are whatever its sandbox made; their beginning gives them away.
	secrets["an access token of HeyGen's"], secrets["a refresh token of HeyGen's"] = "sandbox_at_", "sandbox_rt_"

	stored := []byte(d.log.String() + fmt.Sprint(d.events.all))
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, raw...)
	}
	if !bytes.Contains(stored, []byte(client)) {
		t.Fatal("the database was not read: it does not hold what it should")
	}
	for name, value := range secrets {
		for _, form := range []string{value, hex.EncodeToString([]byte(value))} {
			if value == "" || bytes.Contains(stored, []byte(form)) {
				t.Errorf("%s is kept in the clear", name)
			}
		}
	}
}
