package sandbox

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/seeded"
)

const (
	judgeVersion = "video-judge-2026-08-01"
	judgeSeconds = 30.0
	// quickJudgment is how long, in seconds, two videos may last together to be compared while the
	// caller waits.
	quickJudgment = 20.0
)

func (s *Sandbox) videoQualityRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/video-quality/comparisons", s.createComparison),
		engine.On("POST", "/v3/video-quality/comparisons/batches", s.createComparisonBatch),
		engine.On("GET", "/v3/video-quality/comparisons/batches/{batch_id}", s.getComparisonBatch),
		engine.On("GET", "/v3/video-quality/comparisons/{comparison_id}", s.getComparison),
	}
}

func comparisonJobs() engine.JobKind {
	return engine.JobKind{
		Name: "comparison", Prefix: "cmp_", Missing: "not_found",
		Pending: "processing", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// comparison is the body of POST /v3/video-quality/comparisons, and what a job knows that judges
// two videos.
type comparison struct {
	ModelA     string    `json:"model_a"`
	ModelB     string    `json:"model_b"`
	VideoA     fileInput `json:"video_a"`
	VideoB     fileInput `json:"video_b"`
	QuestionID string    `json:"question_id"`
	Version    *string   `json:"judge_model_version"`
}

// planComparison makes a job that has not begun, and says whether it is done at once.
func (s *Sandbox) planComparison(
	r *http.Request,
	v *engine.Request,
	raw []byte,
) (*engine.Job, bool, *engine.Error) {
	in := &comparison{}
	if apiErr := engine.Decode(raw, in); apiErr != nil {
		return nil, false, apiErr
	}
	if in.Version != nil && *in.Version != judgeVersion {
		return nil, false, engine.Invalid(
			"judge_model_version",
			"'judge_model_version' must be '%s'.",
			judgeVersion,
		)
	}
	seconds, known := 0.0, true
	for i, file := range []*fileInput{&in.VideoA, &in.VideoB} {
		found, _, apiErr := s.openPart(r, v, file, []string{"video_a", "video_b"}[i], "video")
		if apiErr != nil {
			return nil, false, apiErr
		}
		seconds += found.Seconds
		known = known && found.Type != ""
	}
	in.VideoA, in.VideoB = fileInput{}, fileInput{} // the job lives longer than the files need to
	j := &engine.Job{Kind: comparisonJobs(), Data: in, Failure: "The videos could not be compared."}
	return j, known && seconds <= quickJudgment, nil
}

// createComparison answers POST /v3/video-quality/comparisons: with the result where that is quick,
// and otherwise with a comparison that goes on.
func (s *Sandbox) createComparison(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, quick, apiErr := s.planComparison(r, v, v.Body)
	if apiErr != nil {
		return nil, apiErr
	}
	status := http.StatusAccepted
	if quick {
		status, apiErr = http.StatusOK, s.BeginEnded(v, j)
	} else {
		apiErr = s.Begin(v, j, judgeSeconds)
	}
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.Answer{Status: status, Data: s.showComparison(j)}, nil
}

// createComparisonBatch answers POST /v3/video-quality/comparisons/batches.
func (s *Sandbox) createComparisonBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Comparisons []json.RawMessage `json:"comparisons"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &engine.Batch{Kind: comparisonJobs()}
	for _, raw := range in.Comparisons {
		one := engine.BatchItem{Running: judgeSeconds}
		one.Job, _, one.Refused = s.planComparison(r, v, raw)
		b.Items = append(b.Items, one)
	}
	s.BeginBatch(v, b)
	return map[string]any{
		"batch_id":    b.ID,
		"status":      b.Status(s.Now()),
		"total_items": len(b.Items),
	}, nil
}

// getComparisonBatch answers GET /v3/video-quality/comparisons/batches/{batch_id}.
func (s *Sandbox) getComparisonBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	b, apiErr := s.OwnBatch(v, comparisonJobs(), chi.URLParam(r, "batch_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	indexes := make([]int, len(b.Items))
	for i := range indexes {
		indexes[i] = i
	}
	page := engine.ByIndex(s.Engine, l, indexes, func(i int) any {
		one := b.Items[i]
		if one.Job != nil {
			return map[string]any{"item_index": i, "comparison": s.showComparison(one.Job)}
		}
		return map[string]any{"item_index": i, "comparison": map[string]any{
			"comparison_id": "cmp_" + s.NewID(b.ID, i), "status": "failed", "result": nil,
			"error": map[string]any{"code": one.Refused.Code, "message": one.Refused.Message},
		}}
	})
	now := s.Now()
	counts := b.Counts(now)
	return map[string]any{
		"batch_id": b.ID, "status": b.Status(now), "total_items": len(b.Items),
		"counts": map[string]int{
			"processing": counts["queued"] + counts["processing"], "completed": counts["completed"],
			"failed": counts["failed"],
		},
		"items": page.Data, "has_more": page.HasMore, "next_token": page.NextToken,
	}, nil
}

// getComparison answers GET /v3/video-quality/comparisons/{comparison_id}.
func (s *Sandbox) getComparison(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, comparisonJobs(), chi.URLParam(r, "comparison_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showComparison(j), nil
}

// showComparison is a comparison as it stands. The names of the models and the question decide who
// wins, so that the same comparison always has the same result.
func (s *Sandbox) showComparison(j *engine.Job) any {
	now, of := s.Now(), engine.DataOf[comparison](j)
	out := map[string]any{"comparison_id": j.ID, "status": j.Status(now), "result": nil, "error": nil}
	switch {
	case j.Succeeded(now):
		winner, side := of.ModelA, "a"
		question := of.QuestionID
		if question == "q1" { // an older name
			question = "engagement"
		}
		if seeded.Pick(2, s.Seed, of.ModelA, of.ModelB, question) == 1 {
			winner, side = of.ModelB, "b"
		}
		out["result"] = map[string]any{
			"model_a": of.ModelA, "model_b": of.ModelB, "winner": winner, "winner_side": side,
			"question_id": question,
			"confidence": 0.5 + float64(
				seeded.Pick(50, s.Seed, winner, question),
			)/100, "judge_model_version": judgeVersion,
		}
	case j.Status(now) == j.Kind.Failed:
		out["error"] = map[string]any{"code": "comparison_failed", "message": j.Reason(now)}
	}
	return out
}
