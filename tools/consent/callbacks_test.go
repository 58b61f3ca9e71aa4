package consent

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/refusals"
)

func TestHostsOfTheSetting(t *testing.T) {
	t.Parallel()
	for given, ok := range map[string]bool{
		"hooks.example": true, "hooks.example:8443": true, "127.0.0.1": true, "[::1]:80": true, "::1": true, "bücher.example": true,
		"": false, "https://hooks.example": false, "hooks.example/x": false, "a@b": false, "*.example": false, "a b": false,
	} {
		if err := CheckCallbackHost(given); (err == nil) != ok {
			t.Errorf("%q: got %v, want success %v", given, err, ok)
		}
	}
}

// TestCheckCallbacks holds where HeyGen may be told to send: to the operator's hosts and nowhere else where there are
// such, or else to our own and wherever a user agrees who can be asked.
func TestCheckCallbacks(t *testing.T) {
	t.Parallel()
	asking := &exchange.Exchange{Modern: true, Capabilities: mcp.ClientCapabilities{Elicitation: &mcp.ElicitationCapability{}}}
	named := Config{CallbackHosts: []string{"hooks.example:8443"}, OwnHosts: []string{"own.example"}, Clock: time.Now}
	open := Config{OwnHosts: []string{"own.example"}, Clock: time.Now}
	for _, c := range []struct {
		name    string
		cfg     Config
		x       *exchange.Exchange
		url     string
		asks    bool
		refused string
	}{
		{"the operator's", named, &exchange.Exchange{}, "https://hooks.example:8443/x", false, ""},
		{"another port", named, asking, "https://hooks.example/x", false, "not among the hosts that this server's operator allows"},
		{"ours, where others are named", named, asking, "https://own.example/x", false, "not among the hosts"},
		{"ours", open, &exchange.Exchange{}, "https://own.example:8443/x", false, ""},
		{"a stranger's", open, asking, "https://evil.example/x", true, ""},
		{"a stranger's, whom nobody can be asked about", open, &exchange.Exchange{}, "https://evil.example/x", false, "this client cannot ask them"},
		{"no URL of the web", open, asking, "ftp://own.example/x", false, "must be a URL that begins with https://"},
		{"with a name", open, asking, "https://own.example@evil.example/x", false, "without a user's name"},
	} {
		d, err := New(c.cfg)
		if err != nil {
			t.Fatal(err)
		}
		call := d.Call(&Tool{Name: "create"})
		err = call.CheckCallbacks(exchange.With(t.Context(), c.x), []inputs.Callback{{Path: "callback_url", URL: c.url}})
		if (err == nil) != (c.refused == "") || err != nil && !strings.Contains(err.Error(), c.refused) || call.Asks() != c.asks && err == nil {
			t.Errorf("%s: got %v, asks: %t; want %q, asks: %t", c.name, err, call.Asks(), c.refused, c.asks)
		}
		if r, ok := errors.AsType[*refusals.Refusal](err); ok && r.Param != "callback_url" {
			t.Errorf("%s: the refusal names %q", c.name, r.Param)
		}
	}
}

// TestAddCallback holds when HeyGen is told to call this server: where the input has room for it and its caller names
// nobody.
func TestAddCallback(t *testing.T) {
	t.Parallel()
	type inner struct {
		CallbackURL *string `json:"callback_url" callback:"true"`
	}
	type input struct {
		Other *string
		inner
	}
	url := func(_ context.Context, kind string) string {
		return map[string]string{"video": "https://own.example/hook"}[kind]
	}
	theirs := "https://theirs.example"
	for _, c := range []struct {
		name string
		in   input
		kind string
		url  func(context.Context, string) string
		want string
	}{
		{"nobody named", input{}, "video", url, "https://own.example/hook"},
		{"somebody named", input{inner: inner{&theirs}}, "video", url, theirs},
		{"another kind", input{}, "lipsync", url, ""},
		{"no kind", input{}, "", url, ""},
		{"no server to call", input{}, "video", nil, ""},
	} {
		AddCallback(t.Context(), &c.in, c.kind, c.url)
		got := ""
		if c.in.CallbackURL != nil {
			got = *c.in.CallbackURL
		}
		if got != c.want || c.in.Other != nil {
			t.Errorf("%s: HeyGen is to call %q, want %q", c.name, got, c.want)
		}
	}
	AddCallback(t.Context(), &struct{}{}, "video", url)
	AddCallback(t.Context(), &map[string]any{}, "video", url)
}
