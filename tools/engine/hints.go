package engine

// pollAfter is when a job is worth a first look, in seconds.
const pollAfter = 15

// JobHint is what AddJobHint adds to a result. The outputs of tools that begin jobs embed it.
type JobHint struct {
	PollAfter int    `json:"poll_after_seconds"`
	CheckWith string `json:"check_with"`
	JobKind   string `json:"job_kind"`
}

// AddJobHint adds to a result when and how to ask how far its job is. The engine does it for every
// tool whose literal names a Job.
func AddJobHint(res map[string]any, kind string) {
	res["check_with"], res["job_kind"] = "wait_for_jobs", kind
	res["poll_after_seconds"] = pollAfter
}
