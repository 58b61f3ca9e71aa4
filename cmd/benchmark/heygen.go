package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// video is what HeyGen says of a finished video: 1.3 kB, with nulls and links as it has them.
const video = `{"data":{"id":"` + videoID + `","title":"A tour of the workshop","status":"completed","created_at":1795985278,` +
	`"completed_at":1795985398,"duration":42.36,"folder_id":null,"output_language":null,"failure_code":null,"failure_message":null,` +
	`"video_url":"https://files2.heygen.ai/aws_pacific/avatar_tmp/0a7d/acf64d583a2aa0ad88b432b43bbfb16d.mp4?Expires=1796590078&Signature=` +
	`a97752e24b22e688945737efd040951a5cb23fa960c451e72127c762199d4132&Key-Pair-Id=K38HBHX5LX3X2H",` +
	`"captioned_video_url":"https://files2.heygen.ai/aws_pacific/avatar_tmp/0a7d/acf64d583a2aa0ad88b432b43bbfb16d_caption.mp4?Expires=1796590078` +
	`\u0026Signature=5ce2e8e464751074772c29a0064aa0996fe853b5bc898e0d125d0a24b8464a50\u0026Key-Pair-Id=K38HBHX5LX3X2H",` +
	`"thumbnail_url":"https://files2.heygen.ai/aws_pacific/avatar_tmp/0a7d/acf64d583a2aa0ad88b432b43bbfb16d.jpeg?Expires=1796590078&Signature=` +
	`39bcdd9d70ee3eee664e657b333e7b3946e4cab4978267ed1fc6908bd5ec96de","gif_url":null,` +
	`"subtitle_url":"https://files2.heygen.ai/aws_pacific/avatar_tmp/0a7d/acf64d583a2aa0ad88b432b43bbfb16d.srt?Expires=1796590078&Signature=` +
	`77752e24b22e688945737efd040951a5cb23fa960c451e72127c762199d41377","video_page_url":"https://app.heygen.com/videos/acf64d583a2aa0ad88b432b43bbfb16d"}}`

// look is one of twenty, of 1 kB.
const look = `{"avatar_type":"studio_avatar","default_voice_id":"339bfee08dbfd05f4d5cab53bb555634","error":null,"gender":"female",` +
	`"group_id":"b2ea7735154e7def629d654d5ced82ed","id":"e32532bfb89e2c8038d4946c8bcb18%02d","image_height":1080,"image_width":1920,` +
	`"name":"Amelia at a desk %d","preferred_orientation":"landscape",` +
	`"preview_image_url":"https://files2.heygen.ai/avatar/v3/e32532bfb89e2c8038d4946c8bcb184c_45260/preview_target.webp?Expires=1796590078&Signature=` +
	`39bcdd9d70ee3eee664e657b333e7b3946e4cab4978267ed1fc6908bd5ec96de39bcdd9d70ee3eee664e657b333e7b3946e4cab4978267ed1fc6908bd5ec96de",` +
	`"preview_video_url":"https://files2.heygen.ai/avatar/v3/e32532bfb89e2c8038d4946c8bcb184c_45260/preview_video_target.mp4?Expires=1796590078&Signature=` +
	`5ce2e8e464751074772c29a0064aa0996fe853b5bc898e0d125d0a24b8464a505ce2e8e464751074772c29a0064aa0996fe853b5bc898e0d125d0a24b8464a50",` +
	`"status":null,"supported_api_engines":["avatar_iv","avatar_iii"],"tags":["office","desk","female","sitting","blazer"]}`

const (
	person  = `{"data":{"username":"%s","email":"mia@example.com","first_name":"Mia","last_name":"Sand","billing_type":"wallet","wallet":{"remaining_balance":1000000,"currency":"usd"}}}`
	started = `{"data":{"video_id":"` + videoID + `","status":"pending","output_format":"mp4"}}`
)

// heygen is an imitation of HeyGen that answers at once and knows nothing: what it costs falls on no server that is
// compared.
func heygen() http.Handler {
	looks := make([]string, 20)
	for i := range looks {
		looks[i] = fmt.Sprintf(look, i, i)
	}
	page := []byte(`{"data":[` + strings.Join(looks, ",") + `],"has_more":false,"next_token":null}`)
	one := []byte(`{"data":` + looks[0] + `}`)
	var calls atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/calls" {
			_, _ = fmt.Fprint(w, calls.Load())
			return
		}
		calls.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		answer := []byte(`{"data":[],"has_more":false,"next_token":null}`)
		switch path := r.URL.Path; {
		case r.Method == http.MethodPost && path == "/v3/videos":
			answer = []byte(started)
		case path == "/v3/users/me":
			answer = fmt.Appendf(nil, person, cmp.Or(r.Header.Get("X-Api-Key"), "mia")) // each key is another account's
		case path == "/v3/avatars/looks":
			answer = page
		case strings.HasPrefix(path, "/v3/avatars/looks/"):
			answer = one
		case strings.HasPrefix(path, "/v3/videos/"):
			answer = []byte(video)
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Request-Id", "req_d58373498bb0f1a6c591c4288b3c707c")
		_, _ = w.Write(answer)
	})
}

// listenOn serves a handler on a free port until ctx ends, and prints where.
func listenOn(ctx context.Context, h http.Handler, path string) error {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = srv.Close() })
	fmt.Printf("http://%s%s\n", ln.Addr(), path)
	if err := srv.Serve(ln); err != http.ErrServerClosed {
		return err
	}
	return nil
}
