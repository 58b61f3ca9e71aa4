package engine

import (
	"fmt"
	"testing"
)

func TestABatchEndsOnce(t *testing.T) {
	t.Parallel()
	s, v := newTestRequest(t)
	var told []string
	s.OnBatchEnd(func(b *Batch) { told = append(told, b.Title) })
	idle := &Job{Kind: chores(false), Idle: true}
	mixed := &Batch{Kind: chores(false), Title: "mixed", Items: []BatchItem{
		{Job: &Job{Kind: chores(false)}, Running: 10}, {Refused: Invalid("x", "No.")}, {Job: idle},
	}}
	s.BeginBatch(v, mixed)
	s.BeginBatch(v, &Batch{Kind: chores(false), Title: "refused", Items: []BatchItem{{Refused: Invalid("x", "No.")}}})
	s.clock.advance(seconds(60))
	s.settleAll()
	if got := fmt.Sprint(told); got != "[refused]" {
		t.Errorf("got %v, want %q", got, "[refused]")
	}
	s.Release(idle, 10)
	s.clock.advance(seconds(60))
	s.settleAll()
	s.settleAll()
	if got := fmt.Sprint(told); got != "[refused mixed]" {
		t.Errorf("got %v, want %q", got, "[refused mixed]")
	}
}
