package openapi_test

import (
	"fmt"
	"slices"
	"testing"
)

// one is a document of one operation.
func one(operation string) string {
	return fmt.Sprintf(`{"openapi":"3.1.0","info":{},"security":[{"Key":[]},{"Token":[]}],"paths":{"/v3/x/{id}":{"post":%s}},"components":{
		"securitySchemes":{"Key":{"type":"apiKey"},"Token":{"type":"http"}},
		"parameters":{"Limit":{"name":"limit","in":"query","schema":{"type":"integer"}}}}}`, operation)
}

// TestCompareOperations holds what is told of operations beside their schemas.
func TestCompareOperations(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		was, now string
		want     []string
	}{
		"parameters by reference": {
			`{"parameters":[{"$ref":"#/components/parameters/Limit"}]}`,
			`{"parameters":[{"name":"limit","in":"query","required":true,"schema":{"type":"integer"}}]}`, []string{"query limit: must be given now"},
		},
		"headers":                 {`{}`, `{"parameters":[{"name":"x-a","in":"header","schema":{}},{"name":"x-api-key","in":"header","required":true}]}`, []string{"header X-A: is new"}},
		"a body":                  {`{}`, `{"requestBody":{"required":true,"content":{"application/json":{"schema":{"properties":{"a":{}},"required":["a"]}}}}}`, []string{"body : application/json is new", "body : must be given now", "body a: is new and must be given"}},
		"statuses":                {`{"responses":{"200":{"content":{"application/json":{"schema":{"type":"string"}}}}}}`, `{"responses":{"201":{"content":{"application/json":{"schema":{"type":"integer"}}}}}}`, []string{"answer : status 200 is gone", "answer : status 201 is new", "answer : type is integer, was string"}},
		"deprecated":              {`{}`, `{"deprecated":true}`, []string{"operation : is deprecated now"}},
		"permissions":             {`{"x-scopes":["a"]}`, `{"x-scopes":["b","a"]}`, []string{"access : a key needs a and b now, needed a"}},
		"no words of permissions": {`{"x-scopes":["a"],"x-preview":true,"x-error-codes":{"404":["a"]},"responses":{"404":{}}}`, `{"responses":{"404":{}}}`, []string{}},
		"previews":                {`{"x-preview":false}`, `{"x-preview":true}`, []string{"access : is a preview now, which HeyGen enables for accounts"}},
		"credentials":             {`{}`, `{"security":[{"Key":[]}]}`, []string{"access : takes an API key only now, and no OAuth token"}},
		"codes":                   {`{"x-error-codes":{"404":["a"]},"responses":{"404":{}}}`, `{"x-error-codes":{"404":["b"]},"responses":{"404":{}}}`, []string{"errors : status 404: codes gone: a; new: b"}},
	} {
		if got := changes(t, one(c.was), one(c.now)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
