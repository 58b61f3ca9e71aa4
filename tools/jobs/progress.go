package jobs

import (
	"context"

	"heygen-mcp/tools/engine"
)

type jobProgressInput struct {
	Kind *string `json:"kind" quiet:"true" doc:"What the id is of. Omitted: found out."`
	ID   string  `json:"id" required:"true" len:"1-255" doc:"Its id."`
}

// ProgressToolName is the name of the tool by which a page asks how far a job is.
const ProgressToolName = "get_job_progress"

// ProgressTool looks once at one job, for a page that shows it. It answers as a wait does that has no time.
func (j *Jobs) ProgressTool() engine.BoundTool {
	return engine.Tool[jobProgressInput, waitForJobsOutput]{
		Name:        ProgressToolName,
		Title:       "See how far a job is",
		Description: "How far one job is, and what it made once it is done, for the page that shows it.",
		Also:        j.lookOps(),
		Reads:       lookReads(),
		Choices:     map[string][]string{"kind": j.names()},
		Run: func(ctx context.Context, c *engine.Call, in *jobProgressInput) (*engine.Result[waitForJobsOutput], error) {
			once := 0
			wait := &waitForJobsInput{Kind: in.Kind, IDs: []string{in.ID}, Timeout: &once}
			k, err := j.kindGiven(in.Kind)
			if err != nil {
				return nil, err
			}
			return j.wait(ctx, c, wait, k)
		},
	}.Bind()
}
