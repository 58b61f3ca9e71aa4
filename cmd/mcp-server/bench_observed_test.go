package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// BenchmarkObserved compares what a tools/call costs in processor time where metrics are counted and the
// log is written, a line a request, with what it costs where neither is. The aim is 1.05 at most. The tool only
// reads: nothing is recorded, so that there is little beside them.
//
//	go test ./cmd/mcp-server -run '^$' -bench Observed -benchtime 20000x
func BenchmarkObserved(b *testing.B) {
	for _, era := range []string{"older", "modern"} {
		b.Run(era, func(b *testing.B) { benchObserved(b, era == "modern") })
	}
}

// benchObserved makes b.N calls of both servers by turns, so that what else runs on the machine falls on both alike,
// and the median of the rounds counts.
func benchObserved(b *testing.B, modern bool) {
	const rounds = 20
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	defer client.CloseIdleConnections()
	names := []string{"silent", "observed"}
	servers := map[string]*child{}
	round := func(name string, n int) float64 { return benchRound(b, client, servers[name], modern, n) }
	for _, name := range names {
		servers[name] = startChild(b, name)
		round(name, 20*benchClients) // connections, pools and caches
	}
	spent, share := map[string][]float64{}, []float64(nil)
	b.ResetTimer()
	for i := range rounds {
		for j := range names {
			name := names[(i+j)%len(names)] // neither is always the first
			spent[name] = append(spent[name], round(name, max(b.N/rounds, benchClients)))
		}
		share = append(share, spent["observed"][i]/spent["silent"][i])
	}
	b.StopTimer()
	b.ReportMetric(0, "ns/op") // of two servers together, which says nothing
	for _, name := range names {
		b.ReportMetric(median(spent[name]), name+"-µs")
	}
	b.ReportMetric(median(share), "observed/silent")
}

// serveSilent is our stack with a HeyGen that answers at once, without a log and without metrics.
func serveSilent(ctx context.Context) (string, error) { return serveWith(ctx, zerolog.Nop()) }

// serveObserved is the same with metrics, and a log that is written to a file that keeps nothing.
func serveObserved(ctx context.Context) (string, error) {
	void, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return "", err
	}
	log, _ := observe.NewServerLog(void, settings.LogJSON)
	return serveWith(ctx, log, "--metrics-listen", "127.0.0.1:0")
}

// serveOurs is our stack as benchmarks had it before there were metrics: each line of the log is made.
func serveOurs(ctx context.Context) (string, error) {
	return serveWith(ctx, zerolog.New(io.Discard).With().Timestamp().Logger())
}

// serveWith is our stack with a HeyGen that answers at once.
func serveWith(ctx context.Context, log zerolog.Logger, args ...string) (string, error) {
	cfg, err := settings.Load("serve", append([]string{"--listen", "127.0.0.1:0"}, args...), nil)
	if err != nil {
		return "", err
	}
	cfg.Upstream = answering(`{"data":` + videoData + `}`)
	a, err := app.Build(ctx, cfg, log)
	if err != nil {
		return "", err
	}
	go func() { _ = a.Server.Serve(ctx, a.Listener) }()
	return a.MCPURL, nil
}

// readVideo reads a video.
const readVideo, readArgs = "get_video", `{"video_id":"0123456789abcdef0123456789abcdef"}`

// benchRound makes n calls and gives the processor microseconds that the server spent on each.
func benchRound(b *testing.B, client *http.Client, child *child, modern bool, n int) float64 {
	b.Helper()
	meta := ""
	if modern {
		meta = `,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
	}
	message := rpc(readVideo, readArgs, meta)
	before := child.cpu(b)
	var group sync.WaitGroup
	for i := range benchClients {
		group.Go(func() {
			for j := i; j < n; j += benchClients {
				if err := benchCall(b.Context(), client, child.url, message, modern); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	return (child.cpu(b) - before) / float64(n)
}

func benchCall(ctx context.Context, client *http.Client, url, message string, modern bool) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(message))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	req.Header.Set("X-Api-Key", "sk_bench")
	req.Header.Set("Mcp-Protocol-Version", "2025-06-18")
	if modern {
		req.Header.Set("Mcp-Protocol-Version", "2026-07-28")
		req.Header.Set("Mcp-Method", "tools/call")
		req.Header.Set("Mcp-Name", readVideo)
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err == nil && (res.StatusCode != http.StatusOK || !strings.Contains(string(body), `"status":"pending"`)) {
		err = fmt.Errorf("%d %s", res.StatusCode, body)
	}
	return err
}
