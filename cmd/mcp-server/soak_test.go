package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// visit is one thing that clients do to a server.
type visit struct {
	path, body string
	headers    []string
	leave      bool // after the first bytes of the answer
}

// visits are the kinds that a soak mixes: both eras, calls that succeed and that are refused, streams that
// are left, messages that are none, and strangers.
func visits() []visit {
	const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"progressToken":"p"}`
	key := []string{"X-Api-Key", "sk_bench"}
	modern := func(method, name string) []string {
		return append([]string{"Mcp-Protocol-Version", "2026-07-28", "Mcp-Method", method, "Mcp-Name", name}, key...)
	}
	body := func(method, params string) string {
		return `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":{` + params + `}}`
	}
	call := `"name":"` + benchTool + `","arguments":` + benchArgs
	return []visit{
		{"", body("initialize", `"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}`), key, false},
		{"", `{"jsonrpc":"2.0","method":"notifications/initialized"}`, key, false},
		{"", body("tools/call", call), key, false},
		{"", body("tools/call", call+","+meta), modern("tools/call", benchTool), false},
		{"", body("tools/call", `"name":"`+benchTool+`","arguments":{}`), key, false},
		{"", body("tools/call", `"name":"nothing"`), key, false},
		{"", body("server/discover", meta), modern("server/discover", ""), false},
		{"/x/account/readonly", body("tools/list", ""), key, false},
		{"/key", body("ping", ""), append([]string{"Mcp-Session-Id", "of another"}, key...), false},
		{"", body("logging/setLevel", `"level":"debug"`), key, false},
		{"", body("subscriptions/listen", `"notifications":{"toolsListChanged":true},`+meta), modern("subscriptions/listen", ""), true},
		{"", body("prompts/list", meta), modern("prompts/list", ""), false},
		{"", `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`, key, false},
		{"", `{"jsonrpc":`, key, false},
		{"", body("tools/call", call), nil, false},
	}
}

// BenchmarkSoak makes b.N requests of mixed kinds and weighs the server before and after: what it holds
// must not depend on how many it has answered.
//
//	go test ./cmd/mcp-server -run '^$' -bench Soak -benchtime 1000000x -timeout 1h
func BenchmarkSoak(b *testing.B) {
	child := startChild(b, "whole")
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	kinds := visits()
	run := func(n int) {
		var group sync.WaitGroup
		for i := range benchClients {
			group.Go(func() {
				for j := i; j < n; j += benchClients {
					if err := kinds[j%len(kinds)].make(b.Context(), client, child.url); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		group.Wait()
		client.CloseIdleConnections()
	}
	run(2000)
	goroutines, heap := child.weight(b)
	b.ResetTimer()
	run(b.N)
	b.StopTimer()
	after, heapAfter := child.weight(b)
	b.ReportMetric(float64(goroutines), "goroutines-before")
	b.ReportMetric(float64(after), "goroutines-after")
	b.ReportMetric(float64(heap)/1024, "kB-before")
	b.ReportMetric(float64(heapAfter)/1024, "kB-after")
	// Connections that the server has not yet seen close have a few.
	const someGoroutines, someBytes = 2 * benchClients, 1 << 20
	if after > goroutines+someGoroutines || heapAfter > heap+someBytes {
		b.Errorf("the server grew: %d goroutines and %d bytes became %d and %d", goroutines, heap, after, heapAfter)
	}
}

func (v visit) make(ctx context.Context, client *http.Client, url string) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+v.path, strings.NewReader(v.body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	for i := 0; i < len(v.headers); i += 2 {
		if v.headers[i+1] != "" {
			req.Header.Set(v.headers[i], v.headers[i+1])
		}
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("%s: %d", v.body, res.StatusCode)
	}
	if v.leave {
		_, err = res.Body.Read(make([]byte, 1))
		return err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// weight is how many goroutines and bytes the server holds.
func (c *child) weight(b *testing.B) (goroutines int, heap uint64) {
	b.Helper()
	if _, err := fmt.Fprintln(c.in, weigh); err != nil || !c.out.Scan() {
		b.Fatal("the server has gone")
	}
	if _, err := fmt.Sscan(c.out.Text(), &goroutines, &heap); err != nil {
		b.Fatal(err)
	}
	return goroutines, heap
}
