package broker

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/seal"
)

const (
	// userLetters are consonants that are not mistaken for one another, and spell no words.
	userLetters  = "BCDFGHJKLMNPQRSTVWXZ"
	userLength   = 8
	pollInterval = 5 * time.Second
)

// deviceRequest is what a device asks for. Its client stands in a column.
type deviceRequest struct {
	Scopes []string `json:"scopes"`
}

// DeviceAuthorization begins a device flow (RFC 8628).
func (s server) DeviceAuthorization(ctx context.Context, r *op.ClientRequest[oidc.DeviceAuthorizationRequest]) (*op.Response, error) {
	b, c := s.b, clientOf(r.Client)
	scopes, ok := parseScopes(r.Form.Get("scope"), allowed(c.Scope), usual(c.Scope))
	if !ok {
		return nil, oauthError(oidc.ErrInvalidScope(), "scope holds what this client cannot ask for; it can ask for "+scopeList(allowed(c.Scope)))
	}
	if err := b.audience(r.Form); err != nil {
		return nil, err
	}
	if wait := b.limits.take(ctx, b.limits.devices); wait > 0 {
		return nil, tryLater(ctx, wait, "too many sign-ins are being made; try again in a moment")
	}
	if err := b.keepDocument(ctx, &c.Client); err != nil {
		return nil, b.serverError(ctx, err)
	}
	code, user := secret(devicePrefix), userCode()
	public, err := seal.PublicOf(code)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	request, err := json.Marshal(deviceRequest{Scopes: forResource(r.Form, scopes)})
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	err = b.cfg.Store.PutDevice(ctx, store.Device{
		ID: hashOf(code, devicePurpose), UserCode: userHash(user), Client: c.ID, Request: request, Public: public,
		Interval: pollInterval, Expires: b.cfg.Clock().Add(deviceLifetime),
	})
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	b.trimmed(ctx)
	return op.NewResponse(oidc.DeviceAuthorizationResponse{
		DeviceCode: code, UserCode: user, VerificationURI: b.url(pathDevice),
		VerificationURIComplete: b.url(pathDevice) + "?" + url.Values{"user_code": {user}}.Encode(),
		ExpiresIn:               int(deviceLifetime / time.Second), Interval: int(pollInterval / time.Second),
	}), nil
}

// userCode makes a code that a person types.
func userCode() string {
	out := make([]byte, 0, userLength+1)
	for len(out) < cap(out) {
		if len(out) == userLength/2 {
			out = append(out, '-')
		}
		var one [1]byte
		_, _ = rand.Read(one[:]) // crypto/rand ends the program rather than fail
		// 240 is the greatest multiple of 20 in a byte: beyond it the first letters would come more often.
		if one[0] < 240 {
			out = append(out, userLetters[int(one[0])%len(userLetters)])
		}
	}
	return string(out)
}

// userHash forgives how a code is typed.
func userHash(code string) store.Hash {
	code = strings.Map(func(r rune) rune {
		if strings.ContainsRune(userLetters, r) {
			return r
		}
		return -1
	}, strings.ToUpper(code))
	return hashOf(code, userPurpose)
}

// DeviceToken answers a device that asks whether the person has agreed.
func (s server) DeviceToken(ctx context.Context, r *op.ClientRequest[oidc.DeviceAccessTokenRequest]) (*op.Response, error) {
	b, c := s.b, clientOf(r.Client)
	id := hashOf(r.Data.DeviceCode, devicePurpose)
	d, err := b.cfg.Store.PollDevice(ctx, id, b.cfg.Clock())
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, oauthError(oidc.ErrExpiredDeviceCode(), "the device_code is unknown, used or expired; begin again")
	case errors.Is(err, store.ErrTooSoon):
		return nil, oauthError(oidc.ErrSlowDown(), "wait five seconds longer between two questions")
	case err != nil:
		return nil, b.serverError(ctx, err)
	case d.Client != c.ID:
		return nil, invalidGrant("device_code")
	case d.Denied:
		return nil, oauthError(oidc.ErrAccessDenied(), "the person did not agree")
	case d.Grant == "":
		return nil, oauthError(oidc.ErrAuthorizationPending(), "the person has not answered yet")
	}
	g, err := b.cfg.Store.Grant(ctx, d.Grant)
	if errors.Is(err, store.ErrNotFound) {
		return nil, invalidGrant("device_code")
	}
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	raw, err := seal.OpenWith(r.Data.DeviceCode, d.Wrap, g.ID)
	if err != nil || len(raw) != seal.Size {
		return nil, b.serverError(ctx, errors.Join(errors.New("a device's wrap does not open"), err))
	}
	scopes := strings.Fields(g.Scopes)
	if err := b.audience(r.Form); err != nil {
		return nil, err
	}
	p, tokens, err := b.newPair(g.ID, seal.Key(raw), forResource(r.Form, scopes), scopes)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	switch err := b.cfg.Store.RedeemDevice(ctx, id, tokens, b.cfg.Clock()); {
	case errors.Is(err, store.ErrUsed), errors.Is(err, store.ErrNotFound): // somebody was faster, or the grant has ended
		return nil, invalidGrant("device_code")
	case err != nil:
		return nil, b.serverError(ctx, err)
	}
	b.audit(ctx, Event{What: Issued, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: p.Scope})
	return op.NewResponse(p), nil
}

// devicePage asks for the code that a device shows. One that is part of the address is filled in and still has to be
// sent by the person, who should compare it first.
func (b *Broker) devicePage(w http.ResponseWriter, r *http.Request) {
	who, ok := b.browserOf(r.Header)
	if !ok {
		who = b.newBrowser()
		b.setCookie(w.Header(), who)
	}
	code := r.URL.Query().Get("user_code")
	b.showDevice(w, who, http.StatusOK, code[:min(len(code), 2*userLength)], "")
}

func (b *Broker) showDevice(w http.ResponseWriter, who browser, status int, code, problem string) {
	b.show(w, status, pages.Device, pages.DeviceView{
		Hidden: pages.Hidden{Action: b.url(pathDevice), CSRF: csrf(who.secret, pathDevice)}, Code: code, Problem: problem,
	}, false)
}

// deviceCode takes the code, and begins a sign-in for the device.
func (b *Broker) deviceCode(w http.ResponseWriter, r *http.Request) {
	who, err := b.checkForm(w, r, func(*http.Request) string { return pathDevice })
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	if wait := b.limits.take(r.Context(), b.limits.codes, b.limits.codeTries.Of(who.id)); wait > 0 {
		limit.SetRetryAfter(w.Header(), wait)
		b.showDevice(w, who, http.StatusTooManyRequests, "", "Too many codes are being tried here. Wait a moment and try again.")
		return
	}
	d, err := b.cfg.Store.DeviceOfUser(r.Context(), userHash(r.PostForm.Get("user_code")), b.cfg.Clock())
	if errors.Is(err, store.ErrNotFound) || err == nil && (d.Grant != "" || d.Denied) {
		b.showDevice(w, who, http.StatusUnprocessableEntity, "", "This code is not known. It may be mistyped, used or more than ten minutes old.")
		return
	}
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	var request deviceRequest
	if err := json.Unmarshal(d.Request, &request); err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	f := flow{ClientID: d.Client, Device: &deviceRef{ID: d.ID, Public: d.Public}}
	if err := b.findClient(r.Context(), &f); err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	f, err = b.newFlow(r.Context(), who, flow{Client: f.Client, Scopes: request.Scopes, Device: f.Device})
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	b.redirectTo(w, b.pageURL(pathSignIn, f))
}
