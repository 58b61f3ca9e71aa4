package contract_test

import (
	"fmt"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/engine"
)

// place is a struct that stands for a union: it has the members of all variants.
type place struct {
	Type string  `json:"type" required:"true" enum:"url,id" doc:"d"`
	URL  *string `json:"url" doc:"d"`
	ID   *string `json:"id" doc:"d"`
}

// scene is a union.
type scene struct {
	inputs.Union `by:"kind"`
	Image        *imageScene `variant:"image"`
}

type imageScene struct {
	Length *int `json:"length" max:"60" doc:"d"`
}

type makeInput struct {
	Name   string         `json:"name" required:"true" len:"1-10" doc:"d"`
	Color  *string        `json:"color" enum:"red,blue" doc:"d"`
	Size   *float64       `json:"size" exclusiveMin:"0" max:"5" doc:"d"`
	Free   map[string]any `json:"free" doc:"d"`
	Words  []string       `json:"words" len:"1-3" doc:"d"`
	From   *place         `json:"from" doc:"d"`
	Scenes []scene        `json:"scenes" doc:"d"`
	Own    *string        `json:"own" in:"-" doc:"d"`
}

type made struct {
	ID     string `json:"id"`
	Size   int    `json:"size"`
	Inside struct {
		Deep bool `json:"deep"`
	} `json:"inside"`
	Any  []any `json:"any"`
	Mine int   `json:"mine"`
}

type listInput struct {
	IDs []string `json:"ids" in:"query" doc:"d"`
}

type listed struct {
	Items []any `json:"items"`
}

type none struct{}

// testTools are a create of one variant, a list, and a tool that looks at what both are about.
func testTools() []engine.BoundTool {
	get := heygen.Op{Method: "GET", Path: "/v3/things"}
	return []engine.BoundTool{
		engine.Tool[makeInput, made]{
			Name: "make", Title: "t", Description: "d", Effect: engine.Creates, VerifyWith: "list",
			Op: heygen.Op{Method: "POST", Path: "/v3/things", Variant: "a"},
		}.Bind(),
		engine.Tool[listInput, listed]{Name: "list", Title: "t", Description: "d", Op: get, ListFields: []string{"id"}}.Bind(),
		engine.Tool[none, none]{
			Name: "look", Title: "t", Description: "d", Op: heygen.Op{Method: "GET", Path: "/v3/looks"}, Also: []heygen.Op{get}, Reads: []string{"status"},
		}.Bind(),
	}
}

// things is a document of what the tools call: the members of the variant a of the create's body,
// of its answer, and of the items of the list.
func things(t *testing.T, body, answer, item string) *openapi.Document {
	t.Helper()
	data := func(schema string) string {
		return `{"200":{"content":{"application/json":{"schema":{"properties":{"data":` + schema + `}}}}}}`
	}
	doc, err := openapi.Read([]byte(fmt.Sprintf(`{"openapi":"3.1.0","info":{},"paths":{
		"/v3/things":{
			"post":{"requestBody":{"content":{"application/json":{"schema":{"oneOf":[
				{"required":["type","name"],"properties":{"type":{"const":"a"},%s}},
				{"properties":{"type":{"const":"b"},"other":{}}}]}}}},"responses":%s},
			"get":{"parameters":[{"name":"ids","in":"query","schema":{"type":"string"}}],"responses":%s}},
		"/v3/looks":{"get":{"responses":%s}}}}`,
		body, data(`{"properties":{`+answer+`}}`), data(`{"type":"array","items":{"properties":{`+item+`}}}`), data("{}"))))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What the tools send and read.
const (
	exactBody = `"name":{"type":"string","minLength":1,"maxLength":10},"color":{"enum":["red","blue"]},
		"size":{"type":"number","exclusiveMinimum":0,"maximum":5},"free":{"type":"object","properties":{"x":{"type":"string"}}},
		"words":{"type":"array","minItems":1,"maxItems":3,"items":{"type":"string"}},
		"from":{"oneOf":[{"required":["type","url"],"properties":{"type":{"const":"url"},"url":{"type":"string"}}},
			{"required":["type","id"],"properties":{"type":{"const":"id"},"id":{"type":"string"}}}]},
		"scenes":{"type":"array","items":{"oneOf":[{"properties":{"kind":{"const":"image"},"length":{"type":"integer","maximum":60}}}],
			"discriminator":{"propertyName":"kind"}}}`
	exactAnswer = `"id":{"type":"string"},"size":{"type":"integer"},"inside":{"properties":{"deep":{"type":"boolean"},"more":{}}},"any":{"type":"array","items":{"type":"string"}},"left":{}`
	exactItem   = `"id":{"type":"string"},"title":{"type":"string"},"status":{"enum":["on","off"]}`
)
