// Package brokertest is the test bench of the authorization server: a deployment with auth in
// front, the sandbox behind and a store, browsers with users in front of them, and clients. The
// tests of the packages below auth/broker drive their code through it over HTTP.
package brokertest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/sandbox"
)

// The redirect URIs of a client on this computer and of a hosted one, and a PKCE verifier.
const (
	Callback = "http://127.0.0.1:49152/callback"
	Hosted   = "https://claude.ai/api/mcp/auth_callback"
	Verifier = "a-verifier-of-at-least-forty-three-characters-is-long"
)

// HeyGen is the sandbox behind a counter of what it is asked.
type HeyGen struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int // by path, and by grant type for the token endpoint
	// instead answers in the sandbox's place where it says so; run does what the sandbox would.
	instead func(w http.ResponseWriter, what string, run func()) bool
}

// Answers changes how HeyGen answers from now on; nil is as usual.
func (h *HeyGen) Answers(instead func(w http.ResponseWriter, what string, run func()) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.instead = instead
}

// Count is how often something happened.
func (h *HeyGen) Count(what string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.asked[what]
}

// Deployment is a server with the broker in front, HeyGen behind, and a store that replicas can
// share.
type Deployment struct {
	T      testing.TB
	Auth   *auth.Auth
	URL    string
	HeyGen *HeyGen
	Clock  *Clock
	Log    *SafeBuffer
	Store  auth.Store
	Open   func() auth.Store
	Events *EventLog
	Client *http.Client // for what is not a browser; it follows no redirect
	// dial is how browsers reach the server; nil is by its address.
	dial http.RoundTripper
	// replicas is how many servers there are behind url. arrived is told of each request that
	// reaches one of them.
	Replicas int
	Arrived  atomic.Pointer[func()]
}

// NoRedirects makes an http.Client follow no redirect.
func NoRedirects(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Deploy starts a deployment on a store.
func Deploy(t testing.TB, open func() auth.Store, change ...func(*auth.Config)) *Deployment {
	t.Helper()
	d := &Deployment{
		T: t, Open: open, Log: &SafeBuffer{}, Events: &EventLog{}, Client: &http.Client{CheckRedirect: NoRedirects},
		Clock: &Clock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)},
	}
	box, err := sandbox.New(sandbox.Config{Clock: d.Clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	d.HeyGen = &HeyGen{asked: map[string]int{}}
	d.HeyGen.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		what := r.URL.Path
		if what == "/v1/oauth/token" {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			form, _ := url.ParseQuery(string(body))
			what = form.Get("grant_type")
		}
		d.HeyGen.mu.Lock()
		d.HeyGen.asked[what]++
		for _, values := range r.Header {
			if strings.Contains(strings.Join(values, " "), "hgm_") {
				d.HeyGen.asked["a token of this server's"]++
			}
		}
		instead := d.HeyGen.instead
		d.HeyGen.mu.Unlock()
		if instead == nil || !instead(w, what, func() { box.ServeHTTP(httptest.NewRecorder(), r) }) {
			box.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(d.HeyGen.Close)
	d.Store = open()
	d.Serve(change...)
	return d
}

// Serve starts the server that d talks to: one on its store, or a proxy in front of two replicas.
func (d *Deployment) Serve(change ...func(*auth.Config)) {
	d.T.Helper()
	var handler atomic.Pointer[http.Handler]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*handler.Load()).ServeHTTP(w, r) }))
	d.T.Cleanup(server.Close)
	d.URL, d.Replicas = server.URL, 1
	var h http.Handler
	if _, two := d.Store.(Shared); two {
		h = d.behindProxy(change...)
	} else {
		h = d.Start(d.Store, change...)
	}
	handler.Store(&h)
}

// Start makes the handler of one replica.
func (d *Deployment) Start(s auth.Store, change ...func(*auth.Config)) http.Handler {
	d.T.Helper()
	u, err := url.Parse(d.HeyGen.URL)
	if err != nil {
		d.T.Fatal(err)
	}
	heygen := &http.Client{}
	look := func(ctx context.Context) (auth.Account, error) {
		var me struct {
			Data struct {
				Username string `json:"username"`
			} `json:"data"`
		}
		status, err := GetJSON(ctx, heygen, d.HeyGen.URL+"/v3/users/me", &me)
		if status == http.StatusUnauthorized {
			return auth.Account{}, auth.RejectedError{}
		}
		if err == nil && status != http.StatusOK {
			err = errors.New(http.StatusText(status))
		}
		return auth.Account{ID: me.Data.Username, Name: me.Data.Username, Balance: "12.34 USD"}, err
	}
	cfg := auth.Config{
		Mode: auth.Broker, Resource: d.URL + "/mcp", KeyResource: d.URL + "/mcp/key", AuthorizationServer: d.URL, HeyGenURL: u,
		Clock: d.Clock.Now, Log: zerolog.New(d.Log),
		Check: func(ctx context.Context) (string, error) {
			a, err := look(ctx)
			return a.ID, err
		},
		Broker: &auth.BrokerConfig{Store: s, FetchAccount: look, HeyGenIssuer: d.HeyGen.URL, Audit: d.Events.add},
	}
	for _, c := range change {
		c(&cfg)
	}
	a, err := auth.New(cfg)
	if err != nil {
		d.T.Fatal(err)
	}
	d.T.Cleanup(a.Close)
	d.Auth = a
	heygen.Transport = a.Transport(http.DefaultTransport)
	mcp := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if scope := r.URL.Query().Get("scope"); scope != "" {
			if challenge, lacks := a.Lacks(r.Context(), scope); lacks {
				w.Header().Set("WWW-Authenticate", challenge)
				w.WriteHeader(http.StatusForbidden)
				return
			}
		}
		if r.URL.Query().Has("count") {
			a.CountCall(r.Context())
		}
		if r.URL.Query().Has("cap") {
			most, err := a.SpendCap(r.Context())
			switch {
			case err != nil:
				w.WriteHeader(http.StatusServiceUnavailable)
			case most == nil:
				_, _ = io.WriteString(w, "none")
			default:
				_, _ = io.WriteString(w, strconv.FormatInt(*most, 10))
			}
			return
		}
		if r.URL.Query().Has("call") {
			method := r.URL.Query().Get("call")
			if method == "" {
				method = http.MethodGet
			}
			req, err := http.NewRequestWithContext(r.Context(), method, d.HeyGen.URL+"/v3/users/me", nil)
			if err != nil {
				d.T.Error(err)
				return
			}
			res, err := heygen.Do(req) //nolint:gosec // G704: the test's own server
			if err != nil {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			defer func() { _ = res.Body.Close() }()
			w.WriteHeader(res.StatusCode)
			_, _ = io.Copy(w, res.Body)
			return
		}
		_, _ = io.WriteString(w, auth.Caller(r.Context()))
	})
	mux := http.NewServeMux()
	mux.Handle("/mcp", a.Middleware(true, nil)(mcp))
	mux.Handle("/mcp/key", a.Middleware(false, nil)(mcp))
	mux.Handle("/.well-known/oauth-protected-resource", a.Metadata(nil))
	mux.Handle("/.well-known/", a.ServerMetadata())
	mux.Handle("/", a.SignIn())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if arrived := d.Arrived.Load(); arrived != nil {
			(*arrived)()
		}
		mux.ServeHTTP(w, r)
	})
}

// GetJSON reads JSON from an address.
func GetJSON(ctx context.Context, web *http.Client, target string, into any) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return 0, err
	}
	res, err := web.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return res.StatusCode, nil
	}
	return res.StatusCode, json.NewDecoder(res.Body).Decode(into)
}

// Revoked waits until HeyGen was told to end as many tokens as are wanted.
func (d *Deployment) Revoked(want int) {
	d.T.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for d.HeyGen.Count("/v1/oauth/revoke") < want && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if n := d.HeyGen.Count("/v1/oauth/revoke"); n != want {
		d.T.Errorf("HeyGen was told to end %d tokens, want %d", n, want)
	}
}

// SweepOften has the broker sweep every few milliseconds.
func SweepOften(cfg *auth.Config) { cfg.Broker.SweepEvery = 5 * time.Millisecond }

// Querying is a redirect URI with a query of its own.
const Querying = "http://127.0.0.1/cb?a=1+2&b&%C3%A9=%26"

// StaticClients are the clients of TestRules from the settings.
func StaticClients() []auth.Client {
	return []auth.Client{{ID: "known", Redirects: []string{Callback, Querying}, Secret: "a secret of the operator's"}}
}

// Besides is a further server on the same store, changed.
func (d *Deployment) Besides(change func(*auth.Config)) *Deployment {
	d.T.Helper()
	if change == nil {
		return Deploy(d.T, d.Open)
	}
	return Deploy(d.T, d.Open, change)
}
