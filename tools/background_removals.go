package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
)

// createBackgroundRemoval is the input of create_background_removal. v3 takes its key in the body.
type createBackgroundRemoval struct {
	Video     InlineMedia `json:"video" need:"yes" show:"object" doc:"{type: url, url} or {type: asset_id, asset_id}."`
	Layers    []string    `json:"layers" doc:"Of foreground, mask, background. Omitted: all."`
	Title     *string     `json:"title" doc:"Title."`
	RequestID *string     `json:"request_id" len:"1-" doc:"Names this job: the same name is one job for ever. Omitted: equal arguments in one ten-minute slot are one."`
}

// Check holds which layers there are.
func (r *createBackgroundRemoval) Check(path string) *args.Fault {
	return eachOf(args.Join(path, "layers"), r.Layers, "foreground", "mask", "background")
}

// backgroundRemoval is v3's removal.
type backgroundRemoval struct {
	ID          string         `json:"id"`
	Status      string         `json:"status"`
	Layers      map[string]any `json:"layers"`
	Duration    float64        `json:"duration"`
	Problem     any            `json:"error"`
	CreatedAt   int            `json:"created_at"`
	CompletedAt int            `json:"completed_at"`
	followed
}

// removalID is the input of a tool about one removal.
type removalID struct {
	ID string `json:"job_id" in:"path" need:"yes" len:"1-255" doc:"A removal's id."`
}

func backgroundRemovalTools() []entry {
	return []entry{
		Tool[createBackgroundRemoval, backgroundRemoval]{
			Name:        "create_background_removal",
			Title:       "Remove a video's background",
			Description: "Parts the people of a video from its background. May cost credits once done. Answers at once with the id.",
			Effect:      Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/background-removals", Once: true},
			BodyKey:     func(in *createBackgroundRemoval) **string { return &in.RequestID },
			Job:         "background_removal",
		}.entry(),
		Tool[page100, page]{
			Name:        "list_background_removals",
			Title:       "List background removals",
			Description: "The account's removals, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/background-removals"},
			ListFields:  []string{"id", "status", "duration", "created_at", "error"},
		}.entry(),
		Tool[removalID, backgroundRemoval]{
			Name:        "get_background_removal",
			Title:       "Get a background removal",
			Description: "A removal's status and, once completed, a link for each layer, which expires.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/background-removals/{job_id}"},
		}.entry(),
		Tool[removalID, deleted]{
			Name:        "delete_background_removal",
			Title:       "Delete a background removal",
			Description: "Deletes a removal and its layers.",
			Effect:      Deletes,
			VerifyWith:  "get_background_removal",
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/background-removals/{job_id}"},
		}.entry(),
	}
}

// backgroundRemovalJob is a removal on its way.
func backgroundRemovalJob() jobKind {
	return jobKind{
		name:   "background_removal",
		get:    heygen.Op{Method: "GET", Path: "/v3/background-removals/{job_id}"},
		ref:    func(id string) any { return &removalID{ID: id} },
		ends:   []string{"completed", "failed", "deleted"},
		lister: "list_background_removals",
	}
}
