package fieldtags_test

import (
	"reflect"
	"testing"

	"heygen-mcp/internal/fieldtags"
)

type inner struct{ A string }

type Word string

type sample struct {
	Plain    string `json:"plain"`
	Path     string `json:"id" in:"path"`
	Optional string `json:"o,omitempty" in:"query"`
	Zero     string `json:",omitzero"`
	Unnamed  string
	Hidden   string `json:"-"`
	Kept     string `json:"kept" in:"-"`
	inner
	*Outer
	Word
	Named `json:"named"`
}

type Outer struct{ B string }

type Named struct{ C string }

// TestOf holds what each tag means.
func TestOf(t *testing.T) {
	t.Parallel()
	want := map[string]fieldtags.Tags{
		"Plain":    {Name: "plain", Named: true, Place: fieldtags.Body},
		"Path":     {Name: "id", Named: true, Place: fieldtags.Path},
		"Optional": {Name: "o", Named: true, Optional: true, Place: fieldtags.Query},
		"Zero":     {Name: "Zero", Optional: true, Place: fieldtags.Body},
		"Unnamed":  {Name: "Unnamed", Place: fieldtags.Body},
		"Hidden":   {Place: fieldtags.Body},
		"Kept":     {Name: "kept", Named: true, Place: fieldtags.Nowhere},
		"inner":    {Name: "inner", Place: fieldtags.Body, Inline: true},
		"Outer":    {Name: "Outer", Place: fieldtags.Body, Inline: true},
		"Word":     {Name: "Word", Place: fieldtags.Body},
		"Named":    {Name: "named", Named: true, Place: fieldtags.Body},
	}
	for sf := range reflect.TypeFor[sample]().Fields() {
		if got := fieldtags.Of(sf); got != want[sf.Name] {
			t.Errorf("%s: got %+v, want %+v", sf.Name, got, want[sf.Name])
		}
	}
}
