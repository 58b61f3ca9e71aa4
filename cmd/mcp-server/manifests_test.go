package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"heygen-mcp/internal/landing"
)

// decoded is a JSON object in a text.
func decoded(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v: got %s, want no error", err, text)
	}
	return v
}

// TestManifests writes the files and holds what the clients and directories that read them demand.
func TestManifests(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code, out, wrong := runs(t, []string{"manifests", dir, "--public-url", "https://mcp.example.com/films", "--operator-name", "Ana & Co",
		"--operator-url", "https://ana.example", "--privacy-url", "https://ana.example/privacy"})
	if code != exitOK {
		t.Fatalf("status %d: %s", code, wrong)
	}
	files := map[string]map[string]any{}
	for path := range strings.Lines(out) {
		path = strings.TrimSpace(path)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(path) == ".json" {
			name, err := filepath.Rel(dir, path)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = decoded(t, raw)
		}
	}
	const endpoint = "https://mcp.example.com/films/mcp"
	at := func(file string, path ...string) any {
		var v any = files[file]
		for _, name := range path {
			if list, ok := v.([]any); ok {
				v = list[0]
			}
			object, _ := v.(map[string]any)
			v = object[name]
		}
		return v
	}
	text := func(v any) string { s, _ := v.(string); return s }
	for _, c := range []struct {
		file string
		path []string
		want any
	}{
		{"server.json", []string{"name"}, "com.example.mcp/heygen-mcp"}, {"server.json", []string{"$schema"}, "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"},
		{"server.json", []string{"remotes", "type"}, "streamable-http"}, {"server.json", []string{"remotes", "url"}, endpoint},
		{"mcp.json", []string{"mcpServers", "heygen", "url"}, endpoint}, {"mcp.json", []string{"mcpServers", "heygen", "type"}, "http"},
		{"vscode-mcp.json", []string{"servers", "heygen", "url"}, endpoint},
		{"gemini-extension.json", []string{"mcpServers", "heygen", "httpUrl"}, endpoint},
		{"claude-plugin/.mcp.json", []string{"mcpServers", "heygen", "url"}, endpoint},
		{"claude-plugin/.claude-plugin/plugin.json", []string{"name"}, "heygen"},
		{".claude-plugin/marketplace.json", []string{"plugins", "source"}, "./claude-plugin"},
		{".claude-plugin/marketplace.json", []string{"owner", "name"}, "Ana & Co"},
		{"claude-plugin/.claude-plugin/plugin.json", []string{"author", "url"}, "https://ana.example"},
		{"claude-plugin/.claude-plugin/plugin.json", []string{"homepage"}, "https://mcp.example.com/films"},
		{"claude-plugin/.claude-plugin/plugin.json", []string{"privacyPolicyUrl"}, "https://ana.example/privacy"},
		{"server.json", []string{"icons", "src"}, "https://mcp.example.com/films/assets/mark.png"},
	} {
		if got := at(c.file, c.path...); got != c.want {
			t.Errorf("%s: %v is %v, want %v", c.file, c.path, got, c.want)
		}
	}
	// The registry's schema has these rules.
	name, _ := at("server.json", "name").(string)
	description, _ := at("server.json", "description").(string)
	version, _ := at("server.json", "version").(string)
	if !regexp.MustCompile(`^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$`).MatchString(name) || len(description) > 100 || description == "" ||
		!regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`).MatchString(version) {
		t.Errorf("the registry would refuse %q, %q or %q", name, description, version)
	}
	cursor, err := url.Parse(text(at("install-links.json", "cursor")))
	if err != nil {
		t.Fatal(err)
	}
	config, err := base64.StdEncoding.DecodeString(cursor.Query().Get("config"))
	if err != nil || decoded(t, config)["url"] != endpoint || cursor.Query().Get("name") != "heygen" || cursor.Scheme != "cursor" {
		t.Errorf("Cursor is told %s: %s, %v", cursor, config, err)
	}
	_, query, _ := strings.Cut(text(at("install-links.json", "vscode")), "?")
	plain, err := url.PathUnescape(query)
	if err != nil || decoded(t, []byte(plain))["url"] != endpoint || decoded(t, []byte(plain))["type"] != "http" {
		t.Errorf("VS Code is told %s, %v", plain, err)
	}
}

// TestPluginIcon holds what directories of plugins demand of an icon: a square PNG of 512 to 2,048 pixels and less than
// 2 MB. It has the colors of the mark, and is transparent around it.
func TestPluginIcon(t *testing.T) {
	t.Parallel()
	raw := landing.Icon()
	icon, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if size := icon.Bounds().Size(); fmt.Sprintf("%dx%d", size.X, size.Y) != landing.IconSize || len(raw) > 2<<20 {
		t.Errorf("the icon has %v and %d bytes", size, len(raw))
	}
	for at, want := range map[[2]int]color.NRGBA{
		{2, 2}: {}, {510, 510}: {}, {100, 100}: {0x0f, 0x76, 0x6e, 0xff}, {240, 216}: {0xff, 0xff, 0xff, 0xff},
	} {
		if got := color.NRGBAModel.Convert(icon.At(at[0], at[1])); got != want {
			t.Errorf("at %v it is %v, want %v", at, got, want)
		}
	}
}

func TestManifestsNeedAnAddress(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"": "needs the directory", "--public-url https://a.example": "needs the directory",
		"DIR --listen 0.0.0.0:80": "--public-url must say", "DIR --public-url ftp://a": "--public-url",
		"DIR --listen 127.0.0.1:0": "--public-url must say",
	} {
		args := strings.Fields(strings.ReplaceAll(given, "DIR", t.TempDir()))
		if code, _, wrong := runs(t, append([]string{"manifests"}, args...)); code != exitUsage || !strings.Contains(wrong, want) {
			t.Errorf("%q: status %d: %s", given, code, wrong)
		}
	}
}

// TestTheServerTellsItsManifests reads the texts that everybody may read, as pages of other origins do.
func TestTheServerTellsItsManifests(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for path, want := range map[string]string{"/mcp/server-card": `"url": "` + s.mcpURL + `"`, "/mcp.json": s.mcpURL, "/llms.txt": s.mcpURL} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(s.mcpURL, "/mcp")+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", "https://directory.example")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		body := string(raw)
		if res.StatusCode != http.StatusOK || !strings.Contains(body, want) || res.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: got %d %v %s, want %v, %q in it and Access-Control-Allow-Origin %q", path, res.StatusCode, res.Header, body, http.StatusOK, want, "*")
		}
	}
}
