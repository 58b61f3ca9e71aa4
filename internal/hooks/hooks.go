// Package hooks makes the URLs that HeyGen is asked to call when a job has ended, and takes the
// calls. Nothing in such a call is believed, for it is not signed: it is a poke, upon which whoever
// waits for the job asks how far it is. It owns the URLs, what they seal, and how many pokes count.
// It does not know jobs, nor who waits for them.
//
// Reading order: hooks.go (the URLs), serve.go (the calls), ids.go (what a call is about).
package hooks

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/seal"
)

const (
	// lasts outlives a weekend of rendering, and the day for which HeyGen repeats a call that failed.
	lasts = 7 * 24 * time.Hour
	// purpose keeps what a URL seals from being anything else that the same keys have sealed.
	purpose = "job callback"
	// maxSealed bounds what comes in a path, in bytes.
	maxSealed = 600
)

// Config is what Hooks are made of.
type Config struct {
	// Ring seals what is in a URL. Servers that share it take each other's calls.
	Ring *seal.Ring
	// Base is the URL that all begin with, up to the last slash.
	Base string
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Poke has a job looked at, if somebody waits for it in this process.
	Poke func(account, kind, id string)
	// Tell tells a word to the other processes, whose Hear takes it; nil where there are none.
	Tell func(ctx context.Context, word string) error
	// Trouble is told of a word that could not be told; nil tells nobody.
	Trouble func(ctx context.Context, err error)
}

// Hooks makes URLs and takes the calls to them.
type Hooks struct {
	cfg   Config
	pokes *limit.Limiter[string]
}

// New makes Hooks.
func New(cfg Config) (*Hooks, error) {
	if cfg.Ring == nil || cfg.Poke == nil || !strings.HasSuffix(cfg.Base, "/") {
		return nil, errors.New("hooks: a ring, a Poke and a Base that ends with a slash are needed")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return &Hooks{cfg: cfg, pokes: limit.New[string](limit.Levels{
		// A job ends once. A flood of calls about made-up jobs costs the other processes no more than the whole.
		Share: limit.Rate{Burst: 1, Every: 10 * time.Second},
		Whole: limit.Rate{Burst: 200, Every: 10 * time.Millisecond},
	})}, nil
}

// sealed is what a URL says to us and to nobody else. It names whose job it is and of which kind;
// the job itself does not exist yet.
type sealed struct {
	Account string `json:"a"` // a hash
	Kind    string `json:"k"`
	Ends    int64  `json:"e"` // in seconds since 1970
}

// URL is where HeyGen is to tell of a job of a kind that an account begins now; "" where there can be none.
func (h *Hooks) URL(account, kind string) string {
	plain, err := json.Marshal(sealed{account, kind, h.cfg.Clock().Add(lasts).Unix()})
	if err != nil {
		return ""
	}
	raw, err := h.cfg.Ring.Seal(plain, purpose)
	text := base64.RawURLEncoding.EncodeToString(raw)
	if err != nil || len(text) > maxSealed {
		return ""
	}
	return h.cfg.Base + text
}

// open is what the end of a URL seals, if it has not had its time.
func (h *Hooks) open(text string) (s sealed, ok bool) {
	if text == "" || len(text) > maxSealed {
		return s, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return s, false
	}
	plain, err := h.cfg.Ring.Open(raw, purpose)
	if err != nil || json.Unmarshal(plain, &s) != nil {
		return s, false
	}
	return s, h.cfg.Clock().Unix() <= s.Ends
}

// wordEnds stands between the parts of a word; none of them has one.
const wordEnds = "\n"

// Hear takes a word that another process has told, or this one. Any other is passed over.
func (h *Hooks) Hear(word string) {
	if parts := strings.Split(word, wordEnds); len(parts) == 3 {
		h.cfg.Poke(parts[0], parts[1], parts[2])
	}
}
