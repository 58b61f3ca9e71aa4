package tools

import (
	"context"
	"errors"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
)

// What is told of a job only once it is done can tell what it has cost: which avatars and engines a video was made of,
// how many clips were found, how long a source was.

func videoScenesOp() heygen.Op {
	return heygen.Op{Method: "GET", Path: "/v3/videos/{video_id}/scenes"}
}

// madeScene is a scene of a video as its editor has it.
type madeScene struct {
	Elements []map[string]any `json:"elements"`
	Script   []struct {
		Type     string   `json:"type"`
		Text     string   `json:"text"`
		Duration *float64 `json:"duration"`
		Voice    struct {
			Speed *float64 `json:"speed"`
		} `json:"voice_settings"`
	} `json:"script"`
}

// chargedVideo is what a video has cost by its scenes, which tell the engine and the avatar of each. It is for videos
// whose create did not say so: those from templates, and those of looks that could not be found then.
func chargedVideo(ctx context.Context, e *engine.Engine, full map[string]any) spend.Charge {
	id, _ := full["video_id"].(string)
	lasts := numberIn(full, "duration")
	if lasts == nil || id == "" {
		return spend.Charge{}
	}
	object, err := e.Do(ctx, videoScenesOp(), &videoID{VideoID: id})
	if err != nil {
		return spend.Charge{Later: mayPass(err)}
	}
	made := engine.View[struct {
		Video struct {
			Resolution string `json:"resolution"`
		} `json:"video"`
		Scenes []madeScene `json:"scenes"`
	}](object)
	if len(made.Scenes) == 0 {
		return spend.Charge{}
	}
	scenes := make([]bill, len(made.Scenes))
	for i := range made.Scenes {
		if scenes[i], err = made.Scenes[i].bill(ctx, e, made.Video.Resolution); err != nil {
			return spend.Charge{Later: mayPass(err)}
		}
	}
	if p := mixedPrice(scenes); p.Known() {
		return spend.Charge{USD: max(0, p.PerJob+p.PerSecond**lasts), Known: true}
	}
	return spend.Charge{}
}

// mayPass reports whether a later question may be answered.
func mayPass(err error) bool {
	if f, ok := errors.AsType[*heygen.Error](err); ok {
		return f.Retryable
	}
	_, refused := errors.AsType[*refusals.Refusal](err) // such as one that needs an API key
	return err != nil && !refused
}

// bill is that of a scene: its length is how long its script takes to say. It has no price where the scene has not just
// one avatar.
func (s *madeScene) bill(ctx context.Context, e *engine.Engine, resolution string) (bill, error) {
	var b bill
	for _, line := range s.Script {
		one := length{}
		switch {
		case line.Type == "text" && line.Text != "":
			speed := 1.0
			if line.Voice.Speed != nil {
				speed = *line.Voice.Speed
			}
			one = spokenLength(line.Text, speed)
		case line.Type == "silence" && line.Duration != nil:
			one = lasting(*line.Duration)
		default:
			return b, nil // an audio, or a clip whose length governs
		}
		b.seconds = length{amount: b.seconds.plus(one.amount), about: b.seconds.about + one.about}
	}
	var avatars []map[string]any
	avatarsIn(s.Elements, &avatars)
	if len(avatars) != 1 {
		return b, nil
	}
	look, _ := avatars[0]["avatar_id"].(string)
	model, _ := avatars[0]["engine"].(string)
	if model == "" {
		return b, nil
	}
	kind, err := kindOfLook(ctx, e, look)
	if price, known := prices.NewestVideoSecond(model, kind, strings.EqualFold(resolution, "4k")); known {
		b.price.PerSecond = price
		return b, nil
	}
	return b, err
}

// avatarsIn are the avatars among elements, those in groups and masks too.
func avatarsIn(elements []map[string]any, found *[]map[string]any) {
	for _, one := range elements {
		if one["type"] == "avatar" {
			*found = append(*found, one)
		}
		children, _ := one["children"].([]any)
		for _, c := range children {
			if child, ok := c.(map[string]any); ok {
				avatarsIn([]map[string]any{child}, found)
			}
		}
	}
}

// chargedAgent is what the video has cost that an agent made.
func chargedAgent(ctx context.Context, e *engine.Engine, full map[string]any) spend.Charge {
	id, _ := full["video_id"].(string)
	if id == "" {
		return spend.Charge{}
	}
	made, err := e.Do(ctx, videoJob().Get, &videoID{VideoID: id})
	if err != nil {
		return spend.Charge{Later: mayPass(err)}
	}
	lasts := numberIn(made, "duration")
	if lasts == nil {
		return spend.Charge{Later: made["state"] != "failed"}
	}
	return spend.Charge{USD: prices.AgentSecond * *lasts, Known: true}
}

// chargedFillers is what a removal has cost: by the minute of the source, and nothing where nothing was changed.
func chargedFillers(_ context.Context, _ *engine.Engine, full map[string]any) spend.Charge {
	before, cuts, less := numberIn(full, "original_duration"), numberIn(full, "num_cuts"), numberIn(full, "reduction_pct")
	if before == nil || cuts == nil || less == nil {
		return spend.Charge{}
	}
	if *cuts == 0 && *less == 0 {
		return spend.Charge{Known: true}
	}
	return spend.Charge{USD: max(1, *before/secondsAMinute) * prices.FillerWordsMinute, Known: true}
}

// chargedRender is what a render has cost: how much of the range a minute costs, HeyGen does not say.
func chargedRender(_ context.Context, _ *engine.Engine, full map[string]any) spend.Charge {
	price := renderMinute(full["resolution"] == "4k")
	return costInRange(numberIn(full, "duration"), price.times(exactly(1.0/secondsAMinute)))
}

// chargedTranslation is what a translation has cost whose mode is not known: that of the proofread that it was made
// from.
func chargedTranslation(_ context.Context, _ *engine.Engine, full map[string]any) spend.Charge {
	return costInRange(numberIn(full, "duration"), amount{prices.TranslationSecond, prices.PreciseTranslationSecond})
}

// costInRange is what so many seconds have cost of which one has a price within a range.
func costInRange(seconds *float64, price amount) spend.Charge {
	if seconds == nil {
		return spend.Charge{}
	}
	return spend.Charge{Low: *seconds * price.low, High: *seconds * price.high}
}

// chargedClips is what clips have cost of which it was not said before how many there would be.
func chargedClips(_ context.Context, _ *engine.Engine, full map[string]any) spend.Charge {
	clips, _ := full["clips"].([]any)
	n := 0
	for _, c := range clips {
		if clip, _ := c.(map[string]any); clip["status"] == "completed" {
			n++
		}
	}
	return spend.Charge{USD: prices.Clip * float64(n), Known: true}
}
