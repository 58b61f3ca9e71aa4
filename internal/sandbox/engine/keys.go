package engine

import (
	"net/http"
	"slices"
	"strings"
)

// What an API key may do. A key is full unless the control of accounts says otherwise.
const (
	ScopeFull     = "full"
	ScopeReadOnly = "read_only"
	ScopeCustom   = "custom"
)

// permit refuses what an API key has no permission for. Whoever signed in through OAuth may do
// everything.
func (e *Engine) permit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := requestOf(r)
		e.mu.Lock()
		allowed := v.OAuth || v.Account.allows(r.Method, r.URL.Path)
		e.mu.Unlock()
		if !allowed {
			WriteError(w, Refuse(http.StatusForbidden, "forbidden", "",
				"The API key does not have permission to perform this action."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// allows says whether an account's key may make a request. A key may always be asked about itself.
func (a *Account) allows(method, path string) bool {
	if path == "/v3/api_keys/self" {
		return true
	}
	resource, read := scopeResource(path), method == http.MethodGet || method == http.MethodHead
	scopes := a.KeyScopes()
	has := func(action string) bool {
		return slices.Contains(scopes, resource+":"+action) || slices.Contains(scopes, "*:"+action) || slices.Contains(scopes, "*:*")
	}
	// To write is to read as well, but an account cannot be written.
	return has("write") || read && has("read")
}

// KeyScopes are what the API key of an account may do, such as videos:read or *:*.
func (a *Account) KeyScopes() []string {
	switch a.ScopeMode {
	case ScopeReadOnly:
		return []string{"*:read"}
	case ScopeCustom:
		return a.Scopes
	}
	return []string{"*:*"}
}

// scopeResource is the resource that a path belongs to. v3 publishes some of the names; paths that
// no name is known for are taken for resources of their own.
func scopeResource(path string) string {
	segment, _, _ := strings.Cut(strings.TrimPrefix(path, "/v3/"), "/")
	switch segment {
	case "users":
		return "account"
	case "audio":
		return "assets"
	case "models":
		return "voices"
	case "video-agents", "templates", "folders", "hyperframes", "ai-clipping", "filler-word-removals", "background-removals":
		return "videos"
	case "lipsyncs":
		return "lipsync"
	case "video-translations":
		return "translations"
	case "brand-kits", "brand-glossaries":
		return "brand"
	}
	return segment
}
