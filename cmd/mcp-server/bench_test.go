package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// serveVariable makes the test binary one of the servers that are compared: a process of its own
// each, so that the processor time it used is its own.
const serveVariable = "HEYGEN_MCP_BENCH_SERVES"

// profileVariable names the file, less the server's name, that a profile of the processor is written to.
const profileVariable = "HEYGEN_MCP_BENCH_PROFILE"

const (
	benchTool = "create_video_from_avatar"
	// benchArgs are the arguments of a usual call, and benchAll nearly all that the tool takes: with benchFault 40
	// properties of all depths. They pass every check, or with benchFault all but the last, a rule between two of them.
	benchArgs = `{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","aspect_ratio":"16:9"%s}`
	benchAll  = `{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","aspect_ratio":"16:9",` +
		`"voice_settings":{"speed":1.1,"pitch":-2,"volume":0.9,"engine_settings":{"engine_type":"elevenlabs","model":"eleven_v3","stability":0.5,"similarity_boost":0.75,"style":0,"use_speaker_boost":true}},` +
		`"fit":"cover","background":{"type":"color","value":"#102030"},"remove_background":true,"output_format":"mp4","motion_prompt":"wave","caption":{"file_format":"srt","style":"default"},` +
		`"watermark":{"image":{"type":"url","url":"https://example.com/logo.png"},"opacity":0.8,"scale":0.5,"placement":{"position":"top_left","offset_x":0.1,"offset_y":-0.1}}%s}`
	benchFault = `,"expressiveness":"low","engine":{"type":"avatar_v"}`
	// benchRefusal is what our stack answers to the fault, and plain and bare to everything.
	benchRefusal = `{"error":true,"error_code":"invalid_parameter","message":"expressiveness works with engine avatar_iv only.","retryable":false,"next_step":"Leave it out, or choose avatar_iv, if supported_api_engines of the look has it (get_avatar_look).","param":"expressiveness"}`
	videoData    = `{"video_id":"0123456789abcdef0123456789abcdef","status":"pending","output_format":"mp4","title":"Tour"}`
	// benchClients call at once, over a connection each.
	benchClients = 32
)

// contest is one way to spend processor time on a tools/call. Each has a server of its own.
type contest struct {
	name   string
	tool   string // "" is benchTool
	more   string // of the arguments
	answer string // which must be in the body
}

// called is the tool that is called.
func (c contest) called() string { return cmp.Or(c.tool, benchTool) }

// contests are, from the least to the most: a plain net/http handler that decodes once and writes
// once; a bare mcp-go server with the same tools, whose handler gives a constant and does nothing else; our whole
// stack up to HeyGen (routes, log, limits, origin, credential, checks), where a rule between two arguments fails
// last; the same and a HeyGen that answers at once. The first three are sent and answer the same.
func contests() []contest {
	const refused = `"structuredContent":` + benchRefusal
	return []contest{
		{name: "plain", more: benchFault, answer: refused},
		{name: "bare", more: benchFault, answer: refused},
		{name: "stack", more: benchFault, answer: refused},
		{name: "whole", answer: `"status":"pending"`},
	}
}

// BenchmarkToolCall compares what a tools/call costs in processor time.
//
//	go test ./cmd/mcp-server -run '^$' -bench ToolCall -benchtime 20000x
func BenchmarkToolCall(b *testing.B) {
	for _, era := range []string{"older", "modern"} {
		for _, load := range []struct{ name, args string }{{"usual", benchArgs}, {"40-properties", benchAll}} {
			b.Run(era+"/"+load.name, func(b *testing.B) { benchContests(b, load.args, era == "modern") })
		}
	}
}

// benchContests makes b.N calls of each server and reports the processor microseconds of one. They take
// turns, and the median of the rounds counts, so that what else runs on the machine falls on all alike.
func benchContests(b *testing.B, args string, modern bool) {
	const rounds = 20
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	defer client.CloseIdleConnections()
	children := map[string]*child{}
	for _, c := range contests() {
		children[c.name] = startChild(b, c.name)
		benchRound(b, client, children[c.name], c, args, modern, 20*benchClients) // connections, pools and caches
	}
	spent, share := map[string][]float64{}, map[string][]float64{}
	b.ResetTimer()
	for range rounds {
		for _, c := range contests() {
			each := benchRound(b, client, children[c.name], c, args, modern, max(b.N/rounds, benchClients))
			spent[c.name] = append(spent[c.name], each)
			if bare := spent["bare"]; len(bare) == len(spent[c.name]) {
				share[c.name] = append(share[c.name], each/bare[len(bare)-1])
			}
		}
	}
	b.StopTimer()
	b.ReportMetric(0, "ns/op") // of four servers together, which says nothing
	for _, c := range contests() {
		b.ReportMetric(median(spent[c.name]), c.name+"-µs")
	}
	b.ReportMetric(median(share["stack"]), "stack/bare")
	b.ReportMetric(median(share["whole"]), "whole/bare")
}

// median is the middle one of a few.
func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// benchRound makes n calls and gives the processor microseconds that the server spent on each.
func benchRound(b *testing.B, client *http.Client, child *child, c contest, args string, modern bool, n int) float64 {
	b.Helper()
	message := benchMessage(args, c, modern)
	before := child.cpu(b)
	var group sync.WaitGroup
	for i := range benchClients {
		group.Go(func() {
			for j := i; j < n; j += benchClients {
				if err := benchCall(b.Context(), client, child.url, c, message, modern); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	return (child.cpu(b) - before) / float64(n)
}

// benchMessage is the body of a call.
func benchMessage(args string, c contest, modern bool) string {
	meta := ""
	if modern {
		meta = `,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
	}
	return rpc(c.called(), fmt.Sprintf(args, c.more), meta)
}

func benchCall(ctx context.Context, client *http.Client, url string, c contest, message string, modern bool) error {
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
		req.Header.Set("Mcp-Name", c.called())
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err == nil && (res.StatusCode != http.StatusOK || !strings.Contains(string(body), c.answer)) {
		err = fmt.Errorf("%d %s", res.StatusCode, body)
	}
	return err
}

// child is a server in a process of its own. To each line on its input it answers with the processor
// time that it has used.
type child struct {
	url string
	pid int
	in  io.Writer
	out *bufio.Scanner
}

func startChild(b *testing.B, which string) *child {
	b.Helper()
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(b.Context()), program) // it ends with its input, not before its profile is written
	cmd.Env = append(os.Environ(), serveVariable+"="+which, "GOMAXPROCS=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close() // the child ends with its input
		_ = cmd.Wait()
	})
	c := &child{pid: cmd.Process.Pid, in: in, out: bufio.NewScanner(out)}
	if !c.out.Scan() {
		b.Fatal("the server did not start")
	}
	c.url = c.out.Text()
	return c
}

// cpu is the time in microseconds.
func (c *child) cpu(b *testing.B) float64 {
	b.Helper()
	if _, err := fmt.Fprintln(c.in); err != nil || !c.out.Scan() {
		b.Fatal("the server has gone")
	}
	used, err := strconv.ParseFloat(c.out.Text(), 64)
	if err != nil {
		b.Fatal(err)
	}
	return used
}
