package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/settings"
)

// The load of strangers: a minute of fifty requests a second from one address, of every kind that needs no credential,
// while users at other addresses sign in, refresh, register and call.
const (
	strangerSeconds   = 60
	strangersPerCycle = 50
	users             = 20
)

// browserAt is a browser, or a client, at a loopback address of its own, which is a source of its own.
func browserAt(t *testing.T, address string) demo.Browser {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("other systems have one loopback address unless they are told to have more")
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	over := &http.Transport{DialContext: dialer.DialContext}
	t.Cleanup(over.CloseIdleConnections)
	return demo.Browser{HTTP: &http.Client{Jar: jar, Transport: over, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// user is somebody at an address of their own.
type user struct {
	demo.Browser
	issuer, account, id string
	tokens              struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
}

// signIn registers a client, signs in with a key, and redeems the code.
func (u *user) signIn(ctx context.Context) (err error) {
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // of RFC 7636
	if u.id, err = u.Register(ctx, u.issuer+"/oauth/register"); err != nil {
		return err
	}
	back, err := u.Consent(ctx, u.issuer+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {u.id}, "redirect_uri": {demo.RedirectURI},
		"state": {"s"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}.Encode(), u.account)
	if err != nil {
		return err
	}
	return u.PostForm(ctx, u.issuer+"/oauth/token", url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "client_id": {u.id},
		"redirect_uri": {demo.RedirectURI}, "code_verifier": {verifier}}, &u.tokens)
}

func (u *user) refresh(ctx context.Context) error {
	return u.PostForm(ctx, u.issuer+"/oauth/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {u.tokens.Refresh}, "client_id": {u.id}}, &u.tokens)
}

// call calls a tool with a credential.
func (u *user) call(ctx context.Context, header, credential string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.issuer+"/mcp", strings.NewReader(rpc("get_current_user", `{}`, "")))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	req.Header.Set(header, credential)
	res, err := u.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err == nil && (res.StatusCode != http.StatusOK || !strings.Contains(string(raw), u.account)) {
		err = fmt.Errorf("%s: %s", res.Status, raw)
	}
	return err
}

// second is what a user does in one second of the load.
func (u *user) second(ctx context.Context, n, second int) error {
	begins := n * strangerSeconds / users / 2 // they come one after the other, for half a minute
	switch {
	case second < begins:
		return nil
	case second == begins:
		return u.signIn(ctx)
	case (second-begins)%12 == 11:
		return u.refresh(ctx)
	case (second-begins)%3 == 0:
		return u.call(ctx, "Authorization", "Bearer "+u.tokens.Access)
	}
	return nil
}

// heap is what lives in memory, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestStrangersStarveNobody is the load of strangers. What it logs stands in docs/threats.md.
func TestStrangersStarveNobody(t *testing.T) { //nolint:paralleltest // it measures the memory of the process
	if testing.Short() {
		t.Skip("it takes minutes under the race detector; others have replicas and crowds there")
	}
	dir := t.TempDir()
	cfg, err := settings.Load("serve", []string{"--auth", "broker", "--sandbox", "--listen", "127.0.0.1:0", "--sandbox-speed", "50", "--data-dir", dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var passed atomic.Int64 // of time
	cfg.Pause = noPause
	cfg.Clock = func() time.Time {
		return time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC).Add(time.Duration(passed.Load()))
	}
	a := serving(t, cfg, io.Discard)
	issuer := strings.TrimSuffix(a.MCPURL, "/mcp")

	bad := &flood{Browser: browserAt(t, "127.0.0.1"), issuer: issuer, sign: url.Values{}, guess: url.Values{}, answers: map[string]map[int]int{}, silent: map[string]int{}}
	if bad.client, err = bad.Register(t.Context(), issuer+"/oauth/register"); err != nil {
		t.Fatal(err)
	}
	for into, page := range map[*url.Values]string{&bad.sign: bad.kinds(0)[1].target, &bad.guess: issuer + "/oauth/device"} {
		text, at, _, err := bad.Page(t.Context(), http.MethodGet, page, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, *into, err = demo.FillForm(text, at, "x"); err != nil {
			t.Fatal(err)
		}
	}
	people := make([]*user, users)
	for i := range people {
		people[i] = &user{Browser: browserAt(t, fmt.Sprintf("127.0.0.%d", 2+i)), issuer: issuer, account: fmt.Sprintf("user%d", i)}
	}
	neighbor := &user{Browser: bad.Browser, account: "neighbor", issuer: issuer} // at the strangers' own address, with a key that is known
	if err := neighbor.call(t.Context(), "X-Api-Key", "sk_sandbox_neighbor"); err != nil {
		t.Fatal(err)
	}

	before, sent := heap(), 0
	var refused atomic.Int64
	var aside sync.WaitGroup // the requests whose answers are held back for seconds: nobody waits for them to send the next
	for second := range strangerSeconds {
		passed.Add(int64(time.Second))
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := range strangersPerCycle {
				all := bad.kinds(second*strangersPerCycle + i)
				send := func() {
					if err := bad.send(t.Context(), all[i%len(all)]); err != nil {
						t.Error(err)
					}
				}
				if all[i%len(all)].kind == "document of a client" {
					aside.Go(send)
				} else {
					send()
				}
			}
		})
		sent += strangersPerCycle
		for i, u := range append(people, neighbor) {
			wg.Go(func() {
				var err error
				if u == neighbor {
					err = u.call(t.Context(), "X-Api-Key", "sk_sandbox_neighbor")
				} else {
					err = u.second(t.Context(), i, second)
				}
				if err != nil {
					refused.Add(1)
					t.Errorf("second %d, %s: %v", second, u.account, err)
				}
			})
		}
		wg.Wait()
	}
	aside.Wait()
	for _, u := range people {
		if u.tokens.Access == "" {
			t.Errorf("%s never signed in", u.account)
		}
	}
	grown := int64(heap()) - int64(before) //nolint:gosec // G115: a heap is far smaller
	t.Logf("%d requests of strangers in %d seconds, %d users beside them, %d of their requests refused; %.1f MB more on the heap", sent, strangerSeconds, users, refused.Load(), float64(grown)/1e6)
	for _, kind := range slices.Sorted(maps.Keys(bad.answers)) {
		t.Logf("%s: %v", kind, bad.answers[kind])
		if open := kind == "completion without a credential"; bad.answers[kind][http.StatusTooManyRequests] == 0 != open || bad.silent[kind] != 0 {
			t.Errorf("%s: answered %v, %d of them 429 without Retry-After", kind, bad.answers[kind], bad.silent[kind])
		}
	}
	if grown > 32<<20 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
	measureRows(t, filepath.Join(dir, settings.DatabaseName))
}

// measureRows holds the database to what the limits let one source and the users make.
func measureRows(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, c := range []struct {
		table, size      string
		rows, longestRow int
	}{
		{"clients", "LENGTH(id) + LENGTH(document) + LENGTH(secret)", 60 + 31 + users + 1, 4 << 10},
		{"flows", "LENGTH(id) + LENGTH(sealed)", 100 + 61 + users, 6 << 10},
		{"devices", "LENGTH(id) + LENGTH(user_code) + LENGTH(client) + LENGTH(request) + LENGTH(public_key)", 30 + 31, 1 << 10},
		{"tokens", "LENGTH(id) + LENGTH(wrap) + LENGTH(scopes) + LENGTH(binding)", users * 13, 1 << 10},
	} {
		var rows, longest int
		if err := db.QueryRowContext(t.Context(), `SELECT COUNT(*), COALESCE(MAX(`+c.size+`), 0) FROM `+c.table).Scan(&rows, &longest); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d rows, the longest of %d bytes", c.table, rows, longest)
		if rows > c.rows || longest > c.longestRow {
			t.Errorf("%s has %d rows, want %d at most; the longest has %d bytes, want %d", c.table, rows, c.rows, longest, c.longestRow)
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the database has %.1f MB", float64(info.Size())/1e6)
}
