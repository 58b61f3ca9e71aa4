package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// serveBench is the child: it runs until its input ends.
func serveBench(which string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	start := map[string]func(context.Context) (string, error){"plain": servePlain, "bare": serveBare, "stack": serveOurs, "whole": serveOurs,
		"silent": serveSilent, "observed": serveObserved,
		"sandbox": serveSandbox, "waits": serveWaits}[which]
	if start == nil {
		return errors.New("there is no server " + which)
	}
	url, err := start(ctx)
	if err != nil {
		return err
	}
	if name := os.Getenv(profileVariable); name != "" {
		profile, err := os.Create(name + "." + which) //nolint:gosec // G703: whoever runs the benchmark names the file
		if err != nil {
			return err
		}
		defer func() { _ = profile.Close() }()
		if err := pprof.StartCPUProfile(profile); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	fmt.Println(url)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		switch lines.Text() {
		case weigh:
			weight()
			if err := writeHeap(which); err != nil {
				return err
			}
			continue
		case tellAsked:
			fmt.Println(statusCalls.Load())
			continue
		}
		var used syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
			return err
		}
		fmt.Println((used.Utime.Nano() + used.Stime.Nano()) / 1000)
	}
	return nil
}

// weigh asks the child for what it holds, tellAsked for how often it has asked HeyGen for states.
const weigh, tellAsked = "weigh", "asked"

// upstreamVariable names the HeyGen of a child.
const upstreamVariable = "HEYGEN_MCP_BENCH_UPSTREAM"

var statusCalls atomic.Int64 //nolint:gochecknoglobals // of the one server that a child is

// weight prints the goroutines, the bytes that are in use and those of stacks once nothing more can be collected.
func weight() {
	var m runtime.MemStats
	for range 2 { // pools give up what they hold at the second
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	fmt.Println(runtime.NumGoroutine(), m.HeapAlloc, m.StackInuse)
}

// writeHeap writes what is in use, where a profile is wanted.
func writeHeap(which string) error {
	name := os.Getenv(profileVariable)
	if name == "" {
		return nil
	}
	profile, err := os.Create(name + "." + which + ".heap") //nolint:gosec // G703: whoever runs the benchmark names the file
	if err != nil {
		return err
	}
	defer func() { _ = profile.Close() }()
	return pprof.WriteHeapProfile(profile)
}

// canned is a HeyGen that answers at once.
type canned struct{}

func (canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		_, _ = io.Copy(io.Discard, req.Body)
		_ = req.Body.Close()
	}
	return &http.Response{
		StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   io.NopCloser(strings.NewReader(`{"data":` + videoData + `}`)),
	}, nil
}

func serveBare(ctx context.Context) (string, error) {
	code, out, errs := 0, new(strings.Builder), new(strings.Builder)
	if code = listTools([]string{"--json"}, out, errs); code != exitOK {
		return "", errors.New(errs.String())
	}
	var declared []struct {
		Name, Description         string
		InputSchema, OutputSchema json.RawMessage
	}
	if err := json.Unmarshal([]byte(out.String()), &declared); err != nil {
		return "", err
	}
	s := server.NewMCPServer("bare", "1")
	for _, d := range declared {
		s.AddTool(mcp.Tool{Name: d.Name, Description: d.Description, RawInputSchema: d.InputSchema, RawOutputSchema: d.OutputSchema},
			func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
				res := mcp.NewToolResultError(benchRefusal)
				res.RawStructuredContent = json.RawMessage(benchRefusal)
				return res, nil
			})
	}
	return serveOn(ctx, server.NewStreamableHTTPServer(s, server.WithStateLess(true)))
}

func servePlain(ctx context.Context) (string, error) {
	return serveOn(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req struct {
			ID     json.RawMessage
			Params struct {
				Name      string
				Arguments map[string]any
			}
		}
		if body, err := io.ReadAll(r.Body); err != nil || json.Unmarshal(body, &req) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		raw, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": req.ID, "result": map[string]any{
			"content": []any{map[string]any{"type": "text", "text": benchRefusal}}, "structuredContent": json.RawMessage(benchRefusal), "isError": true}})
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(raw)
	}))
}

func serveOn(ctx context.Context, h http.Handler) (string, error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = srv.Serve(ln) }()
	return "http://" + ln.Addr().String() + "/mcp", nil
}
