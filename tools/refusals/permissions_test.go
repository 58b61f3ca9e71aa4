package refusals

import (
	"strings"
	"testing"

	"heygen-mcp/heygen"
)

// TestForbidden holds what is said of a 403, which itself says nothing: what a key needs, what a
// preview needs, and what is left for a caller without a key.
func TestForbidden(t *testing.T) {
	t.Parallel()
	const permission, preview = "permission", "This is a preview"
	for name, c := range map[string]struct {
		op    heygen.Op
		oauth bool
		says  []string
		not   []string
	}{
		"a permission": {
			heygen.Op{Method: "POST", Path: "/v3/videos"}, false,
			[]string{"the permission " +
				"videos:write", "get_current_api_key", keysPage, billingPage}, []string{preview},
		},
		"two permissions": {
			heygen.Op{Method: "POST", Path: "/v3/templates/{template_id}"}, false,
			[]string{"the permissions templates:read and videos:write"}, []string{preview},
		},
		"a permission, without a key": {
			heygen.Op{Method: "POST", Path: "/v3/videos"}, true,
			[]string{"without an API key, so no permission is " +
				"missing", billingPage}, []string{"videos:write", keysPage, preview},
		},
		"a preview": {
			heygen.Op{Method: "GET", Path: "/v3/podcasts"}, false,
			[]string{preview, "the permission podcasts:read", keysPage}, []string{billingPage},
		},
		"a preview, without a key": {
			heygen.Op{Method: "GET", Path: "/v3/podcasts"}, true,
			[]string{preview, "no permission is " +
				"missing"}, []string{"podcasts:read", keysPage, billingPage},
		},
		"no permission that has a name": {
			heygen.Op{Method: "POST", Path: "/v3/folders"}, false,
			[]string{"must not be one that only reads", keysPage}, []string{preview, "the " +
				"permission"},
		},
		"nothing that is known": {
			heygen.Op{Method: "GET", Path: "/v3/folders/{folder_id}"}, false,
			[]string{"Ask the user", billingPage}, []string{preview, permission, keysPage},
		},
		"what the operation itself forbids": {
			heygen.Op{Method: "DELETE", Path: "/v3/avatars/looks/{look_id}"}, false,
			[]string{"A public look cannot be deleted", "the permission " +
				"avatars:write"}, []string{preview},
		},
	} {
		got := From(
			&heygen.Error{Op: c.op, Status: 403, Code: "forbidden", Message: "No.", Quoted: true},
			Attempt{OAuth: c.oauth},
		)
		for _, want := range c.says {
			if !strings.Contains(got.NextStep, want) {
				t.Errorf("%s: got %q, want %q in it", name, got.NextStep, want)
			}
		}
		for _, unwanted := range c.not {
			if strings.Contains(got.NextStep, unwanted) {
				t.Errorf("%s: got %q, want no %q", name, got.NextStep, unwanted)
			}
		}
		if got.Retryable || got.Code != "forbidden" {
			t.Errorf("%s: got %+v, want HeyGen's code, not to be repeated", name, got)
		}
	}
	// A word of HeyGen's for another reason says more than a permission.
	got := From(
		&heygen.Error{
			Op:     heygen.Op{Method: "POST", Path: "/v3/videos"},
			Status: 403,
			Code:   "ai_vendor_access_restricted",
		},
		Attempt{},
	)
	if strings.Contains(got.NextStep, permission) || !strings.Contains(got.NextStep, "another "+
		"engine") {
		t.Errorf("got %q, want another engine and no permission", got.NextStep)
	}
}

func TestKeyRequired(t *testing.T) {
	t.Parallel()
	got := KeyRequired("get_widget", "They type it.")
	if got.Code != "api_key_required" || !strings.Contains(got.Message, "get_widget works with "+
		"an API key") ||
		!strings.Contains(got.NextStep, keysPage) || !strings.HasSuffix(got.NextStep, "They type "+
		"it.") {
		t.Errorf("got %+v, want a step with the page of keys and the hint", got)
	}
	if got := KeyRequired("get_widget", ""); !strings.Contains(got.NextStep, "connect again with "+
		"an API key") {
		t.Errorf("got %q, want a step without a hint", got.NextStep)
	}
}
