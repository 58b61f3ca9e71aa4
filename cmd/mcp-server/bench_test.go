package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"
)

// serveVariable makes the test binary one of the servers that are compared: a process of its own
// each, so that the processor time it used is its own.
const serveVariable = "HEYGEN_MCP_BENCH_SERVES"

// profileVariable names the file, less the server's name, that a profile of the processor is written to.
const profileVariable = "HEYGEN_MCP_BENCH_PROFILE"

const (
	benchTool = "create_video_from_avatar"
	// benchArgs are the arguments of a usual call, and benchAll nearly all that the tool takes.
	benchArgs = `{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","aspect_ratio":"16:9"}`
	benchAll  = `{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","aspect_ratio":"16:9",` +
		`"voice_settings":{"speed":1.1,"pitch":-2,"volume":0.9,"engine_settings":{"engine_type":"elevenlabs","model":"eleven_v3","stability":0.5,"similarity_boost":0.75,"style":0,"use_speaker_boost":true}},` +
		`"fit":"cover","background":{"type":"color","value":"#102030"},"remove_background":true,"output_format":"mp4","motion_prompt":"wave","caption":{"file_format":"srt","style":"default"},` +
		`"watermark":{"image":{"type":"url","url":"https://example.com/logo.png"},"opacity":0.8,"scale":0.5,"placement":{"position":"top_left","offset_x":0.1,"offset_y":-0.1}}}`
	videoData = `{"video_id":"0123456789abcdef0123456789abcdef","status":"pending","output_format":"mp4","title":"Tour"}`
	// benchClients call at once, over a connection each.
	benchClients = 32
)

// median is the middle one of a few.
func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
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
