package refusals

import (
	"context"
	"strings"
	"sync"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/jsonread"
)

// otherKindTime is how long a refusal waits to learn whether an id is of another kind: it is only
// an advice.
const otherKindTime = 3 * time.Second

// KnownBy is an Attempt's Known: it finds out which of some gets knows an id, by asking HeyGen with each of them once
// and all at the same time; ok is false where none does. It is for ids that HeyGen has just not found. hasKey says
// whether the caller in ctx has an API key of HeyGen's.
func KnownBy(
	ctx context.Context, client *heygen.Client, hasKey bool,
) func(gets []heygen.Op, id string) (heygen.Op, bool) {
	return func(gets []heygen.Op, id string) (heygen.Op, bool) {
		ctx, cancel := context.WithTimeout(heygen.Paced(ctx), otherKindTime)
		defer cancel()
		has := make([]bool, len(gets))
		var all sync.WaitGroup
		for i, get := range gets {
			if get.Access().KeyOnly && !hasKey {
				continue
			}
			all.Go(func() { has[i] = answersWithID(ctx, client, get, id) })
		}
		all.Wait()
		for i, get := range gets {
			if has[i] {
				return get, true
			}
		}
		return heygen.Op{}, false
	}
}

// answersWithID reports whether a get answers with the thing of that id.
func answersWithID(ctx context.Context, client *heygen.Client, get heygen.Op, id string) bool {
	before, rest, _ := strings.Cut(get.Path, "{")
	_, after, _ := strings.Cut(rest, "}")
	get.Path = before + "{id}" + after
	res, err := client.Do(ctx, get, &struct {
		ID string `json:"id" in:"path"`
	}{id}, "")
	if err != nil {
		return false
	}
	data, err := jsonread.Decode(res.Data)
	object, isObject := data.(map[string]any)
	if err != nil || !isObject {
		return false
	}
	for name, v := range object {
		if (name == "id" || strings.HasSuffix(name, "_id")) && v == id {
			return true
		}
	}
	return false
}
