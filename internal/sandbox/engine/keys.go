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

// permit refuses what the caller's credential or account has no permission for. Whoever signed in
// through OAuth may do everything but what takes an API key alone.
func (e *Engine) permit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := requestOf(r)
		e.mu.Lock()
		apiErr := v.permitted(r)
		e.mu.Unlock()
		if apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (v *Request) permitted(r *http.Request) *Error {
	switch {
	case v.OAuth && v.op.KeyOnly:
		return Refuse(
			http.StatusUnauthorized,
			"unauthorized",
			"",
			"This operation takes an API key, not an access token.",
		)
	case !v.OAuth && !v.Account.allows(r, v.op.Scopes):
		return Refuse(
			http.StatusForbidden,
			"forbidden",
			"",
			"The API key does not have permission to perform this action.",
		)
	case v.op.Preview && !v.Account.hasPreview(r.URL.Path):
		return Refuse(http.StatusForbidden, "forbidden", "", "This API is not enabled for this account.")
	}
	return nil
}

// allows says whether an account's key may make a request that needs these permissions, all of
// them. A key may always be asked about itself. Where no permission is named, only a key that may
// not write at all is refused to write.
func (a *Account) allows(r *http.Request, needed []string) bool {
	if r.URL.Path == "/v3/api_keys/self" {
		return true
	}
	if len(needed) == 0 {
		return a.ScopeMode != ScopeReadOnly || r.Method == http.MethodGet || r.Method == http.MethodHead
	}
	scopes := a.KeyScopes()
	return !slices.ContainsFunc(needed, func(one string) bool {
		resource, action, _ := strings.Cut(one, ":")
		// To write is to read as well.
		for _, action := range []string{action, "write", "*"} {
			if slices.Contains(scopes, resource+":"+action) || slices.Contains(scopes, "*:"+action) {
				return false
			}
		}
		return true
	})
}

// noPreviews begins the names of accounts that have none of the previews from the start.
const noPreviews = "no-previews"

// hasPreview says whether HeyGen has enabled a preview for an account. A preview is called by the
// resource it belongs to, such as podcasts.
func (a *Account) hasPreview(path string) bool {
	if a.Previews == nil {
		return !strings.HasPrefix(a.Name, noPreviews)
	}
	return slices.Contains(a.Previews, previewOf(path))
}

// previewOf is the resource that a path belongs to; runs come with their workflows.
func previewOf(path string) string {
	segment, _, _ := strings.Cut(strings.TrimPrefix(path, "/v3/"), "/")
	if segment == "workflow-runs" {
		return "workflows"
	}
	return segment
}

// Previews are what an account may lack. Of models it is the voices and their speech.
func Previews() []string {
	return []string{
		"assets",
		"avatar-realtime",
		"background-removals",
		"models",
		"podcasts",
		"video-quality",
		"workflows",
	}
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
