package app

import (
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// TestManifestsInventNothing holds that what the operator has not set stands in no manifest.
func TestManifestsInventNothing(t *testing.T) {
	t.Parallel()
	files, err := ManifestFiles(&settings.Config{}, &url.URL{Scheme: "http", Host: "127.0.0.1:8080"})
	if err != nil {
		t.Fatal(err)
	}
	plugin, card := string(files["claude-plugin/.claude-plugin/plugin.json"]), string(files["server.json"])
	if strings.Contains(plugin, "privacyPolicyUrl") || strings.Contains(plugin, `"url"`) || strings.Contains(plugin, "homepage") || !strings.Contains(plugin, `"name": "127.0.0.1"`) {
		t.Errorf("the plugin says\n%s", plugin)
	}
	if strings.Contains(card, "icons") {
		t.Errorf("the card has icons that a registry refuses:\n%s", card)
	}
}

// TestAddressesAreNoNamespaces holds that a server without a name is not registered under its address.
func TestAddressesAreNoNamespaces(t *testing.T) {
	t.Parallel()
	if got := registryName(&url.URL{Host: "192.0.2.1:80"}); got != "localhost/heygen-mcp" {
		t.Errorf("an address has the name %s", got)
	}
}
