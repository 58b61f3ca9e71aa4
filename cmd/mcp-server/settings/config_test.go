package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/auth"
)

func TestAuthDefaults(t *testing.T) {
	t.Parallel()
	key := "HEYGEN_API_KEY=sk_test"
	for name, c := range map[string]struct {
		args, env []string
		want      auth.Mode
	}{
		"no key":                   {nil, nil, auth.Direct},
		"key on loopback":          {nil, []string{key}, auth.Single},
		"key on localhost":         {[]string{"--listen", "localhost:0"}, []string{key}, auth.Single},
		"key elsewhere":            {[]string{"--listen=0.0.0.0:80", "--public-url=https://mcp.example"}, []string{key}, auth.Broker},
		"public URL":               {[]string{"--public-url=https://mcp.example"}, nil, auth.Broker},
		"public URL on loopback":   {[]string{"--public-url=https://mcp.example"}, []string{key}, auth.Broker},
		"broker by name":           {[]string{"--auth=broker"}, []string{key}, auth.Broker},
		"direct in public":         {[]string{"--auth=direct", "--public-url=https://mcp.example"}, nil, auth.Direct},
		"key and sandbox":          {[]string{"--sandbox"}, []string{key}, auth.Direct},
		"key and direct by name":   {[]string{"--auth", "direct"}, []string{key}, auth.Direct},
		"direct by variable":       {nil, []string{key, "HEYGEN_MCP_AUTH=direct"}, auth.Direct},
		"flag wins over variable":  {[]string{"--auth=single"}, []string{key, "HEYGEN_MCP_AUTH=direct"}, auth.Single},
		"single in the sandbox":    {[]string{"--auth=single", "--sandbox"}, nil, auth.Single},
		"single elsewhere guarded": {[]string{"--auth=single", "--listen=:80", "--public-url=https://mcp.example"}, []string{key, "HEYGEN_MCP_TOKEN=0123456789abcdef"}, auth.Single},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, err := Load("serve", c.args, c.env)
			if err != nil {
				t.Fatal(err)
			}
			if cfg.Auth != string(c.want) {
				t.Errorf("mode %s, want %s", cfg.Auth, c.want)
			}
			if (cfg.APIKey != "") != (c.want == auth.Single) {
				t.Error("the key is kept in single mode and nowhere else")
			}
		})
	}
}

func TestKeyIsIgnoredWithAWarning(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--auth=direct"}, {"--sandbox"}, {"--sandbox", "--auth=single"}} {
		cfg, err := Load("serve", args, []string{"HEYGEN_API_KEY=sk_real"})
		if err != nil {
			t.Fatal(err)
		}
		if cfg.APIKey == "sk_real" || !strings.Contains(strings.Join(cfg.Warnings, "\n"), "HEYGEN_API_KEY is ignored") {
			t.Errorf("%v: key %q, warnings %q", args, cfg.APIKey, cfg.Warnings)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	key := "HEYGEN_API_KEY=sk_test"
	for _, c := range []struct {
		args, env []string
		want      string
	}{
		{[]string{"--auth="}, nil, "it is broker, direct or single"},
		{[]string{"--auth=broker", "--access-lifetime=8"}, nil, "at least a minute"},
		{[]string{"--auth=broker", "--refresh-lifetime=1s"}, nil, "at least a minute"},
		{[]string{"--auth=broker", "--redirect-hosts=https://n8n.example"}, nil, "it is a host"},
		{[]string{"--auth=broker", "--redirect-hosts=http://"}, nil, "it is a host"},
		{[]string{"--auth=broker", "--redirect-hosts=http://n8n.example/cb"}, nil, "loopback addresses only"},
		{[]string{"--auth=broker", "--redirect-hosts=n8n.example,https://n8n.example/cb#x"}, nil, "no fragment"},
		{[]string{"--auth=broker"}, []string{"HEYGEN_MCP_CLIENTS={}"}, "HEYGEN_MCP_CLIENTS is not a JSON array"},
		{[]string{"--auth=broker"}, []string{`HEYGEN_MCP_CLIENTS=[{"client_id":"a","secret":"hush"}]`}, "HEYGEN_MCP_CLIENTS is not a JSON array"},
		{[]string{"--auth=single"}, nil, "needs HEYGEN_API_KEY"},
		{[]string{"--confirm=maybe"}, nil, "it is never, deletes or all"},
		{[]string{"--callback-hosts=https://hooks.example"}, nil, `"https://hooks.example": it must be a host name`},
		{[]string{"--callback-hosts=hooks.example,*.b.example"}, nil, `"*.b.example": it must be a host name`},
		{[]string{"--callback-hosts=,"}, nil, "it names nothing"},
		{[]string{"--confirm-strict=perhaps"}, nil, "true or false"},
		{nil, []string{"HEYGEN_MCP_SEAL_KEYS=hush"}, "HEYGEN_MCP_SEAL_KEYS: seal: key 1 is not the hexadecimal of 32 bytes"},
		{nil, []string{"HEYGEN_MCP_SEAL_KEYS_FILE=/nowhere"}, "HEYGEN_MCP_SEAL_KEYS_FILE: open /nowhere"},
		{[]string{"--listen=0.0.0.0:8080"}, nil, "--public-url is needed"},
		{[]string{"--listen=:8080"}, nil, "--public-url is needed"},
		{[]string{"--listen=8080"}, nil, "HOST:PORT"},
		{[]string{"--listen=127.0.0.1:http"}, nil, "from 0 to 65535"},
		{[]string{"--auth=single", "--listen=:80", "--public-url=https://mcp.example"}, []string{key}, "anybody could spend"},
		{[]string{"--auth=single", "--public-url=https://mcp.example"}, []string{key}, "anybody could spend"},
		{[]string{"--public-url=mcp.example"}, nil, "absolute URL"},
		{[]string{"--public-url=https://mcp.example/?a=b"}, nil, "no user, query or fragment"},
		{[]string{"--public-url=https://mcp.example/{a}"}, nil, `--public-url "https://mcp.example/{a}": its path`},
		{[]string{"--public-url=https://mcp.example/a/../b"}, nil, "none of dots alone"},
		{[]string{"--public-url=https://mcp.example/a%2fb"}, nil, "its path"},
		{[]string{"--allowed-origins=https://a.example,b.example"}, nil, `"b.example": it must be written scheme://host`},
		{[]string{"--allowed-hosts=a.example,*.b.example"}, nil, `"*.b.example": it must be a host name`},
		{[]string{"--authorization-server=https://login.example/?a=b"}, nil, "no user, query or fragment"},
		{[]string{"--authorization-server=login.example"}, nil, "absolute URL"},
		{[]string{"--authorization-server=HTTPS://login.example"}, nil, "in its usual form: https://login.example"},
		{[]string{"--authorization-server=http://login.example"}, nil, "plain http"},
		{[]string{"--data-dir=/dev/null/data"}, nil, "--data-dir: mkdir /dev/null"},
		{[]string{"--auth=single", "--sandbox"}, []string{"HEYGEN_MCP_TOKEN_FILE=/nowhere/token"}, "HEYGEN_MCP_TOKEN_FILE"},
		{[]string{"--toolsets=core,video"}, nil, `"video": it is not a set of tools; there are core`},
		{[]string{"--sandbox", "--sandbox-speed=0"}, nil, "a number above 0"},
		{[]string{"--sandbox", "--sandbox-speed=NaN"}, nil, "a number above 0"},
		{[]string{"--sandbox", "--sandbox-listen=:0"}, nil, "stays on this machine"},
		{[]string{"--heygen-url=http://heygen.example"}, nil, "plain http"},
		{[]string{"--read-only=perhaps"}, nil, "true or false"},
		{[]string{"--listen"}, nil, "needs a value"},
		{[]string{"--sandbox", "--sandbox"}, nil, "given twice"},
		{[]string{"--store", "redis"}, nil, "--store is not a flag of serve in this version"},
		{[]string{"now"}, nil, "takes flags only"},
		{nil, []string{key, "HEYGEN_API_KEY_FILE=/run/key"}, "are both set"},
		{nil, []string{"HEYGEN_API_KEY_FILE=/nowhere/key"}, "HEYGEN_API_KEY_FILE"},
		{nil, []string{"HEYGEN_API_KEY=a b"}, "no HTTP header may carry"},
	} {
		_, err := Load("serve", c.args, c.env)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v %v: %v, want %q", c.args, c.env, err, c.want)
		}
	}
}

// A password that was put before an @ must not come to rest in a terminal or a log.
func TestFaultsShowNoPassword(t *testing.T) {
	t.Chdir(t.TempDir()) // a value may be taken for the name of a directory, which is then made
	for _, s := range Of("serve") {
		if s.Boolean {
			continue
		}
		for _, value := range []string{"https://user:hush@h.example", "user:hush@h.example", "https://user:hush@h.example:x"} {
			for _, from := range []struct{ args, env []string }{
				{args: []string{"--" + s.Flag, value}},
				{env: []string{s.Variable() + "=" + value}},
				{args: []string{value}},
				{args: []string{"--" + s.Flag + "-misspelt=" + value}},
			} {
				if _, err := Load("serve", from.args, from.env); err != nil && strings.Contains(err.Error(), "hush") {
					t.Errorf("%v %v: %v", from.args, from.env, err)
				}
			}
		}
	}
}

// A secret that nothing needs keeps nothing from starting.
func TestUnusableSecretsWhereUnused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		command string
		args    []string
	}{
		"sandbox":        {"serve", []string{"--sandbox"}},
		"single sandbox": {"serve", []string{"--sandbox", "--auth=single"}},
		"direct":         {"serve", []string{"--auth=direct"}},
		"elsewhere":      {"serve", []string{"--listen=:80", "--public-url=https://mcp.example"}},
		"demo":           {"demo", []string{"--out", t.TempDir()}},
	} {
		for _, env := range [][]string{{"HEYGEN_API_KEY_FILE=/nowhere/key"}, {"HEYGEN_API_KEY=a b"}, {"HEYGEN_API_KEY=a", "HEYGEN_API_KEY_FILE=/nowhere/key"}} {
			cfg, err := Load(c.command, c.args, env)
			if err != nil {
				t.Errorf("%s %v: got %v, want no error", name, env, err)
				continue
			}
			if !strings.Contains(strings.Join(cfg.Warnings, "\n"), "HEYGEN_API_KEY is ignored") || strings.Contains(cfg.APIKey, "a") && cfg.APIKey != SandboxKey {
				t.Errorf("%s %v: key %q, warnings %q", name, env, cfg.APIKey, cfg.Warnings)
			}
		}
	}
}

// The demo finds out that it cannot save before it makes anything.
func TestDemoMakesItsDirectoryFirst(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	if _, err := Load("demo", []string{"--out", dir}, nil); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("got %v, %v, want no error and len(left) %v", left, err, 0)
	}
}

func TestSecretFromFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte("sk_filed\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := Load("serve", nil, []string{"HEYGEN_API_KEY_FILE=" + path})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.APIKey != "sk_filed" || cfg.Auth != string(auth.Single) {
		t.Errorf("key %q, mode %s", cfg.APIKey, cfg.Auth)
	}
}

func TestEverySettingHasItsVariable(t *testing.T) {
	t.Parallel()
	var env []string
	for _, s := range Table() {
		if s.Flag != strings.ToLower(s.Flag) || s.Meaning == "" || len(s.Commands) == 0 {
			t.Errorf("--%s lacks a meaning or a command", s.Flag)
		}
		env = append(env, s.Variable()+"=")
	}
	// An empty variable is as good as none: compose files hand them over like that.
	cfg, err := Load("serve", nil, env)
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Given) != 0 || cfg.Listen != "127.0.0.1:8080" {
		t.Errorf("empty variables changed settings: %v", cfg.Given)
	}
	cfg, err = Load("serve", nil, []string{"HEYGEN_MCP_LISTEN=127.0.0.1:1", "HEYGEN_MCP_SANDBOX=true", "HEYGEN_MCP_SANDBOX_SPEED=2.5", "HEYGEN_MCP_NOPE=1"})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Listen != "127.0.0.1:1" || !cfg.Sandbox || cfg.SandboxSpeed != 2.5 {
		t.Errorf("variables were not read: %+v", cfg)
	}
	if !slices.Contains(cfg.Warnings, "HEYGEN_MCP_NOPE is not a setting and is ignored") {
		t.Errorf("warnings: %q", cfg.Warnings)
	}
}

// A switch that is on by default is turned off by a flag, by a variable, and by nothing else.
func TestDeviceGrantSwitch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args, env []string
		off       bool
	}{
		{},
		{args: []string{"--device-grant"}},
		{args: []string{"--device-grant=true"}, env: []string{"HEYGEN_MCP_DEVICE_GRANT=false"}},
		{env: []string{"HEYGEN_MCP_DEVICE_GRANT="}},
		{args: []string{"--device-grant=false"}, off: true},
		{env: []string{"HEYGEN_MCP_DEVICE_GRANT=false"}, off: true},
		{env: []string{"HEYGEN_MCP_DEVICE_GRANT=0"}, off: true},
	} {
		cfg, err := Load("serve", append(c.args, "--sandbox", "--auth=broker"), c.env)
		if err != nil || cfg.NoDeviceGrant != c.off {
			t.Errorf("%v %v: off is %v, %v", c.args, c.env, cfg.NoDeviceGrant, err)
		}
	}
	if _, err := Load("serve", []string{"--sandbox", "--device-grant=maybe"}, nil); err == nil {
		t.Error("a switch is neither true nor false, and is taken")
	}
}
