package tools

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// templateBatch is the answer to create_template_batch.
type templateBatch struct {
	Items    []any            `json:"items"`
	WaitWith *engine.WaitWith `json:"wait_with,omitempty"`
	Key      string           `json:"idempotency_key,omitempty"`
	engine.Cost
	unsure bool // of a video that HeyGen did not tell of, and may have begun
}

// PartJobs are the videos.
func (b *templateBatch) PartJobs() (ids []string, unsure bool) {
	if b.WaitWith != nil {
		ids = b.WaitWith.IDs
	}
	return ids, b.unsure
}

// batchItem is how one set fared: a video, what stands for it, or why there is none.
type batchItem struct {
	Index   int    `json:"index"`
	VideoID string `json:"video_id,omitempty"`
	SameAs  *int   `json:"same_as,omitempty"`
	// LeftOut are the texts of the template that were not given.
	LeftOut []string `json:"texts_left_out,omitempty"`
	*refusals.Refusal
}

// Advice is what the item advises.
func (i batchItem) Advice() string {
	if i.Refusal == nil {
		return ""
	}
	return i.NextStep
}

// answer tells of every set that this call was done with, and how to go on with the others.
func (f *templateFeed) answer(ctx context.Context) (*engine.Result[templateBatch], error) {
	out := templateBatch{Items: []any{}}
	var ids []string
	var notStarted []int
	settled, open, failed := make([]bool, len(f.parts)), 0, 0
	for i, p := range f.parts {
		at := f.first[p.key]
		of := f.parts[at]
		settled[i] = of.settled
		if !of.settled {
			open++
		}
		if !of.told {
			if !of.settled {
				notStarted = append(notStarted, i)
			}
			continue
		}
		item := batchItem{Index: i, VideoID: of.videoID, LeftOut: p.leftOut}
		switch {
		case at != i:
			item.SameAs = &at
		case of.err != nil:
			item.Refusal = f.call.Refusal(of.err)
			if item.Param != "" {
				item.Param = fmt.Sprintf("sets[%d].%s", i, item.Param)
			}
			failed++
			e, ok := errors.AsType[*heygen.Error](of.err)
			out.unsure = out.unsure || !ok || e.MayHaveHappened
		default:
			ids = append(ids, of.videoID)
		}
		out.Items = append(out.Items, item)
	}
	if len(ids) > 0 {
		out.WaitWith = &engine.WaitWith{Kind: videoJob().Name, IDs: ids}
	}
	out.Cost = f.cost(func(i int) bool { p := f.parts[i]; return p.told && p.videoID != "" })
	r := engine.Made(out)
	if open == 0 {
		return r, nil
	}
	key, err := f.call.GoOnKey(ctx, settled)
	if err != nil {
		return nil, err
	}
	r.Out.Key = key
	r.NextStep = "Call again with the same arguments and this idempotency_key: it makes what is missing " +
		"and nothing twice."
	if len(notStarted) > 0 {
		r.NextStep = "Not started: sets " + ranges(notStarted) + ". " + r.NextStep
	}
	if failed > 0 {
		r.NextStep = "First do what the next_step of the items that failed says. " + r.NextStep
	} else if f.after > 0 {
		r.NextStep = fmt.Sprintf("HeyGen lets no more jobs run at once for %d s: "+
			"wait_for_jobs with wait_with. ", int(math.Ceil(f.after.Seconds()))) + r.NextStep
	}
	return r, nil
}

// ranges writes ascending numbers as 0, 2-5.
func ranges(numbers []int) string {
	var b strings.Builder
	for i := 0; i < len(numbers); i++ {
		from := i
		for i+1 < len(numbers) && numbers[i+1] == numbers[i]+1 {
			i++
		}
		if from > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(numbers[from]))
		if i > from {
			b.WriteString("-" + strconv.Itoa(numbers[i]))
		}
	}
	return b.String()
}
