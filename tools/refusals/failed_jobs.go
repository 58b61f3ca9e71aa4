package refusals

// ExplainFailure adds to what a get tool answers about a job that failed what to do about it.
func ExplainFailure(res map[string]any) {
	if status, _ := res["status"].(string); status != "failed" && status != "FAILED" && status != "error" {
		return
	}
	code, _ := res["failure_code"].(string)
	if fault, ok := res["error"].(map[string]any); ok && code == "" {
		code, _ = fault["code"].(string)
	}
	step := stepOf(code)
	if step == "" {
		step = "Tell the user why it failed."
	}
	if _, batch := res["counts_by_status"]; batch {
		res["next_step"] = "Only the items whose status is failed were not made, and those cost nothing: create these again, and not the whole batch."
		return
	}
	if _, batch := res["batch_id"]; batch {
		res["next_step"] = "The batch's get tool shows the error of each item."
		return
	}
	res["next_step"] = step + " HeyGen does not charge for failed jobs. To try again, create it anew, with a new idempotency_key or request_id where the tool takes one: under the same the failed job is answered again."
}
