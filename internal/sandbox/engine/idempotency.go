package engine

import (
	"bytes"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	keyLifetime = 24 * time.Hour
	keyMaxLen   = 255
)

// keyScope is where a key counts: v3 keeps keys apart by endpoint and path
// parameter, and one account never meets another's.
type keyScope struct {
	account, method, path, key string
}

// keyRecord is one remembered request; answer is nil while it is in flight.
type keyRecord struct {
	digest  [sha256.Size]byte // of the body
	answer  *capture
	expires time.Time
}

type keys struct {
	mu    sync.Mutex
	known map[keyScope]*keyRecord
	order []keyScope // by age, so that the expired are found at the front
}

// begin claims a key. It returns nil when the work is the caller's to do, and
// the record of who came first otherwise.
func (k *keys) begin(scope keyScope, digest [sha256.Size]byte, now time.Time) *keyRecord {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil {
		k.known = map[keyScope]*keyRecord{}
	}
	for len(k.order) > 0 {
		oldest, ok := k.known[k.order[0]]
		if ok && (oldest.answer == nil || now.Before(oldest.expires)) {
			break
		}
		delete(k.known, k.order[0])
		k.order = k.order[1:]
	}
	if found, ok := k.known[scope]; ok && (found.answer == nil || now.Before(found.expires)) {
		copied := *found
		return &copied
	}
	k.known[scope] = &keyRecord{digest: digest, expires: now.Add(keyLifetime)}
	k.order = append(k.order, scope)
	return nil
}

// end keeps a success for replay. A refusal made nothing, so its key is free again.
func (k *keys) end(scope keyScope, answer *capture) {
	k.mu.Lock()
	defer k.mu.Unlock()
	record, ok := k.known[scope]
	if !ok {
		return // the sandbox was reset meanwhile
	}
	if answer.status < 200 || answer.status > 299 {
		delete(k.known, scope)
		return
	}
	record.answer = answer
}

func (k *keys) reset() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known, k.order = nil, nil
}

// idempotent replays the first answer to a key for 24 hours, even when the body differs, and
// refuses a repeat while the first is still in flight. With exact, another body is a conflict and a
// replay answers 200.
func (e *Engine) idempotent(exact bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return e.replayed(exact, next) }
}

func (e *Engine) replayed(exact bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.Header.Values("Idempotency-Key")) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		key, apiErr := readKey(r)
		if apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		raw, apiErr := readBody(r)
		if apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(raw))
		digest := sha256.Sum256(raw)
		scope := keyScope{account: requestOf(r).Account.Name, method: r.Method, path: r.URL.Path, key: key}
		if exact { // a key counts for every workflow, so that one of another is a conflict
			scope.path = chi.RouteContext(r.Context()).RoutePattern()
			digest = sha256.Sum256(append([]byte(r.URL.Path+"\n"), raw...))
		}
		if first := e.keys.begin(scope, digest, e.clock.Now()); first != nil {
			if exact && first.digest != digest {
				WriteError(w, Refuse(http.StatusConflict, "conflict", "",
					"This Idempotency-Key was used for another request."))
				return
			}
			if first.answer == nil {
				WriteError(w, Refuse(http.StatusConflict, "request_in_progress", "",
					"A request with this Idempotency-Key is still in progress."))
				return
			}
			again := *first.answer
			if exact {
				again.status = http.StatusOK
			}
			again.replay(w)
			return
		}
		answer := newCapture()
		defer e.keys.end(scope, answer) // deferred, so that a panic does not leave the key in flight
		next.ServeHTTP(answer, r)
		answer.replay(w)
	})
}

// durable demands a key, which the operation itself keeps with what it makes.
func durable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, apiErr := readKey(r)
		if apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		requestOf(r).Key = key
		next.ServeHTTP(w, r)
	})
}

// readKey reads the header; one that is missing is as wrong as one of another form.
func readKey(r *http.Request) (string, *Error) {
	key := r.Header.Get("Idempotency-Key")
	if !validKey(key) {
		return "", Invalid("Idempotency-Key",
			"'Idempotency-Key' must be 1 to %d letters, digits or any of _ - : .", keyMaxLen)
	}
	return key, nil
}

func validKey(key string) bool {
	if key == "" || len(key) > keyMaxLen {
		return false
	}
	return strings.IndexFunc(key, func(c rune) bool {
		return !IsWordRune(c) && c != ':' && c != '.'
	}) < 0
}

// IsWordRune reports whether c is an ASCII letter or digit, _ or -.
func IsWordRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}
