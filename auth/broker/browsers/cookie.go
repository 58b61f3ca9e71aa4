// Package browsers owns the cookie by which the authorization server knows a browser again, what is
// sealed to it, and how a form shows that it came from a page of ours. It knows nothing of
// sign-ins.
package browsers

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// Lifetime is how long a cookie and its session live.
const Lifetime = 30 * 24 * time.Hour

// Jar reads and writes the cookies of a deployment. Make it with NewJar.
type Jar struct {
	store store.Store
	site  *site.Site
	clock func() time.Time
	name  string
	key   seal.Key // marks the cookies that this deployment makes
}

// NewJar makes a Jar. It reads the key of cookies from the store, and makes it where there is none.
func NewJar(records store.Store, s *site.Site, clock func() time.Time) (*Jar, error) {
	key, err := loadCookieKey(records)
	if err != nil {
		return nil, err
	}
	return &Jar{
		store: records, site: s, clock: clock, name: cookieName(s.Issuer, s.Secure), key: key,
	}, nil
}

// At is the jar of the deployment by another of its names, whose cookies browsers keep apart.
func (j *Jar) At(s *site.Site) *Jar {
	other := *j
	other.site, other.name = s, cookieName(s.Issuer, s.Secure)
	return &other
}

// Browser is who holds a cookie. The secret in it is made here, never leaves the browser but to
// come here, and opens what is sealed to it.
type Browser struct {
	Secret string
	ID     store.Hash
	// Before are the secrets that the browser had before its last sign-ins, the newest first. They
	// open the sign-ins that are under way in other tabs, and nothing else.
	Before []string
	// Late is that of Before for which the page was made that a form came from; "" for a page that
	// was made for Secret.
	Late string
}

// Secrets are the secrets of the browser's cookies, the newest first.
func (b Browser) Secrets() []string { return append([]string{b.Secret}, b.Before...) }

const (
	markBytes = seal.Size
	// mostBefore bounds the sign-ins that somebody can have under way at once in the tabs of one
	// browser.
	mostBefore = 3
	cookieSep  = "."
)

// New makes a cookie's secret: 256 random bits, and a mark that this deployment has made it.
// Without the mark a program that may set cookies for this host could plant a secret that it knows:
// one on another port of this computer, since ports are not told apart by cookies, and plain http
// has no __Host- names.
func (j *Jar) New() Browser {
	raw := make([]byte, secrets.Bytes, secrets.Bytes+markBytes)
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	mark := j.key.Mark(string(raw), j.name)
	return browserOfSecret(base64.RawURLEncoding.EncodeToString(append(raw, mark[:]...)))
}

func browserOfSecret(secret string) Browser {
	return Browser{Secret: secret, ID: secrets.Hash(secret, secrets.SessionPurpose)}
}

// ours says whether a secret is one that New has made, here or in another replica.
func (j *Jar) ours(secret string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	return err == nil && len(raw) == secrets.Bytes+markBytes &&
		j.key.Marked(string(raw[:secrets.Bytes]), raw[secrets.Bytes:], j.name)
}

// cookieName is the name of the cookie. The prefix makes browsers refuse one that another host of
// the same site, or plain http, tries to plant. It carries a mark of the issuer, since hosts are
// told apart by cookies and ports are not.
func cookieName(issuer string, secure bool) string {
	sum := sha256.Sum256([]byte(issuer))
	name := "heygen-mcp-" + hex.EncodeToString(sum[:4])
	if secure {
		name = "__Host-" + name
	}
	return name
}

// Of reads the cookie. ok is false where there is none that was made here: then the caller makes
// one, which takes its place.
func (j *Jar) Of(h http.Header) (who Browser, ok bool) {
	r := http.Request{Header: h}
	for _, c := range r.CookiesNamed(j.name) {
		secrets := strings.SplitN(c.Value, cookieSep, mostBefore+2)
		if !j.ours(secrets[0]) {
			continue // somebody else's, which may stand before ours
		}
		who = browserOfSecret(secrets[0])
		for _, s := range secrets[1:min(len(secrets), mostBefore+1)] {
			if j.ours(s) {
				who.Before = append(who.Before, s)
			}
		}
		return who, true
	}
	return Browser{}, false
}

// Set writes the cookie. Lax is as strict as can be: the way back from HeyGen is a link from
// another site.
func (j *Jar) Set(h http.Header, who Browser) {
	//nolint:gosec // G124: Secure is left out for plain http on loopback alone, where some browsers would drop the cookie
	cookie := http.Cookie{
		Name: j.name, Value: strings.Join(who.Secrets(), cookieSep),
		Path: "/", MaxAge: int(Lifetime / time.Second), HttpOnly: true, Secure: j.site.Secure,
		SameSite: http.SameSiteLaxMode,
	}
	h.Add("Set-Cookie", cookie.String())
}

// KeepSession makes a browser known, or known for longer.
func (j *Jar) KeepSession(ctx context.Context, who Browser) error {
	now := j.clock()
	s, err := j.store.Session(ctx, who.ID, now)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	s.ID, s.Expires = who.ID, now.Add(Lifetime)
	return j.store.PutSession(ctx, s)
}
