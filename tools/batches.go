package tools

import (
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

// batchPage reads one page of a batch.
type batchPage struct {
	BatchID string  `json:"batch_id" in:"path" required:"true" obvious:"true" doc:"A batch's id."`
	Limit   *int    `json:"limit" in:"query" min:"1" max:"100" default:"100" obvious:"true" doc:"Items a page."`
	Token   *string `json:"token" in:"query" obvious:"true" doc:"next_token of the page before."`
}

// batchIDs are batches whose items' statuses are asked for, besides single jobs.
type batchIDs struct {
	BatchIDs []string `json:"batch_ids" in:"query" doc:"Batches, for all their items."`
}

// createdBatch is what the create of a batch answers: by HeyGen's document the id alone.
type createdBatch struct {
	BatchID string `json:"batch_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *createdBatch) JobIDs() []string { return []string{o.BatchID} }

// batch is a batch with a page of its items.
type batch struct {
	BatchID string         `json:"batch_id"`
	Status  string         `json:"status"`
	State   string         `json:"state"`
	Total   int            `json:"total_items"`
	Counts  map[string]any `json:"counts_by_status"`
	Items   []any          `json:"items"`
	More    bool           `json:"has_more"`
	Next    string         `json:"next_token"`
}

// needsIDs refuses a question about no job at all.
func needsIDs(path, name string, ids, batches []string) *faults.Fault {
	switch n := len(ids) + len(batches); {
	case n == 0:
		return faults.Invalid(faults.Join(path, name), "At least one id is needed, in "+name+" or batch_ids.", "Send ids.")
	case n > 100:
		return faults.Invalid(faults.Join(path, name), "At most 100 ids are answered at once.", "Ask in several calls.")
	}
	return nil
}

// batchJob is a kind of batch.
func batchJob(name, path string) jobs.Kind {
	return jobs.Kind{
		Name: name,
		Get:  heygen.Op{Method: "GET", Path: path},
		Ref:  func(id string) any { return &batchPage{BatchID: id} },
		// An item is what one job of the kind would be.
		Items:   strings.TrimSuffix(name, "_batch"),
		Tells:   []string{"total_items", "counts_by_status", "counts"},
		IDForms: []string{"btch_"},
		States:  plainStates(),
		// A batch of a hundred is some 9,000 characters.
		MaxDetailed: 3,
	}
}
