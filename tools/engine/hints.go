package engine

// pollAfter is when a job is worth a first look, in seconds.
const pollAfter = 15

// JobHint says when and how to ask how far a job is. The outputs of tools that begin jobs embed it, and the
// engine fills it for every tool whose literal names a Job.
type JobHint struct {
	PollAfter int    `json:"poll_after_seconds,omitempty"`
	CheckWith string `json:"check_with,omitempty"`
	JobKind   string `json:"job_kind,omitempty"`
}

// begin fills the hint.
func (h *JobHint) begin(kind string) { *h = HintOf(kind) }

// HintOf is the hint for a kind of job.
func HintOf(kind string) JobHint {
	return JobHint{PollAfter: pollAfter, CheckWith: "wait_for_jobs", JobKind: kind}
}
