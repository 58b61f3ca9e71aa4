// Package sandbox is a stateful fake of HeyGen's v3 API: its OAuth server, its
// keys and credits, its catalogue of avatars and voices, and video jobs that
// move with a clock and end in a playable file. The demo, the tests and the
// benchmarks all talk to this one piece of code over HTTP.
//
// It is strict where v3 is strict and it never behaves at random: a fault
// happens because somebody asked for it under /_sandbox/. It knows nothing of
// the server it is used to try out.
package sandbox

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	defaultLooks  = 24 // more than one page of 20, so that paging shows
	defaultVoices = 30
)

// Config says how a sandbox is made. Its zero value is a sandbox in real time
// with a small catalogue.
type Config struct {
	// Seed chooses the catalogue; the same seed gives the same ids.
	Seed uint64
	// Speed divides the seconds that a job takes; 0 means 1, which is real time.
	Speed float64
	// Clock is where time comes from; nil means time.Now.
	Clock func() time.Time
	// Looks and Voices are the size of the public catalogue; 0 means a small one.
	Looks, Voices int
}

// Sandbox is a running fake. It is an http.Handler and starts no goroutine.
type Sandbox struct {
	seed   uint64
	speed  float64
	clock  *clock
	oauth  *oauthServer
	public *catalogue
	secret []byte // signs file links and cursors
	routes http.Handler
	faults faults
	calls  calls
	keys   keys

	mu       sync.Mutex // guards what follows, and everything inside an account
	accounts map[string]*account
	videos   map[string]*video
	serial   int64
}

// New makes a sandbox.
func New(cfg Config) (*Sandbox, error) {
	if cfg.Speed < 0 || math.IsNaN(cfg.Speed) || math.IsInf(cfg.Speed, 0) {
		return nil, fmt.Errorf("sandbox: speed %v: must be a positive number", cfg.Speed)
	}
	if cfg.Looks < 0 || cfg.Voices < 0 {
		return nil, errors.New("sandbox: the size of the catalogue cannot be negative")
	}
	if cfg.Speed == 0 {
		cfg.Speed = 1
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Looks == 0 {
		cfg.Looks = defaultLooks
	}
	if cfg.Voices == 0 {
		cfg.Voices = defaultVoices
	}
	s := &Sandbox{
		seed:     cfg.Seed,
		speed:    cfg.Speed,
		clock:    &clock{source: cfg.Clock},
		public:   publicCatalogue(cfg.Seed, cfg.Looks, cfg.Voices),
		secret:   make([]byte, 32),
		accounts: map[string]*account{},
		videos:   map[string]*video{},
	}
	if _, err := rand.Read(s.secret); err != nil {
		return nil, fmt.Errorf("sandbox: make a signing secret: %w", err)
	}
	s.oauth = newOAuth(s.clock.Now)
	s.routes = s.mount()
	return s, nil
}

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.routes.ServeHTTP(w, r) }

// mount is every route. The order of what stands before a handler matters: a
// fault is chosen after the account is known, so that calls can be told apart,
// and an answer is held inside the idempotency record, so that its key counts
// as in flight for as long as the answer is held.
func (s *Sandbox) mount() http.Handler {
	r := chi.NewRouter()
	r.Use(s.record)
	r.NotFound(func(w http.ResponseWriter, _ *http.Request) {
		writeError(w, refuse(http.StatusNotFound, "not_found", "", "There is no such path."))
	})
	r.MethodNotAllowed(func(w http.ResponseWriter, _ *http.Request) {
		writeError(w, refuse(http.StatusMethodNotAllowed, "method_not_allowed", "", "This path does not take this method."))
	})

	r.Group(func(r chi.Router) {
		r.Use(s.faulty, s.hold)
		s.oauth.routes(r)
		r.Get("/files/*", s.serveFile)
		r.Head("/files/*", s.serveFile)
	})

	v3 := r.With(s.authenticate, s.faulty)
	plain := v3.With(s.hold)
	keyed := v3.With(s.idempotent, s.hold)
	plain.Get("/v3/users/me", s.answer(s.currentUser))
	plain.Get("/v3/avatars", s.answer(s.listGroups))
	plain.Get("/v3/avatars/looks", s.answer(s.listLooks))
	plain.Get("/v3/avatars/looks/{look_id}", s.answer(s.getLook))
	plain.Get("/v3/avatars/{group_id}", s.answer(s.getGroup))
	plain.Get("/v3/voices", s.answer(s.listVoices))
	plain.Post("/v3/voices", s.answer(s.designVoice))
	plain.Get("/v3/voices/{voice_id}", s.answer(s.getVoice))
	keyed.Post("/v3/videos", s.answer(s.createVideo))
	plain.Get("/v3/videos", s.answer(s.listVideos))
	plain.Get("/v3/videos/statuses", s.answer(s.videoStatuses))
	plain.Get("/v3/videos/{video_id}", s.answer(s.getVideo))
	plain.Delete("/v3/videos/{video_id}", s.answer(s.deleteVideo))

	r.Post("/_sandbox/faults", s.controlFaults)
	r.Post("/_sandbox/clock", s.controlClock)
	r.Post("/_sandbox/credits", s.controlCredits)
	r.Get("/_sandbox/calls", s.controlCalls)
	r.Post("/_sandbox/reset", s.controlReset)
	return r
}
