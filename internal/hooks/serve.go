package hooks

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"
)

const (
	// maxBody is how much of a call is read; HeyGen's have some hundred bytes.
	maxBody = 64 << 10
	// bodyTime is how long its body may take to come, and tellTime how long other processes may take to be told.
	bodyTime, tellTime = 5 * time.Second, 5 * time.Second
)

// ServeHTTP takes a call to the last part of the request's path. It answers 204 whether or not
// anything comes of it, and 404 where the URL is none of ours or has had its time.
func (h *Hooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s, ok := h.open(path.Base(r.URL.Path))
	if r.Method != http.MethodPost || !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	ctl := http.NewResponseController(w)
	_ = ctl.SetReadDeadline(time.Now().Add(bodyTime)) // where there is none, the server's own time holds
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	w.WriteHeader(http.StatusNoContent)
	if err != nil {
		return // longer than what anybody has to say
	}
	_ = ctl.Flush() // whoever called need not wait for the rest
	for _, id := range idsIn(body) {
		if h.pokes.Take(strings.Join([]string{s.Account, s.Kind, id}, wordEnds), h.cfg.Clock()) == 0 {
			h.poke(r.Context(), s, id)
		}
	}
}

// poke has a job looked at by whoever waits for it, in whichever process.
func (h *Hooks) poke(ctx context.Context, s sealed, id string) {
	h.cfg.Poke(s.Account, s.Kind, id)
	if h.cfg.Tell == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellTime)
	defer cancel()
	if err := h.cfg.Tell(ctx, strings.Join([]string{s.Account, s.Kind, id}, wordEnds)); err != nil && h.cfg.Trouble != nil {
		h.cfg.Trouble(ctx, fmt.Errorf("telling other processes of a callback: %w", err))
	}
}
