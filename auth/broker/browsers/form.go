package browsers

import (
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/secrets"
)

// CSRF is what a form must bring along: a page elsewhere can send the cookie, and cannot read it.
func CSRF(secret, about string) string {
	sum := secrets.Hash(secret+"\x00"+about, secrets.CSRFPurpose)
	return hex.EncodeToString(sum[:])
}

// CheckForm reads a form of a page of ours and says who sent it: the browser that the page was made
// for, from a page of this origin.
func (j *Jar) CheckForm(
	w http.ResponseWriter, r *http.Request, about func(*http.Request) string) (Browser, error) {
	who, ok := j.Of(r.Header)
	if !ok {
		return Browser{}, ErrNoCookie
	}
	if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, j.site.Origin) {
		return Browser{}, ErrForeign
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" &&
		site != "none" {
		return Browser{}, ErrForeign
	}
	if why := protocol.ReadPageForm(w, r); why != "" {
		return Browser{}, ErrBadForm
	}
	word := []byte(r.PostForm.Get("csrf"))
	if subtle.ConstantTimeCompare(word, []byte(CSRF(who.Secret, about(r)))) == 1 {
		return who, nil
	}
	for _, s := range who.Before {
		if subtle.ConstantTimeCompare(word, []byte(CSRF(s, about(r)))) == 1 {
			who.Late = s
			return who, nil
		}
	}
	return Browser{}, ErrForeign
}

// Why a form is not taken. A page says it in its own words.
var (
	ErrNoCookie = errors.New("the browser sent no cookie")
	ErrForeign  = errors.New("the form is not of a page that was shown to this browser")
	ErrBadForm  = errors.New("the form cannot be read")
)
