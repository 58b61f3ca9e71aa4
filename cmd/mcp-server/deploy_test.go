package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// deployed reads a file of what operators take.
func deployed(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "deploy", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestDashboardAndAlertsUseWhatThereIs holds that every metric and label of this server's in them exists. Whether the
// expressions are well formed, .ci/deploy.sh asks Prometheus' own parser.
func TestDashboardAndAlertsUseWhatThereIs(t *testing.T) {
	t.Parallel()
	known := metricLabels()
	metric := regexp.MustCompile(`\b(?:mcp_server|http_server|http_client|heygen_mcp)_[a-z_]+`)
	label := regexp.MustCompile(`([a-z_]+)\s*(?:=~|!~|!=|=)\\?"`)
	var all []string
	for _, file := range []string{"prometheus/alerts.yaml", "grafana/dashboard.json"} {
		text := deployed(t, file)
		for _, name := range metric.FindAllString(text, -1) {
			base := name
			for _, suffix := range []string{"_bucket", "_count", "_sum"} {
				base = strings.TrimSuffix(base, suffix)
			}
			if _, ok := known[base]; !ok {
				t.Errorf("%s uses %s, which is not there", file, name)
			}
			all = append(all, base)
		}
		for _, found := range label.FindAllStringSubmatch(text, -1) {
			is := func(labels []string) bool { return slices.Contains(labels, found[1]) }
			some := found[1] == "job"
			for _, labels := range known {
				some = some || is(labels)
			}
			if !some {
				t.Errorf("%s asks for the label %s, which nothing has", file, found[1])
			}
		}
	}
	for name := range known {
		if !slices.Contains(all, name) {
			t.Errorf("%s is in no alert and on no panel", name)
		}
	}
}

// TestWhatIsDeployedSetsWhatThereIs holds that every variable in the files is a setting, and that a dashboard is JSON.
func TestWhatIsDeployedSetsWhatThereIs(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"HEYGEN_MCP_DOMAIN": true, "HEYGEN_MCP_IMAGE": true, "HEYGEN_MCP_VERSION": true, "HEYGEN_MCP_UPSTREAM": true}
	for _, s := range settings.Table() {
		known[s.Variable()], known[s.Variable()+settings.FileSuffix] = true, s.Secret
	}
	for _, s := range settings.Secrets() {
		known[s.Variable], known[s.Variable+settings.FileSuffix] = true, true
	}
	for _, file := range []string{"compose.yaml", "Caddyfile", "systemd/heygen-mcp.service", "helm/values.yaml", "helm/templates/deployment.yaml"} {
		for _, name := range regexp.MustCompile(`HEYGEN_[A-Z_]+`).FindAllString(deployed(t, file), -1) {
			if !known[name] {
				t.Errorf("%s sets %s, which is no setting", file, name)
			}
		}
	}
	if !json.Valid([]byte(deployed(t, "grafana/dashboard.json"))) {
		t.Error("the dashboard is no JSON")
	}
}

// TestTheUnitStarts runs the server with the unit's own settings, and has systemd look at the unit where it is there.
func TestTheUnitStarts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "seal-keys"), []byte(strings.Repeat("0f", settings.SecretBytes)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unit := deployed(t, "systemd/heygen-mcp.service")
	var env []string
	for _, found := range regexp.MustCompile(`(?m)^Environment=(.*)$`).FindAllStringSubmatch(unit, -1) {
		env = append(env, strings.NewReplacer("%S", dir, "%L", dir, "%d", dir).Replace(found[1]))
	}
	if err := os.Mkdir(filepath.Join(dir, "heygen-mcp"), 0o700); err != nil {
		t.Fatal(err)
	}
	cfg, err := settings.Load("serve", []string{"--sandbox", "--listen", "127.0.0.1:0"}, append(env, "HEYGEN_MCP_AUTH=broker"))
	if err != nil || len(cfg.Warnings) > 0 {
		t.Fatalf("got %v, %v, want no error and len(cfg.Warnings) at most %v", err, cfg.Warnings, 0)
	}
	serving(t, cfg, io.Discard)
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("there is no systemd to look at the unit")
	}
	// What it starts is not installed here, which is its only complaint.
	installed := filepath.Join(dir, "heygen-mcp.service")
	if err := os.WriteFile(installed, []byte(strings.ReplaceAll(unit, "/usr/local/bin/mcp-server", "/bin/true")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "systemd-analyze", "verify", installed).CombinedOutput(); err != nil || strings.Contains(string(out), "heygen-mcp.service:") {
		t.Errorf("%v: got %s, want no error and no %q in it", err, out, "heygen-mcp.service:")
	}
	// 10 is wide open, and 2 is what systemd calls OK.
	if out, err := exec.CommandContext(t.Context(), "systemd-analyze", "security", "--offline=true", "--threshold=20", installed).CombinedOutput(); err != nil {
		t.Errorf("it is not closed enough: %v\n%s", err, out)
	}
}
