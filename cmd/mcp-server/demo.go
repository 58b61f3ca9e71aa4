package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/rs/zerolog"
)

const (
	// demoSpeed makes the demo's video take some three seconds: long enough to see the bar move.
	demoSpeed = 10
	// demoExpected is those seconds. The server's progress is time waited, as HeyGen tells of no other.
	demoExpected = 4
	// demoAccount is the sandbox account that the demo signs in to.
	demoAccount = "demo"
	// demoScript is what the avatar says.
	demoScript = "Hello! This video was made by an agent. It signed in, chose me from a list, picked a voice, wrote this script, and waited until I was done."
	// demoWait is how long one wait may last, in seconds. A wait that ends early is repeated.
	demoWait = 45
)

// demo starts the sandbox and the server as serve does, and makes a video as a client from outside
// would: over HTTP, knowing nothing but the endpoint.
func demo(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	cfg, err := load("demo", args, env)
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server demo cannot start:\n%v\n", err)
		return exitUsage
	}
	log := newLog(stderr)
	warn(log, cfg)
	// The request log would bury what the demo prints; warnings stay.
	a, err := build(ctx, cfg, log.Level(zerolog.WarnLevel))
	if taken(err, "listen") && !cfg.given["listen"] {
		cfg.Listen = "127.0.0.1:0"
		a, err = build(ctx, cfg, log.Level(zerolog.WarnLevel))
	}
	if err != nil {
		log.Error().Err(err).Msg("cannot start")
		return exitFailure
	}
	defer a.close()
	a.announce(log, cfg)

	ctx, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- a.server.Serve(ctx, a.listener) }()

	path, err := makeVideo(ctx, a.mcpURL, cfg.Out, stdout)
	if err == nil && !cfg.Exit {
		fmt.Fprint(stdout, readyLines(a.mcpURL, a.sandbox.url.String()))
		<-ctx.Done()
	}
	stop()
	if err = errors.Join(err, <-served); err != nil {
		log.Error().Err(err).Msg("the demo failed")
		return exitFailure
	}
	if cfg.Exit {
		return printed(fmt.Fprintln(stdout, path))
	}
	return exitOK
}

// taken says that the address of a flag is another program's.
func taken(err error, flag string) bool {
	failed, ok := errors.AsType[*listenError](err)
	return ok && failed.flag == flag && errors.Is(failed, syscall.EADDRINUSE)
}

// makeVideo is the story of the demo: sign in, choose, create, wait, save. It gives the video's path.
func makeVideo(ctx context.Context, mcpURL, dir string, stdout io.Writer) (string, error) {
	say := func(step, result string) { fmt.Fprintf(stdout, "  %s\n    -> %s\n", step, result) }
	heading := func(text string) { fmt.Fprintf(stdout, "\n%s\n", text) }

	heading("Signing in")
	token, err := signIn(ctx, mcpURL, demoAccount, say)
	if err != nil {
		return "", fmt.Errorf("signing in: %w", err)
	}

	heading("Connecting")
	s, err := connect(ctx, mcpURL, token, "")
	if err != nil {
		return "", fmt.Errorf("connecting: %w", err)
	}
	defer func() { _ = s.close() }()
	say("server/discover", fmt.Sprintf("%s %s, MCP %s", s.info.ServerInfo.Name, s.info.ServerInfo.Version, s.info.ProtocolVersion))

	heading("Choosing")
	var user map[string]any
	if err := s.call(ctx, "get_current_user", nil, &user); err != nil {
		return "", err
	}
	say("get_current_user", fmt.Sprint("signed in as ", user["username"]))
	look, voice, err := choose(ctx, s, say)
	if err != nil {
		return "", err
	}

	heading("Making the video")
	var started struct {
		ID     string `json:"video_id"`
		Status string `json:"status"`
	}
	err = s.call(ctx, "create_video_from_avatar", map[string]any{
		"avatar_id": look, "voice_id": voice, "script": demoScript, "title": "Demo",
	}, &started)
	if err != nil {
		return "", err
	}
	say("create_video_from_avatar", started.ID+" is "+started.Status)
	if err := wait(ctx, s, started.ID, stdout); err != nil {
		return "", err
	}

	var video struct {
		URL      string  `json:"video_url"`
		Duration float64 `json:"duration"`
	}
	if err := s.call(ctx, "get_video", map[string]any{"video_id": started.ID}, &video); err != nil {
		return "", err
	}
	short, _, _ := strings.Cut(video.URL, "?")
	say("get_video", fmt.Sprintf("%.1f seconds at %s", video.Duration, short))
	path, size, err := download(ctx, video.URL, dir, started.ID+".mp4")
	if err != nil {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	fmt.Fprintf(stdout, "\nSaved %d KB: %s\n", (size+1023)/1024, path)
	return path, nil
}

// choose takes the first look that v3 offers, and its own voice where it has one.
func choose(ctx context.Context, s *session, say func(step, result string)) (look, voice string, err error) {
	var looks struct {
		Items []struct {
			ID    string `json:"id"`
			Name  string `json:"name"`
			Voice string `json:"default_voice_id"`
		} `json:"items"`
	}
	if err := s.call(ctx, "list_avatar_looks", map[string]any{"limit": 5}, &looks); err != nil {
		return "", "", err
	}
	var voices struct {
		Items []struct {
			ID   string `json:"voice_id"`
			Name string `json:"name"`
		} `json:"items"`
	}
	if err := s.call(ctx, "list_voices", map[string]any{"limit": 5, "language": "English"}, &voices); err != nil {
		return "", "", err
	}
	if len(looks.Items) == 0 || len(voices.Items) == 0 {
		return "", "", errors.New("there is no look or no voice to choose from")
	}
	say("list_avatar_looks", fmt.Sprintf("%d looks; taking %s", len(looks.Items), looks.Items[0].Name))
	say("list_voices", fmt.Sprintf("%d voices; taking %s", len(voices.Items), voices.Items[0].Name))
	return looks.Items[0].ID, voices.Items[0].ID, nil
}

// wait waits for the video with a bar that shows the progress the server sends.
func wait(ctx context.Context, s *session, id string, stdout io.Writer) error {
	fmt.Fprintln(stdout, "  wait_for_jobs")
	b := newBar(stdout)
	s.onProgress(func(seconds float64, message string) { b.show(min(seconds/demoExpected, 0.99), message) })
	b.show(0, "started")
	for {
		var res struct {
			Finished bool             `json:"finished"`
			Done     []map[string]any `json:"done"`
		}
		args := map[string]any{"kind": "video", "ids": []string{id}, "timeout_seconds": demoWait}
		if err := s.callWith(ctx, "wait_for_jobs", args, "demo", &res); err != nil {
			return err
		}
		if !res.Finished {
			continue
		}
		if len(res.Done) != 1 || res.Done[0]["status"] != "completed" {
			return fmt.Errorf("the video was not made: %v", res.Done)
		}
		b.show(1, "completed")
		return nil
	}
}
