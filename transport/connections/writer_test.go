package connections_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"

	"heygen-mcp/transport/connections"
)

// TestAnswers holds that what is written is an answer of HTTP/1.1, of a length that is known or in chunks, after which
// the connection ends.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, length := range []string{"", "5"} {
		ours, theirs := net.Pipe()
		w := &connections.Writer{Conn: ours, Head: http.Header{"X-Kept": {"yes"}}}
		if length != "" {
			w.Header().Set("Content-Length", length)
		}
		go func() {
			w.WriteHeader(http.StatusEarlyHints) // is no answer
			w.WriteHeader(http.StatusAccepted)
			w.WriteHeader(http.StatusTeapot) // comes too late
			for _, part := range []string{"he", "", "llo"} {
				if _, err := io.WriteString(w, part); err != nil {
					t.Error(err)
				}
			}
			w.End()
			_ = ours.Close()
		}()
		res, err := http.ReadResponse(bufio.NewReader(theirs), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil || string(body) != "hello" || res.StatusCode != http.StatusAccepted || !res.Close || res.Header.Get("X-Kept") != "yes" ||
			res.Header.Get("Date") == "" {
			t.Errorf("with a length of %q: %v, %q, %v", length, res, body, err)
		}
		_ = res.Body.Close()
		_ = theirs.Close()
	}
}

// TestAnswerWithoutAStatus holds that whoever writes before a status is given answers with 200.
func TestAnswerWithoutAStatus(t *testing.T) {
	t.Parallel()
	ours, theirs := net.Pipe()
	w := &connections.Writer{Conn: ours, Head: http.Header{}}
	go func() {
		_, _ = io.WriteString(w, "hello") // what arrives says whether it could be written
		w.End()
		_ = ours.Close()
	}()
	res, err := http.ReadResponse(bufio.NewReader(theirs), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil || string(body) != "hello" || res.StatusCode != http.StatusOK || res.ContentLength != -1 {
		t.Errorf("got %v, %q, %v", res, body, err)
	}
	_ = res.Body.Close()
	_ = theirs.Close()
}

// TestClientThatLeft holds that whoever writes to a client that has left is told so, at once and ever after.
func TestClientThatLeft(t *testing.T) {
	t.Parallel()
	ours, theirs := net.Pipe()
	_ = theirs.Close()
	w := &connections.Writer{Conn: ours, Head: http.Header{}}
	for range 2 {
		if _, err := io.WriteString(w, "hello"); !errors.Is(err, net.ErrClosed) && !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %v, want that the connection is closed", err)
		}
	}
	w.End()
	_ = ours.Close()
}
