package oauth

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// authorizePage stands for HeyGen's consent page and for the person: whoever names an account has
// it.
const authorizePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox sign-in</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 15vh auto; padding: 0 1rem; color: #222 }
input, button { font: inherit; padding: .5rem .75rem; border-radius: .4rem; border: 1px solid #999; width: 100%; box-sizing: border-box; margin-top: .5rem }
button { background: #234; border-color: #234; color: #fff; cursor: pointer }
.error { color: #a00 }
</style>
</head>
<body>
<h1>Sandbox sign-in</h1>
<p>{{.Client}} wants to use an account of this sandbox. No real account is involved: any name opens one.</p>
{{if .Problem}}<p class="error">{{.Problem}}</p>{{end}}
<form method="post" action="/v1/oauth/authorize">
{{range .Hidden}}<input type="hidden" name="{{.Name}}" value="{{.Value}}">
{{end}}<label>Account <input type="text" name="account" value="{{.Account}}" autocomplete="off" autofocus></label>
<button type="submit">Allow</button>
</form>
</body>
</html>
`

// hiddenInput carries one parameter from the page's address to its form.
type hiddenInput struct{ Name, Value string }

// authorizeRequest is an authorization request that may be granted.
type authorizeRequest struct {
	client   registeredClient
	redirect string
	grant    signInGrant // without an account yet
}

// authorizeParams are the parameters that the form carries, in the order in which it shows them.
func authorizeParams() []string {
	return []string{"response_type", "client_id", "redirect_uri", "code_challenge", "code_challenge_method", "state", "scope", "resource"}
}

// authorizeForm shows the page.
func (o *Server) authorizeForm(w http.ResponseWriter, r *http.Request) {
	if req, ok := o.checkAuthorize(w, r, r.URL.Query()); ok {
		o.showForm(w, http.StatusOK, req, r.URL.Query(), "")
	}
}

// authorize takes the form and sends the browser back with a code.
func (o *Server) authorize(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form cannot be read.", http.StatusBadRequest)
		return
	}
	params := r.PostForm
	req, ok := o.checkAuthorize(w, r, params)
	if !ok {
		return
	}
	account := strings.TrimSpace(params.Get("account"))
	if problem := o.checkAccount(account); problem != "" {
		o.showForm(w, http.StatusBadRequest, req, params, problem)
		return
	}
	req.grant.account = account
	code := newSecret("code_")
	o.mu.Lock()
	o.sweep()
	o.codes[hashOf(code)] = &authCode{
		grant:     &req.grant,
		redirect:  req.redirect,
		challenge: params.Get("code_challenge"),
		expires:   o.clock().Add(codeLifetime),
	}
	o.mu.Unlock()
	redirectToClient(w, r, req.redirect, params.Get("state"), url.Values{"code": {code}})
}

// checkAuthorize refuses what is wrong with a request: on a page of its own as long as the client
// and where it is are in doubt, since a redirect would make this server an open redirector, and at
// the client's redirect URI afterwards.
func (o *Server) checkAuthorize(
	w http.ResponseWriter, r *http.Request, params url.Values,
) (req authorizeRequest, ok bool) {
	id, redirect := params.Get("client_id"), params.Get("redirect_uri")
	o.mu.Lock()
	client, known := o.clients[id]
	o.mu.Unlock()
	if !known {
		http.Error(w, "The client_id is not registered here.", http.StatusBadRequest)
		return req, false
	}
	if !client.redirectAllowed(redirect) {
		http.Error(w, "The redirect_uri is not one that the client registered.", http.StatusBadRequest)
		return req, false
	}

	fail := func(code, why string) (authorizeRequest, bool) {
		redirectToClient(w, r, redirect, params.Get("state"), url.Values{"error": {code}, "error_description": {why}})
		return authorizeRequest{}, false
	}
	if name := repeatedParam(params); name != "" {
		return fail("invalid_request", name+" is given more than once")
	}
	switch params.Get("response_type") {
	case "code":
	case "":
		return fail("invalid_request", "response_type is required")
	default:
		return fail("unsupported_response_type", "response_type must be code")
	}
	challenge, err := base64.RawURLEncoding.DecodeString(params.Get("code_challenge"))
	if err != nil || len(challenge) != len(tokenHash{}) || params.Get("code_challenge_method") != "S256" {
		return fail("invalid_request", "PKCE is required: a code_challenge with code_challenge_method S256")
	}
	scopes, ok := scopesOf(params.Get("scope"), supportedScopes())
	if !ok {
		return fail("invalid_scope", "the scopes are "+strings.Join(supportedScopes(), ", "))
	}
	if !validResources(params["resource"]) {
		return fail("invalid_target", "resource must be an absolute URI without a fragment")
	}
	return authorizeRequest{client: client, redirect: redirect, grant: signInGrant{client: id, scopes: scopes}}, true
}

// showForm writes the page; html/template escapes what came from the client.
func (o *Server) showForm(w http.ResponseWriter, status int, req authorizeRequest, params url.Values, problem string) {
	view := struct {
		Client, Problem, Account string
		Hidden                   []hiddenInput
	}{Client: req.client.name, Problem: problem, Account: params.Get("account")}
	if view.Client == "" {
		view.Client = "A client"
	}
	for _, name := range authorizeParams() {
		for _, value := range params[name] {
			view.Hidden = append(view.Hidden, hiddenInput{name, value})
		}
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	// Nobody may lay the page under another one (clickjacking). form-action stays open: browsers
	// apply it to the redirect too.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "+
		"base-uri 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_ = o.page.Execute(w, view) // the browser has gone; there is nobody to tell
}

// redirectToClient redirects to the client, with state as it came and iss against mix-up of servers
// (RFC 9207).
func redirectToClient(w http.ResponseWriter, r *http.Request, redirect, state string, values url.Values) {
	if state != "" {
		values.Set("state", state)
	}
	values.Set("iss", issuerOf(r))
	join := "?"
	if strings.Contains(redirect, "?") {
		join = "&"
	}
	w.Header().Set("Location", redirect+join+values.Encode())
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther) // 303: the browser must not post the form on to the client
}

// repeatedParam names a parameter that stands more than once; only resource may (RFC 6749 §3.1, RFC
// 8707 §2).
func repeatedParam(params url.Values) string {
	for name, values := range params {
		if len(values) > 1 && name != "resource" {
			return name
		}
	}
	return ""
}

// validResources checks the form only: the sandbox's tokens are good for the whole of its v3,
// whichever resource is named.
func validResources(uris []string) bool {
	for _, uri := range uris {
		u, err := url.Parse(uri)
		if err != nil || !u.IsAbs() || strings.Contains(uri, "#") {
			return false
		}
	}
	return true
}
