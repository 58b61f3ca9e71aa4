package engine_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/toolstest"
)

// beforeASlotEnds sets a bench's clock to the last second of a slot.
func beforeASlotEnds(b *toolstest.Bench) {
	b.Now = b.Now.Truncate(repeats.SlotLength).Add(repeats.SlotLength - time.Second)
}

// idsIn are the ids that the answer of a create names.
func idsIn(answer map[string]any) map[string]any {
	ids := maps.Clone(answer)
	maps.DeleteFunc(ids, func(name string, _ any) bool {
		return name != "id" && !strings.HasSuffix(name, "_id") && !strings.HasSuffix(name, "_ids")
	})
	return ids
}

// TestARepeatInTheNextSlot holds that an equal create that is begun soon after the first one's slot has ended makes
// nothing, and that one makes another take once ten minutes are over. What HeyGen takes a key for is known to every
// process that shares the ledger if it costs money, and all else to the one that has sent it.
func TestARepeatInTheNextSlot(t *testing.T) {
	t.Parallel()
	for kind, create := range toolstest.New(t).Creates(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b := toolstest.New(t)
			b.KeepLedger(t)
			tool, args := create[0], b.Creates(t)[kind][1]
			beforeASlotEnds(b)
			first := idsIn(b.CallTool(t, tool, args))
			other := b // which has the ledger and no memory of the call
			if !slices.Contains([]string{"brand_kit", "avatar_realtime", "video_agent", "model_voice", "voice_clone"}, kind) {
				other = b.With(t, func(*tools.Config) {})
			}
			b.Now = b.Now.Add(2 * time.Second)
			if again := idsIn(other.CallTool(t, tool, args)); len(first) == 0 || !reflect.DeepEqual(again, first) {
				t.Errorf("%s: made %v, and two seconds later %v", tool, first, again)
			}
			b.Now = b.Now.Add(repeats.SlotLength - 3*time.Second)
			if again := idsIn(other.CallTool(t, tool, args)); !reflect.DeepEqual(again, first) {
				t.Errorf("%s: made %v, and just within ten minutes %v", tool, first, again)
			}
			b.Now = b.Now.Add(time.Second)
			if later := idsIn(other.CallTool(t, tool, args)); reflect.DeepEqual(later, first) {
				t.Errorf("%s: made %v, and ten minutes later nothing", tool, first)
			}
		})
	}
}

// TestABatchOfPartsInTheNextSlot holds that the parts of a call are those of an equal one that was begun in the slot
// before, on whatever replica, and that the key under which a call is listed whose end is not known makes none twice.
func TestABatchOfPartsInTheNextSlot(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	book := b.KeepLedger(t)
	items, _ := b.CallTool(t, "list_templates", `{"limit":1}`)["items"].([]any)
	template, _ := items[0].(map[string]any)
	batch := func(more string) string {
		return fmt.Sprintf(`{"template_id":%q,"timeout_seconds":0,"sets":[{"variables":{"product":"Lamp","audience":"everybody"}},`+
			`{"variables":{"product":"Chair","audience":"everybody"}}]%s}`, template["template_id"], more)
	}
	beforeASlotEnds(b)
	first := b.CallTool(t, "create_template_batch", batch(""))
	other := b.With(t, func(*tools.Config) {})
	b.Now = b.Now.Add(2 * time.Second)
	if again := other.CallTool(t, "create_template_batch", batch("")); !reflect.DeepEqual(again["items"], first["items"]) || b.Videos(t) != 2 {
		t.Errorf("made %v, and two seconds later %v, together %d videos", first["items"], again["items"], b.Videos(t))
	}
	records, _, err := book.List(t.Context(), "caller", ledger.Filter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	b.Now = b.Now.Add(time.Hour)
	for _, r := range records {
		other.CallTool(t, "create_template_batch", batch(fmt.Sprintf(`,"idempotency_key":%q`, r.Key)))
		if b.Videos(t) != 2 {
			t.Errorf("the key %q made more", r.Key)
		}
	}
	b.Now = b.Now.Add(24 * time.Hour)
	late := other.CallTool(t, "create_template_batch", batch(fmt.Sprintf(`,"idempotency_key":%q`, records[0].Key)))
	if late["param"] != "idempotency_key" {
		t.Errorf("a key of yesterday gave %v, want a refusal of it", late)
	}
}
