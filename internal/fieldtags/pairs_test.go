package fieldtags_test

import (
	"reflect"
	"testing"

	"heygen-mcp/internal/fieldtags"
)

// FuzzPairs holds a tag that is read at once to what reflect finds in it key by key.
func FuzzPairs(f *testing.F) {
	for _, tag := range []string{
		`json:"video_id" in:"path" required:"true" doc:"A video's id, such as \"a\"."`, `a:"1" a:"2"`, ` a:"1"  b:"" `, `a:"1"b:"2"`,
		`a:1 b:"2"`, `a b:"2"`, `a:"\x" b:"2"`, "a:`1`", `:"1"`, `a:"1`, "a:\"\\n\tb\"",
	} {
		f.Add(tag, "a")
		f.Add(tag, "b")
	}
	f.Fuzz(func(t *testing.T, tag, key string) {
		want, wantOK := reflect.StructTag(tag).Lookup(key)
		if got, ok := fieldtags.PairsOf(reflect.StructTag(tag)).Lookup(key); got != want || ok != wantOK {
			t.Errorf("%q of %q: got %q, %t, reflect has %q, %t", key, tag, got, ok, want, wantOK)
		}
	})
}
