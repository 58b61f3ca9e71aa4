package openapi_test

import "testing"

// TestWritingMakesNoDifference holds that documents which mean the same have no difference.
func TestWritingMakesNoDifference(t *testing.T) {
	t.Parallel()
	const cat, dog = `{"type":"object","required":["kind","a"],"properties":{"kind":{"type":"string","const":"cat"},"a":{"type":"string"}}}`,
		`{"type":"object","required":["kind"],"properties":{"kind":{"enum":["dog"]},"b":{"type":"integer"}}}`
	const pets = `"Cat":` + cat + `,"Dog":` + dog
	const union = `{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],
		"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/Cat","dog":"#/components/schemas/Dog"}}}`
	for name, pair := range map[string][2]string{
		"a reference":            {withBody(`{"$ref":"#/components/schemas/Cat"}`, pets), withBody(cat, "")},
		"a reference's neighbor": {withBody(`{"$ref":"#/components/schemas/Cat","description":"x"}`, pets), withBody(cat, "")},
		"null in a choice":       {withBody(`{"anyOf":[`+cat+`,{"type":"null"}]}`, ""), withBody(`{"oneOf":[{"type":"null"},`+cat+`]}`, "")},
		"nullable":               {withBody(`{"type":["string","null"]}`, ""), withBody(`{"type":"string","nullable":true}`, "")},
		"nullable by reference":  {withBody(`{"anyOf":[`+cat+`,{"type":"null"}]}`, ""), withBody(`{"allOf":[{"$ref":"#/components/schemas/Cat"}],"nullable":true}`, pets)},
		"const":                  {withBody(`{"const":"a"}`, ""), withBody(`{"type":"string","enum":["a"]}`, "")},
		"constants":              {withBody(`{"enum":["b","a"],"type":"string"}`, ""), withBody(`{"oneOf":[{"const":"a"},{"const":"b"}]}`, "")},
		"order":                  {withBody(`{"type":"object","required":["a","b"],"properties":{"a":{},"b":{}}}`, ""), withBody(`{"properties":{"b":{},"a":{}},"required":["b","a"]}`, "")},
		"allOf": {
			withBody(`{"type":"object","required":["a","b"],"properties":{"a":{"type":"string","maxLength":5},"b":{}}}`, ""),
			withBody(`{"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"required":["b"],"properties":{"b":{},"a":{"maxLength":5}}}]}`, ""),
		},
		"the tighter bound of allOf":   {withBody(`{"type":"integer","minimum":3,"maximum":5}`, ""), withBody(`{"allOf":[{"type":"integer","minimum":3,"maximum":9},{"minimum":1,"maximum":5}]}`, "")},
		"exclusive bounds":             {withBody(`{"type":"number","exclusiveMinimum":3}`, ""), withBody(`{"type":"number","minimum":3,"exclusiveMinimum":true}`, "")},
		"least lengths of 0":           {withBody(`{"type":"string","minLength":0}`, ""), withBody(`{"type":"string"}`, "")},
		"a union without a mapping":    {withBody(union, pets), withBody(`{"oneOf":[`+cat+`,`+dog+`],"discriminator":{"propertyName":"kind"}}`, "")},
		"a union without a word of it": {withBody(union, pets), withBody(`{"anyOf":[`+dog+`,`+cat+`]}`, "")},
		"a choice that nothing tells apart": {
			withBody(`{"oneOf":[{"properties":{"why":{"enum":["a","b"]}},"required":["why"]},{"properties":{"n":{}}}]}`, ""),
			withBody(`{"oneOf":[{"properties":{"n":{}}},{"properties":{"why":{"enum":["b","a"]}},"required":["why"]}]}`, ""),
		},
		"a choice of types":         {withBody(`{"type":["string","integer"]}`, ""), withBody(`{"anyOf":[{"type":"integer"},{"type":"string"}]}`, "")},
		"descriptions and examples": {withBody(`{"type":"string"}`, ""), withBody(`{"type":"string","description":"x","example":{"$ref":"nowhere"},"format":"uri","title":"X"}`, "")},
		"a schema that holds itself": {
			withBody(`{"$ref":"#/components/schemas/Tree"}`, `"Tree":{"type":"object","properties":{"of":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}}`),
			withBody(`{"$ref":"#/components/schemas/T"}`, `"T":{"type":"object","properties":{"of":{"type":"array","items":{"allOf":[{"$ref":"#/components/schemas/T"}]}}}}`),
		},
		"a server's path": {withBody(`{}`, ""), `{"openapi":"3.0.1","info":{},"servers":[{"url":"https://x.example/v3/"}],"paths":{"/x":{"post":{"operationId":"x",
			"requestBody":{"content":{"application/json; charset=utf-8":{}}},"responses":{}}}}}`},
	} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			if got := changes(t, p[0], p[1]); len(got) > 0 {
				t.Errorf("%s: got %q, want none", name, got)
			}
		}
	}
}
