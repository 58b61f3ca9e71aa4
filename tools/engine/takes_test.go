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

// templateBatch gives the arguments of a batch of two videos, with more.
func templateBatch(t *testing.T, b *toolstest.Bench) func(more string) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_templates", `{"limit":1}`)["items"].([]any)
	template, _ := items[0].(map[string]any)
	return func(more string) string {
		return fmt.Sprintf(`{"template_id":%q,"timeout_seconds":0,"sets":[{"variables":{"product":"Lamp","audience":"everybody"}},`+
			`{"variables":{"product":"Chair","audience":"everybody"}}]%s}`, template["template_id"], more)
	}
}

// TestABatchOfPartsInTheNextSlot holds that the parts of a call are those of an equal one that was begun in the slot
// before, on whatever replica, and that the key under which a call is listed whose end is not known makes none twice.
func TestABatchOfPartsInTheNextSlot(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	book := b.KeepLedger(t)
	batch := templateBatch(t, b)
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

// TestTheWindowOfASecondTake holds that a second take, too, is one for ten minutes, on a replica that had repeated the
// first one as on others.
func TestTheWindowOfASecondTake(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	args := b.VideoArgs(t)
	beforeASlotEnds(b)
	other, begun := b.With(t, func(*tools.Config) {}), b.Now
	var made []any
	for _, c := range []struct {
		at    time.Duration
		on    *toolstest.Bench
		takes int
	}{{0, b, 1}, {5 * time.Minute, other, 1}, {14 * time.Minute, other, 2}, {20*time.Minute + 2*time.Second, b, 2}, {21 * time.Minute, other, 2}} {
		b.Now = begun.Add(c.at)
		id := c.on.CallTool(t, "create_video_from_avatar", args)["video_id"]
		if !slices.Contains(made, id) {
			made = append(made, id)
		}
		if len(made) != c.takes || made[c.takes-1] != id || b.Videos(t) != c.takes {
			t.Errorf("at %s there are %d videos of %v, want %d", c.at, b.Videos(t), made, c.takes)
		}
	}
}

// TestARefusedRepeatOfALostCreate holds that a create whose answer was lost counts as made, also where a repeat of it
// is refused, so that a later one in the next slot makes nothing.
func TestARefusedRepeatOfALostCreate(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	book := b.KeepLedger(t)
	args := b.VideoArgs(t)
	beforeASlotEnds(b)
	for _, fault := range []string{"failed", "rate_limit"} {
		b.Control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/videos","fault":%q,"times":3,"retry_after_seconds":1}`, fault))
		if r := b.CallTool(t, "create_video_from_avatar", args); r["error"] != true {
			t.Fatalf("%s: got %v, want a refusal", fault, r)
		}
		if spent, err := book.Spent(t.Context(), "caller", "", b.Now); err != nil || spent == 0 {
			t.Errorf("after %s %v is reserved, %v", fault, spent, err)
		}
	}
	b.Now = b.Now.Add(20 * time.Second)
	other := b.With(t, func(*tools.Config) {})
	if r := other.CallTool(t, "create_video_from_avatar", args); r["video_id"] == nil || b.Videos(t) != 1 {
		t.Errorf("got %v and %d videos, want the one that was made", r, b.Videos(t))
	}
}

// TestABatchIsOneForTenMinutes holds that a repeat of a batch that makes what was missing does not make a later batch
// the same, and that a key names no slot that is to come.
func TestABatchIsOneForTenMinutes(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	batch := templateBatch(t, b)
	b.Now = b.Now.Truncate(repeats.SlotLength).Add(time.Second)
	b.Control(t, "faults", `{"method":"POST","path":"/v3/templates/{id}","fault":"rate_limit","retry_after_seconds":700,"times":1}`)
	begun := b.Now
	for _, c := range []struct {
		at     time.Duration
		videos int
	}{{0, 1}, {9 * time.Minute, 2}, {10 * time.Minute, 4}} {
		b.Now = begun.Add(c.at)
		if b.CallTool(t, "create_template_batch", batch("")); b.Videos(t) != c.videos {
			t.Errorf("at %s there are %d videos, want %d", c.at, b.Videos(t), c.videos)
		}
	}
	b.Pass(t, "600") // HeyGen makes a few at once
	later := repeats.Slot(b.Now.Add(2 * repeats.SlotLength))
	b.CallTool(t, "create_template_batch", batch(`,"idempotency_key":"at1_`+later+`_x"`))
	b.Now = b.Now.Add(2 * repeats.SlotLength)
	before := b.Videos(t)
	if b.CallTool(t, "create_template_batch", batch("")); b.Videos(t) != before+2 {
		t.Errorf("there are %d videos, want 2 more than %d", b.Videos(t), before)
	}
}
