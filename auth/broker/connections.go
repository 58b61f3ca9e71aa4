package broker

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
)

// connectionsPage lists what the person who signed in has connected, and asks one who has not to sign in.
func (b *Broker) connectionsPage(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, known := b.browserOf(r.Header)
	if !known {
		who = b.newBrowser()
		b.setCookie(w.Header(), who)
	}
	s, ok, err := b.account(ctx, who)
	switch {
	case err != nil:
		b.showFlowError(ctx, w, err)
	case !ok:
		f, err := b.newFlow(ctx, who, flow{})
		if err != nil {
			b.showFlowError(ctx, w, err)
			return
		}
		b.showSignIn(w, r, who, f, http.StatusOK, "")
	default:
		b.showConnections(w, r, who, s, "")
	}
}

// account is the session of a browser that has signed in here, a short while ago.
func (b *Broker) account(ctx context.Context, who browser) (store.Session, bool, error) {
	now := b.cfg.Clock()
	s, err := b.cfg.Store.Session(ctx, who.id, now)
	if errors.Is(err, store.ErrNotFound) {
		return s, false, nil
	}
	return s, err == nil && s.Account != (store.Hash{}) && now.Before(s.AccountUntil), err
}

// openConnections ends a sign-in that was for this page alone. The credential has said whose it is and is let go.
func (b *Broker) openConnections(w http.ResponseWriter, r *http.Request, who browser, f flow) {
	ctx, now := r.Context(), b.cfg.Clock()
	err := b.cfg.Store.DropFlow(ctx, flowHash(f.ID))
	if err == nil {
		err = b.cfg.Store.PutSession(ctx, store.Session{ID: who.id, Account: hashOf(f.Account.ID, accountPurpose),
			AccountUntil: now.Add(accountLifetime), Expires: now.Add(cookieLifetime)})
	}
	if err != nil {
		b.discard(*f.Held)
		b.showFlowError(ctx, w, err)
		return
	}
	b.audit(ctx, Event{What: SignedIn, Caller: b.cfg.Caller(f.Held.Key != "", f.Account.ID, ""), Detail: "connections"})
	b.giveBackHeld(ctx, *f.Held)
	b.redirectTo(w, b.url(pathConnections))
}

// connections ends a connection, or the look at them.
func (b *Broker) connections(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, err := b.checkForm(w, r, func(*http.Request) string { return pathConnections })
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	s, ok, err := b.account(ctx, who)
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	if !ok || who.late != "" { // they have signed in elsewhere since
		b.redirectTo(w, b.url(pathConnections))
		return
	}
	if r.PostForm.Get("action") == "leave" {
		s.Account, s.AccountUntil = store.Hash{}, time.Time{}
		if err := b.cfg.Store.PutSession(ctx, s); err != nil {
			b.showFlowError(ctx, w, err)
			return
		}
		b.message(w, http.StatusOK, "Signed out", "Your connections go on as they are.")
		return
	}
	done, err := b.endConnection(ctx, who, s, r.PostForm.Get("grant"))
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	b.showConnections(w, r, who, s, done)
}

// endConnection ends a grant of the account's, here, and at HeyGen where this browser holds its key.
func (b *Broker) endConnection(ctx context.Context, who browser, s store.Session, id string) (done string, err error) {
	g, err := b.cfg.Store.Grant(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && g.Account != s.Account {
		return "It had ended already.", nil
	}
	if err != nil {
		return "", err
	}
	wraps, err := b.cfg.Store.Wraps(ctx, who.id)
	if err != nil {
		return "", err
	}
	if err := b.cfg.Store.EndGrant(ctx, g.ID); err != nil {
		return "", err
	}
	d := detailsOf(g)
	done = "Ended here: this client can do nothing more through this server."
	switch {
	case d.Key:
		done += " Your API key was deleted here and still exists at HeyGen; delete it there if nothing else uses it."
	case b.endedThere(ctx, who, g, wraps):
		done += " HeyGen was told to forget the sign-in too."
	default:
		done += " This browser does not hold its key, so HeyGen could not be told; the sign-in that was stored here is deleted, and ends at HeyGen by itself."
	}
	b.audit(ctx, Event{What: Revoked, Client: g.Client, Grant: g.ID, Caller: d.Caller, Detail: "connections"})
	return done, nil
}

func (b *Broker) endedThere(ctx context.Context, who browser, g store.Grant, wraps []store.Wrap) bool {
	for _, w := range wraps {
		if w.Grant != g.ID {
			continue
		}
		key, err := openKey(who.secret, sealPurpose, w.Sealed, g.ID)
		return err == nil && b.giveBack(ctx, g, key)
	}
	return false
}

func (b *Broker) showConnections(w http.ResponseWriter, r *http.Request, who browser, s store.Session, done string) {
	grants, err := b.cfg.Store.GrantsOf(r.Context(), s.Account)
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	view := pages.ConnectionsView{Hidden: pages.Hidden{Action: b.url(pathConnections), CSRF: csrf(who.secret, pathConnections)}, Done: done}
	for _, g := range grants {
		d := detailsOf(g)
		way := "HeyGen"
		if d.Key {
			way = "an API key"
		}
		view.Connections = append(view.Connections, pages.Connection{
			ID: g.ID, Client: d.Name, Place: d.Place, Scopes: strings.Join(inWords(strings.Fields(g.Scopes)), ". ") + ".", Way: way,
			Since: day(g.Created), Used: day(g.Used),
		})
	}
	b.show(w, http.StatusOK, pages.Connections, view, false)
}

// day is a date that everybody reads alike.
func day(t time.Time) string { return t.UTC().Format("2 January 2006") }
