package signin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/words"
)

// errWrong says that a form has something wrong in it.
var errWrong = errors.New("the form is wrong")

// change changes what a connection may do, how much it may spend and until when.
func (h *connections) change(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, s store.Session) {
	ctx, id := r.Context(), r.PostForm.Get("grant")
	form := readTerms(r.PostForm)
	var changed store.Grant
	err := h.store.ChangeTerms(ctx, id, func(g store.Grant) (store.Terms, error) {
		if g.Account != s.Account || g.Ended(h.clock()) {
			return store.Terms{}, store.ErrNotFound
		}
		changed = g
		changed.Terms = form.changeOf(g, h)
		if form.wrong() {
			return store.Terms{}, errWrong
		}
		return changed.Terms, nil
	})
	switch {
	case errors.Is(err, errWrong):
		h.list(w, r, who, s, http.StatusUnprocessableEntity, listed{form: &form, of: id})
		return
	case errors.Is(err, store.ErrNotFound):
		h.list(w, r, who, s, http.StatusOK, listed{done: words.Of("connections.had_ended")})
		return
	case err != nil:
		h.showFlowError(w, r, err)
		return
	}
	h.audit(ctx, audit.Event{
		What: audit.Changed, Client: changed.Client, Grant: changed.ID, Caller: grants.DetailsOf(changed).Caller, Detail: changed.Scopes,
	})
	h.list(w, r, who, s, http.StatusOK, listed{done: words.Of("connections.saved")})
}

// changeOf are the terms that a form makes of a grant's.
func (f *termsForm) changeOf(g store.Grant, h *connections) store.Terms {
	had := strings.Fields(g.Scopes)
	if f.access == string(scope.LevelOf(had)) {
		f.access = "" // it stays, however it is written
	}
	offered := levelsWithin(had)
	t := f.at(h.clock(), terms{scopes: had, spendCap: g.SpendCap, expires: g.Expires}, offered)
	if f.access != "" && f.accessProblem == nil && !slices.Contains(offered, scope.Level(f.access)) {
		// To do more takes a consent in which the client is shown.
		f.accessProblem = words.Of("terms.narrow_only")
	}
	return store.Terms{Scopes: scope.Join(t.scopes), SpendCap: t.spendCap, Expires: t.expires}
}

// levelsWithin are the levels that scopes allow.
func levelsWithin(scopes []string) []scope.Level {
	return slices.DeleteFunc(scope.Levels(), func(l scope.Level) bool { return !scope.Within(l.Scopes(), scopes) })
}
