package contracttest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// maxKept bounds what the recorder keeps of one body, which is more than v3 takes or gives.
const maxKept = 64 << 20

// Recorder stands between a client of v3 and the sandbox, and holds every request and every answer
// against the contract. It changes nothing of either. Use it as a handler in front of the sandbox
// or as a transport behind the client, and ask Findings at the end; in a test, Watch does it all:
//
//	rec, err := contracttest.NewRecorder("../heygen/testdata/v3.json")
//	srv := httptest.NewServer(rec.Handler(sandbox))
//	…
//	for _, one := range rec.Findings() { t.Error(one) }
//
// Paths that are not of v3 pass unseen, and so do answers with FaultHeader. A request that is
// refused with 400 is no finding: its sender is told, and a test that did not expect it fails by
// that. It is safe for use by many goroutines.
type Recorder struct {
	doc          *Document
	requestsOnly bool

	mu       sync.Mutex
	findings []string
	answered map[string]map[int]int // how often, by operation and status
}

// NewRecorder reads the contract from a file.
func NewRecorder(file string) (*Recorder, error) {
	doc, err := Open(file)
	if err != nil {
		return nil, err
	}
	return NewRecorderOf(doc), nil
}

// NewRecorderOf records by a contract that has been read: reading it takes a while, and many
// recorders can share it.
func NewRecorderOf(doc *Document) *Recorder {
	return &Recorder{doc: doc, answered: map[string]map[int]int{}}
}

// reporter is what a test gives to Watch, which is a *testing.T.
type reporter interface {
	Helper()
	Cleanup(f func())
	Errorf(format string, args ...any)
}

// Watch puts a recorder in front of the sandbox for one test, which fails at its end for every
// finding. Start the server after it, so that the server is closed before findings are told.
func Watch(t reporter, doc *Document, next http.Handler) http.Handler {
	t.Helper()
	rec := NewRecorderOf(doc)
	rec.Report(t)
	return rec.Handler(next)
}

// Report has a test fail at its end for every finding.
func (rec *Recorder) Report(t reporter) {
	t.Helper()
	t.Cleanup(func() {
		t.Helper()
		for _, one := range rec.Findings() {
			t.Errorf("not as v3 has it: %s", one)
		}
	})
}

// RequestsOnly leaves the answers unjudged, which a test makes up as HeyGen would not.
func (rec *Recorder) RequestsOnly() { rec.requestsOnly = true }

// Findings are what was wrong so far, one sentence each and each once, in the order in which it was
// seen.
func (rec *Recorder) Findings() []string {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return slices.Clone(rec.findings)
}

// Answered are the operations that were answered with success, sorted.
func (rec *Recorder) Answered() []string {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	var out []string
	for _, name := range slices.Sorted(maps.Keys(rec.answered)) {
		for status := range rec.answered[name] {
			if status < 300 {
				out = append(out, name)
				break
			}
		}
	}
	return out
}

func (rec *Recorder) note(name, what string, err error) {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	finding := fmt.Sprintf("%s: %s: %v", name, what, err)
	if !slices.Contains(rec.findings, finding) {
		rec.findings = append(rec.findings, finding)
	}
}

// asked is a request of v3: its operation, "" for none, and what is wrong with it.
type asked struct {
	name  string
	wrong error
}

// request checks a request of v3.
func (rec *Recorder) request(r *http.Request, body []byte) asked {
	name := rec.doc.Operation(r.Method, r.URL.Path)
	if name == "" {
		rec.note(r.Method+" "+r.URL.Path, "request", errors.New("v3 has no such operation"))
		return asked{}
	}
	return asked{name, rec.doc.CheckRequest(name, r, body)}
}

// began notes what was wrong with a request, now that it is known with which status it is answered;
// 0 is none.
func (rec *Recorder) began(a asked, status int) {
	if a.wrong != nil && status != http.StatusBadRequest {
		rec.note(a.name, "request", a.wrong)
	}
}

// answer checks a whole answer.
func (rec *Recorder) answer(name string, status int, header http.Header, body []byte) {
	if rec.requestsOnly || name == "" || status == 0 || header.Get(FaultHeader) != "" {
		return
	}
	if err := rec.doc.CheckAnswer(name, status, header, body); err != nil {
		rec.note(name, fmt.Sprintf("answer %d", status), err)
	}
	rec.mu.Lock()
	defer rec.mu.Unlock()
	if rec.answered[name] == nil {
		rec.answered[name] = map[int]int{}
	}
	rec.answered[name][status]++
}

// Handler records in front of a server. An answer that breaks off is not judged.
func (rec *Recorder) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/v3/") {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, maxKept))
		if err != nil {
			return // the client has left
		}
		rest := r.Body
		r.Body = readCloser{io.MultiReader(bytes.NewReader(body), rest), rest}
		is := rec.request(r, body)
		kept := &keptWriter{ResponseWriter: w}
		defer func() { rec.began(is, kept.status) }() // also where the handler cuts the connection
		next.ServeHTTP(kept, r)
		if r.Context().Err() == nil { // a stream that its reader left is cut anywhere
			rec.answer(is.name, max(kept.status, http.StatusOK), w.Header(), kept.body.Bytes())
		}
	})
}

// RoundTripper records behind a client; nil is http.DefaultTransport. An answer is judged when its
// body has been read to its end.
func (rec *Recorder) RoundTripper(next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		if !strings.HasPrefix(r.URL.Path, "/v3/") {
			return next.RoundTrip(r)
		}
		var body []byte
		if r.Body != nil {
			var err error
			if body, err = io.ReadAll(r.Body); err != nil {
				return nil, err
			}
			_ = r.Body.Close() // it has been read
			r = r.Clone(r.Context())
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		is := rec.request(r, body)
		res, err := next.RoundTrip(r)
		if err != nil {
			rec.began(is, 0)
			return nil, err
		}
		rec.began(is, res.StatusCode)
		kept := &bytes.Buffer{}
		res.Body = readCloser{&endReader{
			Reader: io.TeeReader(res.Body, kept),
			end:    func() { rec.answer(is.name, res.StatusCode, res.Header, kept.Bytes()) },
		}, res.Body}
		return res, nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

// RoundTrip calls the function.
func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type readCloser struct {
	io.Reader
	io.Closer
}

// endReader calls end once, when its reader is at its end.
type endReader struct {
	io.Reader
	end func()
}

func (e *endReader) Read(b []byte) (int, error) {
	n, err := e.Reader.Read(b)
	if err == io.EOF && e.end != nil {
		e.end()
		e.end = nil
	}
	return n, err
}

// keptWriter keeps what it passes on.
type keptWriter struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (w *keptWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *keptWriter) Write(b []byte) (int, error) {
	w.status = max(w.status, http.StatusOK)
	if w.body.Len() < maxKept {
		w.body.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find the connection.
func (w *keptWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
