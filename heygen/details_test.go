package heygen

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestDetails holds that the faults which HeyGen lists are carried, that there are no more of them
// and no longer ones than an agent can use, and that only what looks like a name is taken for one.
func TestDetails(t *testing.T) {
	t.Parallel()
	one := Detail{Code: "invalid_config", NodeID: "narrate", Port: "script", Path: "config.prompt", Message: "Field required"}
	listed := `{"code":"invalid_config","message":"Field required","node_id":"narrate","port":"script","path":"config.prompt"}`
	long := strings.Repeat("x", maxDetailMessage)
	for name, c := range map[string]struct {
		errors string
		want   []Detail
		left   int
	}{
		"one":            {`[` + listed + `]`, []Detail{one}, 0},
		"none":           {`[]`, nil, 0},
		"no list":        {`{"code":"x"}`, nil, 0},
		"no objects":     {`["x"]`, nil, 0},
		"nothing in it":  {`[null,{},` + listed + `]`, []Detail{one}, 0},
		"other types":    {`[{"code":{},"message":["x"],"node_id":null,"path":"a"}]`, []Detail{{Path: "a"}}, 0},
		"not names":      {`[{"code":"do it","message":"m","node_id":"a b","port":"p;","path":"a b"}]`, []Detail{{Message: "m"}}, 0},
		"a long message": {`[{"message":"` + long + `y"}]`, []Detail{{Message: long + "…"}}, 0},
		"as many":        {`[` + strings.Repeat(listed+`,`, maxDetails-1) + listed + `]`, slices.Repeat([]Detail{one}, maxDetails), 0},
		"too many":       {`[` + strings.Repeat(listed+`,`, maxDetails+1) + listed + `]`, slices.Repeat([]Detail{one}, maxDetails), 2},
	} {
		body := `{"error":{"code":"graph_invalid","message":"No.","errors":` + c.errors + `}}`
		got := errorAnswer(http.StatusUnprocessableEntity, http.Header{}, []byte(body))
		if !slices.Equal(got.Details, c.want) || got.MoreDetails != c.left || got.Code != "graph_invalid" {
			t.Errorf("%s: got %+v and %d more, want %+v and %d", name, got.Details, got.MoreDetails, c.want, c.left)
		}
	}
}
