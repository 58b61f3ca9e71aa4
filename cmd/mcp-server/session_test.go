package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// asked is a request of a client that may carry a session's id and a token, and its answer.
func (s *stack) asked(t *testing.T, method, session, account, body string) (status int, header http.Header, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.mcpURL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if session != "" {
		req.Header.Set("Mcp-Session-Id", session)
	}
	if account != "" {
		bearer, err := s.bearers.of(t.Context(), s.mcpURL, account)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", bearer)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if id := res.Header.Values("Mcp-Session-Id"); len(id) > 0 {
		t.Errorf("%s %s: the answer names the session %q", method, body, id)
	}
	return res.StatusCode, res.Header, string(raw)
}

// TestASessionGrantsNothing holds that a session's id, which old clients carry, is no credential: whoever has one, made
// up, another's or seen before, is who their token says, and without a token nobody. No session is ever begun either.
func TestASessionGrantsNothing(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(t *testing.T) *stack{
		"one":          func(t *testing.T) *stack { t.Helper(); return newSigned(t) },
		"two replicas": func(t *testing.T) *stack { t.Helper(); return newPair(t) },
	}
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := kind(t)
			const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}`
			who := rpc("get_current_user", `{}`, "")
			const anas = "mcp-session-5b0e3c52-6d4e-4d24-8a3c-0d9f3f0c5f11" // as mcp-go makes them
			for _, session := range []string{"", anas} {
				if status, _, body := s.asked(t, http.MethodPost, session, "ana", initialize); status != http.StatusOK || !strings.Contains(body, "protocolVersion") {
					t.Errorf("initialize: %d %s", status, body)
				}
			}
			if _, _, body := s.asked(t, http.MethodPost, anas, "ana", who); result(t, body)["username"] != "ana" {
				t.Errorf("ana is %s", body)
			}
			// The same id with no token, and others with none.
			for _, session := range []string{anas, "", "1", "mcp-session-00000000-0000-0000-0000-000000000000", "Bearer sk_sandbox_ana", strings.Repeat("x", 4000)} {
				for _, body := range []string{who, initialize, `{"jsonrpc":"2.0","id":1,"method":"ping"}`} {
					status, header, text := s.asked(t, http.MethodPost, session, "", body)
					if status != http.StatusUnauthorized || header.Get("WWW-Authenticate") == "" || strings.Contains(text, "ana") {
						t.Errorf("without a token, session %.40q: %d %s", session, status, text)
					}
				}
			}
			// The same id with another's token is the other.
			if _, _, body := s.asked(t, http.MethodPost, anas, "bo", who); result(t, body)["username"] != "bo" {
				t.Errorf("bo with ana's session is %s", body)
			}
			// Nobody listens in on a session, and nobody ends one, with whatever token.
			for _, account := range []string{"ana", "bo", ""} {
				for _, method := range []string{http.MethodGet, http.MethodDelete} {
					if status, header, body := s.asked(t, method, anas, account, ""); status != http.StatusMethodNotAllowed || header.Get("Allow") == "" {
						t.Errorf("%s by %s: %d %v %s", method, account, status, header, body)
					}
				}
			}
			if _, _, body := s.asked(t, http.MethodPost, anas, "ana", who); result(t, body)["username"] != "ana" {
				t.Errorf("after all that ana is %s", body)
			}
		})
	}
}
