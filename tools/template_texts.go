package tools

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// templateTime is how long a video that has begun waits for the template that it was made from: which
// texts were left out is worth no more.
const templateTime = 5 * time.Second

// templateText is what is read of a template: its gaps, and what is said in its scenes.
type templateText struct {
	Scenes []struct {
		ID     string `json:"scene_id"`
		Script string `json:"script"`
	} `json:"scenes"`
	Variables map[string]any `json:"variables"`
}

// templateReads are the members that are looked at.
func templateReads() []string {
	return []string{"scenes", "scene_id", "script", "variables", "type", "character_id"}
}

// readTemplate reads a template.
func readTemplate(ctx context.Context, e *engine.Engine, id string) (*templateText, error) {
	object, err := e.Do(ctx, getTemplateOp(), &templateID{TemplateID: id})
	if err != nil {
		return nil, err
	}
	t := engine.View[templateText](object)
	return &t, nil
}

// fillTemplate makes a video from a template and names the texts that it was not given.
func fillTemplate(
	ctx context.Context, c *engine.Call, in *fillTemplateInput,
) (*engine.Result[filledTemplate], error) {
	r, err := engine.Fetch[filledTemplate](ctx, c, fillTemplateOp(), in)
	if refused, ok := errors.AsType[*heygen.Error](err); ok && refused.Status == http.StatusBadRequest {
		return nil, whyNotFilled(ctx, c, in, err)
	}
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, templateTime)
	defer cancel()
	if t, err := readTemplate(ctx, c.Engine(), in.TemplateID); err == nil {
		r.Out.LeftOut = t.leftOut(in.Variables)
	}
	return r, nil
}

// whyNotFilled is the error of a video that was refused: that a variable is none of the template's, if
// one is. Else HeyGen says more than a look at the template.
func whyNotFilled(ctx context.Context, c *engine.Call, in *fillTemplateInput, err error) error {
	ctx, cancel := context.WithTimeout(ctx, templateTime)
	defer cancel()
	t, unread := readTemplate(ctx, c.Engine(), in.TemplateID)
	if unread != nil {
		return err
	}
	if paths := t.unknown("variables", in.Variables); len(paths) > 0 {
		return t.noVariables(paths)
	}
	return err
}

// leftOut are the texts that a video is not given.
func (t *templateText) leftOut(given templateVariables) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(t.Variables)) {
		held, _ := t.Variables[name].(map[string]any)
		if _, ok := given[name]; !ok && held["type"] == "text" {
			names = append(names, name)
		}
	}
	return names
}

// unknown are the paths below another of the names that are none of the template's variables.
func (t *templateText) unknown(path string, given templateVariables) []string {
	var paths []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := t.Variables[name]; !ok {
			paths = append(paths, faults.Join(path, faults.Clip(name)))
		}
	}
	return paths
}
