package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"heygen-mcp/cmd/mcp-server/demo"
)

// attempt is one request of a stranger's, and how it was answered.
type attempt struct {
	kind, method, target, kindOfBody, body string
	headers                                []string
}

// flood sends requests of strangers and counts the answers.
type flood struct {
	demo.Browser
	issuer, client string
	sign, guess    url.Values // the forms of a sign-in page and of the device page

	mu      sync.Mutex
	answers map[string]map[int]int
	silent  map[string]int // answers of 429 that do not say when to come again
}

const formBody = "application/x-www-form-urlencoded"

// kinds are all that a stranger can ask for, the nth time.
func (s *flood) kinds(n int) []attempt {
	long := func(i int) string { return fmt.Sprintf(`"http://127.0.0.1/%d/%s"`, i, strings.Repeat("x", 480)) }
	ask := func(client, state string) string {
		return s.issuer + "/oauth/authorize?" + url.Values{"response_type": {"code"}, "client_id": {client}, "redirect_uri": {demo.RedirectURI}, "state": {state},
			"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"}}.Encode()
	}
	invented := strings.Repeat("x", 34) + fmt.Sprintf("%09d", n)
	call := `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	post := func(kind, path, kindOfBody, body string, headers ...string) attempt {
		return attempt{kind, http.MethodPost, s.issuer + path, kindOfBody, body, headers}
	}
	with := func(form url.Values, name, value string) string {
		form = maps.Clone(form)
		form.Set(name, value)
		return form.Encode()
	}
	return []attempt{
		post("registration", "/oauth/register", "application/json", `{"client_name":"A stranger","redirect_uris":[`+strings.Join([]string{long(1), long(2), long(3), long(4), long(5)}, ",")+`]}`),
		{"sign-in", http.MethodGet, ask(s.client, strings.Repeat("s", 4000)), "", "", nil},
		post("API key on the page", "/oauth/sign-in", formBody, with(s.sign, "api_key", "sk_invented_"+invented)),
		post("device flow", "/oauth/device_authorization", formBody, url.Values{"client_id": {s.client}}.Encode()),
		post("guess of a device's code", "/oauth/device", formBody, with(s.guess, "user_code", "BBBB-BBBB")),
		{"document of a client", http.MethodGet, ask(fmt.Sprintf("https://127.0.0.%d/%d", n%250, n), "s"), "", "", nil},
		post("API key at /mcp", "/mcp", "application/json", call, "X-Api-Key", "sk_invented_"+invented),
		post("access token at /mcp", "/mcp", "application/json", call, "Authorization", "Bearer hgm_at_"+invented),
		post("refresh token", "/oauth/token", formBody, url.Values{"grant_type": {"refresh_token"}, "client_id": {s.client}, "refresh_token": {"hgm_rt_" + invented}}.Encode()),
		post("completion without a credential", "/mcp", "application/json",
			`{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"x"},"argument":{"name":"a","value":"`+strings.Repeat("v", 4000)+`"}}}`),
	}
}

// send makes one request.
func (s *flood) send(ctx context.Context, a attempt) error {
	req, err := http.NewRequestWithContext(ctx, a.method, a.target, strings.NewReader(a.body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", a.kindOfBody)
	req.Header.Set("Accept", "application/json, text/event-stream")
	for i := 0; i+1 < len(a.headers); i += 2 {
		req.Header.Set(a.headers[i], a.headers[i+1])
	}
	res, err := s.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, res.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answers[a.kind] == nil {
		s.answers[a.kind] = map[int]int{}
	}
	s.answers[a.kind][res.StatusCode]++
	if res.StatusCode == http.StatusTooManyRequests && res.Header.Get("Retry-After") == "" {
		s.silent[a.kind]++
	}
	return nil
}
