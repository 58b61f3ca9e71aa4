// Package sandbox is a stateful fake of HeyGen's v3 API: its OAuth server, its
// keys, plans and credits, its catalog of avatars and voices, and jobs that
// move with a clock and end in a playable file. The demo, the tests and the
// benchmarks all talk to this one piece of code over HTTP.
//
// This package is the list of v3's resources: a file has the routes of one resource and what they
// mean. What resources share is in the packages below: engine (requests and jobs), contract (checks
// of requests), media (files), oauth (sign-in), delivery (webhooks). Read sandbox.go first, then
// videos.go as an example of a resource.
//
// What ends a job queues its webhooks and callbacks. They are sent, signed, to receivers on this
// machine only, by the next request that comes or when POST /_sandbox/deliver asks.
//
// It is strict where v3 is strict and it never behaves at random: a fault
// happens because somebody asked for it under /_sandbox/. It knows nothing of
// the server it is used to try out.
package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/oauth"
)

const (
	defaultLooks  = 24 // more than one page of 20, so that paging shows
	defaultVoices = 30
)

// Config says how a sandbox is made. Its zero value is a sandbox in real time
// with a small catalog.
type Config struct {
	// Seed chooses the catalog; the same seed gives the same ids.
	Seed uint64
	// Speed divides the seconds that a job takes; 0 means 1, which is real time.
	Speed float64
	// Clock is where time comes from; nil means time.Now.
	Clock func() time.Time
	// Looks and Voices are the size of the public catalog; 0 means a small one.
	Looks, Voices int
	// Large makes the public catalog one of 10,000 looks and 5,000 voices, as uneven as the real one,
	// in place of Looks and Voices.
	Large bool
	// Silent keeps webhooks and callbacks from being sent. They go to this
	// machine only, which is too far where strangers can ask for them.
	Silent bool
}

// Sandbox is a running fake. It is an http.Handler and starts no goroutine.
type Sandbox struct {
	*engine.Engine
	oauth     *oauth.Server
	routes    http.Handler
	templates []*draft

	// What follows is guarded by the lock of the engine.
	public   *catalog
	consents map[string]*consent
}

// New makes a sandbox.
func New(cfg Config) (*Sandbox, error) {
	if cfg.Looks < 0 || cfg.Voices < 0 {
		return nil, errors.New("sandbox: the size of the catalog cannot be negative")
	}
	if cfg.Looks == 0 {
		cfg.Looks = defaultLooks
	}
	if cfg.Voices == 0 {
		cfg.Voices = defaultVoices
	}
	s := &Sandbox{}
	if cfg.Large {
		s.public = largePublic(cfg.Seed)
	} else {
		s.public = publicCatalog(cfg.Seed, cfg.Looks, cfg.Voices)
	}
	var err error
	s.Engine, err = engine.New(engine.Config{
		Seed: cfg.Seed, Speed: cfg.Speed, Clock: cfg.Clock, Silent: cfg.Silent,
		NewData:     func(account string) any { return newHoldings(cfg.Seed, account) },
		AccessToken: func(token string) (string, bool) { return s.oauth.Account(token) },
	})
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s.oauth = oauth.New(s.Now, engine.CheckAccountName)
	s.templates = publicTemplates(cfg.Seed, s.public)
	s.forget()
	// tellEnd comes last, when there is everything to tell of.
	s.OnJobEnd(s.advanceAgent, s.keepClone, s.tellEnd)
	s.OnBatchEnd(s.tellBatch)
	s.routes, err = s.Handler(s.v3Routes(), s.openRoutes, map[string]http.HandlerFunc{
		"account": s.controlAccount,
		"reset":   s.controlReset,
		"archive": s.controlArchive,
	})
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	return s, nil
}

// forget drops what was made, besides what the engine keeps.
func (s *Sandbox) forget() {
	s.consents = map[string]*consent{}
	s.keepClips()
}

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.routes.ServeHTTP(w, r) }

// v3Routes are the operations of v3, each resource's beside what does its work.
func (s *Sandbox) v3Routes() []engine.Route {
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
		s.modelVideoRoutes(),
		s.podcastRoutes(),
		s.realtimeRoutes(),
		s.videoQualityRoutes(),
		s.workflowRoutes(),
		s.workflowRunRoutes(),
		s.soundRoutes(),
		s.templateRoutes(),
		s.userRoutes(),
		s.videoAgentRoutes(),
		s.videoRoutes(),
		s.voiceRoutes(),
		s.webhookRoutes(),
	)
}

// openRoutes are the routes that take no account: sign-in, and what signed links lead to.
func (s *Sandbox) openRoutes(r chi.Router) {
	s.oauth.Routes(r)
	r.Get("/files/*", s.serveFile)
	r.Head("/files/*", s.serveFile)
	r.Get("/avatar-consents/{consent_id}", s.consentForm)
	r.Post("/avatar-consents/{consent_id}", s.giveConsent)
	r.Put("/uploads/{asset_id}", s.putObject)
	r.Options("/uploads/{asset_id}", s.mayPutObject)
}
