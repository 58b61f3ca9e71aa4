package clients

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// documentBytes bounds a document; the largest seen has under 2 KiB.
	documentBytes = 32 << 10
	// A document is believed for as long as its headers say, within these.
	shortestFresh = 5 * time.Minute
	longestFresh  = 24 * time.Hour
)

// IsDocument says whether a client id is the address of a document about the client.
func IsDocument(id string) bool { return strings.HasPrefix(id, "https://") }

// IsKnownHost says whether a document is at the host of a hosted client that is known here.
func IsKnownHost(id string) bool {
	u, err := url.Parse(id)
	return err == nil && u.Scheme == "https" && slices.ContainsFunc(vendors(), func(m vendor) bool {
		return slices.Contains(m.hosts, strings.ToLower(u.Host))
	})
}

// ErrDocument is why a document, or its address, cannot be used. What else can go wrong is this server's own affair.
var ErrDocument = errors.New("the client's document cannot be used")

func unusable(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrDocument, fmt.Errorf(format, args...))
}

// errUnreachable is the one thing that a stranger is told of a host that gives no document. Which
// of these it is would let them map names and ports of the network that this server stands in.
var errUnreachable = errors.New("it could not be fetched: its host cannot be reached over https at a public address, " +
	"or does not answer in time")

// failureAfter is when a failure to reach a host is told, counted from the beginning of the fetch:
// a little after web's own limit, so that one that ran into the limit is told at the same time as
// one that was clear at once. 0 is at once, for a web without a limit.
func failureAfter(web *http.Client) time.Duration { return web.Timeout + web.Timeout/4 }

// Fetch reads the document behind a client id, and says for how long it may be believed. Its errors
// are shown to whoever named the id. That a host cannot be reached is told in the same words and
// after the same time whatever the reason; what a public host has answered is told as it is.
func (p Policy) Fetch(ctx context.Context, web *http.Client, id string) (c Client, fresh time.Duration, err error) {
	u, err := checkID(id)
	if err != nil {
		return Client{}, 0, unusable("%w", err)
	}
	begun := time.Now()
	header, raw, err := download(ctx, web, id)
	switch {
	case errors.Is(err, ErrDocument):
		return Client{}, 0, err
	case err != nil:
		wait(ctx, failureAfter(web)-time.Since(begun))
		return Client{}, 0, unusable("%w", errUnreachable)
	}
	if c, err = p.document(raw, id, u.Host); err != nil {
		return Client{}, 0, unusable("%w", err)
	}
	return c, freshFor(header), nil
}

// download reads what is at an address. ErrDocument is what the host answered; all other errors are
// failures to reach it.
func download(ctx context.Context, web *http.Client, id string) (http.Header, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return nil, nil, unusable("the client id is not a URL")
	}
	req.Header.Set("Accept", "application/json")
	res, err := web.Do(req)
	if errors.Is(err, errRedirects) {
		return nil, nil, unusable("%w", errRedirects)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("fetch: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	switch {
	case res.StatusCode != http.StatusOK:
		return nil, nil, unusable("its host answers with status %d", res.StatusCode)
	case err != nil || kind != "application/json" && (!strings.HasPrefix(kind, "application/") || !strings.HasSuffix(kind, "+json")):
		return nil, nil, unusable("it is not of type application/json")
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, documentBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read: %w", err)
	}
	if len(raw) > documentBytes {
		return nil, nil, unusable("it is too long")
	}
	return res.Header, raw, nil
}

// wait lets a time pass, or the rest of ctx.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// document reads a document. Redirect URIs that are not allowed are passed over as long as one is: a hosted client
// lists those of all its builds.
func (p Policy) document(raw []byte, id, host string) (Client, error) {
	var m metadata
	if err := json.Unmarshal(raw, &m); err != nil {
		return Client{}, errors.New("it is not a JSON object of client metadata")
	}
	switch {
	case m.ID != id:
		return Client{}, errors.New("it names another client_id than its own address")
	case strings.TrimSpace(printable(m.Name)) == "":
		return Client{}, errors.New("it has no client_name")
	case m.Secret != nil || slices.ContainsFunc(append(m.Methods, m.Method), func(s string) bool { return strings.HasPrefix(s, "client_secret_") }):
		// Everybody can read it, so it cannot hold or promise a secret.
		return Client{}, errors.New("it speaks of a client_secret, which a public document cannot have")
	case m.Method != "" && m.Method != MethodNone && !slices.Contains(m.Methods, MethodNone):
		return Client{}, errors.New("it does not allow token_endpoint_auth_method none, which is the one that this server " +
			"has for such clients")
	}
	var allowed []string
	var why error
	for _, uri := range m.Redirects[:min(len(m.Redirects), mostURIs)] {
		if len(allowed) == mostAllowed {
			break
		}
		if err := p.Check(uri, host); err != nil {
			why = fmt.Errorf("redirect URI %q: %w", shorten(printable(uri), 200), err)
			continue
		}
		if len(uri) > longestRegistered {
			why = fmt.Errorf("redirect URI %q: it is longer than %d characters", shorten(printable(uri), 200), longestRegistered)
			continue
		}
		allowed = append(allowed, uri)
	}
	if len(allowed) == 0 {
		return Client{}, errors.Join(errors.New("it has no redirect URI that is allowed here"), why)
	}
	return Client{ID: id, Name: cleanName(m.Name), Redirects: allowed, Method: MethodNone, Scope: shorten(m.Scope, longestRegistered), Source: Document}, nil
}

// checkID refuses addresses that have two spellings, or that nobody who is honest would use.
func checkID(id string) (*url.URL, error) {
	if err := checkForm(id); err != nil {
		return nil, fmt.Errorf("the client id: %w", err)
	}
	u, err := url.Parse(id)
	switch {
	case err != nil || u.Scheme != "https" || u.Path == "" || u.Path == "/":
		return nil, errors.New("the client id must be an https URL with a path")
	case u.Port() != "" && u.Port() != "443":
		return nil, errors.New("the client id must have no port")
	case u.RawQuery != "" || u.ForceQuery:
		return nil, errors.New("the client id must have no query")
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == "." || part == ".." {
			return nil, errors.New("the client id must have no dots for elements")
		}
	}
	return u, nil
}

// freshFor reads how long a document may be kept.
func freshFor(h http.Header) time.Duration {
	fresh := time.Duration(0)
	for directive := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return shortestFresh
		case "max-age":
			if seconds, err := strconv.Atoi(strings.Trim(value, `"`)); err == nil && seconds > 0 {
				fresh = time.Duration(min(seconds, int(longestFresh/time.Second))) * time.Second
			}
		}
	}
	return min(max(fresh, shortestFresh), longestFresh)
}
