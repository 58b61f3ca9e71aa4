package brokertest

import (
	"net"
	"net/http"
	"runtime"
	"strconv"
	"testing"
)

// From makes a client's requests come from a loopback address of its own, which is a source of its
// own.
func From(t testing.TB, address string, web *http.Client) *http.Client {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("other systems have one loopback address unless they are told to have more")
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	over := &http.Transport{DialContext: dialer.DialContext}
	t.Cleanup(over.CloseIdleConnections)
	other := *web
	other.Transport = over
	return &other
}

// Limited demands a 429 that says when to come again.
func Limited(t testing.TB, what string, res Answer) {
	t.Helper()
	seconds, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if res.Status != http.StatusTooManyRequests || err != nil || seconds < 1 {
		t.Errorf("%s: %d, Retry-After %q: %s", what, res.Status, res.Header.Get("Retry-After"), res.Body)
	}
}
