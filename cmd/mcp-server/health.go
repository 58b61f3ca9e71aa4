package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/cmd/mcp-server/settings"
)

// health asks a server whether it is ready, for health checks in an image that has no other program.
func health(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	at := ""
	if len(args) == 1 && !strings.HasPrefix(args[0], "-") {
		at = args[0]
	} else if len(args) > 0 {
		fmt.Fprintf(stderr, "mcp-server health: %s is not known; it takes a URL, and without one asks the server at HEYGEN_MCP_LISTEN.\n", settings.Shown(args[0]))
		return exitUsage
	}
	if at == "" {
		cfg, err := settings.Load("health", nil, env)
		if err == nil {
			at, err = readyURL(cfg.Listen)
		}
		if err != nil {
			fmt.Fprintf(stderr, "mcp-server health: %v\n", err)
			return exitUsage
		}
	}
	u, err := settings.ParseURL(at)
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server health: %s: %v\n", settings.Shown(at), err)
		return exitUsage
	}
	at = healthOf(u)
	limited, cancel := context.WithTimeout(ctx, inspectTime)
	defer cancel()
	status, body, err := get(limited, at, nil)
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server health: %v\n", err)
		return exitFailure
	}
	if status != http.StatusOK {
		fmt.Fprintf(stderr, "mcp-server health: %s answers %d: %s\n", at, status, strings.TrimSpace(string(body)))
		return exitFailure
	}
	return printed(fmt.Fprintf(stdout, "%s\n", strings.TrimSpace(string(body))))
}

// healthOf is where the server at a URL says how it is: a URL that names none of its pages of health may be that of the
// server or of its endpoint.
func healthOf(u *url.URL) string {
	path := strings.TrimRight(u.Path, "/")
	if strings.HasSuffix(path, "/readyz") || strings.HasSuffix(path, "/healthz") {
		return u.String()
	}
	at := *u
	at.Path, at.RawPath = strings.TrimSuffix(path, "/mcp")+"/readyz", ""
	return at.String()
}

// readyURL is where a server on this machine that listens on an address says whether it is ready.
func readyURL(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("--listen %s: it is HOST:PORT, as in 127.0.0.1:8080", settings.Shown(listen))
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	return "http://" + net.JoinHostPort(host, port) + "/readyz", nil
}
