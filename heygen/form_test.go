package heygen

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

type upload struct {
	Place string `json:"place" in:"query"`
	File  *File  `json:"file" in:"form"`
}

// A form goes out with the key, and its repeat has the same bytes: under one
// key HeyGen would answer another file with the first.
func TestForm(t *testing.T) {
	t.Parallel()
	f := newFake(t, hangUp, answer(200, `{"data":{"asset_id":"a"}}`))
	op := Op{Method: "POST", Path: "/v3/assets", Key: true}
	in := &upload{"here", &File{Name: "a \"b\"\r\nX: é.png", Type: "image/png", Data: []byte("\x89PNG\x00\xff")}}
	if _, err := f.client(t).Do(t.Context(), op, in, "k"); err != nil {
		t.Fatal(err)
	}
	calls := f.got()
	if len(calls) != 2 || calls[0].body != calls[1].body || calls[1].header.Get("Idempotency-Key") != "k" || calls[1].uri != "/v3/assets?place=here" {
		t.Errorf("got %+v", calls)
	}
	kind, params, err := mime.ParseMediaType(calls[1].header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		t.Fatalf("%q: %v", kind, err)
	}
	form := multipart.NewReader(bytes.NewReader([]byte(calls[1].body)), params["boundary"])
	one, err := form.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(one)
	if err != nil || string(raw) != "\x89PNG\x00\xff" || one.FormName() != "file" || one.Header.Get("Content-Type") != "image/png" || one.Header.Get("X") != "" {
		t.Errorf("%q under %v: %v", raw, one.Header, err)
	}
	if _, err := form.NextPart(); !errors.Is(err, io.EOF) {
		t.Errorf("a second part: %v", err)
	}
}

func TestFormMistakes(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	op := Op{Method: "POST", Path: "/v3/assets"}
	for name, in := range map[string]any{
		"beside JSON": &struct {
			upload
			Title string `json:"title"`
		}{upload{File: &File{Name: "a", Type: "image/png"}}, "x"},
		"no file": &struct {
			A string `json:"a" in:"form"`
		}{"x"},
	} {
		if _, err := f.client(t).Do(t.Context(), op, in, ""); err == nil {
			t.Errorf("%s was sent", name)
		}
	}
	if _, err := New(Config{UploadTimeout: -1}); err == nil {
		t.Error("a negative time limit was taken")
	}
}

// slow is a server that answers when the test's time has come that far.
type slow time.Duration

func (s slow) RoundTrip(req *http.Request) (*http.Response, error) {
	select {
	case <-time.After(time.Duration(s)):
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader([]byte(`{"data":{}}`)))}, nil
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

// A file may take longer than any other write.
func TestUploadsHaveTheirOwnLimit(t *testing.T) {
	t.Parallel()
	for in, want := range map[any]string{&upload{File: &File{Name: "a"}}: "", &scripted{}: CodeTimeout} {
		synctest.Test(t, func(t *testing.T) {
			c, err := New(Config{HTTP: &http.Client{Transport: slow(9 * time.Minute)}})
			if err != nil {
				t.Fatal(err)
			}
			code := ""
			if _, err := c.Do(t.Context(), Op{Method: "POST", Path: "/v3/assets"}, in, ""); err != nil {
				code = asError(t, err).Code
			}
			if code != want {
				t.Errorf("%T: %q, want %q", in, code, want)
			}
		})
	}
}
