package tools

import (
	"maps"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

// createBackgroundRemoval is the input of create_background_removal. v3 takes its key in the body.
type createBackgroundRemoval struct {
	Video     InlineMedia `json:"video" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	Layers    []string    `json:"layers" means:"foreground,mask,background" doc:"Of foreground, mask, background. Omitted: all."`
	Title     *string     `json:"title" doc:"Title."`
	RequestID *string     `json:"request_id" len:"1-" doc:"Names this job: the same name is one job for ever. Omitted: equal arguments within ten minutes are one."`
	engine.Paid
}

// Check holds which layers there are.
func (r *createBackgroundRemoval) Check(path string) *faults.Fault {
	return eachOf(faults.Join(path, "layers"), r.Layers, "foreground", "mask", "background")
}

// backgroundRemoval is v3's removal.
type backgroundRemoval struct {
	ID          string         `json:"job_id"`
	Status      string         `json:"status"`
	Layers      map[string]any `json:"layers"`
	Duration    float64        `json:"duration"`
	Problem     any            `json:"error"`
	CreatedAt   string         `json:"created_at"`
	CompletedAt string         `json:"completed_at"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *backgroundRemoval) JobIDs() []string { return []string{o.ID} }

// removalID is the input of a tool about one removal.
type removalID struct {
	ID string `json:"job_id" in:"path" required:"true" len:"1-255" doc:"A removal's id."`
}

func backgroundRemovalTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createBackgroundRemoval, backgroundRemoval]{
			Name:  "create_background_removal",
			Title: "Remove a video's background",
			Asked: "transparent cut out green screen isolate person room behind remove wall alpha cutout keyed matte",
			Description: "Parts the people of a video from its background. May cost credits once done. Answers at once " +
				"with the job_id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/background-removals", Once: true},
			BodyKey:  func(in *createBackgroundRemoval) **string { return &in.RequestID },
			Job:      "background_removal",
			Estimate: unpriced[createBackgroundRemoval]("background removals"),
		}.Bind(),
		engine.Tool[page100, page]{
			Name:        "list_background_removals",
			Title:       "List background removals",
			Description: "The account's removals, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/background-removals"},
			ListFields:  []string{"status", "duration", "created_at", "error"},
		}.Bind(),
		engine.Tool[removalID, backgroundRemoval]{
			Name:        "get_background_removal",
			Title:       "Get a background removal",
			Description: "A removal's status and, once completed, a link for each layer, which expires.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/background-removals/{job_id}"},
		}.Bind(),
		engine.Tool[removalID, deleted]{
			Name:        "delete_background_removal",
			Title:       "Delete a background removal",
			Description: "Deletes a removal and its layers.",
			Effect:      engine.Deletes,
			VerifyWith:  "get_background_removal",
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/background-removals/{job_id}"},
		}.Bind(),
	}
}

// backgroundRemovalJob is a removal on its way.
func backgroundRemovalJob() jobs.Kind {
	return jobs.Kind{
		Name:  "background_removal",
		Get:   heygen.Op{Method: "GET", Path: "/v3/background-removals/{job_id}"},
		Ref:   func(id string) any { return &removalID{ID: id} },
		Files: []string{"foreground", "mask", "background"},
		Main:  layersOf,
		States: vocabulary.States{
			vocabulary.Pending:  {"pending"},
			vocabulary.Running:  {"processing"},
			vocabulary.Done:     {"completed"},
			vocabulary.Failed:   {"failed"},
			vocabulary.Canceled: {"deleted"},
		},
		ListTool: "list_background_removals",
	}
}

// layersOf are the layers that were made, which have one length.
func layersOf(full map[string]any) map[string]any {
	main := maps.Clone(memberOf(full, "layers"))
	if main != nil {
		main["duration"] = full["duration"]
	}
	return main
}
