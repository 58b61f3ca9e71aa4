package refusals

import "cmp"

// FailedJob is what a next step needs to know of a job.
type FailedJob struct {
	State       string `json:"state"`  // in the words that package engine has for every kind
	Status      string `json:"status"` // HeyGen's own
	FailureCode string `json:"failure_code"`
	Error       struct {
		Code string `json:"code"`
	} `json:"error"`
	// Of a batch, on its own and in an answer about several.
	Counts  map[string]any `json:"counts_by_status"`
	BatchID string         `json:"batch_id"`
}

// FailedJobStep is what to do about a job that failed, in part or altogether, "" for any other.
func FailedJobStep(j FailedJob) string {
	switch {
	case j.Status == "partial": // of a workflow's run
		return "Tell the user which outputs are there and why the others failed: " +
			"list_workflow_run_nodes has it by node. A new run makes all of them again, and needs " +
			"a new idempotency_key."
	case j.State != "failed":
		return ""
	case j.Counts != nil:
		return "Only the items whose status is failed were not made, and those cost nothing: create these again, and not " +
			"the whole batch."
	case j.BatchID != "":
		return "The batch's get tool shows the error of each item."
	}
	step := cmp.Or(stepOf(cmp.Or(j.FailureCode, j.Error.Code)), "Tell the user why it failed.")
	return step + " HeyGen does not charge for failed jobs. To try again, create it anew, with a new idempotency_key or " +
		"request_id where the tool takes one: under the same the failed job is answered again."
}
