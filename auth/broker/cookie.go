package broker

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// browser is who holds a cookie. The secret in it is made here, never leaves the browser but to come here, and opens
// what is sealed to it.
type browser struct {
	secret string
	id     store.Hash
	// before are the secrets that the browser had before its last sign-ins, the newest first. They open the sign-ins that are
	// under way in other tabs, and nothing else.
	before []string
	// late is that of before for which the page was made that a form came from; "" for a page that was made for secret.
	late string
}

const (
	markBytes = seal.Size
	// mostBefore bounds the sign-ins that somebody can have under way at once in the tabs of one browser.
	mostBefore = 3
	cookieSep  = "."
)

// newBrowser makes a cookie's secret: 256 random bits, and a mark that this deployment has made it. Without the mark a
// program that may set cookies for this host could plant a secret that it knows: one on another port of this computer,
// since ports are not told apart by cookies, and plain http has no __Host- names.
func (b *Broker) newBrowser() browser {
	raw := make([]byte, secretBytes, secretBytes+markBytes)
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	mark := b.cookieKey.Mark(string(raw), b.cookie)
	return browserOfSecret(base64.RawURLEncoding.EncodeToString(append(raw, mark[:]...)))
}

func browserOfSecret(secret string) browser {
	return browser{secret: secret, id: hashOf(secret, sessionPurpose)}
}

// ours says whether a secret is one that newBrowser has made, here or in another replica.
func (b *Broker) ours(secret string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	return err == nil && len(raw) == secretBytes+markBytes && b.cookieKey.Marked(string(raw[:secretBytes]), raw[secretBytes:], b.cookie)
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

// browserOf reads the cookie. ok is false where there is none that was made here: then the caller makes one, which takes its
// place.
func (b *Broker) browserOf(h http.Header) (who browser, ok bool) {
	r := http.Request{Header: h}
	for _, c := range r.CookiesNamed(b.cookie) {
		secrets := strings.SplitN(c.Value, cookieSep, mostBefore+2)
		if !b.ours(secrets[0]) {
			continue // somebody else's, which may stand before ours
		}
		who = browserOfSecret(secrets[0])
		for _, s := range secrets[1:min(len(secrets), mostBefore+1)] {
			if b.ours(s) {
				who.before = append(who.before, s)
			}
		}
		return who, true
	}
	return browser{}, false
}

// setCookie writes the cookie. Lax is as strict as can be: the way back from HeyGen is a link from another site.
func (b *Broker) setCookie(h http.Header, who browser) {
	//nolint:gosec // G124: Secure is left out for plain http on loopback alone, where some browsers would drop the cookie
	cookie := http.Cookie{Name: b.cookie, Value: strings.Join(append([]string{who.secret}, who.before...), cookieSep), Path: "/", MaxAge: int(cookieLifetime / time.Second),
		HttpOnly: true, Secure: b.secure, SameSite: http.SameSiteLaxMode}
	h.Add("Set-Cookie", cookie.String())
}

// csrf is what a form must bring along: a page elsewhere can send the cookie, and cannot read it.
func csrf(secret, about string) string {
	sum := hashOf(secret+"\x00"+about, csrfPurpose)
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
	word := []byte(r.PostForm.Get("csrf"))
	if subtle.ConstantTimeCompare(word, []byte(csrf(who.secret, about(r)))) == 1 {
		return who, nil
	}
	for _, s := range who.before {
		if subtle.ConstantTimeCompare(word, []byte(csrf(s, about(r)))) == 1 {
			who.late = s
			return who, nil
		}
	}
	return browser{}, errForeign
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
