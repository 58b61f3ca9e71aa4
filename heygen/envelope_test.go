package heygen

import (
	"net/http"
	"strings"
	"testing"
)

func TestEnvelopes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, method, body string
		status             int
		data, token        string
		more               bool
		code               string
	}{
		{name: "object", body: `{"data":{"seed":12345678901234567890,"price":0.10}}`, data: `{"seed":12345678901234567890,"price":0.10}`},
		{name: "page", body: `{"data":[1],"has_more":true,"next_token":"n=="}`, data: `[1]`, more: true, token: "n=="},
		{name: "last page", body: `{"data":[],"has_more":false,"next_token":null}`, data: `[]`},
		{name: "page inside", body: `{"data":{"items":[],"has_more":true,"next_token":"n"}}`, data: `{"items":[],"has_more":true,"next_token":"n"}`, more: true, token: "n"},
		{name: "null data", body: `{"data":null}`, data: `null`},
		{name: "accepted", status: 202, body: `{"data":{}}`, data: `{}`},
		{name: "the last success", status: 299, body: `{"data":{}}`, data: `{}`},
		{name: "the first redirect", status: 300, body: `{"data":{}}`, code: "http_300"},
		{name: "null error", method: "DELETE", body: `{"data":{"id":"e"},"error":null}`, data: `{"id":"e"}`},
		{name: "no content", method: "DELETE", status: 204},
		{name: "empty delete", method: "DELETE"},
		{name: "empty create", method: "POST", code: "bad_response"},
		{name: "error under 200", method: "PATCH", body: `{"error":{"code":"conflict","message":"No."}}`, code: "conflict"},
		{name: "no data", method: "PATCH", body: `{"items":[]}`, code: "bad_response"},
		{name: "list", method: "PATCH", body: `[]`, code: "bad_response"},
		{name: "null", method: "PATCH", body: `null`, code: "bad_response"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if tc.method == "" {
				tc.method = http.MethodGet
			}
			if tc.status == 0 {
				tc.status = 200
			}
			f := newFake(t, answer(tc.status, tc.body, "X-Request-Id", "req-1"))
			res, err := f.client(t).Do(t.Context(), Op{Method: tc.method, Path: "/v3/x"}, nil, "")
			if tc.code != "" {
				if e := asError(t, err); e.Code != tc.code || e.Status != tc.status || e.RequestID != "req-1" {
					t.Errorf("got %+v", e)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(res.Data) != tc.data || res.HasMore != tc.more || res.NextToken != tc.token ||
				res.Status != tc.status || res.RequestID != "req-1" {
				t.Errorf("got %+v with data %s", res, res.Data)
			}
		})
	}
}

func TestBoundedReads(t *testing.T) {
	t.Parallel()
	long := `{"data":"` + strings.Repeat("x", maxAnswer) + `"}`
	f := newFake(t, answer(200, long))
	_, err := f.client(t).Do(t.Context(), Op{Method: "GET", Path: "/v3/x"}, nil, "")
	if e := asError(t, err); e.Code != "bad_response" || e.Status != 200 || e.Retryable || !strings.Contains(e.Message, "16 MiB") {
		t.Errorf("got %+v", e)
	}
	if n := len(f.got()); n != 1 {
		t.Errorf("%d calls for what a repeat only brings again", n)
	}
	f = newFake(t, answer(500, long))
	_, err = f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/x"}, nil, "")
	if e := asError(t, err); e.Code != "http_500" || !e.Unclear {
		t.Errorf("got %+v", e)
	}
	fits := `{"data":"` + strings.Repeat("x", maxAnswer-len(`{"data":""}`)) + `"}`
	f = newFake(t, answer(200, fits))
	if _, err = f.client(t).Do(t.Context(), Op{Method: "GET", Path: "/v3/x"}, nil, ""); err != nil {
		t.Error(err)
	}
}
