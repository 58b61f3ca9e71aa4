package heygen

import (
	"slices"
	"testing"
)

// TestOpCheck holds which operations cannot be meant.
func TestOpCheck(t *testing.T) {
	t.Parallel()
	for name, op := range map[string]Op{
		"method":         {Method: "get", Path: "/v3/x"},
		"path":           {Method: "GET", Path: "v3/x"},
		"query":          {Method: "GET", Path: "/v3/x?a=b"},
		"open brace":     {Method: "GET", Path: "/v3/{x"},
		"close brace":    {Method: "GET", Path: "/v3/x}"},
		"nested brace":   {Method: "GET", Path: "/v3/{x{y}}"},
		"no name":        {Method: "GET", Path: "/v3/{}"},
		"variant of get": {Method: "GET", Path: "/v3/x", Variant: "a"},
		"model of get":   {Method: "GET", Path: "/v3/x", Model: "a"},
		"no variant":     {Method: "POST", Path: "/v3/x", VariantIn: "mode"},
		"object of get":  {Method: "GET", Path: "/v3/x", Object: true},
		"delete":         {Method: "DELETE", Path: "/v3/x", Object: true},
	} {
		if err := op.Check(); err == nil {
			t.Errorf("%s: %+v was taken", name, op)
		}
	}
	for _, op := range []Op{{Method: "GET", Path: "/v3/x"}, {Method: "POST", Path: "/v3/{a}/b/{c}", Variant: "v"}, {Method: "PUT", Path: "/v3/x", Object: true}} {
		if err := op.Check(); err != nil {
			t.Errorf("%+v: %v", op, err)
		}
	}
}

// TestPathParams holds what a template leaves open.
func TestPathParams(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{"/v3/x": nil, "/v3/{a}": {"a"}, "/v3/{a}/b/{c}/d": {"a", "c"}} {
		if got := (Op{Path: path}).PathParams(); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}
