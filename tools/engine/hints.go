package engine

import (
	"slices"

	"heygen-mcp/tools/vocabulary"
)

// waitTool is the tool that waits for jobs.
const waitTool = "wait_for_jobs"

// JobHint says how far a job is, and how to wait for it. The outputs of tools that begin jobs embed
// it, and the engine fills it for every tool whose literal names a Job; the state comes with the
// answer, by the vocabulary.
type JobHint struct {
	State    vocabulary.State `json:"state,omitempty"`
	WaitWith *WaitWith        `json:"wait_with,omitempty"`
}

// WaitWith are the arguments of wait_for_jobs with which to wait for jobs, ready to send.
type WaitWith struct {
	Kind string   `json:"kind"`
	IDs  []string `json:"ids"`
}

// begin fills the hint.
func (h *JobHint) begin(kind string, ids []string) { h.Wait(kind, ids...) }

// Wait says how to wait for jobs of a kind. It says nothing where HeyGen has named no job.
func (h *JobHint) Wait(kind string, ids ...string) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	if len(ids) > 0 {
		h.WaitWith = &WaitWith{Kind: kind, IDs: ids}
	}
}

// JobBeginner is an output that tells which jobs have begun. The outputs of tools whose literal
// names a Job are.
type JobBeginner interface {
	// JobIDs are HeyGen's ids of them; one that is "" is none.
	JobIDs() []string
	begin(kind string, ids []string)
}

// PartBeginner is an output that tells which jobs the parts of a call have begun.
type PartBeginner interface {
	// PartJobs are HeyGen's ids of them, each once, and whether more may have begun than HeyGen has told.
	PartJobs() (ids []string, unsure bool)
}
