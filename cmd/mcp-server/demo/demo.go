// Package demo makes a video as an MCP client from outside would: it finds the authorization
// server, signs in, calls tools, waits for the job and saves the file. It owns the client side of
// that story and what is printed about it. It knows the URL of an MCP endpoint and nothing of the
// server behind it: none of the packages that serve are imported.
//
// Read demo.go first, then signin.go.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
)

const (
	// clientName and clientVersion are what the MCP client of the demo calls itself.
	clientName    = "heygen-mcp-demo"
	clientVersion = "1"
	// registeredName is the name under which it registers for sign-in. The consent page shows it.
	registeredName = "heygen-mcp demo"
	// keyPrefix begins the API keys of the sandbox; the account name follows.
	keyPrefix = "sk_sandbox_"

	// account is the sandbox account to sign in to.
	account = "demo"
	// script is what the avatar says.
	script = "Hello! This video was made by an agent. It signed in, chose me from a list, picked a voice, wrote this " +
		"script, and waited until I was done."
	// waitSeconds bounds one call of wait_for_jobs, which is repeated until the job has ended.
	waitSeconds = 45
)

// Made is the video that was made.
type Made struct {
	Path string // of the saved file, absolute
	Page string // where the server plays it as long as it runs, "" where it has no such page
}

// Run signs in, chooses an avatar, creates a video, waits for it and saves it in dir, and prints
// each step to stdout.
func Run(ctx context.Context, mcpURL, dir string, stdout io.Writer) (Made, error) {
	say := func(step, result string) { fmt.Fprintf(stdout, "  %s\n    -> %s\n", step, result) }
	heading := func(text string) { fmt.Fprintf(stdout, "\n%s\n", text) }

	heading("Signing in")
	token, err := SignIn(ctx, mcpURL, account, say)
	if err != nil {
		return Made{}, fmt.Errorf("signing in: %w", err)
	}

	heading("Connecting")
	s, err := Connect(ctx, mcpURL, token, "")
	if err != nil {
		return Made{}, fmt.Errorf("connecting: %w", err)
	}
	defer func() { _ = s.Close() }()
	say("server/discover", fmt.Sprintf("%s %s, MCP %s", s.Info.ServerInfo.Name, s.Info.ServerInfo.Version, s.Info.ProtocolVersion))

	heading("Choosing")
	var user map[string]any
	if err := s.Call(ctx, "get_current_user", nil, &user); err != nil {
		return Made{}, err
	}
	say("get_current_user", fmt.Sprint("signed in as ", user["username"]))
	look, voice, err := ChooseAvatar(ctx, s, say)
	if err != nil {
		return Made{}, err
	}

	heading("Making the video")
	var started struct {
		ID     string `json:"video_id"`
		Status string `json:"status"`
	}
	err = s.Call(ctx, "create_video_from_avatar", map[string]any{
		"avatar_id": look, "voice_id": voice, "script": script, "title": "Demo",
	}, &started)
	if err != nil {
		return Made{}, err
	}
	say("create_video_from_avatar", started.ID+" is "+started.Status)
	if err := WaitForVideo(ctx, s, started.ID, stdout); err != nil {
		return Made{}, err
	}

	var video struct {
		URL      string  `json:"video_url"`
		Duration float64 `json:"duration"`
		Page     string  `json:"page_url"`
	}
	if err := s.Call(ctx, "get_video", map[string]any{"video_id": started.ID}, &video); err != nil {
		return Made{}, err
	}
	short, _, _ := strings.Cut(video.URL, "?")
	say("get_video", fmt.Sprintf("%.1f seconds at %s", video.Duration, short))
	path, size, err := Download(ctx, video.URL, dir, started.ID+".mp4")
	if err != nil {
		return Made{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return Made{}, err
	}
	fmt.Fprintf(stdout, "\nSaved %d KB: %s\n", (size+1023)/1024, fileURL(path))
	return Made{Path: path, Page: video.Page}, nil
}

// ChooseAvatar returns the ids of the first avatar look and of the first English voice. It is an
// error when there is none.
func ChooseAvatar(ctx context.Context, s *Session, say func(step, result string)) (look, voice string, err error) {
	var looks struct {
		Items []struct {
			ID    string `json:"look_id"`
			Name  string `json:"name"`
			Voice string `json:"default_voice_id"`
		} `json:"items"`
	}
	if err := s.Call(ctx, "list_avatar_looks", map[string]any{"limit": 5}, &looks); err != nil {
		return "", "", err
	}
	var voices struct {
		Items []struct {
			ID   string `json:"voice_id"`
			Name string `json:"name"`
		} `json:"items"`
	}
	if err := s.Call(ctx, "list_voices", map[string]any{"limit": 5, "language": "English"}, &voices); err != nil {
		return "", "", err
	}
	if len(looks.Items) == 0 || len(voices.Items) == 0 {
		return "", "", errors.New("there is no look or no voice to choose from")
	}
	say("list_avatar_looks", fmt.Sprintf("%d looks; taking %s", len(looks.Items), looks.Items[0].Name))
	say("list_voices", fmt.Sprintf("%d voices; taking %s", len(voices.Items), voices.Items[0].Name))
	return looks.Items[0].ID, voices.Items[0].ID, nil
}

// fileURL is the link to a file, which terminals and browsers open.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive of Windows
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// WaitForVideo waits until the video with this id has been made, and prints a bar of the states that
// the server's progress notifications tell. It is an error when the job fails.
func WaitForVideo(ctx context.Context, s *Session, id string, stdout io.Writer) error {
	fmt.Fprintln(stdout, "  wait_for_jobs")
	b := newBar(stdout)
	s.onProgress(func(message string) {
		if state := stateIn(message); state != "" {
			b.show(state)
		}
	})
	b.show(stateCreated)
	for {
		var res struct {
			Finished bool             `json:"finished"`
			Done     []map[string]any `json:"done"`
		}
		args := map[string]any{"kind": "video", "ids": []string{id}, "timeout_seconds": waitSeconds}
		if err := s.callWith(ctx, "wait_for_jobs", args, "demo", &res); err != nil {
			return err
		}
		if !res.Finished {
			continue
		}
		if len(res.Done) != 1 || res.Done[0]["state"] != "done" {
			return fmt.Errorf("the video failed: %v", res.Done)
		}
		b.show(stateCompleted)
		return nil
	}
}

// stateIn is the state of the job in a message of progress, as in "0 of 1 done, processing", or "".
func stateIn(message string) string {
	_, state, _ := strings.Cut(message, ", ")
	state, _, _ = strings.Cut(state, ",")
	return state
}
