package finder

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"
)

func TestAnExpiredPictureIsAskedForOnce(t *testing.T) {
	t.Parallel()
	var raw bytes.Buffer
	if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	h := &fakeLists{picture: raw.Bytes()}
	e, f := h.start(t), New(nil)
	ctx := as(t, "a")
	if got := f.Pictures(ctx, e, []Shown{{Link: h.url + "/files/gone.png", LookID: "old"}}); len(got) != 1 || got[0].Type != "image/jpeg" {
		t.Errorf("a look whose link has expired has %d pictures, want the one of its new link", len(got))
	}
	if got := f.Pictures(ctx, e, []Shown{{Link: h.url + "/files/gone.png"}, {}}); len(got) != 0 {
		t.Errorf("what has no picture has %d", len(got))
	}
	h.with(func() { h.picture = nil })
	fresh := Shown{Link: h.url + "/files/fresh.png"}
	if got := f.Pictures(ctx, e, []Shown{fresh, fresh, fresh, fresh, fresh}); len(got) != MaxPictures {
		t.Errorf("of five kept pictures %d are given, want %d", len(got), MaxPictures)
	}
	if got := f.Pictures(as(t, "b"), e, []Shown{fresh}); len(got) != 0 {
		t.Error("a picture that one account was shown is given to another")
	}
}

func TestTheOldestPictureIsForgotten(t *testing.T) {
	t.Parallel()
	var p pictures
	for i := range maxKept {
		p.put(fmt.Sprint(i), []byte{byte(i)})
	}
	p.put("1", []byte{9})
	if data, there := p.get("1"); !there || data[0] != 9 {
		t.Errorf("a picture that was put twice is %v, want the second", data)
	}
	if _, there := p.get("0"); !there {
		t.Error("a picture is forgotten though there was room")
	}
	p.put("new", nil)
	if _, there := p.get("0"); there || len(p.kept) != maxKept {
		t.Errorf("%d pictures are kept and the oldest is among them: %t; want %d without it", len(p.kept), there, maxKept)
	}
}
