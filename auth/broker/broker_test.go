package broker_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/pgtest"
)

// TestNoSecretIsKept plants secrets by going every way there is, and looks for each of them in
// every byte of the database, in the log, in the audit log, on the pages and in the errors.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		file := filepath.Join(dir, "store.db")
		plant(t, func() auth.Store { return brokertest.Opened(t, "", file) }, func() []byte { return filesIn(t, dir) })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		address := os.Getenv(pgtest.Variable)
		if address == "" {
			t.Skip(pgtest.Variable + " names no PostgreSQL, so nothing of it was tested")
		}
		own := pgtest.Schema(t, address)
		plant(t, func() auth.Store { return brokertest.Opened(t, own, "") }, func() []byte { return rowsOf(t, own) })
	})
}

// filesIn is all that is in a directory's files.
func filesIn(t *testing.T, dir string) (all []byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw...)
	}
	return all
}

// rowsOf is every row of every table that a PostgreSQL store has, as text: bytes are in hexadecimal
// there.
func rowsOf(t *testing.T, address string) []byte {
	t.Helper()
	db, err := database.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var all string
	err = db.QueryRowContext(t.Context(), `SELECT string_agg(query_to_xml(format('SELECT r::text FROM %I r', table_name), true, false, '')::text, '')
		FROM information_schema.tables WHERE table_schema = current_schema()`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(all)
}

// plant goes every way, and looks for the secrets in what is stored, said and shown.
func plant(t *testing.T, open func() auth.Store, stored func() []byte) {
	t.Helper()
	d := brokertest.Deploy(t, open)
	secrets := map[string]string{"the API key": "sk_sandbox_secretive", "the verifier": brokertest.Verifier}
	client, secret := d.Register(`{"client_name":"x","redirect_uris":["` + brokertest.Callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
	secrets["the client's secret"] = secret
	var shown []string // pages and errors
	for name, sign := range map[string]func(*brokertest.Person) string{
		"key":    func(p *brokertest.Person) string { return p.WithKey(d.Ask(client, "state", `s"<&>`), "secretive") },
		"HeyGen": func(p *brokertest.Person) string { return p.WithHeyGen(d.Ask(client), "mia") },
	} {
		p := d.Person()
		at := sign(p)
		shown = append(shown, p.Page.Body)
		code := d.CodeOf(at)
		secrets["the code by "+name] = code
		got := d.Redeem(d.Redemption(client, code, "client_secret", secret))
		secrets["the access token by "+name], secrets["the refresh token by "+name] = got.Access, got.Refresh
		next := d.Redeem(brokertest.With(brokertest.Renewal(got), "client_secret", secret))
		secrets["the second refresh token by "+name] = next.Refresh
		u, err := url.Parse(d.URL)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Web.Jar.Cookies(u) {
			secrets["the cookie by "+name] = c.Value
		}
		d.MCP(next.Access, "?call")
		shown = append(shown, d.Form("/oauth/token", brokertest.With(brokertest.Renewal(got), "client_secret", secret+"wrong")).Body,
			d.Form("/oauth/token", brokertest.With(brokertest.Renewal(got), "client_secret", secret, "refresh_token", got.Refresh+"x")).Body,
			d.MCP(next.Access+"x", "").Body)
	}
	begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}, "client_secret": {secret}})
	secrets["the device's code"], secrets["the person's code"] = begun.Text("device_code"), begun.Text("user_code")
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(client).Encode())
	p.Submit("api_key", "sk_sandbox_unfinished")
	secrets["the key of a sign-in that is not finished"] = "sk_sandbox_unfinished"
	// HeyGen's own tokens are whatever its sandbox made; their beginning gives them away.
	secrets["an access token of HeyGen's"], secrets["a refresh token of HeyGen's"] = "sandbox_at_", "sandbox_rt_"

	shown = append(shown, p.Page.Body)
	p.Open("/oauth/authorize?" + d.Ask(client).Encode())
	p.Submit("api_key", "sk_sandbox_secretive!\u00e9")
	shown = append(shown, p.Page.Body)
	p.Submit("api_key", "sk_wrong_and_secret")
	shown = append(shown, p.Page.Body)
	secrets["a key that HeyGen does not know"] = "sk_wrong_and_secret"
	p.Open("/connections")
	p.Submit("api_key", "sk_sandbox_secretive")
	shown = append(shown, p.Page.Body)
	shown = append(shown, d.Form("/oauth/token", brokertest.With(url.Values{"client_id": {client}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {begun.Text("device_code")}}, "client_secret", secret)).Body)

	kept := stored()
	if !bytes.Contains(kept, []byte(client)) {
		t.Fatal("the database was not read: it does not hold what it should")
	}
	for where, text := range map[string][]byte{"kept": kept, "logged": []byte(d.Log.String()), "in the audit log": []byte(fmt.Sprint(d.Events.All())), "shown": []byte(strings.Join(shown, ""))} {
		for name, value := range secrets {
			for _, form := range []string{value, hex.EncodeToString([]byte(value))} {
				if value == "" || bytes.Contains(text, []byte(form)) {
					t.Errorf("%s is %s", name, where)
				}
			}
		}
	}
}
