package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// heygenStandIn answers as HeyGen does to whoever asks whose a key is, and as its authorization server does.
func heygenStandIn(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	mux.HandleFunc("GET /v3/users/me", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Api-Key") != "sk_good" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"error":{"code":"unauthorized"}}`))
			return
		}
		_, _ = w.Write([]byte(`{"data":{"username":"ana"}}`))
	})
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"issuer":%q}`, srv.URL)
	})
	mux.HandleFunc("GET /web/v3/users/me", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`<html>`)) })
	mux.HandleFunc("GET /other/v3/users/me", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{}`)) })
	mux.HandleFunc("GET /down/v3/users/me", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	return srv.URL
}

// closedPort is an address at which nothing listens, the next one at which that is so from the nth thousand on. It is
// none that systems give to those who ask for any port, as the tests beside this one do all the time.
func closedPort(t *testing.T, nth int) string {
	t.Helper()
	for port := 10_000 + nth*1000; port < 11_000+nth*1000; port++ {
		address := fmt.Sprintf("127.0.0.1:%d", port)
		ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
		if err != nil {
			continue
		}
		if err := ln.Close(); err != nil {
			t.Fatal(err)
		}
		return address
	}
	t.Fatal("no port is free")
	return ""
}

// TestCheckNamesWhatIsBroken breaks one thing at a time and expects check to name it as it was set:
// the flag where it was the flag, and the variable where it was that.
func TestCheckNamesWhatIsBroken(t *testing.T) {
	t.Parallel()
	heygen, closed := heygenStandIn(t), closedPort(t, 1)
	file := func(content string) string {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	dirWith := func(name, content string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	const key = "HEYGEN_API_KEY=sk_good"
	plain, free := file("x"), closedPort(t, 2)
	for name, c := range map[string]struct {
		args, env []string
		want      string
	}{
		"an unknown flag":            {[]string{"--speling"}, nil, "--speling is not a flag"},
		"a flag without a value":     {[]string{"--listen"}, nil, "--listen needs a value"},
		"an address without a port":  {nil, []string{"HEYGEN_MCP_LISTEN=localhost"}, `HEYGEN_MCP_LISTEN "localhost": it is HOST:PORT`},
		"open to the network":        {[]string{"--listen", "0.0.0.0:80"}, nil, "--listen 0.0.0.0:80 is not loopback, so --public-url is needed"},
		"a public URL with a query":  {nil, []string{"HEYGEN_MCP_PUBLIC_URL=https://mcp.example/?a=1"}, "HEYGEN_MCP_PUBLIC_URL"},
		"an unknown mode":            {nil, []string{"HEYGEN_MCP_AUTH=open"}, `HEYGEN_MCP_AUTH "open": it is broker, direct or single`},
		"no key for one":             {[]string{"--auth", "single"}, nil, "--auth single needs HEYGEN_API_KEY"},
		"a key nobody guards":        {[]string{"--auth", "single", "--public-url", "https://mcp.example"}, []string{key}, "without HEYGEN_MCP_TOKEN"},
		"a missing file of a key":    {[]string{"--auth", "single"}, []string{"HEYGEN_API_KEY_FILE=/nowhere/key"}, "HEYGEN_API_KEY_FILE: open /nowhere/key"},
		"an empty file of a key":     {[]string{"--auth", "single"}, []string{"HEYGEN_API_KEY_FILE=" + file(" \n")}, "is empty"},
		"a key in two places":        {[]string{"--auth", "single"}, []string{key, "HEYGEN_API_KEY_FILE=" + plain}, "HEYGEN_API_KEY and HEYGEN_API_KEY_FILE are both set"},
		"a key of two lines":         {[]string{"--auth", "single"}, []string{"HEYGEN_API_KEY=sk_a\nsk_b"}, "HEYGEN_API_KEY holds a character"},
		"a key that is unknown":      {[]string{"--auth", "single"}, []string{"HEYGEN_API_KEY=sk_old"}, "HEYGEN_API_KEY: HeyGen does not know the key"},
		"keys that seal nothing":     {nil, []string{"HEYGEN_MCP_SEAL_KEYS=short"}, "HEYGEN_MCP_SEAL_KEYS"},
		"clients that are no JSON":   {[]string{"--auth", "broker"}, []string{"HEYGEN_MCP_CLIENTS=[{]"}, "HEYGEN_MCP_CLIENTS is not a JSON array"},
		"a directory that is a file": {nil, []string{"HEYGEN_MCP_DATA_DIR=" + plain}, "HEYGEN_MCP_DATA_DIR: mkdir"},
		"a key file that is none":    {[]string{"--data-dir", dirWith("idempotency.key", "zz")}, nil, "is not a key of this server"},
		"a database that is none":    {[]string{"--data-dir", dirWith(settings.DatabaseName, strings.Repeat("no database ", 100))}, nil, "--data-dir: "},
		"an address of no database":  {nil, []string{"HEYGEN_MCP_DATABASE_URL=postgres://%zz"}, "HEYGEN_MCP_DATABASE_URL: database: the address is not"},
		"a database that is away":    {nil, []string{"HEYGEN_MCP_DATABASE_URL=postgres://u:SECRET@" + closed + "/db"}, "HEYGEN_MCP_DATABASE_URL: database"},
		"a database in no file":      {nil, []string{"HEYGEN_MCP_DATABASE_URL_FILE=/nowhere/url"}, "HEYGEN_MCP_DATABASE_URL_FILE: open /nowhere/url"},
		"an audit log in no place":   {[]string{"--audit-log", plain + "/audit"}, nil, "--audit-log: open"},
		"HeyGen in the clear":        {[]string{"--heygen-url", "http://heygen.example"}, nil, "--heygen-url http://heygen.example: plain http"},
		"HeyGen away":                {nil, []string{"HEYGEN_MCP_HEYGEN_URL=http://" + closed}, "HEYGEN_MCP_HEYGEN_URL http://" + closed},
		"HeyGen down":                {[]string{"--heygen-url", heygen + "/down"}, nil, "it answers 502"},
		"a web site":                 {[]string{"--heygen-url", heygen + "/web"}, nil, "is not HeyGen: status 200, and no JSON"},
		"another API":                {[]string{"--heygen-url", heygen + "/other"}, nil, "is not HeyGen: without a credential it answers 200"},
		"no authorization server":    {nil, []string{"HEYGEN_MCP_AUTHORIZATION_SERVER=" + heygen + "/none"}, "HEYGEN_MCP_AUTHORIZATION_SERVER " + heygen + "/none: it has no metadata"},
		"a proxy that is none":       {nil, []string{"HEYGEN_MCP_TRUSTED_PROXIES=proxy"}, `HEYGEN_MCP_TRUSTED_PROXIES "proxy"`},
		"a toolset that is none":     {[]string{"--toolsets", "film"}, nil, `--toolsets "film"`},
		"keys of a file":             {nil, []string{"HEYGEN_MCP_SEAL_KEYS_FILE=" + plain}, "HEYGEN_MCP_SEAL_KEYS_FILE: seal"},
		"a key of a file":            {[]string{"--auth", "single"}, []string{"HEYGEN_API_KEY_FILE=" + file("sk_a\nsk_b")}, "HEYGEN_API_KEY_FILE holds a character"},
		"a client sent nowhere":      {[]string{"--auth", "broker"}, []string{`HEYGEN_MCP_CLIENTS=[{"client_id":"x","redirect_uris":["ftp://a"]}]`}, `HEYGEN_MCP_CLIENTS: client "x": redirect URI`},
		"a client of a file":         {[]string{"--auth", "broker"}, []string{"HEYGEN_MCP_CLIENTS_FILE=" + file(`[{"client_id":"x"}]`)}, `HEYGEN_MCP_CLIENTS_FILE: client "x": redirect_uris is missing`},
		"a client twice":             {[]string{"--auth", "broker"}, []string{`HEYGEN_MCP_CLIENTS=[{"client_id":"x","redirect_uris":["http://a/b"]},{"client_id":"x","redirect_uris":["http://a/b"]}]`}, `client "x" is there twice`},
		"a port beyond all":          {[]string{"--public-url", "https://mcp.example:99999"}, nil, "its port is a number"},
		"metrics without a port":     {[]string{"--metrics-listen", "0.0.0.0"}, nil, `--metrics-listen "0.0.0.0": it is HOST:PORT`},
		"metrics among the calls":    {[]string{"--listen", "127.0.0.1:8080", "--metrics-listen", "127.0.0.1:8080"}, nil, "it is the address of --listen"},
		"an address of others":       {[]string{"--listen", "192.0.2.1:80", "--public-url", "https://mcp.example"}, nil, "--listen: listen tcp 192.0.2.1:80"},
		"an address in use":          {nil, []string{"HEYGEN_MCP_LISTEN=" + strings.TrimPrefix(heygen, "http://")}, "HEYGEN_MCP_LISTEN: listen tcp"},
		"metrics in use":             {[]string{"--metrics-listen", strings.TrimPrefix(heygen, "http://")}, nil, "--metrics-listen: listen tcp"},
		"traces to nowhere":          {nil, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318"}, "OTEL_EXPORTER_OTLP_ENDPOINT is not an absolute URL"},
		"metrics beside by a name":   {[]string{"--listen", free, "--metrics-listen", "localhost" + free[strings.LastIndexByte(free, ':'):]}, nil, "--metrics-listen: listen tcp"},
		"a host with its scheme":     {nil, []string{"HEYGEN_MCP_ALLOWED_HOSTS=https://mcp.example"}, `HEYGEN_MCP_ALLOWED_HOSTS "https://mcp.example"`},
		"a level that is none":       {[]string{"--log-level", "loud"}, nil, `--log-level "loud": it is debug, info, warn or error`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := c.args
			for _, one := range []struct{ flag, variable, value string }{
				{"--heygen-url", "HEYGEN_MCP_HEYGEN_URL", heygen}, {"--authorization-server", "HEYGEN_MCP_AUTHORIZATION_SERVER", heygen},
				{"--listen", "HEYGEN_MCP_LISTEN", "127.0.0.1:0"},
			} {
				if given := strings.Join(append(args, c.env...), " "); !strings.Contains(given, one.flag) && !strings.Contains(given, one.variable+"=") {
					args = append([]string{one.flag, one.value}, args...)
				}
			}
			code, out, wrong := runs(t, append([]string{"check"}, args...), c.env...)
			if code == exitOK || !strings.Contains(wrong, c.want) {
				t.Errorf("status %d, and\n%s\nwant it to name %s", code, wrong, c.want)
			}
			if strings.Contains(out+wrong, "SECRET") {
				t.Errorf("a secret is shown:\n%s%s", out, wrong)
			}
		})
	}
}

// TestCheckWarns holds that what works and is hardly meant is told before it is served.
func TestCheckWarns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, variable, want string }{
		{"--public-url https://mcp.example/mcp", "", "--public-url ends in /mcp, so clients find the server at https://mcp.example/mcp/mcp"},
		{"--public-url https://mcp.example/mcp-films", "", ""},
		{"--auth broker --refresh-lifetime 1h", "", "--refresh-lifetime is shorter than --access-lifetime"},
		{"--auth single", `HEYGEN_MCP_TOKEN="abcdefghijklmnop"`, "HEYGEN_MCP_TOKEN is in quotation marks"},
		{"", "HEYGEN_MCP_OPERATOR_NAME='Ana'", "HEYGEN_MCP_OPERATOR_NAME is in quotation marks"},
		{"", `HEYGEN_MCP_OPERATOR_NAME=The "Film" Club`, ""},
	} {
		cfg, err := settings.Load("check", strings.Fields("--sandbox "+c.args), []string{c.variable})
		if err != nil {
			t.Fatal(err)
		}
		warned := strings.Join(cfg.Warnings, "\n")
		if c.want == "" && (strings.Contains(warned, "quotation") || strings.Contains(warned, "ends in")) || !strings.Contains(warned, c.want) {
			t.Errorf("%s %s: warned of %q, want %q", c.args, c.variable, warned, c.want)
		}
	}
}

// runs runs the program in this process.
func runs(t *testing.T, args []string, env ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, wrong bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	code = run(ctx, args, env, &out, &wrong)
	return code, out.String(), wrong.String()
}

func TestCheckOfWhatWorks(t *testing.T) {
	t.Parallel()
	heygen, dir := heygenStandIn(t), t.TempDir()
	code, out, wrong := runs(t, []string{"check", "--auth", "single", "--listen", "127.0.0.1:0", "--heygen-url", heygen, "--data-dir", dir, "--audit-log", filepath.Join(dir, "audit.log")},
		"HEYGEN_API_KEY=sk_good")
	if code != exitOK || wrong != "" {
		t.Fatalf("status %d:\n%s%s", code, out, wrong)
	}
	for _, want := range []string{"settings: ok: --auth single", "data directory: ok: " + dir, "database: ok: SQLite 3", "audit log: ok", "HeyGen: ok: " + heygen + " knows HEYGEN_API_KEY"} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q:\n%s", want, out)
		}
	}
	if code, out, wrong = runs(t, []string{"check", "--listen", "127.0.0.1:0", "--heygen-url", heygen, "--authorization-server", heygen}); code != exitOK || !strings.Contains(out, "sign-in: ok: "+heygen) {
		t.Errorf("status %d:\n%s%s", code, out, wrong)
	}
}

// TestCheckBesideAServer holds that the addresses of a server that runs are no fault of its settings.
func TestCheckBesideAServer(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	at := strings.TrimSuffix(strings.TrimPrefix(s.mcpURL, "http://"), "/mcp")
	if code, out, wrong := runs(t, []string{"check", "--sandbox", "--listen", at}); code != exitOK || !strings.Contains(out, at+" is in use by a server such as this one") {
		t.Errorf("status %d:\n%s%s", code, out, wrong)
	}
	// A fault is told once, however many need what is missing.
	if _, _, wrong := runs(t, []string{"check", "--sandbox", "--listen", at, "--data-dir", "/dev/null/data"}); strings.Count(wrong, "--data-dir") != 1 {
		t.Errorf("it says\n%s", wrong)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	at := strings.TrimSuffix(s.mcpURL, "/mcp")
	for _, c := range []struct {
		args, env []string
		code      int
		want      string
	}{
		{[]string{at + "/readyz"}, nil, exitOK, "ready"},
		{[]string{at}, nil, exitOK, "ready"},
		{[]string{s.mcpURL}, nil, exitOK, "ready"},
		{[]string{at + "/healthz"}, nil, exitOK, `"ok"`},
		{nil, []string{"HEYGEN_MCP_LISTEN=" + strings.TrimPrefix(at, "http://")}, exitOK, "ready"},
		{nil, []string{"HEYGEN_MCP_LISTEN=0.0.0.0:" + at[strings.LastIndexByte(at, ':')+1:]}, exitOK, "ready"},
		{[]string{at + "/nothing"}, nil, exitFailure, "answers 404"},
		{[]string{"http://" + closedPort(t, 3)}, nil, exitFailure, "refused"},
		{[]string{"localhost"}, nil, exitUsage, "absolute URL"},
		{[]string{"--now"}, nil, exitUsage, "not known"},
		{nil, []string{"HEYGEN_MCP_LISTEN=localhost"}, exitUsage, "HOST:PORT"},
	} {
		if code, out, wrong := runs(t, append([]string{"health"}, c.args...), c.env...); code != c.code || !strings.Contains(out+wrong, c.want) {
			t.Errorf("%v %v: status %d: %s%s", c.args, c.env, code, out, wrong)
		}
	}
}
