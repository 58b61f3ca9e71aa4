package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net"
	"net/url"
	"slices"
	"strings"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/landing"
	"heygen-mcp/internal/release"
)

const (
	// ServerTitle and serverDescription are what directories of servers and clients show; a description there has at
	// most 100 characters.
	ServerTitle       = "HeyGen"
	serverDescription = "Makes, translates and manages HeyGen videos: avatars, voices, lip-sync, templates and more."
	// license is that of this program, by its name of SPDX's.
	license = "Apache-2.0"
	// serverSchema is the form of server.json that is written.
	serverSchema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
)

// pluginIcon is where directories of plugins look for a plugin's icon.
const pluginIcon = "claude-plugin/.claude-plugin/icon.png"

// ManifestFiles are the manifests of the server at a public URL, by their names.
func ManifestFiles(cfg *settings.Config, public *url.URL) (map[string][]byte, error) {
	endpoint := public.String() + "/mcp"
	remote := object{"type": "http", "url": endpoint}
	version := manifestVersion(release.Version())
	files := map[string][]byte{pluginIcon: landing.Icon()}
	for name, content := range map[string]object{
		"server.json":                              serverCard(public, version),
		"mcp.json":                                 {"mcpServers": object{landing.InstalledAs: remote}},
		"vscode-mcp.json":                          {"servers": object{landing.InstalledAs: remote}},
		"gemini-extension.json":                    geminiExtension(endpoint, version),
		"install-links.json":                       installLinks(endpoint),
		"claude-plugin/.mcp.json":                  {"mcpServers": object{landing.InstalledAs: remote}},
		"claude-plugin/.claude-plugin/plugin.json": claudePlugin(cfg, public, version),
		".claude-plugin/marketplace.json": {
			"name": release.Name, "owner": object{"name": cmp.Or(cfg.Operator(), public.Hostname())}, "description": serverDescription,
			"plugins": []object{{"name": landing.InstalledAs, "source": "./claude-plugin", "description": serverDescription}},
		},
	} {
		text, err := written(content)
		if err != nil {
			return nil, err
		}
		files[name] = text
	}
	return files, nil
}

// object is a JSON object.
type object = map[string]any

// written is JSON as people read it.
func written(content object) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(content)
	return b.Bytes(), err
}

// serverCard is a server.json of the MCP Registry's, which a server's own card repeats.
func serverCard(public *url.URL, version string) object {
	card := object{
		"$schema": serverSchema, "name": registryName(public), "title": ServerTitle, "description": serverDescription,
		"version": version, "websiteUrl": public.String(),
		"remotes": []object{{"type": "streamable-http", "url": public.String() + "/mcp"}},
	}
	// The registry takes no icon from elsewhere, and no address of more than 255 bytes.
	if src := public.String() + landing.PathPNG; public.Scheme == "https" && len(src) <= 255 {
		card["icons"] = []object{
			{"src": src, "mimeType": "image/png", "sizes": []string{landing.IconSize}},
			{"src": public.String() + landing.PathIcon, "mimeType": "image/svg+xml", "sizes": []string{"any"}},
		}
	}
	return card
}

// claudePlugin is the manifest of a plugin of Claude Code's. Addresses that the operator has not set are left out.
func claudePlugin(cfg *settings.Config, public *url.URL, version string) object {
	author := object{"name": cmp.Or(cfg.Operator(), public.Hostname())}
	plugin := object{
		"name": landing.InstalledAs, "version": version, "description": serverDescription,
		"author": author, "license": license,
	}
	if public.Scheme == "https" { // directories drop any other
		plugin["homepage"] = public.String()
	}
	if cfg.OperatorURL != nil {
		author["url"] = cfg.OperatorURL.String()
	}
	if cfg.PrivacyURL != nil {
		plugin["privacyPolicyUrl"] = cfg.PrivacyURL.String()
	}
	return plugin
}

// registryName is the host backwards, as a namespace that its owner can prove, and the name of this server in it.
func registryName(public *url.URL) string {
	host := public.Hostname()
	if net.ParseIP(host) != nil {
		return "localhost/" + release.Name // an address is nobody's namespace
	}
	labels := strings.Split(strings.ToLower(host), ".")
	slices.Reverse(labels)
	return strings.Join(labels, ".") + "/" + release.Name
}

// manifestVersion is a version as manifests have them: semantic ones, without the v of Go's.
func manifestVersion(built string) string {
	if version, ok := strings.CutPrefix(built, "v"); ok {
		return version
	}
	return "0.0.0-" + built
}

// geminiExtension is the manifest of an extension of Gemini CLI's.
func geminiExtension(endpoint, version string) object {
	return object{
		"name": landing.InstalledAs, "version": version, "description": serverDescription,
		"mcpServers": object{landing.InstalledAs: object{"httpUrl": endpoint}},
	}
}

// installLinks are links that have a program on this computer install the server once its user has agreed.
func installLinks(endpoint string) object {
	links := object{}
	for _, b := range landing.Buttons(endpoint) {
		links[b.Key] = string(b.Link)
	}
	return links
}
