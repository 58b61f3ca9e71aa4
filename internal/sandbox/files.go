package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

const (
	// linkLifetime is how long a link opens its file; v3 publishes no number.
	linkLifetime = 24 * time.Hour
)

// link is a signed address of a file, on the host by which the request came.
func (s *Sandbox) link(r *http.Request, name string) string { return s.signed(r, "/files/"+name) }

// signed is a signed address of anything here.
func (s *Sandbox) signed(r *http.Request, path string) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	expires := strconv.FormatInt(s.clock.Now().Add(linkLifetime).Unix(), 10)
	return scheme + "://" + r.Host + path + "?expires=" + expires + "&signature=" + s.signature(path, expires)
}

func (s *Sandbox) signature(path, expires string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("file\n" + path + "\n" + expires))
	return hex.EncodeToString(mac.Sum(nil))
}

// opens says whether a link's query opens a path.
func (s *Sandbox) opens(path string, q url.Values) bool {
	expires, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	signed := hmac.Equal([]byte(q.Get("signature")), []byte(s.signature(path, q.Get("expires"))))
	return err == nil && signed && s.clock.Now().Unix() < expires
}

// sample links to three seconds of a voice.
func (s *Sandbox) sample(r *http.Request, id string) string { return s.link(r, "samples/"+id+".wav") }

// picture links to a picture of that size, which the id decides.
func (s *Sandbox) picture(r *http.Request, id string, width, height int) string {
	return s.link(r, fmt.Sprintf("previews/%dx%d/%s.png", width, height, id))
}

// serveFile answers a signed link, as a storage host would: a credential sent
// along is refused, because it should never have left for here.
func (s *Sandbox) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" || r.Header.Get("X-Api-Key") != "" {
		http.Error(w, "Only one way to authorize a request is allowed: the signature in the link.", http.StatusBadRequest)
		return
	}
	if !s.opens(r.URL.Path, r.URL.Query()) {
		http.Error(w, "The link has expired or its signature does not match.", http.StatusForbidden)
		return
	}
	dir, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	id, _, _ := strings.Cut(path.Base(name), ".")
	var one *media.Content
	var err error
	switch dir {
	case "previews":
		one, err = media.Preview(id, path.Dir(name))
	case "samples":
		one, err = (&media.File{Seconds: media.SampleSeconds}).Content(id, ".wav")
	default:
		s.mu.Lock()
		of := s.media[id]
		s.mu.Unlock()
		if of != nil {
			one, err = of.Content(id, path.Ext(name))
		}
	}
	switch {
	case err != nil:
		http.Error(w, "The file could not be made.", http.StatusInternalServerError)
	case one == nil:
		http.NotFound(w, r)
	default:
		one.Serve(w, r)
	}
}
