package scope_test

import (
	"net/url"
	"slices"
	"testing"

	"heygen-mcp/auth/broker/scope"
)

// TestOfClients holds what a client's registration makes of its sign-ins.
func TestOfClients(t *testing.T) {
	t.Parallel()
	const read, write, remove = scope.Read, scope.Write, scope.Delete
	for _, c := range []struct {
		param                      string
		usual, allowed, registered []string
	}{
		{"", []string{read, write}, []string{read, write, remove}, []string{read, write}},
		{"openid", []string{read, write}, []string{read, write, remove}, []string{read, write}},
		{read, []string{read}, []string{read}, []string{read}},
		{write, []string{write}, []string{read, write, remove}, []string{write}},
		{remove, []string{read, write}, []string{read, write, remove}, []string{remove}},
		{remove + " " + read, []string{read}, []string{read, write, remove}, []string{read, remove}},
	} {
		for name, got := range map[string][2][]string{
			"usual":      {scope.Usual(c.param), c.usual},
			"allowed":    {scope.Allowed(c.param), c.allowed},
			"registered": {scope.Registered(c.param), c.registered},
		} {
			if !slices.Equal(got[0], got[1]) {
				t.Errorf("%q: %s are %q, want %q", c.param, name, got[0], got[1])
			}
		}
	}
}

// TestParse holds what a scope parameter asks for, and what it may not.
func TestParse(t *testing.T) {
	t.Parallel()
	some := []string{scope.Read, scope.Write}
	for _, c := range []struct {
		param string
		want  []string
		ok    bool
	}{
		{"", some, true},
		{"email", some, true},
		{"heygen:write heygen:read", some, true},
		{"heygen:read email", []string{scope.Read}, true},
		{"heygen:delete", nil, false},
		{"heygen:read heygen:invented", nil, false},
	} {
		if got, ok := scope.Parse(c.param, some, some); ok != c.ok || !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, %t, want %q, %t", c.param, got, ok, c.want, c.ok)
		}
	}
}

// TestResources holds which resources are for reading alone.
func TestResources(t *testing.T) {
	t.Parallel()
	all := scope.All()
	for path, want := range map[string][]string{
		"": {scope.Read, scope.Write}, "/key": {scope.Read, scope.Write}, "/readonly": {scope.Read}, "/x/readonly/": {scope.Read},
	} {
		if got := scope.UsualBelow(path); !slices.Equal(got, want) {
			t.Errorf("the scopes at %q are %q, want %q", path, got, want)
		}
	}
	for _, c := range []struct {
		resources, want []string
	}{
		{nil, all},
		{[]string{""}, all},
		{[]string{"https://x/mcp/readonly"}, []string{scope.Read}},
		{[]string{"", "https://x/mcp/readonly/"}, []string{scope.Read}},
		{[]string{"https://x/mcp/read%6Fnly"}, []string{scope.Read}},
		{[]string{"https://x/mcp/%/readonly"}, all},
		{[]string{"https://x/mcp/readonly", "https://x/mcp"}, all},
	} {
		if got := scope.ForResource(url.Values{"resource": c.resources}, all); !slices.Equal(got, c.want) {
			t.Errorf("the scopes for %q are %q, want %q", c.resources, got, c.want)
		}
	}
}

// TestLevels holds the levels that scopes stand for.
func TestLevels(t *testing.T) {
	t.Parallel()
	all := scope.All()
	for i, l := range scope.Levels() {
		if got := l.Scopes(); !slices.Equal(got, all[:i+1]) {
			t.Errorf("%s allows %q, want %q", l, got, all[:i+1])
		}
		if got := scope.LevelOf(all[i : i+1]); got != l {
			t.Errorf("the level of %s is %s, want %s", all[i], got, l)
		}
		if got := scope.Beyond(all, l.Scopes()); !slices.Equal(got, scope.Levels()[i+1:]) {
			t.Errorf("beyond %s are %q, want %q", l, got, scope.Levels()[i+1:])
		}
		if got := scope.Beyond(l.Scopes(), nil); !slices.Equal(got, scope.Levels()[:i+1]) {
			t.Errorf("%s adds %q to nothing, want %q", l, got, scope.Levels()[:i+1])
		}
		want := scope.Levels()
		if l == scope.LookOnly {
			want = want[:1]
		}
		if got := scope.Offered(all[i : i+1]); !slices.Equal(got, want) {
			t.Errorf("for %s are offered %q, want %q", all[i], got, want)
		}
	}
	if got := scope.Level("much").Scopes(); got != nil {
		t.Errorf("no level allows %q", got)
	}
}

// TestNarrow holds that a narrower bound takes away what is beyond it and nothing else.
func TestNarrow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ scopes, bound, want []string }{
		{[]string{scope.Write}, []string{scope.Delete}, []string{scope.Write}},
		{[]string{scope.Delete}, []string{scope.Read, scope.Write}, []string{scope.Read, scope.Write}},
		{[]string{scope.Delete}, nil, nil},
	} {
		if got := scope.Narrow(c.scopes, c.bound); !slices.Equal(got, c.want) {
			t.Errorf("%q within %q is %q, want %q", c.scopes, c.bound, got, c.want)
		}
		if got, want := scope.Within(c.scopes, c.bound), slices.Equal(c.scopes, c.want); got != want {
			t.Errorf("%q is within %q: %t, want %t", c.scopes, c.bound, got, want)
		}
	}
}
