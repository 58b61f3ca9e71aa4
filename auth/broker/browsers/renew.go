package browsers

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

const (
	// cookieKeySetting is the record of the key that marks cookies; all replicas share it.
	cookieKeySetting = "cookie-key"
	// settleLimit bounds the wait for it at start. The store has just been opened.
	settleLimit = 10 * time.Second
)

// loadCookieKey gives the deployment's key for marks on cookies, and makes it where there is none
// yet. It is in the store and not in a file, as each replica has to have it. Who has it can
// make a cookie that is taken, and still has to put it into somebody's browser, where a sign-in
// replaces it: it opens nothing.
func loadCookieKey(s store.Store) (seal.Key, error) {
	ctx, cancel := context.WithTimeout(context.Background(), settleLimit)
	defer cancel()
	fresh := seal.NewKey()
	text, err := s.Settle(ctx, cookieKeySetting, hex.EncodeToString(fresh[:]))
	if err != nil {
		return seal.Key{}, fmt.Errorf("browsers: the key of cookies: %w", err)
	}
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != seal.Size || seal.Key(raw) == (seal.Key{}) {
		return seal.Key{}, errors.New(
			"browsers: the setting " + cookieKeySetting + " of the store is not a key; delete it and a new one is made",
		)
	}
	return seal.Key(raw), nil
}

// Renew gives a user who has just signed in a new cookie. Whoever knew the old one, or had it
// planted, is left with nothing: the session ends, and the flow is to be sealed to the new one.
//
// What the old session could end at HeyGen, or need not be asked about again, goes over to the new
// one where the grant is of the account that signed in. That of any other account does not: a
// planted cookie has the grants of whoever planted it, and this user's programs must not be
// connected to those.
func (j *Jar) Renew(
	ctx context.Context, h http.Header, old Browser, account store.Hash) (Browser, error) {
	now, next := j.clock(), j.New()
	next.Before = append([]string{old.Secret}, old.Before[:min(len(old.Before), mostBefore-1)]...)
	s, err := j.store.Session(ctx, old.ID, now)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return Browser{}, err
	}
	if s.Account != account {
		// The pages of an account are another sign-in's to open.
		s.Account, s.AccountUntil, s.AccountName, s.Credential = account, time.Time{}, nil, nil
	}
	wraps, err := j.rewrap(ctx, old, next, account)
	if err != nil {
		return Browser{}, err
	}
	s.ID, s.Expires = next.ID, now.Add(Lifetime)
	if err := j.store.ReplaceSession(ctx, old.ID, s, wraps); err != nil {
		return Browser{}, err
	}
	j.Set(h, next)
	return next, nil
}

// rewrap seals the keys of an account's grants to a browser's new cookie, as far as the old one
// opens them.
func (j *Jar) rewrap(
	ctx context.Context, old, next Browser, account store.Hash) (out []store.Wrap, err error) {
	wraps, err := j.store.Wraps(ctx, old.ID)
	if err != nil || len(wraps) == 0 {
		return nil, err
	}
	grants, err := j.store.GrantsOf(ctx, account)
	if err != nil {
		return nil, err
	}
	theirs := map[string]bool{}
	for _, g := range grants {
		theirs[g.ID] = true
	}
	own, err := seal.Derive(next.Secret, secrets.SealPurpose)
	if err != nil {
		return nil, err
	}
	for _, w := range wraps {
		key, err := secrets.OpenKey(old.Secret, secrets.SealPurpose, w.Sealed, w.Grant)
		if err != nil || !theirs[w.Grant] {
			continue
		}
		if w.Sealed, err = own.Seal(key[:], w.Grant); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}
