package fastget

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// served starts a server and gives a Transport, and how many connections the server has had.
func served(t *testing.T, secure bool, h http.HandlerFunc) (url string, via *Transport, connections *atomic.Int64) {
	t.Helper()
	connections = new(atomic.Int64)
	srv := httptest.NewUnstartedServer(h)
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	if secure {
		srv.StartTLS()
	} else {
		srv.Start()
	}
	base := &http.Transport{MaxIdleConnsPerHost: 100}
	if secure {
		base.TLSClientConfig = srv.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	}
	via = New(base)
	t.Cleanup(func() {
		via.CloseIdleConnections()
		srv.Close()
	})
	return srv.URL, via, connections
}

// answer is what a GET was answered with.
type answer struct {
	status   int
	head     string // headers, trailers and the length
	body     string
	unzipped bool
}

// get makes a GET and reads the answer. header is the name of one and its value.
func get(ctx context.Context, via http.RoundTripper, url string, header ...string) (got answer, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return got, err
	}
	if len(header) == 2 {
		req.Header.Set(header[0], header[1])
	}
	res, err := via.RoundTrip(req)
	if err != nil {
		return got, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, fmt.Sprint(res.Header, res.Trailer, res.ContentLength), string(body), res.Uncompressed}, err
}

func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		at, via, connections := served(t, secure, func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, "%s %s %s %v", r.Method, r.RequestURI, r.Header.Get("X-Api-Key"), r.TLS != nil) //nolint:gosec // G705: no browser reads it
		})
		for i := range 5 {
			got, err := get(t.Context(), via, fmt.Sprintf("%s/v3/a%%20b?n=%d", at, i), "X-Api-Key", "k")
			if want := fmt.Sprintf("GET /v3/a%%20b?n=%d k %v", i, secure); err != nil || got.body != want {
				t.Fatalf("got %+v, %v, want %q", got, err, want)
			}
		}
		if n := connections.Load(); n != 1 {
			t.Errorf("TLS %v: %d connections", secure, n)
		}
	}
}

// TestAConnectionThatWasClosedIsNotUsed holds that a server that closes what is kept fails no request.
func TestAConnectionThatWasClosedIsNotUsed(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	open := map[net.Conn]bool{}
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a") }))
	idle := make(chan struct{}, 10)
	srv.Config.ConnState = func(c net.Conn, s http.ConnState) {
		mu.Lock()
		open[c] = s == http.StateIdle
		mu.Unlock()
		if s == http.StateIdle {
			idle <- struct{}{}
		}
	}
	srv.Start()
	defer srv.Close()
	via := New(&http.Transport{})
	defer via.CloseIdleConnections()
	for range 3 {
		if got, err := get(t.Context(), via, srv.URL); err != nil || got.body != "a" {
			t.Fatalf("got %+v, %v", got, err)
		}
		<-idle
		mu.Lock()
		for c := range open {
			_ = c.Close()
		}
		mu.Unlock()
	}
}

func TestTheEndOfTheRequestEndsTheWait(t *testing.T) {
	t.Parallel()
	for what, answer := range map[string]string{"before the head": "", "within it": "HTTP/1.1 200 OK\r\nCont", "within the body": "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"} {
		at := "http://" + raw(t, nil, answer)
		via := New(&http.Transport{})
		late, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := get(late, via, at)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: a time limit: %v", what, err)
		}
		left, leave := context.WithCancelCause(t.Context())
		leave(errors.New("left"))
		if _, err = get(left, via, at); err == nil || err.Error() != "left" {
			t.Errorf("%s: a request that was given up: %v", what, err)
		}
		if len(via.pool.idle) > 0 {
			t.Errorf("%s: a connection in the middle of an answer is kept", what)
		}
		via.CloseIdleConnections()
	}
}

func TestCompressedAnswersAreReadAsTheyWere(t *testing.T) {
	t.Parallel()
	at, via, connections := served(t, false, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			_, _ = io.WriteString(w, "plain")
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, strings.Repeat("zipped ", 1000))
		_ = z.Close()
	})
	for range 2 {
		got, err := get(t.Context(), via, at)
		if err != nil || got.body != strings.Repeat("zipped ", 1000) || !got.unzipped || !strings.HasSuffix(got.head, " -1") || strings.Contains(got.head, "Encoding") {
			t.Fatalf("got %.200v, %v", got, err)
		}
	}
	if got, err := get(t.Context(), via, at, "Accept-Encoding", "identity"); err != nil || got.body != "plain" {
		t.Errorf("got %+v, %v", got, err)
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	t.Parallel()
	via := New(&http.Transport{})
	var asked, had bool
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GetConn: func(string) { asked = true }, GotConn: func(httptrace.GotConnInfo) { had = true }})
	if _, err := get(ctx, via, "http://127.0.0.1:1/"); err == nil || !asked || had {
		t.Errorf("got %v; a connection was asked for: %v, and had: %v", err, asked, had)
	}
	at, _, _ := served(t, true, func(http.ResponseWriter, *http.Request) {})
	had = false
	var unknown *tls.CertificateVerificationError
	if _, err := get(ctx, via, at); !errors.As(err, &unknown) || had {
		t.Errorf("a certificate that nobody knows: %v; a connection was had: %v", err, had)
	}
}

// TestOldConnectionsAreClosed holds that what nobody uses goes, and what is used stays.
func TestOldConnectionsAreClosed(t *testing.T) {
	t.Parallel()
	at, via, _ := served(t, false, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a") })
	via.pool.keepFor = time.Hour
	via.pool.sweeping = true // the test is the clock
	var held []*conn
	for range 3 {
		c, err := via.connect(t.Context(), "http", strings.TrimPrefix(at, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
	}
	for _, c := range held {
		via.pool.put(c)
	}
	held[0].kept, held[1].kept = held[0].kept.Add(-2*time.Hour), held[1].kept.Add(-2*time.Hour)
	via.pool.sweepNow()
	if left := via.pool.idle[held[0].key]; len(left) != 1 || left[0] != held[2] {
		t.Errorf("%d are left", len(left))
	}
	held[2].kept = held[2].kept.Add(-2 * time.Hour)
	if via.pool.sweepNow(); len(via.pool.idle) != 0 {
		t.Error("nothing is to be left")
	}
}

// TestManyAtOnce holds that no answer goes to who has not asked for it, also where some leave before theirs has come.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	at, via, _ := served(t, false, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat(r.URL.RawQuery+" ", 3000)) //nolint:gosec // G705: no browser reads it
	})
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			for j := range 30 {
				ctx, cancel := context.WithCancel(t.Context())
				if (i+j)%5 == 0 {
					go cancel()
				}
				name := fmt.Sprintf("n%d-%d", i, j)
				got, err := get(ctx, via, at+"/?"+name)
				if err == nil && got.body != strings.Repeat(name+" ", 3000) || err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("%s: got %.40q, %v", name, got.body, err)
				}
				cancel()
			}
		})
	}
	group.Wait()
}
