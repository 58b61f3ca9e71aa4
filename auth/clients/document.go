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

// Fetch reads the document behind a client id, and says for how long it may be believed.
func (p Policy) Fetch(ctx context.Context, web *http.Client, id string) (c Client, fresh time.Duration, err error) {
	u, err := checkID(id)
	if err != nil {
		return Client{}, 0, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return Client{}, 0, errors.New("the client id is not a URL")
	}
	req.Header.Set("Accept", "application/json")
	res, err := web.Do(req)
	if err != nil {
		return Client{}, 0, fmt.Errorf("the document could not be fetched: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	switch {
	case res.StatusCode != http.StatusOK:
		return Client{}, 0, fmt.Errorf("the document's host answers with status %d", res.StatusCode)
	case err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json"):
		return Client{}, 0, errors.New("the document is not of type application/json")
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, documentBytes+1))
	if err != nil {
		return Client{}, 0, fmt.Errorf("the document could not be read: %w", err)
	}
	if len(raw) > documentBytes {
		return Client{}, 0, errors.New("the document is too long")
	}
	c, err = p.document(raw, id, u.Host)
	return c, freshFor(res.Header), err
}

// document reads a document. Redirect URIs that are not allowed are passed over as long as one is: a hosted client
// lists those of all its builds.
func (p Policy) document(raw []byte, id, host string) (Client, error) {
	var m metadata
	if err := json.Unmarshal(raw, &m); err != nil {
		return Client{}, errors.New("the document is not a JSON object of client metadata")
	}
	if m.ID != id {
		return Client{}, errors.New("the document names another client_id than its own address")
	}
	if m.Method != "" && m.Method != MethodNone && !slices.Contains(m.Methods, MethodNone) {
		return Client{}, errors.New("the document does not allow token_endpoint_auth_method none, which is the one that this server has for such clients")
	}
	var allowed []string
	var why error
	for _, uri := range m.Redirects[:min(len(m.Redirects), mostURIs)] {
		if err := p.Check(uri, host); err != nil {
			why = fmt.Errorf("redirect URI %q: %w", shorten(printable(uri), 200), err)
			continue
		}
		allowed = append(allowed, uri)
	}
	if len(allowed) == 0 {
		return Client{}, errors.Join(errors.New("the document has no redirect URI that is allowed here"), why)
	}
	return Client{ID: id, Name: cleanName(m.Name), Redirects: allowed, Method: MethodNone, Scope: shorten(m.Scope, longestURI), Source: Document}, nil
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
