package signin

import (
	"errors"
	"net/http"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/pages"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/words"
)

// view writes pages. It is what every handler here can do.
type view struct {
	pages *pages.Set
	log   zerolog.Logger
}

// showAuthorizeError says why a sign-in cannot even begin.
func (h *view) showAuthorizeError(w http.ResponseWriter, r *http.Request, status int, why string) {
	h.show(w, r, status, pages.Message, pages.MessageView{
		Title: words.Of("fault.stopped"), Text: words.Of("fault.request"), Detail: why,
	}, false)
}

// message shows a page with something to read: two messages, by their keys.
func (h *view) message(w http.ResponseWriter, r *http.Request, status int, title, text string) {
	h.show(w, r, status, pages.Message, pages.MessageView{Title: words.Of(title), Text: words.Of(text)}, false)
}

// show writes a page.
func (h *view) show(
	w http.ResponseWriter, r *http.Request, status int, p pages.Page, view any, openForm bool) {
	if err := h.pages.Write(w, r, status, p, view, openForm); err != nil {
		h.log.Error().Err(err).Msg("a page failed")
	}
}

// showBusy is the page of a 429.
func (h *view) showBusy(w http.ResponseWriter, r *http.Request, busy *protocol.BusyError) {
	limit.SetRetryAfter(w.Header(), busy.Wait)
	h.message(w, r, http.StatusTooManyRequests, "fault.busy", busy.Key)
}

// showFlowError shows why a sign-in ends here. What is not the user's to know goes to the log.
func (h *view) showFlowError(w http.ResponseWriter, r *http.Request, err error) {
	if busy, ok := errors.AsType[*protocol.BusyError](err); ok {
		h.showBusy(w, r, busy)
		return
	}
	for theirs, key := range map[error]string{
		browsers.ErrNoCookie: "fault.no_cookie", browsers.ErrForeign: "fault.foreign", browsers.ErrBadForm: "fault.bad_form",
		flows.ErrGone: "fault.gone", flows.ErrClientGone: "fault.client_gone",
	} {
		if errors.Is(err, theirs) {
			h.message(w, r, http.StatusBadRequest, "fault.stopped", key)
			return
		}
	}
	if r.Context().Err() == nil {
		h.log.Error().Err(err).Msg("a sign-in failed")
	}
	h.message(w, r, http.StatusInternalServerError, "fault.ours", "fault.ours_text")
}

// redirectTo sends the browser on with a GET.
func redirectTo(w http.ResponseWriter, to string) {
	h := w.Header()
	h.Set("Location", to)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusSeeOther)
}
