package broker

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/store"
)

// browser is who holds a cookie. The secret in it is made here, never leaves the browser but to come here, and opens
// what is sealed to it.
type browser struct {
	secret string
	id     store.Hash
}

func newBrowser(secret string) browser {
	return browser{secret: secret, id: hashOf(secret, sessionPurpose)}
}

// cookieName is the name of the cookie. The prefix makes browsers refuse one that another host of the same site, or
// plain http, tries to plant. It carries a mark of the issuer, since hosts are told apart by cookies and ports are not.
func cookieName(issuer string, secure bool) string {
	sum := sha256.Sum256([]byte(issuer))
	name := "heygen-mcp-" + hex.EncodeToString(sum[:4])
	if secure {
		name = "__Host-" + name
	}
	return name
}

// browserOf reads the cookie. ok is false where there is none that could be ours.
func (b *Broker) browserOf(h http.Header) (who browser, ok bool) {
	r := http.Request{Header: h}
	c, err := r.Cookie(b.cookie)
	if err != nil {
		return browser{}, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(raw) != secretBytes {
		return browser{}, false
	}
	return newBrowser(c.Value), true
}

// setCookie writes the cookie. Lax is as strict as can be: the way back from HeyGen is a link from another site.
func (b *Broker) setCookie(h http.Header, who browser) {
	//nolint:gosec // G124: Secure is left out for plain http on loopback alone, where some browsers would drop the cookie
	cookie := http.Cookie{Name: b.cookie, Value: who.secret, Path: "/", MaxAge: int(cookieLifetime / time.Second),
		HttpOnly: true, Secure: b.secure, SameSite: http.SameSiteLaxMode}
	h.Add("Set-Cookie", cookie.String())
}

// csrf is what a form must bring along: a page elsewhere can send the cookie, and cannot read it.
func csrf(who browser, about string) string {
	sum := hashOf(who.secret+"\x00"+about, csrfPurpose)
	return hex.EncodeToString(sum[:])
}

// checkForm reads a form of a page of ours and says who sent it: the browser that the page was made for, from a page of
// this origin.
func (b *Broker) checkForm(w http.ResponseWriter, r *http.Request, about func(*http.Request) string) (browser, error) {
	who, ok := b.browserOf(r.Header)
	if !ok {
		return browser{}, errNoCookie
	}
	if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, b.origin) {
		return browser{}, errForeign
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return browser{}, errForeign
	}
	if why := readForm(w, r); why != "" {
		return browser{}, errBadForm
	}
	if subtle.ConstantTimeCompare([]byte(r.PostForm.Get("csrf")), []byte(csrf(who, about(r)))) != 1 {
		return browser{}, errForeign
	}
	return who, nil
}

var (
	errNoCookie   = errors.New("your browser sent no cookie of this server. Allow cookies for it, and begin again from the program that sent you here")
	errForeign    = errors.New("the form did not come from the page that this server showed you. Begin again from the program that sent you here")
	errBadForm    = errors.New("the form cannot be read. Begin again from the program that sent you here")
	errClientGone = errors.New("the program that asks is not known here any more. Begin again from it: it can register anew")
	errFlowGone   = errors.New("this sign-in has ended, or belongs to another browser. Begin again from the program that sent you here")
)

// keepSession makes a browser known, or known for longer.
func (b *Broker) keepSession(ctx context.Context, who browser) error {
	now := b.cfg.Clock()
	s, err := b.cfg.Store.Session(ctx, who.id, now)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	s.ID, s.Expires = who.id, now.Add(cookieLifetime)
	return b.cfg.Store.PutSession(ctx, s)
}
