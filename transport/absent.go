package transport

import "net/http"

// unrouted is what net/http's own multiplexers answer for a path that they have nothing at.
const unrouted = "404 page not found\n"

// orAbsent has what a handler has no route for answered by another, so that all that is absent is told alike, whichever
// part was looked in.
func orAbsent(h, absent http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := &absentWriter{ResponseWriter: w}
		h.ServeHTTP(held, r)
		if held.absent {
			for _, name := range []string{"Content-Type", "Content-Length", "X-Content-Type-Options"} {
				w.Header().Del(name)
			}
			absent.ServeHTTP(w, r)
			return
		}
		held.release()
	})
}

// absentWriter holds a status of 404 back until it is known whether a page comes with it.
type absentWriter struct {
	http.ResponseWriter
	held, absent bool
}

// WriteHeader implements http.ResponseWriter.
func (w *absentWriter) WriteHeader(status int) {
	if status == http.StatusNotFound {
		w.held = true
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *absentWriter) Write(body []byte) (int, error) {
	if w.absent || w.held && string(body) == unrouted {
		w.absent = true
		return len(body), nil
	}
	w.release()
	return w.ResponseWriter.Write(body) //nolint:wrapcheck // as net/http's own
}

func (w *absentWriter) release() {
	if w.held {
		w.held = false
		w.ResponseWriter.WriteHeader(http.StatusNotFound)
	}
}

// Unwrap is for http.ResponseController.
func (w *absentWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
