package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// person is somebody in front of a browser, who has a program connected.
type person struct {
	s       *stack
	web     demo.Browser
	account string
}

func (s *stack) person(t *testing.T, account string) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{s: s, account: account, web: demo.Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}}
}

// at is the address of a path of the server's.
func (p *person) at(path string) string { return strings.TrimSuffix(p.s.mcpURL, "/mcp") + path }

// connects signs in for a new client and agrees with what is chosen. It gives the access token, as post takes it.
func (p *person) connects(t *testing.T, chosen url.Values) string {
	t.Helper()
	client, err := p.web.Register(t.Context(), p.at("/oauth/register"))
	if err != nil {
		t.Fatal(err)
	}
	verifier := rand.Text() + rand.Text()
	sum := sha256.Sum256([]byte(verifier))
	page := p.at("/oauth/authorize?") + url.Values{"response_type": {"code"}, "client_id": {client}, "redirect_uri": {demo.RedirectURI},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}.Encode()
	back := p.through(t, page, chosen)
	var token struct {
		Access string `json:"access_token"`
	}
	err = p.web.PostForm(t.Context(), p.at("/oauth/token"), url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "redirect_uri": {demo.RedirectURI},
		"client_id": {client}, "code_verifier": {verifier}}, &token)
	if err != nil || token.Access == "" {
		t.Fatalf("no token: %v", err)
	}
	return "Bearer " + token.Access
}

// through fills in the forms of a sign-in, and gives what the client is sent back.
func (p *person) through(t *testing.T, page string, chosen url.Values) url.Values {
	t.Helper()
	for range 3 {
		text, at, back, err := p.web.Page(t.Context(), http.MethodGet, page, nil)
		if err == nil && back != nil {
			return back
		}
		var action string
		var fields url.Values
		if err == nil {
			action, fields, err = demo.FillForm(text, at, p.account)
		}
		if err != nil {
			t.Fatal(err)
		}
		if fields.Get("action") == "agree" {
			for name := range chosen {
				fields.Set(name, chosen.Get(name))
			}
		}
		if _, page, back, err = p.web.Page(t.Context(), http.MethodPost, action, fields); err != nil {
			t.Fatal(err)
		}
		if back != nil {
			return back
		}
	}
	t.Fatal("the sign-in does not end")
	return nil
}

// estimated is the most that a create may cost, in USD.
func (s *stack) estimated(t *testing.T, bearer, args string) float64 {
	t.Helper()
	usd, ok := s.tool(t, bearer, "estimate_cost", `{"tool":"create_video_from_avatar","arguments":`+args+`}`)["estimated_cost_usd"].(float64)
	if !ok || usd <= 0 {
		t.Fatalf("no estimate of %s", args)
	}
	return usd
}

// capText is an amount of USD as the form takes it.
func capText(usd float64) string { return strconv.FormatFloat(usd, 'f', 6, 64) }

// connections opens the page of what is connected, and signs in where that is asked.
func (p *person) connections(t *testing.T) string {
	t.Helper()
	text, at, _, err := p.web.Page(t.Context(), http.MethodGet, p.at("/connections"), nil)
	if err == nil && strings.Contains(text, `name="api_key"`) {
		action, fields, err := demo.FillForm(text, at, p.account)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, err = p.web.Page(t.Context(), http.MethodPost, action, fields); err != nil {
			t.Fatal(err)
		}
		text, _, _, err = p.web.Page(t.Context(), http.MethodGet, p.at("/connections"), nil)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// changes sends the form of the first connection of the page, with what is chosen.
func (p *person) changes(t *testing.T, page string, chosen url.Values) string {
	t.Helper()
	_, form, _ := strings.Cut(page, `<section class="connection">`)
	action, fields, err := demo.FillForm(form, p.at("/connections"), p.account)
	if err != nil {
		t.Fatal(err)
	}
	fields.Set("action", "change")
	for name := range chosen {
		fields.Set(name, chosen.Get(name))
	}
	text, _, _, err := p.web.Page(t.Context(), http.MethodPost, action, fields)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// manyAtOnce makes creates at once, each of another video, and gives how many were sent and how one of the others was
// refused.
func (s *stack) manyAtOnce(t *testing.T, bearer, args string, calls int) (made int, refusal map[string]any) {
	t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	turns := make(chan struct{}, 60) // a caller may have 64 requests in flight
	for i := range calls {
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			one := strings.Replace(args, "{", fmt.Sprintf(`{"idempotency_key":"take-%d-%s",`, i, rand.Text()), 1)
			_, body, err := s.post(t.Context(), s.mcpURL, bearer, rpc("create_video_from_avatar", one, ""))
			if err != nil {
				t.Error(err)
				return
			}
			r := result(t, body)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case r["video_id"] != nil:
				made++
			case r["error_code"] == "spend_cap_reached":
				refusal = r
			default:
				t.Errorf("answered with %v", r)
			}
		})
	}
	all.Wait()
	return made, refusal
}

// TestCapOfAConnection holds the cap that a person sets at consent against 200 creates at once: on one server and on
// two replicas, of one connection of several, and beside the operator's.
func TestCapOfAConnection(t *testing.T) {
	t.Parallel()
	const calls, room, operator = 200, 5, 1.4 // of 10 jobs that can run at once
	for name, serve := range map[string]func(t *testing.T, more ...string) *stack{
		"SQLite": func(t *testing.T, more ...string) *stack {
			t.Helper()
			return newSigned(t, append(more, "--data-dir", t.TempDir())...)
		},
		"two replicas on PostgreSQL": newPair,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, "--spend-cap-daily", capText(operator))
			s.bearers = nil // each call names its own
			p := s.person(t, "mia")
			free := p.connects(t, nil)
			args := s.create(t, free)
			each := s.estimated(t, free, args)
			capped := p.connects(t, url.Values{"spend_cap_daily": {capText(room * each)}})
			made, refusal := s.manyAtOnce(t, capped, args, calls)
			if sent := len(only(s.seen(t), "mia", http.MethodPost)); made != room || sent != room {
				t.Errorf("%d videos were made and HeyGen was asked for %d, want %d", made, sent, room)
			}
			text := fmt.Sprint(refusal["message"], refusal["next_step"])
			for _, says := range []string{"USD that this connection may spend", "nothing was sent", p.at("/connections"), "T00:00:00Z"} {
				if !strings.Contains(text, says) {
					t.Errorf("the refusal lacks %q: %v", says, refusal)
				}
			}
			// Another connection is not bound by it, but both are by the operator's.
			made, refusal = s.manyAtOnce(t, free, args, calls)
			if all := int(operator / each); made != all-room {
				t.Errorf("%d more were made, want %d", made, all-room)
			}
			text = fmt.Sprint(refusal["message"], refusal["next_step"])
			if !strings.Contains(text, "this account") || !strings.Contains(text, "--spend-cap-daily") {
				t.Errorf("the refusal is %v", refusal)
			}
		})
	}
}

// TestAPersonRaisesACap is a whole journey: a program makes until its cap, the person sees what it did and raises the
// cap, and it goes on at once, whichever replica is asked; lowered, it binds at once.
func TestAPersonRaisesACap(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]func(t *testing.T, more ...string) *stack{"one server": newSigned, "two replicas": newPair} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			s.bearers = nil // each call names its own
			p := s.person(t, "mia")
			bearer := p.connects(t, url.Values{"access": {"make"}, "spend_cap_daily": {"0.1"}, "expires": {"30d"}})
			args := strings.Replace(s.create(t, bearer), "{", `{"title":"A <b>greeting</b>",`, 1)
			each := s.estimated(t, bearer, args)
			page := p.connections(t)
			set := func(usd float64) {
				t.Helper()
				if page = p.changes(t, page, url.Values{"spend_cap_daily": {capText(usd)}}); !strings.Contains(page, "Saved.") {
					t.Fatalf("got %s, want %q in it", page, "Saved.")
				}
			}
			next := 0
			makes := func(refused string) {
				t.Helper()
				next++
				r := s.tool(t, bearer, "create_video_from_avatar", strings.Replace(args, "{", fmt.Sprintf(`{"idempotency_key":"take-%d",`, next), 1))
				if got, _ := r["error_code"].(string); got != refused {
					t.Errorf("answered with %v, want %q", r, refused)
				}
			}
			set(each)
			makes("")
			makes("spend_cap_reached")
			makes("spend_cap_reached") // at the other replica
			set(3 * each)
			makes("")
			makes("")
			makes("spend_cap_reached")
			set(each / 2)
			makes("spend_cap_reached")
			s.tool(t, bearer, "wait_for_jobs", `{"kind":"video","ids":[`+s.ids(t, bearer)+`]}`)
			page = p.connections(t)
			for _, says := range []string{
				"Look and make. It may spend", "It ends on 24 December 2026", "made a video “A &lt;b&gt;greeting&lt;/b&gt;”, ", " USD today, ", "in 30 days",
				`<a href="/v/`, "recorded in memory only",
			} {
				if has := strings.Contains(page, says); has != (says != "recorded in memory only" || name == "one server") {
					t.Errorf("the page says %q: %t: %s", says, has, page)
				}
			}
		})
	}
}

// ids are the ids of an account's videos, as a list in JSON has them.
func (s *stack) ids(t *testing.T, bearer string) string {
	t.Helper()
	var ids []string
	items, _ := s.tool(t, bearer, "list_videos", `{"limit":100}`)["items"].([]any)
	for _, item := range items {
		one, _ := item.(map[string]any)
		ids = append(ids, fmt.Sprintf("%q", one["video_id"]))
	}
	return strings.Join(ids, ",")
}
