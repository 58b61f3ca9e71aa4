package signin

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/pages"
	"heygen-mcp/internal/limit"
)

// view writes pages. It is what every handler here can do.
type view struct {
	pages *pages.Set
	log   zerolog.Logger
}

// showAuthorizeError says why a sign-in cannot even begin.
func (h *view) showAuthorizeError(w http.ResponseWriter, status int, why string) {
	h.show(w, status, pages.Message, pages.MessageView{
		Title:  "This sign-in cannot go on",
		Text:   "The program that sent you here made a request that this server cannot answer. Go back to it and try to connect again; if that does not help, tell its makers what stands below.",
		Detail: why,
	}, false)
}

// message shows a page with something to read.
func (h *view) message(w http.ResponseWriter, status int, title, text string) {
	h.show(w, status, pages.Message, pages.MessageView{Title: title, Text: text}, false)
}

// show writes a page.
func (h *view) show(w http.ResponseWriter, status int, p pages.Page, view any, openForm bool) {
	if err := h.pages.Write(w, status, p, view, openForm); err != nil {
		h.log.Error().Err(err).Msg("a page failed")
	}
}

// showBusy is the page of a 429.
func (h *view) showBusy(w http.ResponseWriter, busy *protocol.BusyError) {
	limit.SetRetryAfter(w.Header(), busy.Wait)
	h.message(w, http.StatusTooManyRequests, "Try again in a moment", sentence(busy.Why))
}

// showFlowError shows why a sign-in ends here. What is not the user's to know goes to the log.
func (h *view) showFlowError(ctx context.Context, w http.ResponseWriter, err error) {
	if busy, ok := errors.AsType[*protocol.BusyError](err); ok {
		h.showBusy(w, busy)
		return
	}
	for _, theirs := range []error{browsers.ErrNoCookie, browsers.ErrForeign, flows.ErrGone, browsers.ErrBadForm, flows.ErrClientGone} {
		if errors.Is(err, theirs) {
			h.message(
				w, http.StatusBadRequest, "This sign-in cannot go on", sentence(theirs.Error()))
			return
		}
	}
	if ctx.Err() == nil {
		h.log.Error().Err(err).Msg("a sign-in failed")
	}
	h.message(
		w, http.StatusInternalServerError, "Something went wrong here",
		"It is not your fault. Try again in a moment.")
}

// sentence makes a sentence of an error's text.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// redirectTo sends the browser on with a GET.
func redirectTo(w http.ResponseWriter, to string) {
	h := w.Header()
	h.Set("Location", to)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusSeeOther)
}
