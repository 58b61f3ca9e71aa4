package heygen

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/internal/clock"
)

// The defaults of Config.
const (
	DefaultBaseURL      = "https://api.heygen.com"
	DefaultReadTimeout  = 30 * time.Second
	DefaultWriteTimeout = 120 * time.Second
	// DefaultUploadTimeout is for files: the largest that v3 takes here is 32 MB.
	DefaultUploadTimeout = 10 * time.Minute
	defaultUserAgent     = "heygen-mcp"
)

// Config is what a Client is made of. The zero value of each field works.
type Config struct {
	// BaseURL is where the API lives; "" is DefaultBaseURL.
	BaseURL string
	// HTTP's Transport makes the requests and adds the credential; nil adds none. Nothing else of it is
	// used: a redirect is an answer, v3 sets no cookies, and each try has a time limit of its own.
	HTTP *http.Client
	// UserAgent names the caller to HeyGen.
	UserAgent string
	// Sleep waits between tries; nil waits in real time.
	Sleep func(ctx context.Context, d time.Duration) error
	// Jitter gives the wait before a try that HeyGen named no time for, at most the bound that it is
	// given; nil takes any time up to the bound, each as likely as the others, so that callers who
	// failed together do not come back together.
	Jitter func(bound time.Duration) time.Duration
	// ReadTimeout and WriteTimeout bound one try, from the connection to the
	// last byte; 0 is the default. UploadTimeout bounds one that sends a file.
	ReadTimeout, WriteTimeout, UploadTimeout time.Duration
	// Watch is told of every try of a call; nil is told nothing.
	Watch WatchFunc
}

// WatchFunc is told that a try of a call begins, the first being try 1. The context is the one in
// which it is made, and end is called when it has ended: with HeyGen's status, 0 where there was no
// answer, and with an error code of HeyGen's or of this package, "" for a success.
type WatchFunc = func(ctx context.Context, op Op, try int) (making context.Context, end func(status int, code string))

// Client calls the API. It is safe for use by many goroutines and keeps
// nothing from one call to the next.
type Client struct {
	base        *url.URL // without a slash at its end
	transport   http.RoundTripper
	userAgent   string
	sleep       func(ctx context.Context, d time.Duration) error
	jitter      func(bound time.Duration) time.Duration
	read, write time.Duration
	upload      time.Duration
	watch       WatchFunc
}

// New checks a Config and makes a Client of it.
func New(c Config) (*Client, error) {
	if c.BaseURL == "" {
		c.BaseURL = DefaultBaseURL
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil {
		return nil, errors.New("heygen: the base URL cannot be read as a URL")
	}
	switch {
	case base.Scheme != "https" && base.Scheme != "http", base.Hostname() == "":
		return nil, errors.New("heygen: the base URL must begin with https:// (or http://) and name a host")
	case base.User != nil:
		return nil, errors.New("heygen: the base URL must not hold a user name or password")
	case base.RawQuery != "" || base.Fragment != "" || base.ForceQuery:
		return nil, errors.New("heygen: the base URL must not have a query or fragment")
	case c.ReadTimeout < 0 || c.WriteTimeout < 0 || c.UploadTimeout < 0:
		return nil, errors.New("heygen: time limits must not be negative")
	case strings.ContainsAny(c.UserAgent, "\r\n"):
		return nil, errors.New("heygen: the user agent must be one line")
	}
	client := &Client{
		base:      withoutSlash(base),
		userAgent: c.UserAgent,
		sleep:     c.Sleep,
		jitter:    c.Jitter,
		read:      c.ReadTimeout,
		write:     c.WriteTimeout,
		upload:    c.UploadTimeout,
		watch:     c.Watch,
		// An http.Client around it would follow redirects, and whoever redirects would choose where the call goes on
		// to; and its cookies would be carried from one caller's call into another's.
		transport: http.DefaultTransport,
	}
	if c.HTTP != nil && c.HTTP.Transport != nil {
		client.transport = c.HTTP.Transport
	}
	if client.userAgent == "" {
		client.userAgent = defaultUserAgent
	}
	if client.sleep == nil {
		client.sleep = clock.Sleep
	}
	if client.jitter == nil {
		client.jitter = fullJitter
	}
	if client.read == 0 {
		client.read = DefaultReadTimeout
	}
	if client.write == 0 {
		client.write = DefaultWriteTimeout
	}
	if client.upload == 0 {
		client.upload = DefaultUploadTimeout
	}
	return client, nil
}

// withoutSlash is a URL without the slashes at its end, which operations begin with.
func withoutSlash(u *url.URL) *url.URL {
	bare := *u
	bare.Path, bare.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return &bare
}

// Do makes one call and gives HeyGen's answer or an *Error. An error of
// another type is a mistake in the declaration of in; that op can be meant, op.Check
// has said before.
//
// in is nil or a pointer to a struct whose fields say by their tags where they
// travel: `json:"name" in:"path|query|body|form|-"`, body where `in` is
// missing; a form takes Files. Embedded structs are flattened. A nil pointer, slice or map is
// absent; everything else is sent, zero or not. A list in the query is one
// value with commas.
//
// key is the Idempotency-Key; "" sends none, and so does an op without one. An op that is Durable
// needs one.
func (c *Client) Do(ctx context.Context, op Op, in any, key string) (*Response, error) {
	if op.Stream {
		return nil, fmt.Errorf("heygen: %s is a stream, which Stream reads", op)
	}
	if op.Durable && key == "" {
		return nil, refuse("idempotency_key", "is required")
	}
	if op.keyed(key) && !isKey(key) {
		return nil, refuse("idempotency_key", "must be 1 to 255 characters out of letters, digits and _ - : .")
	}
	msg, err := encode(op, in)
	if err != nil {
		return nil, err
	}
	a := &attempts{op: op, key: key, limit: c.limit(op, msg), jitter: c.jitter, paced: isPaced(ctx)}
	return repeat(ctx, c, a, func(ctx context.Context) (*Response, int, *failure) {
		res, f := c.try(ctx, a, msg)
		if f != nil {
			return nil, f.Status, f
		}
		return res, res.Status, nil
	})
}

type pacedKey struct{}

// Paced marks calls of a caller that makes many and spaces them itself: an answer to slow down comes
// back at once.
func Paced(ctx context.Context) context.Context { return context.WithValue(ctx, pacedKey{}, true) }

// isPaced reports whether a call is marked.
func isPaced(ctx context.Context) bool {
	paced, _ := ctx.Value(pacedKey{}).(bool)
	return paced
}

// repeat makes attempts until one succeeds, or fails in a way that no other attempt would mend.
func repeat[T any](
	ctx context.Context, c *Client, a *attempts, attempt func(context.Context) (res T, status int, f *failure),
) (T, error) {
	var none T
	for try := 1; ; try++ {
		making, end := ctx, func(int, string) {}
		if c.watch != nil {
			making, end = c.watch(ctx, a.op, try)
		}
		res, status, f := attempt(making)
		if f == nil {
			end(status, "")
			return res, nil
		}
		end(status, f.Code)
		wait, again := a.next(f)
		if !again || ctx.Err() != nil || !outlives(ctx, wait) {
			return none, a.conclude(f)
		}
		if err := c.sleep(ctx, wait); err != nil {
			f.cause = fmt.Errorf("waiting to try again: %w", err)
			return none, a.conclude(f)
		}
	}
}

// limit bounds one try.
func (c *Client) limit(op Op, msg *message) time.Duration {
	switch {
	case op.reads():
		return c.read
	case msg.files:
		return c.upload
	}
	return c.write
}

// outlives says that ctx allows for the wait; sleeping into a certain end
// would only hide the reason for it.
func outlives(ctx context.Context, wait time.Duration) bool {
	end, ok := ctx.Deadline()
	return !ok || time.Until(end) > wait
}

// isTimeout recognises a time limit however deep the transport has wrapped it.
func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &n) && n.Timeout())
}

// isKey reports whether v3 takes a text as an Idempotency-Key.
func isKey(s string) bool {
	return s != "" && len(s) <= 255 && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("_-:.", r)
	}) < 0
}
