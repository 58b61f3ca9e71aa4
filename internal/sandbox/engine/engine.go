// Package engine serves operations and runs jobs for the sandbox. It owns what all resources share:
// accounts with their keys, plans and credits; the way of a request (credential, permission,
// planned fault, idempotency key, contract, work, envelope); pages of lists; jobs and batches that
// move with a clock; streams of events; signed links; recorded calls; the controls under /_sandbox/.
// It knows no resource: a resource brings routes, kinds of jobs, and data of its own for each
// account and job.
//
// Read engine.go first, then serve.go for the way of a request and jobs.go for the life of a job.
package engine

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"hash"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/delivery"
	"heygen-mcp/internal/sandbox/media"
	"heygen-mcp/internal/sandbox/seeded"
)

// Config says how an engine is made.
type Config struct {
	// Seed decides the ids of everything that is made.
	Seed uint64
	// Speed divides the seconds that a job takes; 0 means 1, which is real time.
	Speed float64
	// Clock is where time comes from; nil means time.Now.
	Clock func() time.Time
	// Silent keeps webhooks and callbacks from being sent.
	Silent bool
	// NewData makes what the resources keep for an account.
	NewData func(account string) any
	// AccessToken returns the account of an access token, if it is good.
	AccessToken func(token string) (account string, ok bool)
}

// Engine serves operations and runs jobs. It starts no goroutine.
type Engine struct {
	Seed        uint64
	speed       float64
	clock       *clock
	Contract    *contract.Contract
	secret      []byte // signs links and cursors, and makes the secrets of webhooks
	newData     func(account string) any
	accessToken func(token string) (account string, ok bool)
	Deliveries  *delivery.Queue
	faults      faults
	calls       calls
	keys        keys

	// Called for every job and every batch that has ended: once, and while mu is held.
	jobEnd   []func(*Job)
	batchEnd []func(*Batch)

	mu       sync.Mutex // guards what follows, and everything inside an account; held while an endpoint of v3 runs
	accounts map[string]*Account
	jobs     map[string]*Job
	files    map[string]*media.File // by the id in the name of a file
	serial   int64
}

// New makes an engine without accounts.
func New(cfg Config) (*Engine, error) {
	if cfg.Speed < 0 || math.IsNaN(cfg.Speed) || math.IsInf(cfg.Speed, 0) {
		return nil, fmt.Errorf("speed %v: must be a positive number", cfg.Speed)
	}
	e := &Engine{
		Seed: cfg.Seed, speed: cmp.Or(cfg.Speed, 1), clock: &clock{source: cfg.Clock}, secret: make([]byte, 32),
		newData: cfg.NewData, accessToken: cfg.AccessToken,
	}
	if cfg.Clock == nil {
		e.clock.source = time.Now
	}
	e.forgetAll()
	if _, err := rand.Read(e.secret); err != nil {
		return nil, fmt.Errorf("make a signing secret: %w", err)
	}
	e.Deliveries = delivery.NewQueue(e.clock.Now, 0, cfg.Silent)
	var err error
	e.Contract, err = contract.Read()
	return e, err
}

// OnJobEnd has functions called for every job that has ended, in their order and with the lock
// held.
func (e *Engine) OnJobEnd(f ...func(*Job)) { e.jobEnd = append(e.jobEnd, f...) }

// OnBatchEnd has functions called for every batch that has ended.
func (e *Engine) OnBatchEnd(f ...func(*Batch)) { e.batchEnd = append(e.batchEnd, f...) }

func (e *Engine) forgetAll() {
	e.accounts = map[string]*Account{}
	e.jobs = map[string]*Job{}
	e.files = map[string]*media.File{}
}

// Reset brings the engine back to how it started: accounts, jobs, files, planned faults, recorded
// calls, remembered keys, deliveries and the clock. also runs while the lock is held, after
// accounts, jobs and files are gone.
func (e *Engine) Reset(also func()) {
	e.mu.Lock()
	e.forgetAll()
	also()
	e.mu.Unlock()
	e.Deliveries.Reset()
	e.faults.reset()
	e.calls.reset()
	e.keys.reset()
	e.clock.reset()
}

// Lock takes the lock that is held while an Endpoint runs, for a handler that is not one.
func (e *Engine) Lock() { e.mu.Lock() }

// Unlock gives the lock back.
func (e *Engine) Unlock() { e.mu.Unlock() }

// Now is the time of the sandbox, which a test may hold and advance.
func (e *Engine) Now() time.Time { return e.clock.Now() }

// After is how long something takes that takes so many seconds in v3.
func (e *Engine) After(n float64) time.Duration { return seconds(n / e.speed) }

// NewID makes the id of something new: a digest of the parts, which must differ each time.
func (e *Engine) NewID(parts ...any) string { return seeded.HexID(e.Seed, parts...) }

// MAC authenticates what the engine alone may make: links, cursors, and the secrets of webhooks.
func (e *Engine) MAC() hash.Hash { return hmac.New(sha256.New, e.secret) }

// PutFile keeps a file under an id, which is part of the names of its links.
func (e *Engine) PutFile(id string, f *media.File) { e.files[id] = f }

// DropFile removes a file.
func (e *Engine) DropFile(id string) { delete(e.files, id) }

// File finds a file by its id; nil is none.
func (e *Engine) File(id string) *media.File { return e.files[id] }

// Job finds a job of any kind and account; nil is none.
func (e *Engine) Job(id string) *Job { return e.jobs[id] }

// Handler mounts everything: the operations of v3, the routes that open adds, and the controls
// under /_sandbox/, those of the engine and others by name.
func (e *Engine) Handler(
	v3 []Route, open func(chi.Router), controls map[string]http.HandlerFunc,
) (http.Handler, error) {
	r := chi.NewRouter()
	r.Use(e.record)
	r.NotFound(func(w http.ResponseWriter, _ *http.Request) {
		WriteError(w, Refuse(http.StatusNotFound, "not_found", "", "There is no such path."))
	})
	r.MethodNotAllowed(func(w http.ResponseWriter, _ *http.Request) {
		WriteError(w, Refuse(http.StatusMethodNotAllowed, "method_not_allowed", "", "This path does not take this method."))
	})
	r.Group(func(r chi.Router) {
		r.Use(e.faulty, e.hold)
		open(r)
	})
	if err := e.mountV3(r, v3); err != nil {
		return nil, err
	}
	r.Post("/_sandbox/faults", e.controlFaults)
	r.Post("/_sandbox/clock", e.controlClock)
	r.Post("/_sandbox/credits", e.controlCredits)
	r.Get("/_sandbox/calls", e.controlCalls)
	r.Post("/_sandbox/deliver", e.controlDeliver)
	for name, control := range controls {
		r.Post("/_sandbox/"+name, control)
	}
	return r, nil
}
