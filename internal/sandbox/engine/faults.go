package engine

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	faultRateLimit   = "rate_limit"  // 429 with Retry-After; the work is not done
	faultHTML502     = "html_502"    // a proxy's page of HTML; the work is not done
	faultFailed      = "failed"      // 500 internal_error; the work is done all the same
	faultSlow        = "slow"        // the work is done, its answer is held back
	faultLost        = "lost"        // the work is done, the connection breaks without an answer
	faultCut         = "cut"         // the work is done, the answer breaks off in the middle of its body
	faultUnavailable = "unavailable" // 503 service_unavailable; done only where a durable key makes it safe to repeat
	faultRefuse      = "refuse"      // the status and the code of the fault; the work is not done
	faultFail        = "fail"        // the job that this request starts will fail; of a batch, the items asked for or all

	faultUnseen = "unseen" // the file that this request asks about has been put and cannot be seen yet

	faultNewField      = "new_field"      // the answer has a member that nobody knows yet
	faultUnknownStatus = "unknown_status" // the answer's status is a word that nobody knows yet

	// defaultHold is long enough for a client to lose patience in a test that
	// wants it to, and short enough that nobody waits for it elsewhere.
	defaultHold = 3 * time.Second
	maxHold     = time.Minute
)

func faultNames() []string {
	return []string{
		faultRateLimit, faultHTML502, faultFailed, faultSlow, faultLost, faultCut, faultUnavailable, faultRefuse, faultFail, faultUnseen, faultNewField, faultUnknownStatus,
	}
}

// fault is one planned misfortune. Path is a template such as
// /v3/videos/{video_id} or one exact path; an empty Method is any.
type fault struct {
	Method            string  `json:"method"`
	Path              string  `json:"path"`
	Fault             string  `json:"fault"`
	Times             int     `json:"times"`
	RetryAfterSeconds int     `json:"retry_after_seconds,omitempty"`
	HoldSeconds       float64 `json:"hold_seconds,omitempty"`
	Items             []int   `json:"items,omitempty"`
	Status            int     `json:"status,omitempty"`
	Code              string  `json:"code,omitempty"`
}

// strikes says whether a job is to fail, by its place in the batch that the request makes.
func (f *fault) strikes(index int) bool {
	return f != nil && f.Fault == faultFail && (len(f.Items) == 0 || slices.Contains(f.Items, index))
}

// Fails says whether what is done at once is to fail half-way.
func (v *Request) Fails() bool { return v.fault.strikes(0) }

// UploadUnseen says whether a file that was put is not to be seen yet.
func (v *Request) UploadUnseen() bool { return v.fault != nil && v.fault.Fault == faultUnseen }

type faults struct {
	mu   sync.Mutex
	list []*fault
}

func (f *faults) add(one fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, &one)
}

func (f *faults) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = nil
}

// take uses up one occurrence of the first fault that fits, or returns nil.
func (f *faults) take(method, path, pattern string) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, one := range f.list {
		if one.Method != "" && one.Method != method {
			continue
		}
		if one.Path != path && !sameTemplate(one.Path, pattern) {
			continue
		}
		taken := *one
		one.Times--
		if one.Times <= 0 {
			f.list = slices.Delete(f.list, i, i+1)
		}
		return &taken
	}
	return nil
}

// sameTemplate compares two templates whatever their parameters are called.
func sameTemplate(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	return slices.EqualFunc(as, bs, func(x, y string) bool {
		return x == y || strings.HasPrefix(x, "{") && strings.HasPrefix(y, "{")
	})
}

// faulty carries out what was planned for this request.
func (e *Engine) faulty(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := requestOf(r)
		v.fault = e.faults.take(r.Method, r.URL.Path, chi.RouteContext(r.Context()).RoutePattern())
		if v.fault == nil {
			next.ServeHTTP(w, r)
			return
		}
		switch v.fault.Fault {
		case faultRateLimit:
			e := Refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "",
				"Too many requests. Retry after the duration specified in the Retry-After header.")
			e.RetryAfter = max(v.fault.RetryAfterSeconds, 1)
			WriteError(w, e)
		case faultHTML502:
			w.Header().Del("X-Request-Id") // a proxy in front knows nothing of it
			w.Header().Set(faultHeader, faultHTML502)
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusBadGateway)
			_, _ = w.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad " +
				"Gateway</h1></center></body></html>\n"))
		case faultFailed:
			next.ServeHTTP(newCapture(), r)
			w.Header().Set(faultHeader, faultFailed)
			WriteError(w, Refuse(http.StatusInternalServerError, "internal_error", "", "Something went wrong."))
		case faultUnavailable:
			if v.op != nil && v.op.Durable {
				next.ServeHTTP(newCapture(), r)
			}
			WriteError(w, Refuse(http.StatusServiceUnavailable, "service_unavailable", "",
				"The outcome could not be confirmed. Repeat the request."))
		case faultRefuse:
			WriteError(w, Refuse(v.fault.Status, v.fault.Code, "", "This request was refused on demand."))
		case faultLost:
			next.ServeHTTP(newCapture(), r)
			panic(http.ErrAbortHandler) // net/http's way to break the connection
		case faultCut:
			kept := newCapture()
			next.ServeHTTP(kept, r)
			kept.cut(w)
			panic(http.ErrAbortHandler)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// hold keeps a slow answer back once its work is done, or until the client
// has left. The wait is real time: it is the client's patience that is tried.
func (e *Engine) hold(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := requestOf(r).fault
		if f == nil || f.Fault != faultSlow {
			next.ServeHTTP(w, r)
			return
		}
		kept := newCapture()
		next.ServeHTTP(kept, r)
		d := defaultHold
		if f.HoldSeconds > 0 {
			d = min(time.Duration(f.HoldSeconds*float64(time.Second)), maxHold)
		}
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		}
		kept.replay(w)
	})
}
