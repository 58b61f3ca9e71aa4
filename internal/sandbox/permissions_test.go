package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// TestWhoMayDoWhat goes through all operations: what the document says of permissions, previews and
// credentials holds for each, before anything else of a request is looked at.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	b, s := newBoxOf(t, Config{})
	token := b.signIn("ana")
	b.control("account", `{"account":"bare","scope_mode":"custom","scopes":[]}`)
	b.control("account", `{"account":"reader","scope_mode":"read_only"}`)
	previews, keyOnly, scoped := 0, 0, 0
	for name, op := range s.Contract.Operations {
		method, path, _ := strings.Cut(name, " ")
		if op.Preview {
			previews++
			b.do(method, path, "", "X-Api-Key", "sk_sandbox_no-previews").want(403, "forbidden")
		}
		if op.KeyOnly {
			keyOnly++
			b.do(method, path, "", "Authorization", "Bearer "+token).want(401, "unauthorized")
		}
		if len(op.Scopes) > 0 {
			scoped++
			b.do(method, path, "", "X-Api-Key", "sk_sandbox_bare").want(403, "forbidden")
		}
		if method != http.MethodGet {
			b.do(method, path, "", "X-Api-Key", "sk_sandbox_reader").want(403, "forbidden")
		}
		if res := b.do(method, path, "", "X-Api-Key", "nobody"); res.status != 401 || res.text("error", "code") != "unauthorized" {
			t.Errorf("%s: a bad key got %d %s", name, res.status, res.body)
		}
	}
	if previews != 38 || keyOnly != 6 || scoped < 120 {
		t.Errorf("got %d previews, %d for keys alone, %d with permissions", previews, keyOnly, scoped)
	}
}
