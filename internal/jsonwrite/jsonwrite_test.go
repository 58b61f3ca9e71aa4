package jsonwrite_test

import (
	"bytes"
	"testing"

	"heygen-mcp/internal/jsonwrite"
)

func TestMarshal(t *testing.T) {
	t.Parallel()
	got, err := jsonwrite.Marshal(map[string]any{"url": "https://a.example/?b=<c>&d", "line": "\u2028\n"})
	if want := `{"line":"\u2028\n","url":"https://a.example/?b=<c>&d"}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if got, err := jsonwrite.Marshal(func() {}); err == nil {
		t.Errorf("a function was written as %q", got)
	}
}

func TestAppend(t *testing.T) {
	t.Parallel()
	b := bytes.NewBufferString("before ")
	for _, v := range []any{1, "a"} {
		if err := jsonwrite.Append(b, v); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := b.String(), `before 1"a"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
