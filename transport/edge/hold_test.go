package edge

import (
	"net/http/httptest"
	"testing"
)

// Full is an error of ours, and too much is one of the caller's.
func TestWriteBusy(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]string{429: "-32600", 499: "-32600", 500: "-32603", 503: "-32603"} {
		res := httptest.NewRecorder()
		WriteBusy(res, nil, &Busy{Status: status, Text: "full"})
		if want := `{"jsonrpc":"2.0","id":null,"error":{"code":` + code + `,"message":"full; try again in 5 seconds"}}`; res.Code != status || res.Body.String() != want {
			t.Errorf("got %d %s, want %d %s", res.Code, res.Body, status, want)
		}
	}
}
