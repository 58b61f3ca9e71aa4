// Package sandbox is a stateful fake of HeyGen's v3 API: its OAuth server, its
// keys, plans and credits, its catalogue of avatars and voices, and jobs that
// move with a clock and end in a playable file. The demo, the tests and the
// benchmarks all talk to this one piece of code over HTTP.
//
// A request passes the contract (requests.json, validate.go) before a resource
// sees it, and a resource only says what the operation means; routes.go holds
// the way of a request, jobs.go and batches.go what all asynchronous kinds
// share, and each resource has a file of its own with its routes.
//
// What ends a job queues its webhooks and callbacks; they are sent, signed, to
// receivers on this machine only, by the next request that comes or when
// POST /_sandbox/deliver asks (deliveries.go).
//
// It is strict where v3 is strict and it never behaves at random: a fault
// happens because somebody asked for it under /_sandbox/. It knows nothing of
// the server it is used to try out.
package sandbox

import (
	"heygen-mcp/internal/sandbox/delivery"
	"heygen-mcp/internal/sandbox/oauth"

	"heygen-mcp/internal/sandbox/contract"

	"heygen-mcp/internal/sandbox/media"

	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
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
	// Silent keeps webhooks and callbacks from being sent. They go to this
	// machine only, which is too far where strangers can ask for them.
	Silent bool
}

// Sandbox is a running fake. It is an http.Handler and starts no goroutine.
type Sandbox struct {
	seed       uint64
	speed      float64
	clock      *clock
	oauth      *oauth.Server
	contract   *contract.Contract
	public     *catalogue
	secret     []byte // signs file links and cursors, and makes the secrets of webhooks
	deliveries *delivery.Queue
	routes     http.Handler
	faults     faults
	calls      calls
	keys       keys

	templates []*draft

	// Told of every job, and of every batch, that ended: once, and while mu is held.
	onEnd      []func(*job)
	onBatchEnd []func(*batch)

	mu       sync.Mutex // guards what follows, and everything inside an account; held while an endpoint of v3 runs
	accounts map[string]*account
	jobs     map[string]*job
	media    map[string]*media.File // by the id in the name of a file
	consents map[string]*consent
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
		seed:   cfg.Seed,
		speed:  cfg.Speed,
		clock:  &clock{source: cfg.Clock},
		public: publicCatalogue(cfg.Seed, cfg.Looks, cfg.Voices),
		secret: make([]byte, 32),
	}
	s.templates = publicTemplates(s.seed, s.public)
	s.forget()
	s.onEnd = append(s.onEnd, s.advanceAgent, s.keepClone, s.tellEnd) // to tell is last, when all that there is to tell is there
	s.onBatchEnd = append(s.onBatchEnd, s.tellBatch)
	if _, err := rand.Read(s.secret); err != nil {
		return nil, fmt.Errorf("sandbox: make a signing secret: %w", err)
	}
	s.deliveries = delivery.NewQueue(s.clock.Now, 0, cfg.Silent)
	s.oauth = oauth.New(s.clock.Now, checkAccountName)
	var err error
	if s.contract, err = contract.Read(); err != nil {
		return nil, err
	}
	if s.routes, err = s.mount(); err != nil {
		return nil, err
	}
	return s, nil
}

// forget drops all that was made, as at the start.
func (s *Sandbox) forget() {
	s.accounts = map[string]*account{}
	s.jobs = map[string]*job{}
	s.media = map[string]*media.File{}
	s.keepClips()
	s.consents = map[string]*consent{}
}

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.routes.ServeHTTP(w, r) }

// v3Routes are the operations of v3, each resource's beside what does its work.
func (s *Sandbox) v3Routes() []route {
	return slices.Concat(
		s.aiClippingRoutes(),
		s.apiKeyRoutes(),
		s.assetRoutes(),
		s.avatarRoutes(),
		s.backgroundRemovalRoutes(),
		s.brandGlossaryRoutes(),
		s.brandKitRoutes(),
		s.fillerWordRoutes(),
		s.folderRoutes(),
		s.hyperframesRoutes(),
		s.lipsyncRoutes(),
		s.proofreadRoutes(),
		s.translationRoutes(),
		s.modelVoiceRoutes(),
		s.soundRoutes(),
		s.templateRoutes(),
		s.userRoutes(),
		s.videoAgentRoutes(),
		s.videoRoutes(),
		s.voiceRoutes(),
		s.webhookRoutes(),
	)
}

// mount is every route there is.
func (s *Sandbox) mount() (http.Handler, error) {
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
		s.oauth.Routes(r)
		r.Get("/files/*", s.serveFile)
		r.Head("/files/*", s.serveFile)
		r.Get("/avatar-consents/{consent_id}", s.consentForm)
		r.Post("/avatar-consents/{consent_id}", s.giveConsent)
		r.Put("/uploads/{asset_id}", s.putObject)
	})

	if err := s.mountV3(r); err != nil {
		return nil, err
	}

	r.Post("/_sandbox/faults", s.controlFaults)
	r.Post("/_sandbox/clock", s.controlClock)
	r.Post("/_sandbox/credits", s.controlCredits)
	r.Post("/_sandbox/account", s.controlAccount)
	r.Get("/_sandbox/calls", s.controlCalls)
	r.Post("/_sandbox/deliver", s.controlDeliver)
	r.Post("/_sandbox/reset", s.controlReset)
	return r, nil
}
