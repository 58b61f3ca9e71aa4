// Package transport owns who may connect and how much they may send: every route of the server, its limits, its log
// lines, its health and its end.
//
// It does not know the tools, the credentials or HeyGen: those come in as Parts, from whoever wires the server.
//
// Reading order: transport.go (the routes), parts.go (what is served), about.go and log.go (what is known of a
// request), limits.go, choose.go (the tools of a path or a header), mcp.go and lists.go (what mcp-go answers),
// guard.go and failures.go (panics and errors), serve.go, detached.go (calls that wait), people.go and front.go
// (browsers).
package transport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/inflight"
	"heygen-mcp/transport/origin"
)

// DefaultMaxBody is the longest message taken where Config says nothing: a script of v3's greatest length and ten
// thousand characters of base64 fit many times.
const DefaultMaxBody = edge.DefaultMaxBody

const wellKnown = "/.well-known/oauth-protected-resource"

// Config holds the settings of a Server. PublicURL, Name and Version are needed.
type Config struct {
	// PublicURL is the origin the server is reached at, with an optional path before it; the endpoint is PublicURL +
	// "/mcp".
	PublicURL *url.URL
	// Name and Version are what the server calls itself, Instructions what it tells every client about its use.
	Name, Version, Instructions string
	// Title is its name for people, "" for none, and Icons are its mark.
	Title string
	Icons []Icon
	// AllowedOrigins are web origins that may call besides our own; AllowedHosts are Host headers that are ours besides
	// PublicURL's.
	AllowedOrigins, AllowedHosts []string
	// OwnOriginOnly refuses pages of all origins but PublicURL's and AllowedOrigins, where otherwise pages of every
	// program on this computer may call a server on a loopback address. It is for a server that asks for no credential:
	// there any page that a person opens, served by whatever program, would spend the operator's money.
	OwnOriginOnly bool
	// TrustedProxies are the networks of proxies whose X-Forwarded-For is believed. Without them each peer of a
	// connection is a source of its own, for limits, whatever it says.
	TrustedProxies []netip.Prefix
	// MaxBody bounds a message in bytes; 0 means DefaultMaxBody.
	MaxBody int64
	// Limits bound what is in flight.
	Limits Limits
	// KeepAlive is how long a response may be silent; 0 means edge.DefaultKeepAlive.
	KeepAlive time.Duration
	// Log takes one line a request: at debug for probes, at warn for what was refused for its host or origin, or
	// took SlowRequest or longer, and otherwise at info. A SlowRequest of 0 calls nothing slow.
	Log         zerolog.Logger
	SlowRequest time.Duration
	// Watch is told of what happens.
	Watch Watch
	// DrainDelay is how long Serve serves on after its context has ended, while it says that it is not ready.
	DrainDelay time.Duration
	// Clock measures how long requests take; nil means time.Now.
	Clock func() time.Time
}

// Limits bound what is in flight at once.
type Limits = inflight.Limits

// Tasks is what MCP's Tasks extension needs.
type Tasks = edge.Tasks

// Server is the whole HTTP stack.
type Server struct {
	cfg      Config
	parts    Parts
	edge     *edge.Edge
	handler  http.Handler
	absent   http.Handler // answers for a path that nothing is at
	inflight *inflight.Counts
	policy   *origin.Policy
	detached detachedConns
	registry func() *registry // which is made when it is first asked for
	draining atomic.Bool
}

// New builds the stack, or says what in the configuration cannot be.
func New(cfg Config, parts Parts) (*Server, error) {
	if err := check(&cfg, parts); err != nil {
		return nil, err
	}
	registered := sync.OnceValue(func() *registry { return newRegistry(cfg, parts) })
	s := &Server{cfg: cfg, parts: parts, inflight: inflight.New(cfg.Limits), registry: registered}
	inFront := edge.Config{
		Call:      guardCall(cfg.Log, parts.Call),
		Forbids:   parts.Forbids,
		Tasks:     guardTasks(cfg.Log, parts.Tasks),
		Server:    mcp.Implementation{Name: cfg.Name, Version: cfg.Version},
		List:      func(ctx context.Context) (json.RawMessage, error) { return registered().lists.of(ctx) },
		KeepAlive: cfg.KeepAlive,
		MaxBody:   cfg.MaxBody,
		Hold:      s.hold,
		Detach:    s.detach,
		Waits:     parts.Waits,
		Watch:     s.watch,
		IsTool:    parts.IsTool,
	}
	if parts.ParamHeaders {
		inFront.HeaderTools = func() map[string]mcp.Tool { return registered().headerTools }
	}
	e, err := edge.New(inFront, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		registered().handler.ServeHTTP(w, r)
	}))
	if err != nil {
		return nil, err
	}
	s.edge = e
	s.policy = origin.New(origin.Config{
		PublicURL: cfg.PublicURL, AllowedOrigins: cfg.AllowedOrigins, AllowedHosts: cfg.AllowedHosts, OwnOnly: cfg.OwnOriginOnly,
		Headers: []string{headerToolsets, headerTools, headerReadOnly}, Refused: noteRefused,
	})
	s.handler = s.routes()
	return s, nil
}

// Handler is the stack as one handler, for callers with a listener of their own.
func (s *Server) Handler() http.Handler { return s.handler }

// routes mounts everything there is. Every path also stands under the public
// URL's prefix, because some proxies take the prefix off and some do not.
func (s *Server) routes() http.Handler {
	all := chi.NewRouter()
	from := sources(s.cfg)
	all.Use(s.logged, recovered(s.cfg.Log), unslashed, from, located)
	r := all.With(s.limited(true))
	s.front(all, r)

	prefix := s.cfg.PublicURL.Path
	for _, at := range bases(prefix) {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			// Whatever is in flight, a scheduler is told that the process runs.
			all.Method(method, at+"/healthz", http.HandlerFunc(s.healthz))
			all.Method(method, at+"/readyz", http.HandlerFunc(s.readyz))
		}
		r.Handle(at+wellKnown, s.metadata("", pathFilter.below))

		for _, n := range s.pathFilters() {
			guarded := all.With(s.limited(false), s.forPeople(n), s.policy.Middleware, edge.Methods, edge.LimitBody(s.cfg.MaxBody))
			guarded.With(s.choose(n), s.authenticate(true, n), s.identified).Handle(at+"/mcp"+string(n), s.edge)
			guarded.With(s.choose(n), s.authenticate(false, n), s.identified).Handle(at+"/mcp/key"+string(n), s.edge)
			// Where RFC 9728 puts the document, a slash at the end being one of the resource's, and
			// below the endpoint, where some clients ask.
			r.Handle(at+wellKnown+"/mcp"+string(n), s.metadata(n, pathFilter.typed))
			r.Handle(at+"/mcp"+string(n)+wellKnown, s.metadata(n, pathFilter.below))
			r.Handle(wellKnown+prefix+"/mcp"+string(n), s.metadata(n, pathFilter.typed))
		}
	}
	s.documents(r)
	// A client that was given the public URL alone looks here.
	r.Handle(wellKnown+prefix, s.metadata("", pathFilter.below))
	s.signIn(r)
	return s.hooks(from, all)
}

func (s *Server) authenticate(oauth bool, n pathFilter) func(http.Handler) http.Handler {
	if s.parts.Authenticate == nil {
		return func(next http.Handler) http.Handler { return next }
	}
	return s.parts.Authenticate(oauth, n.typed)
}

// metadata describes the resource at a narrowed path, or is not there. below is how the request tells
// what the resource has after the endpoint.
func (s *Server) metadata(n pathFilter, below func(pathFilter, *http.Request) string) http.Handler {
	if s.parts.Metadata == nil {
		return http.HandlerFunc(notFound)
	}
	return s.policy.Public(s.known(n, s.parts.Metadata(func(r *http.Request) string { return below(n, r) })))
}

func bases(prefix string) []string {
	if prefix == "" {
		return []string{""}
	}
	return []string{"", prefix}
}

// check fills in what is left out and refuses what cannot work.
func check(cfg *Config, parts Parts) error {
	var faults []error
	if u := cfg.PublicURL; u == nil {
		faults = append(faults, errors.New("transport: PublicURL is missing"))
	} else if err := origin.CheckPublicURL(u); err != nil {
		faults = append(faults, fmt.Errorf("transport: PublicURL: %w", err))
	} else {
		cfg.PublicURL = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimRight(u.Path, "/")}
	}
	for i, given := range cfg.AllowedOrigins {
		if err := origin.CheckOrigin(given); err != nil {
			faults = append(faults, fmt.Errorf("transport: AllowedOrigins[%d]: %w", i, err))
		}
	}
	for i, given := range cfg.AllowedHosts {
		if err := origin.CheckHost(given); err != nil {
			faults = append(faults, fmt.Errorf("transport: AllowedHosts[%d]: %w", i, err))
		}
	}
	if cfg.Name == "" || cfg.Version == "" {
		faults = append(faults, errors.New("transport: Name and Version must be given"))
	}
	if parts.Register == nil || parts.Call == nil {
		faults = append(faults, errors.New("transport: Parts.Register and Parts.Call must be given"))
	}
	if cfg.DrainDelay < 0 {
		faults = append(faults, errors.New("transport: DrainDelay must not be negative"))
	}
	if cfg.MaxBody < 0 {
		faults = append(faults, errors.New("transport: MaxBody must not be negative"))
	}
	if cfg.MaxBody == 0 {
		cfg.MaxBody = DefaultMaxBody
	}
	if err := cfg.Limits.Check(); err != nil {
		faults = append(faults, err)
	}
	cfg.Limits = cfg.Limits.WithDefaults()
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return errors.Join(faults...)
}
