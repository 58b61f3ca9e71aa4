package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/credential"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

// Mode says whose credential a call to HeyGen carries.
type Mode string

const (
	// Direct passes on the credential that each request brings.
	Direct Mode = "direct"
	// Broker gives clients tokens of its own, and keeps people's credentials to itself.
	Broker Mode = "broker"
	// Single uses one key of the operator's for every caller.
	Single Mode = "single"
)

const (
	// defaultRemember is how long an answer of HeyGen's about a credential is
	// believed. A revoked token can so list our tools for a minute more, and do
	// no more than that: HeyGen itself refuses the calls.
	defaultRemember = time.Minute
	// defaultMaxRemembered keeps the memory under some 4 MB.
	defaultMaxRemembered = 10_000
)

// Config is what an Auth is made of. New says which fields a mode demands.
type Config struct {
	Mode Mode
	// Resource is the full public URL of the MCP endpoint, exactly as people type
	// it: clients compare it byte by byte. Direct only.
	Resource string
	// KeyResource is the full public URL of the endpoint without OAuth, named in
	// a refusal as the other way in. May be empty. Direct only.
	KeyResource string
	// AuthorizationServer is the issuer whose tokens HeyGen takes, byte for byte
	// as its own metadata spells it. Direct only.
	AuthorizationServer string
	// Scopes are asked for in the challenge; none means openid, profile, email.
	Scopes []string
	// HeyGenURL names the one scheme and host that a credential is sent to.
	HeyGenURL *url.URL
	// APIKey is the operator's HeyGen key. Single only.
	APIKey string
	// Token is what a caller must present in Single. Empty lets everybody in who
	// can connect, which is right on a loopback listener and nowhere else.
	Token string
	// Check asks HeyGen about the credential in ctx: nil when it is good,
	// RejectedError when HeyGen refuses it, any other error when HeyGen cannot
	// tell now. account is the same for every credential of one account and for
	// nobody else's; "" is not known. It must go through Transport, which adds
	// the credential. Direct only.
	Check func(ctx context.Context) (account string, err error)
	// Remember is how long an answer of Check is believed; 0 is a minute.
	Remember time.Duration
	// MaxRemembered bounds the answers that are held; 0 is 10000.
	MaxRemembered int
	// Failures are the credentials that one source, and all of them together, may show in vain before they are refused
	// unseen; what is left out is a default. Callers whose credential is remembered are not affected.
	Failures limit.Levels
	// Broker is what the mode of that name needs besides. Its AuthorizationServer is
	// this deployment's own public URL.
	Broker *BrokerConfig
	// Checked is told of every check of a caller's credential, by how it came out: one of the Check
	// words of this package. Remembered is told whether an answer about a credential, or about a
	// token of this server's, was at hand. nil tells nobody.
	Checked    func(outcome string)
	Remembered func(what string, hit bool)
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Log gets what an operator must know. Never a credential.
	Log zerolog.Logger
}

// RejectedError is what Check returns for a credential that HeyGen refuses.
type RejectedError = credential.RejectedError

// Auth is the authentication of one endpoint. Make it with New.
type Auth struct {
	mode     Mode
	check    func(ctx context.Context) (account string, err error)
	origin   string
	log      zerolog.Logger
	memory   *memory
	clock    func() time.Time
	failures *limit.Limiter[peer.Source]
	doubtful *limit.Slots[peer.Source] // look-ups of sources that fail too often
	operator identity
	broker   *broker.Broker // nil but in Broker
	token    string
	checked  func(outcome string)

	descriptions hosts.Named[*description] // of nil in Single
}

// New makes an Auth, or says everything that is wrong with cfg at once.
func New(cfg Config) (*Auth, error) {
	a := &Auth{mode: cfg.Mode, check: cfg.Check, token: cfg.Token, log: cfg.Log, checked: cfg.Checked}
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("auth: "+format, args...)) }

	switch cfg.Mode {
	case Direct:
		faults = append(faults, a.direct(cfg)...)
	case Broker:
		cfg.Scopes = scope.All()
		faults = append(faults, a.direct(cfg)...)
	case Single:
		faults = append(faults, a.single(cfg)...)
	default:
		fault("Mode is %q; it must be %q, %q or %q", cfg.Mode, Broker, Direct, Single)
	}
	switch u := cfg.HeyGenURL; {
	case u == nil:
		fault("HeyGenURL is missing")
	case (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "":
		fault("HeyGenURL must be an http or https URL with a host")
	case u.User != nil:
		// Not shown: what stands before the @ may be a secret.
		fault("HeyGenURL must not carry a user name or password")
	default:
		a.origin = hosts.Origin(u)
	}
	if cfg.Remember < 0 {
		fault("Remember is %v; it must not be negative", cfg.Remember)
	}
	if cfg.MaxRemembered < 0 {
		fault("MaxRemembered is %d; it must not be negative", cfg.MaxRemembered)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}

	if cfg.Remember == 0 {
		cfg.Remember = defaultRemember
	}
	if cfg.MaxRemembered == 0 {
		cfg.MaxRemembered = defaultMaxRemembered
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	a.memory, a.clock = newMemory(cfg.MaxRemembered, cfg.Remember, cfg.Clock), cfg.Clock
	a.memory.remembered = cfg.Remembered
	a.failures = limit.New[peer.Source](cfg.Failures.Or(defaultFailures()))
	a.doubtful = limit.NewSlots[peer.Source](1, waitingLookups)
	if cfg.Mode == Broker {
		if err := a.startBroker(cfg); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// direct takes from the Config what the mode of that name needs.
func (a *Auth) direct(cfg Config) (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("auth: "+format, args...)) }
	if cfg.Check == nil {
		fault("Check is missing; direct mode cannot tell a good credential without it")
	}
	resource, err := publicURL(cfg.Resource)
	if err != nil {
		fault("Resource %w", err)
	}
	if _, err := publicURL(cfg.AuthorizationServer); err != nil {
		fault("AuthorizationServer %w", err)
	}
	if cfg.KeyResource != "" {
		if _, err := publicURL(cfg.KeyResource); err != nil {
			fault("KeyResource %w", err)
		}
	}
	scopes := cfg.Scopes
	if len(scopes) == 0 {
		scopes = []string{"openid", "profile", "email"}
	}
	for _, scope := range scopes {
		// The characters RFC 6749 allows; a quote would end the header's parameter early.
		if !visible(scope) || strings.ContainsAny(scope, `"\`) {
			fault("Scopes has %q, which is not an OAuth scope", scope)
		}
	}
	if len(faults) > 0 {
		return faults
	}
	a.descriptions, err = hosts.NewNamed(resource, func(origin *url.URL) (*description, error) {
		return describe(cfg, resource, origin, scopes), nil
	})
	if err != nil {
		faults = append(faults, err)
	}
	return faults
}

// publicURL checks a URL that goes out to clients as it stands.
func publicURL(s string) (*url.URL, error) {
	if s == "" {
		return nil, errors.New("is missing")
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return nil, errors.New("is not a URL")
	case (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "":
		return nil, fmt.Errorf("is %q; it must be an http or https URL with a host", u.Redacted())
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(s, "#"):
		return nil, errors.New("must have no user name, query or fragment")
	case u.String() != s:
		return nil, fmt.Errorf("is %q; clients compare it byte by byte, so write it in its usual form: %q", s, u.String())
	}
	return u, nil
}

// Middleware lets only identified callers through to the next handler. With
// oauth its 401 tells where to sign in; without, as on the endpoint for headers
// only, and always in Single, it keeps silent about OAuth. below, which may be
// nil, tells which of the resources at or below Config.Resource was asked for.
func (a *Auth) Middleware(oauth bool, below func(*http.Request) string) func(http.Handler) http.Handler {
	g := gate{auth: a, oauth: oauth && a.mode != Single, below: below, identify: a.identifyDirect}
	switch a.mode {
	case Direct:
	case Single:
		g.identify = a.identifySingle
	case Broker:
		g.identify = a.identifyBroker
	}
	return g.guard
}
