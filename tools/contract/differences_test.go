package contract_test

import (
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/contract"
)

// TestDifferences holds what is told of tools that say otherwise than a document.
func TestDifferences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		was, is string // what stands in the document otherwise than the tools have it
		want    string // after the name of the operation, "" for nothing
	}{
		"exact":            {"", "", ""},
		"a bound":          {`"maxLength":10`, `"maxLength":9`, "name: maxLength is 10 here and 9 in the contract"},
		"a number's bound": {`,"maximum":5`, "", "size: maximum is 5 here and open in the contract"},
		"another number":   {`"maximum":60`, `"maximum":50`, "scenes[image] length: maximum is 50 in the contract"},
		"choices":          {`["red","blue"]`, `["red","green"]`, "color: the contract's choices are green,red"},
		"a type":           {`"color":{"enum":["red","blue"]}`, `"color":{"type":"integer"}`, "color: is integer in the contract"},
		"one of its types": {`"name":{"type":"string"`, `"name":{"type":["string","integer"]`, ""},
		"missing":          {`"name":{`, `"new":{"type":"string"},"name":{`, "new: missing"},
		"too many":         {`"size":{"type":"number","exclusiveMinimum":0,"maximum":5},`, "", "size: not in the contract"},
		"a variant":        {`"oneOf":[{"properties":{"kind":{"const":"image"}`, `"oneOf":[{"properties":{"kind":{"const":"sound"}}},{"properties":{"kind":{"const":"image"}`, "scenes: variant sound is missing"},
		"in one variant":   {`"url":{"type":"string"}}`, `"url":{"type":"string","maxLength":5}}`, "from url: maxLength is 0 here and 5 in the contract"},
		"a free map":       {`"x":{"type":"string"}`, `"x":{"type":"string"},"y":{}`, ""},
	} {
		doc := thingsWith(t, c.was, c.is)
		var got []string
		for _, d := range contract.Differences(doc, testTools()) {
			got = append(got, strings.TrimPrefix(d.String(), "POST /v3/things(a) "))
		}
		want := []string{c.want}
		if c.want == "" {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestCoverage holds what is told of operations that no tool calls, and of calls of what is not
// there.
func TestCoverage(t *testing.T) {
	t.Parallel()
	doc := things(t, exactBody, exactAnswer, exactItem)
	uncalled, unknown := contract.Coverage(doc, testTools()[:1])
	if want := []string{"GET /v3/looks", "GET /v3/things"}; !slices.Equal(uncalled, want) || len(unknown) > 0 {
		t.Errorf("got %q and %q, want %q and none", uncalled, unknown, want)
	}
	delete(doc.Operations, "GET /v3/looks")
	uncalled, unknown = contract.Coverage(doc, testTools())
	if want := []string{"GET /v3/looks"}; len(uncalled) > 0 || !slices.Equal(unknown, want) {
		t.Errorf("got %q and %q, want none and %q", uncalled, unknown, want)
	}
}
