package main

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
)

// wallet is what each account has in the beginning, in USD.
const wallet = 100_000

func (f *fire) begin() {
	for i := range f.replicas {
		f.replicas[i] = start(f.t.Context(), f.t, f.binary, append(f.args, "--listen", "127.0.0.1:0")...)
	}
}

// ServeHTTP is HeyGen with its faults, which follow from the number of the request alone.
func (f *fire) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Path != "/v3/videos" {
		f.box.ServeHTTP(w, r)
		return
	}
	n := f.asked.Add(1)
	if n%int64(f.creates/3) == 0 {
		f.kill()
	}
	switch n % 16 {
	case 1: // the work is done, and its answer is lost
		f.count("lost")
		f.box.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case 3:
		f.count("reset")
		panic(http.ErrAbortHandler)
	case 5:
		f.count("429")
		w.Header().Set("Retry-After", "1")
		http.Error(w, `{"error":{"code":"rate_limit_exceeded","message":"Too many requests."}}`, http.StatusTooManyRequests)
	case 7:
		f.count("502")
		http.Error(w, "<html>Bad gateway</html>", http.StatusBadGateway)
	case 9:
		f.count("502 after the work")
		f.box.ServeHTTP(httptest.NewRecorder(), r)
		http.Error(w, "<html>Bad gateway</html>", http.StatusBadGateway)
	case 11:
		f.count("cut")
		done := httptest.NewRecorder()
		f.box.ServeHTTP(done, r)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(done.Body.Len()))
		_, _ = w.Write(done.Body.Bytes()[:done.Body.Len()/2])
		panic(http.ErrAbortHandler)
	default:
		f.box.ServeHTTP(w, r)
	}
}

func (f *fire) count(fault string) {
	n, _ := f.faults.LoadOrStore(fault, new(atomic.Int64))
	n.(*atomic.Int64).Add(1)
}
