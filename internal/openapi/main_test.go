package openapi_test

import (
	"fmt"
	"slices"
	"testing"

	"heygen-mcp/internal/openapi"
)

// withBody is a document of one operation, whose body has a schema; more are its components.
func withBody(schema, more string) string {
	return fmt.Sprintf(`{"openapi":"3.1.0","info":{"version":"1"},"paths":{"/v3/x":{"post":{"operationId":"x","requestBody":{"content":
		{"application/json":{"schema":%s}}},"responses":{}}}},"components":{"schemas":{%s}}}`, schema, more)
}

func read(t *testing.T, raw string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Read([]byte(raw))
	if err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return doc
}

// changes are what differs between two documents, a text each, sorted.
func changes(t *testing.T, was, now string) []string {
	t.Helper()
	out := []string{}
	for _, op := range openapi.CompareDocuments(read(t, was), read(t, now)) {
		for _, c := range op.Changes {
			out = append(out, fmt.Sprintf("%s %s: %s", c.Part, c.Path, c))
		}
	}
	slices.Sort(out)
	return out
}
