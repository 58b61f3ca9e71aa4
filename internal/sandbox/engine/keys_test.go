package engine

import (
	"net/http/httptest"
	"testing"
)

func TestAKeyNeedsThePermissionsOfTheOperation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode   string
		scopes []string
		method string
		needed []string
		want   bool
	}{
		"full":                        {ScopeFull, nil, "POST", []string{"videos:write"}, true},
		"read only reads":             {ScopeReadOnly, nil, "GET", []string{"videos:read"}, true},
		"read only writes":            {ScopeReadOnly, nil, "POST", []string{"videos:write"}, false},
		"read only, none named":       {ScopeReadOnly, nil, "PATCH", nil, false},
		"custom, none named":          {ScopeCustom, []string{}, "PATCH", nil, true},
		"custom of another resource":  {ScopeCustom, []string{"videos:write"}, "GET", []string{"voices:read"}, false},
		"to write is to read":         {ScopeCustom, []string{"videos:write"}, "GET", []string{"videos:read"}, true},
		"two permissions, one there":  {ScopeCustom, []string{"videos:write"}, "POST", []string{"templates:read", "videos:write"}, false},
		"two permissions, both there": {ScopeCustom, []string{"videos:write", "templates:read"}, "POST", []string{"templates:read", "videos:write"}, true},
		"of a resource, all":          {ScopeCustom, []string{"videos:*"}, "POST", []string{"videos:write"}, true},
	} {
		a := &Account{ScopeMode: c.mode, Scopes: c.scopes}
		if got := a.allows(httptest.NewRequestWithContext(t.Context(), c.method, "/v3/x", nil), c.needed); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestPreviewsAreOfAnAccount(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		account Account
		path    string
		want    bool
	}{
		"all from the start":  {Account{Name: "anna"}, "/v3/podcasts", true},
		"none by the name":    {Account{Name: "no-previews-1"}, "/v3/podcasts", false},
		"enabled":             {Account{Name: "no-previews", Previews: []string{"workflows"}}, "/v3/workflow-runs/x", true},
		"another is enabled":  {Account{Name: "anna", Previews: []string{"workflows"}}, "/v3/podcasts", false},
		"none by the control": {Account{Name: "anna", Previews: []string{}}, "/v3/assets/search", false},
		"models":              {Account{Name: "anna", Previews: []string{"models"}}, "/v3/models/audio/voices", true},
	} {
		if got := c.account.hasPreview(c.path); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
