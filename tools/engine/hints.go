package engine

// pollAfter is when a job is worth a first look, in seconds.
const pollAfter = 15

// JobHint says how far a job is, and when and how to ask for it. The outputs of tools that begin
// jobs embed it, and the engine fills it for every tool whose literal names a Job; the state comes
// with the answer, by the vocabulary.
type JobHint struct {
	State     State  `json:"state,omitempty"`
	PollAfter int    `json:"poll_after_seconds,omitempty"`
	CheckWith string `json:"check_with,omitempty"`
	JobKind   string `json:"job_kind,omitempty"`
}

// begin fills the hint.
func (h *JobHint) begin(kind string) { h.Wait(kind) }

// Wait says how to wait for a job of a kind.
func (h *JobHint) Wait(kind string) {
	h.PollAfter, h.CheckWith, h.JobKind = pollAfter, "wait_for_jobs", kind
}
