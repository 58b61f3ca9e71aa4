package contract_test

import (
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/contract"
)

// thingsWith is the exact document with one text in the place of another.
func thingsWith(t *testing.T, was, is string) *openapi.Document {
	t.Helper()
	parts := []string{exactBody, exactAnswer, exactItem}
	for i, one := range parts {
		if strings.Contains(one, was) {
			parts[i] = strings.Replace(one, was, is, 1)
			return things(t, parts[0], parts[1], parts[2])
		}
	}
	t.Fatalf("nothing to test with: %q is nowhere", was)
	return nil
}

// TestDriftKnowsWhatToolsSendAndRead holds which tools a change touches and which it breaks.
func TestDriftKnowsWhatToolsSendAndRead(t *testing.T) {
	t.Parallel()
	built := things(t, exactBody, exactAnswer, exactItem)
	for name, c := range map[string]struct{ was, is, want string }{
		"a bound within the tool's own":       {`"maxLength":10`, `"maxLength":12`, "body.[a].name: make"},
		"a bound below the tool's own":        {`"maxLength":10`, `"maxLength":9`, "body.[a].name: make! its own maxLength is 10"},
		"a bound of elements":                 {`"maxItems":3`, `"maxItems":2`, "body.[a].words: make! its own maxItems is 3"},
		"a bound in a variant":                {`"maximum":60`, `"maximum":59`, "body.[a].scenes[][image].length: make! its own maximum is 60"},
		"a bound that the tool leaves open":   {`"url":{"type":"string"}}`, `"url":{"type":"string","maxLength":5}}`, "body.[a].from[url].url: make! it may send more than 5"},
		"a choice that the tool has not":      {`["red","blue"]`, `["red","blue","green"]`, "body.[a].color: make"},
		"a wider type":                        {`"length":{"type":"integer"`, `"length":{"type":"number"`, "body.[a].scenes[][image].length: make"},
		"a member inside what is passed on":   {`"x":{"type":"string"}`, `"y":{}`, "body.[a].free.x: make; body.[a].free.y: make"},
		"a variant that a struct stands for":  {`{"required":["type","id"],"properties":{"type":{"const":"id"},"id":{"type":"string"}}}`, `{"properties":{"type":{"const":"none"}}}`, "body.[a].from: make! it sends this variant; body.[a].from: make"},
		"a member of another variant":         {`"properties":{"type":{"const":"url"}`, `"properties":{"type":{"const":"url"},"new":{"type":"string"}`, "body.[a].from[url].new: make"},
		"a new member that must be given":     {`"required":["type","url"],"properties":{`, `"required":["type","url","new"],"properties":{"new":{"type":"string"},`, "body.[a].from[url].new: make! it has no such argument"},
		"a deep member of the output":         {`"deep":{"type":"boolean"}`, `"deep":{"type":"string"}`, "answer.data.inside.deep: make! it reads boolean"},
		"a deep member that nobody reads":     {`"more":{}`, `"less":{}`, "answer.data.inside.more: make; answer.data.inside.less: make"},
		"whole numbers that become any":       {`"size":{"type":"integer"}`, `"size":{"type":"number"}`, "answer.data.size: make! it reads integer"},
		"what an output takes as it comes":    {`"items":{"type":"string"}},"left"`, `"items":{"type":"integer"}},"left"`, "answer.data.any[]: make"},
		"an item's member that a list leaves": {`,"title":{"type":"string"}`, ``, "answer.data[].title: list, look"},
		"an item's member that a list keeps":  {`"id":{"type":"string"},"title"`, `"title"`, "answer.data[].id: list! it reads it, look"},
		"what another tool looks at":          {`,"status":{"enum":["on","off"]}`, ``, "answer.data[].status: list, look! it reads it"},
		"a status of tomorrow":                {`["on","off"]`, `["on","off","maybe"]`, "answer.data[].status: list, look"},
	} {
		report := contract.Drift(testTools(), built, thingsWith(t, c.was, c.is))
		var got []string
		for _, f := range report.Findings {
			var tools []string
			for _, tool := range f.Tools {
				if i := slices.IndexFunc(f.Breaks, func(b contract.Break) bool { return b.Tool == tool }); i >= 0 {
					tool += "! " + f.Breaks[i].Why
				}
				tools = append(tools, tool)
			}
			got = append(got, string(f.Part)+"."+f.Field+": "+strings.Join(tools, ", "))
		}
		if text := strings.Join(got, "; "); text != c.want || report.Breaks() != strings.Contains(c.want, "!") {
			t.Errorf("%s: got %q, want %q", name, text, c.want)
		}
	}
}
