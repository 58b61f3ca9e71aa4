package fastget

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// raw is a server that answers each connection's first request with some texts, which it sends at once. over is nil or
// adds TLS, which makes a record of each of them.
func raw(t *testing.T, over *tls.Config, texts ...string) (host string) {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	t.Cleanup(func() {
		_ = ln.Close()
		group.Wait()
	})
	group.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			group.Go(func() {
				defer func() { _ = c.Close() }()
				sent := &together{Conn: c}
				s := net.Conn(sent)
				if over != nil {
					s = tls.Server(sent, over)
				}
				_, _ = s.Read(make([]byte, 4096))
				sent.holds = true
				for _, text := range texts {
					_, _ = io.WriteString(s, text)
				}
				_, _ = c.Write(sent.held.Bytes())
				_, _ = io.Copy(io.Discard, c)
			})
		}
	})
	return ln.Addr().String()
}

// together is a connection that can hold back what is written.
type together struct {
	net.Conn
	holds bool
	held  bytes.Buffer
}

// Write implements io.Writer.
func (c *together) Write(p []byte) (int, error) {
	if c.holds {
		return c.held.Write(p)
	}
	return c.Conn.Write(p)
}

// TestWhatComesUnaskedIsNoAnswer holds that what a server says after its answer is not taken for that of the next
// request, which may be another caller's.
func TestWhatComesUnaskedIsNoAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(nil)
	server.StartTLS()
	secure := server.TLS.Clone()
	secure.NextProtos = []string{"http/1.1"}
	trusted := server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	server.Close()
	for scheme, over := range map[string]*tls.Config{"http": nil, "https": secure} {
		for name, answers := range map[string][]string{
			"another answer": {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "HTTP/1.1 500 Broken\r\nContent-Length: 1\r\n\r\nb"},
			"more of it":     {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na" + strings.Repeat("x", 9000)},
		} {
			t.Run(scheme+" "+name, func(t *testing.T) {
				t.Parallel()
				at := scheme + "://" + raw(t, over, answers...)
				via := New(&http.Transport{TLSClientConfig: trusted})
				defer via.CloseIdleConnections()
				for range 3 {
					if got, err := get(t.Context(), via, at); err != nil || got.body != "a" {
						t.Fatalf("got %+v, %v, want the body a", got, err)
					}
				}
			})
		}
	}
}

// TestAnswersBeforeTheAnswer holds that a server may say as often as it likes that it is at work.
func TestAnswersBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	at := "http://" + raw(t, nil, strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 20)+"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
	for name, via := range map[string]http.RoundTripper{"net/http": &http.Transport{}, "fastget": New(&http.Transport{})} {
		got, err := get(t.Context(), via, at)
		if err != nil || got.status != http.StatusOK || got.body != "a" {
			t.Errorf("%s: got %+v, %v, want 200 and the body a", name, got, err)
		}
		via.(interface{ CloseIdleConnections() }).CloseIdleConnections()
	}
}
