package sandbox

import (
	"heygen-mcp/internal/sandbox/seeded"

	"net/http"
	"slices"
	"strings"
	"time"
)

// What an API key may do. A key is full unless the control of accounts says otherwise.
const (
	scopeFull     = "full"
	scopeReadOnly = "read_only"
	scopeCustom   = "custom"
)

func (s *Sandbox) apiKeyRoutes() []route {
	return []route{
		{"GET", "/v3/api_keys/self", s.currentKey},
	}
}

// permit refuses what an API key has no permission for. Whoever signed in through OAuth may do everything.
func (s *Sandbox) permit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		s.mu.Lock()
		allowed := v.oauth || v.account.allows(r.Method, r.URL.Path)
		s.mu.Unlock()
		if !allowed {
			writeError(w, refuse(http.StatusForbidden, "forbidden", "",
				"The API key does not have permission to perform this action."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// allows says whether an account's key may make a request. A key may always be asked about itself.
func (a *account) allows(method, path string) bool {
	if path == "/v3/api_keys/self" {
		return true
	}
	resource, read := scopeResource(path), method == http.MethodGet || method == http.MethodHead
	scopes := a.keyScopes()
	has := func(action string) bool {
		return slices.Contains(scopes, resource+":"+action) || slices.Contains(scopes, "*:"+action) || slices.Contains(scopes, "*:*")
	}
	// To write is to read as well, but an account cannot be written.
	return has("write") || read && has("read")
}

func (a *account) keyScopes() []string {
	switch a.scopeMode {
	case scopeReadOnly:
		return []string{"*:read"}
	case scopeCustom:
		return a.scopes
	}
	return []string{"*:*"}
}

// scopeResource is the resource that a path belongs to. v3 publishes some of the names; paths that no name is known
// for are taken for resources of their own.
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

// currentKey answers GET /v3/api_keys/self.
func (s *Sandbox) currentKey(_ *http.Request, v *visit) (any, *apiError) {
	if v.oauth {
		return nil, refuse(http.StatusForbidden, "forbidden", "", "This request was not made with an API key.")
	}
	made := time.Unix(firstCreated, 0).UTC().Format(time.RFC3339)
	return map[string]any{
		"key_id":             seeded.HexID(s.seed, v.account.name, "key"),
		"key_name":           v.account.name,
		"status":             "active",
		"scope_mode":         v.account.scopeMode,
		"scopes":             v.account.keyScopes(),
		"created_at":         made,
		"updated_at":         made,
		"expires_at":         nil, // never
		"expires_in_seconds": nil,
	}, nil
}
