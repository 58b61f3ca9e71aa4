// Package files reads files by links that others give, HeyGen in its answers or callers in their arguments: the whole
// of a small one, or a part of one. A link is data from outside, so that it is read under bounds: from public addresses
// over https alone, to a size and within a time, and without any credential, which a signed link does not need. It
// knows nothing of what is in a file, and nothing of v3.
//
// Reading order: files.go (what can be asked for), read.go (one request and its answer), stream.go (a file that is
// handed on), errors.go.
package files

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"heygen-mcp/internal/dial"
	"heygen-mcp/internal/hosts"
)

const (
	// DefaultLimit is how much of a file Get reads where it is told no limit, in bytes.
	DefaultLimit = 8 << 20
	// timeLimit bounds one file from its first packet to its last byte: an agent waits for it.
	timeLimit = 20 * time.Second
	// dialLimit bounds each connection, so that a host that is away leaves time for words.
	dialLimit = 5 * time.Second
	// maxRedirects is how often a link may lead on; stores of files do so once at the most.
	maxRedirects = 3
)

// Config is what a Client is made of. The zero value reads from the open internet alone.
type Config struct {
	// HeyGen is where the API is. Where that is on this machine, as the sandbox is, files are read from
	// the same port of it as well.
	HeyGen *url.URL
}

// Client reads files. It is safe for use by many goroutines and keeps nothing between two calls.
type Client struct {
	http  *http.Client
	guard dial.Guard
}

// File is a file, or the part of it that was asked for.
type File struct {
	Data []byte
	// Type is the media type that its host names, in lower case and without parameters; "" where it
	// names none.
	Type string
	// Size is that of the whole file in bytes, -1 where its host does not say.
	Size int64
}

// New makes a client.
func New(cfg Config) *Client {
	c := &Client{}
	if u := cfg.HeyGen; u != nil && hosts.IsLoopback(u.Hostname()) {
		c.guard.LoopbackPort = portOf(u)
	}
	c.http = &http.Client{
		Timeout: timeLimit,
		Transport: &http.Transport{
			// No proxy: it would be asked in the place of the address that the guard has checked.
			DialContext:            c.guard.Dialer(dialLimit).DialContext,
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    dialLimit,
			MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: c.follow,
	}
	return c
}

// portOf is the port of a URL, 0 where it has none that can be read.
func portOf(u *url.URL) uint16 {
	text := u.Port()
	if text == "" {
		text = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0
	}
	return uint16(port)
}

// Get reads a whole file of at most limit bytes; 0 is DefaultLimit. The error is an *Error, or that of
// ctx.
func (c *Client) Get(ctx context.Context, link string, limit int64) (*File, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return c.read(ctx, link, span{n: limit, whole: true})
}

// GetRange reads at most n bytes of a file from the byte at from, 0 being the first. There are fewer
// where the file ends before. The errors are those of Get.
func (c *Client) GetRange(ctx context.Context, link string, from, n int64) (*File, error) {
	if from < 0 || n <= 0 {
		return nil, &Error{Reason: "no part of it was asked for"}
	}
	return c.read(ctx, link, span{from: from, n: n})
}

// follow holds the next address to what the first was held to. Nothing of the address before travels on:
// a signed link is a secret.
func (c *Client) follow(req *http.Request, via []*http.Request) error {
	req.Header.Del("Referer")
	if len(via) > maxRedirects {
		return errRedirects
	}
	return c.check(req.URL)
}

// check says why a link is not followed. Which address its host has, the guard looks at when it dials.
func (c *Client) check(u *url.URL) error {
	port := c.guard.LoopbackPort
	local := port != 0 && hosts.IsLoopback(u.Hostname()) && portOf(u) == port
	switch {
	case u.Scheme == "https" && u.Host != "" && u.User == nil:
	case u.Scheme == "http" && local && u.User == nil:
	default:
		return errNotHTTPS
	}
	return nil
}
