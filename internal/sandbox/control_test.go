package sandbox

import (
	"net/http"
	"testing"
)

// TestResetChoosesTheSize holds that a running sandbox can be given a large catalog, and the usual
// one again.
func TestResetChoosesTheSize(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("reset", `{"looks":2000,"voices":3000}`)
	if got := b.get("/v3/voices?limit=100").want(http.StatusOK, ""); got.at("has_more") != true || len(got.list("data")) != 100 {
		t.Error("the voices are as few as before")
	}
	for _, bad := range []string{`{"looks":20001}`, `{"looks":-1}`, `{"looks":"many"}`} {
		b.do("POST", "/_sandbox/reset", bad).want(http.StatusBadRequest, "")
	}
	b.control("reset", `{}`)
	b.do("POST", "/_sandbox/reset", "").want(http.StatusOK, "")
}
