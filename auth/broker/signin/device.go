package signin

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/words"
)

// device is the page at which a user types the code that a device shows.
type device struct {
	*visits
	limits *limits.Limiters
	store  store.Store
	clock  func() time.Time
}

// show asks for the code that a device shows. One that is part of the address is filled in and
// still has to be sent by the user, who should compare it first.
func (h *device) show(w http.ResponseWriter, r *http.Request) {
	who, ok := h.browsers.Of(r.Header)
	if !ok {
		who = h.browsers.New()
		h.browsers.Set(w.Header(), who)
	}
	code := r.URL.Query().Get("user_code")
	h.showDevice(w, r, who, http.StatusOK, code[:min(len(code), 2*flows.UserCodeLength)], nil)
}

func (h *device) showDevice(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, status int, code string, problem words.Text) {
	h.view.show(w, r, status, pages.Device, pages.DeviceView{
		Hidden: pages.Hidden{
			Action: h.site.URL(site.PathDevice), CSRF: browsers.CSRF(who.Secret, site.PathDevice),
		}, Code: code, Problem: problem,
	}, false)
}

// takeCode takes the code, and begins a sign-in for the device.
func (h *device) takeCode(w http.ResponseWriter, r *http.Request) {
	who, err := h.browsers.CheckForm(w, r, func(*http.Request) string { return site.PathDevice })
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	typed := r.PostForm.Get("user_code")
	typed = typed[:min(len(typed), 2*flows.UserCodeLength)]
	if wait := h.limits.TakeCode(r.Context(), who.ID); wait > 0 {
		limit.SetRetryAfter(w.Header(), wait)
		h.showDevice(
			w, r, who, http.StatusTooManyRequests, typed,
			words.Of("device.too_many"))
		return
	}
	d, err := h.store.DeviceOfUser(
		r.Context(), flows.HashUserCode(r.PostForm.Get("user_code")), h.clock())
	if errors.Is(err, store.ErrNotFound) || err == nil && (d.Grant != "" || d.Denied) {
		h.showDevice(
			w, r, who, http.StatusUnprocessableEntity, typed,
			words.Of("device.unknown"))
		return
	}
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	var request flows.DeviceRequest
	if err := json.Unmarshal(d.Request, &request); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	f := flows.Flow{ClientID: d.Client, Device: &flows.DeviceRef{ID: d.ID, Public: d.Public}}
	if err := h.flows.FindClient(r.Context(), &f); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	f, err = h.flows.Begin(
		r.Context(), who, flows.Flow{Client: f.Client, Scopes: request.Scopes, Device: f.Device})
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	redirectTo(w, h.pageURL(site.PathSignIn, f))
}
