package listen

import (
	"net"
	"net/http"
	"net/url"
	"time"
)

// Server serves something beside what the program is for, on a listener of its own. A nil Server serves nothing.
type Server struct {
	URL    *url.URL
	server *http.Server
	done   chan struct{}
}

// Serve serves a handler on a listener, which On gave with the URL.
func Serve(ln net.Listener, u *url.URL, handler http.Handler) *Server {
	s := &Server{
		URL: u,
		// How long a client may take over its headers, and be idle.
		server: &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute},
		done:   make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(ln) // it ends with ErrServerClosed, by Close
	}()
	return s
}

// Close ends the server at once, with whatever it is answering.
func (s *Server) Close() {
	if s == nil {
		return
	}
	_ = s.server.Close()
	<-s.done
}
