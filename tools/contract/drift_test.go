package contract_test

import (
	"context"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/contract"
	"heygen-mcp/tools/engine"
)

// wire is a document of operations that take more than a body in JSON.
const wire = `{"openapi":"3.1.0","info":{"version":"1"},"paths":{
	"/v3/boxes":{"post":{"parameters":[{"name":"Idempotency-Key","in":"header","schema":{"type":"string"}}],
		"requestBody":{"content":{"application/json":{"schema":{"properties":{"name":{"type":"string"}}}}}},
		"responses":{"200":{"content":{"application/json":{"schema":{"properties":{"data":{"properties":{"id":{"type":"string"}}}}}}}}}}},
	"/v3/boxes/{box_id}":{"get":{"x-scopes":["read"],"x-error-codes":{"404":["not_found"]},
		"parameters":[{"name":"box_id","in":"path","required":true,"schema":{"type":"string"}},
			{"name":"limit","in":"query","schema":{"type":"integer","minimum":1,"maximum":100}},
			{"name":"word","in":"query","schema":{"type":"string","enum":["a","b"]}},
			{"name":"code","in":"query","schema":{"type":"string"}}],
		"responses":{"200":{"content":{"application/json":{"schema":{"properties":{"data":{"properties":{"id":{"type":"string"}}}}}}}},"404":{}}}},
	"/v3/forms":{"post":{
		"requestBody":{"content":{"multipart/form-data":{"schema":{"required":["file"],"properties":{"file":{"type":"string"},"note":{"type":"string"}}}}}},
		"responses":{"200":{"content":{"application/json":{"schema":{"properties":{"data":{"properties":{"id":{"type":"string"}}}}}}}}}}}}}`

type boxInput struct {
	ID    string  `json:"box_id" in:"path" required:"true" doc:"d"`
	Limit *int    `json:"limit" in:"query" min:"1" max:"100" doc:"d"`
	Word  *string `json:"word" in:"query" enum:"a,b" doc:"d"`
	Code  *string `json:"code" in:"query" doc:"d"`
}

type fillInput struct {
	Name *string `json:"name" doc:"d"`
	engine.Keyed
}

type box struct {
	ID string `json:"id"`
}

// wireTools call the operations of wire.
func wireTools() []engine.BoundTool {
	form := heygen.Op{Method: "POST", Path: "/v3/forms"}
	return []engine.BoundTool{
		engine.Tool[fillInput, box]{Name: "make", Title: "t", Description: "d", Effect: engine.Creates, Op: heygen.Op{Method: "POST", Path: "/v3/boxes", Key: true}}.Bind(),
		engine.Tool[boxInput, box]{Name: "get", Title: "t", Description: "d", Op: heygen.Op{Method: "GET", Path: "/v3/boxes/{box_id}"}}.Bind(),
		engine.Tool[none, box]{
			Name: "send", Title: "t", Description: "d", Effect: engine.Creates, VerifyWith: "get", Op: form,
			Run: func(ctx context.Context, c *engine.Call, _ *none) (*engine.Result[box], error) {
				return engine.Fetch[box](ctx, c, form, nil)
			},
		}.Bind(),
	}
}

// read reads a document.
func read(t *testing.T, text string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestDriftOfWhatIsNoBody holds what becomes of tools where something else than a body in JSON changes: the path, the
// query, headers, forms, whole operations, and what is told of an operation besides. Each line is one finding.
func TestDriftOfWhatIsNoBody(t *testing.T) {
	t.Parallel()
	built := read(t, wire)
	for name, c := range map[string]struct{ was, is, want string }{
		"nothing":                      {"", "", ""},
		"an operation is gone":         {`"/v3/forms":`, `"/v3/sheets":`, "POST /v3/forms: is gone | send (it calls the operation); POST /v3/sheets: is new"},
		"a limit that was raised":      {`"maximum":100`, `"maximum":200`, "GET /v3/boxes/{box_id} query.limit: maximum is 200, was 100 | get"},
		"a limit that was lowered":     {`"maximum":100`, `"maximum":50`, "GET /v3/boxes/{box_id} query.limit: maximum is 50, was 100 | get (its own maximum is 100)"},
		"a least that was lowered":     {`"minimum":1,`, `"minimum":0,`, "GET /v3/boxes/{box_id} query.limit: minimum is 0, was 1 | get"},
		"a least that was raised":      {`"minimum":1,`, `"minimum":2,`, "GET /v3/boxes/{box_id} query.limit: minimum is 2, was 1 | get (its own minimum is 1)"},
		"a least that is new":          {`"name":"code","in":"query","schema":{"type":"string"`, `"name":"code","in":"query","schema":{"type":"string","minLength":3`, "GET /v3/boxes/{box_id} query.code: minLength is 3, was open | get (it may send less than 3)"},
		"multiples":                    {`"minimum":1,`, `"minimum":1,"multipleOf":5,`, "GET /v3/boxes/{box_id} query.limit: multipleOf is 5, was open | get (it may send what is no multiple)"},
		"a pattern":                    {`"name":"code","in":"query","schema":{"type":"string"`, `"name":"code","in":"query","schema":{"type":"string","pattern":"^x"`, "GET /v3/boxes/{box_id} query.code: pattern is ^x, was open | get (it may send what does not match)"},
		"a pattern of ids":             {`"in":"path","required":true,"schema":{"type":"string"`, `"in":"path","required":true,"schema":{"type":"string","pattern":"^x"`, "GET /v3/boxes/{box_id} path.box_id: pattern is ^x, was open | get"},
		"a choice that is gone":        {`["a","b"]`, `["a"]`, "GET /v3/boxes/{box_id} query.word: choices gone: b | get (it may send b)"},
		"choices of what was free":     {`"name":"code","in":"query","schema":{"type":"string"`, `"name":"code","in":"query","schema":{"type":"string","enum":["x"]`, "GET /v3/boxes/{box_id} query.code: is one of these now, and was open: x | get (it may send anything)"},
		"a number that is a text":      {`{"type":"integer","minimum"`, `{"type":"string","minimum"`, "GET /v3/boxes/{box_id} query.limit: type is string, was integer | get"},
		"a text that is a number":      {`"name":"code","in":"query","schema":{"type":"string"`, `"name":"code","in":"query","schema":{"type":"integer"`, "GET /v3/boxes/{box_id} query.code: type is integer, was string | get (it sends string)"},
		"the key is gone":              {`"parameters":[{"name":"Idempotency-Key","in":"header","schema":{"type":"string"}}],`, "", "POST /v3/boxes header.Idempotency-Key: is gone | make (it sends it so that a repeat is safe)"},
		"the key must be given":        {`"in":"header",`, `"in":"header","required":true,`, "POST /v3/boxes header.Idempotency-Key: must be given now | make"},
		"a header must be given":       {`"name":"Idempotency-Key"`, `"name":"X-Team","in":"header","required":true,"schema":{}},{"name":"Idempotency-Key"`, "POST /v3/boxes header.X-Team: is new and must be given | make (it does not send it)"},
		"the body is a form":           {`"application/json":{"schema":{"properties":{"name"`, `"multipart/form-data":{"schema":{"properties":{"name"`, "POST /v3/boxes body: application/json is gone | make (it sends this); POST /v3/boxes body: multipart/form-data is new | make"},
		"a part of a form is gone":     {`"file":{"type":"string"},"note"`, `"note"`, "POST /v3/forms body.file: is gone | send (it sends it)"},
		"another part is gone":         {`,"note":{"type":"string"}`, ``, "POST /v3/forms body.note: is gone | send"},
		"a part must be given":         {`["file"]`, `["file","note"]`, "POST /v3/forms body.note: must be given now | send (it may not send it)"},
		"a part is new":                {`"note":{"type":"string"}`, `"note":{"type":"string"},"more":{}`, "POST /v3/forms body.more: is new | send"},
		"another status":               {`"responses":{"200":{"content":{"application/json":{"schema":{"properties":{"data":{"properties":{"id":{"type":"string"}}}}}}}}}}},` + "\n\t\"/v3/boxes/{", `"responses":{"201":{"content":{"application/json":{"schema":{"properties":{"data":{"properties":{"id":{"type":"string"}}}}}}}}}}},` + "\n\t\"/v3/boxes/{", "POST /v3/boxes answer: status 200 is gone | make; POST /v3/boxes answer: status 201 is new | make"},
		"a permission":                 {`["read"]`, `["all"]`, "GET /v3/boxes/{box_id}: a key needs all now, needed read | get"},
		"an error code":                {`["not_found"]`, `["gone"]`, "GET /v3/boxes/{box_id}: status 404: codes gone: not_found; new: gone | get"},
		"facts that are not told":      {`"x-scopes":["read"],`, "", ""},
		"another version, that is all": {`"version":"1"`, `"version":"2"`, ""},
	} {
		if !strings.Contains(wire, c.was) {
			t.Fatalf("nothing to test with: %q is nowhere", c.was)
		}
		report := contract.Drift(wireTools(), built, read(t, strings.Replace(wire, c.was, c.is, 1)))
		var got []string
		for _, f := range report.Findings {
			got = append(got, f.String())
		}
		if text := strings.Join(got, "; "); text != c.want || report.Breaks() != strings.Contains(c.want, "(") {
			t.Errorf("%s: got\n%s\nwant\n%s", name, text, c.want)
		}
	}
}
