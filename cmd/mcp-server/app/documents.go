package app

import (
	"net/url"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/transport"
)

// documents returns the manifests that the server itself serves, by path.
func documents(cfg *settings.Config, public *url.URL) (map[string]transport.Document, error) {
	files, err := ManifestFiles(cfg, public)
	if err != nil {
		return nil, err
	}
	told := map[string]transport.Document{}
	for path, d := range map[string]struct{ file, media string }{
		"/mcp/server-card": {"server.json", "application/json"},
		"/mcp.json":        {"mcp.json", "application/json"},
	} {
		told[path] = transport.Document{Type: d.media, Body: files[d.file]}
	}
	return told, nil
}
