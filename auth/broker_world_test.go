package auth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/sandbox"
)

const (
	callback = "http://127.0.0.1:49152/callback"
	hosted   = "https://claude.ai/api/mcp/auth_callback"
	verifier = "a-verifier-of-at-least-forty-three-characters-is-long"
)

// heygen is the sandbox behind a counter of what it is asked.
type heygenServer struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int // by path, and by grant type for the token endpoint
	// instead answers in the sandbox's place where it says so; run does what the sandbox would.
	instead func(w http.ResponseWriter, what string, run func()) bool
}

// answers changes how HeyGen answers from now on; nil is as usual.
func (h *heygenServer) answers(instead func(w http.ResponseWriter, what string, run func()) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.instead = instead
}

func (h *heygenServer) count(what string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.asked[what]
}

// deployment is a server with the broker in front, HeyGen behind, and a store that replicas can share.
type deployment struct {
	t      testing.TB
	auth   *auth.Auth
	url    string
	heygen *heygenServer
	clock  *clock
	log    *safeBuffer
	store  auth.Store
	open   func() auth.Store
	events *eventLog
	client *http.Client // for what is not a browser; it follows no redirect
	// replicas is how many servers there are behind url. arrived is told of each request that reaches one of them.
	replicas int
	arrived  atomic.Pointer[func()]
}

type eventLog struct {
	mu  sync.Mutex
	all []auth.Event
}

func (l *eventLog) add(_ context.Context, e auth.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, e)
}

func (l *eventLog) count(what string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.all {
		if e.What == what {
			n++
		}
	}
	return n
}

func noRedirects(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// deploy starts a deployment on a store.
func deploy(t testing.TB, open func() auth.Store, change ...func(*auth.Config)) *deployment {
	t.Helper()
	d := &deployment{
		t: t, open: open, log: &safeBuffer{}, events: &eventLog{}, client: &http.Client{CheckRedirect: noRedirects},
		clock: &clock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)},
	}
	box, err := sandbox.New(sandbox.Config{Clock: d.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	d.heygen = &heygenServer{asked: map[string]int{}}
	d.heygen.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		what := r.URL.Path
		if what == "/v1/oauth/token" {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			form, _ := url.ParseQuery(string(body))
			what = form.Get("grant_type")
		}
		d.heygen.mu.Lock()
		d.heygen.asked[what]++
		for _, values := range r.Header {
			if strings.Contains(strings.Join(values, " "), "hgm_") {
				d.heygen.asked["a token of this server's"]++
			}
		}
		instead := d.heygen.instead
		d.heygen.mu.Unlock()
		if instead == nil || !instead(w, what, func() { box.ServeHTTP(httptest.NewRecorder(), r) }) {
			box.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(d.heygen.Close)
	d.store = open()
	d.serve(change...)
	return d
}

// serve starts the server that d talks to: one on its store, or a proxy in front of two replicas.
func (d *deployment) serve(change ...func(*auth.Config)) {
	d.t.Helper()
	var handler atomic.Pointer[http.Handler]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*handler.Load()).ServeHTTP(w, r) }))
	d.t.Cleanup(server.Close)
	d.url, d.replicas = server.URL, 1
	var h http.Handler
	if _, two := d.store.(shared); two {
		h = d.behindProxy(change...)
	} else {
		h = d.start(d.store, change...)
	}
	handler.Store(&h)
}

// start makes the handler of one replica.
func (d *deployment) start(s auth.Store, change ...func(*auth.Config)) http.Handler {
	d.t.Helper()
	u, err := url.Parse(d.heygen.URL)
	if err != nil {
		d.t.Fatal(err)
	}
	heygen := &http.Client{}
	look := func(ctx context.Context) (auth.Account, error) {
		var me struct {
			Data struct {
				Username string `json:"username"`
			} `json:"data"`
		}
		status, err := getJSON(ctx, heygen, d.heygen.URL+"/v3/users/me", &me)
		if status == http.StatusUnauthorized {
			return auth.Account{}, auth.RejectedError{}
		}
		if err == nil && status != http.StatusOK {
			err = errors.New(http.StatusText(status))
		}
		return auth.Account{ID: me.Data.Username, Name: me.Data.Username, Balance: "12.34 USD"}, err
	}
	cfg := auth.Config{
		Mode: auth.Broker, Resource: d.url + "/mcp", KeyResource: d.url + "/mcp/key", AuthorizationServer: d.url, HeyGenURL: u,
		Clock: d.clock.Now, Log: zerolog.New(d.log),
		Check: func(ctx context.Context) (string, error) {
			a, err := look(ctx)
			return a.ID, err
		},
		Broker: &auth.BrokerConfig{Store: s, FetchAccount: look, HeyGenIssuer: d.heygen.URL, Audit: d.events.add},
	}
	for _, c := range change {
		c(&cfg)
	}
	a, err := auth.New(cfg)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(a.Close)
	d.auth = a
	heygen.Transport = a.Transport(http.DefaultTransport)
	mcp := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if scope := r.URL.Query().Get("scope"); scope != "" {
			if challenge, lacks := a.Lacks(r.Context(), scope); lacks {
				w.Header().Set("WWW-Authenticate", challenge)
				w.WriteHeader(http.StatusForbidden)
				return
			}
		}
		if r.URL.Query().Has("call") {
			method := r.URL.Query().Get("call")
			if method == "" {
				method = http.MethodGet
			}
			req, err := http.NewRequestWithContext(r.Context(), method, d.heygen.URL+"/v3/users/me", nil)
			if err != nil {
				d.t.Error(err)
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
		if arrived := d.arrived.Load(); arrived != nil {
			(*arrived)()
		}
		mux.ServeHTTP(w, r)
	})
}

func getJSON(ctx context.Context, web *http.Client, target string, into any) (int, error) {
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
