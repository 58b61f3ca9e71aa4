package tools

import (
	"cmp"
	"context"
	"math"
	"strings"

	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/spend"
)

// Kinds of avatars, by v3's names.
const (
	photoAvatar = "photo_avatar"
	avatarIV    = "avatar_iv"
)

// avatarBill is the bill of what an avatar says.
func avatarBill(l length, avatarEngine, kind string, resolution *string) bill {
	low, high := prices.VideoSecond(avatarEngine, kind, is4K(resolution))
	of := avatarEngine + " video"
	if kind != "" {
		of += " of a " + kind
	}
	if is4K(resolution) {
		of += " in 4k"
	}
	b := bySecond(l, amount{low, high}, of)
	if newest, known := prices.NewestVideoSecond(avatarEngine, kind, is4K(resolution)); known {
		b.price.PerSecond = newest
	}
	return b
}

// is4K reports whether a video is to be in 4K.
func is4K(resolution *string) bool { return resolution != nil && *resolution == "4k" }

func (v *avatarVideo) bill(ctx context.Context, c *engine.Call) bill {
	return avatarBill(v.length(ctx, c), v.Engine.kind(), avatarType(ctx, c, v.AvatarID), v.Resolution)
}

// bill takes an image for a photo avatar, which avatar_iv makes of it.
func (v *imageVideo) bill(ctx context.Context, c *engine.Call) bill {
	return avatarBill(v.length(ctx, c), avatarIV, photoAvatar, v.Resolution)
}

func (v *cinematicVideo) bill(context.Context, *engine.Call) bill {
	const usual, most = 10, 15
	b := bill{cost: exactly(prices.Cinematic), basis: priceText(exactly(prices.Cinematic), "a cinematic video"), price: spend.Price{PerJob: prices.Cinematic}}
	switch {
	case v.auto():
		b.seconds = unknown(most, "")
	case v.Duration != nil:
		b.seconds = lasting(float64(*v.Duration))
	default:
		b.seconds = lasting(usual)
	}
	return b
}

// bill is that of the scenes together. HeyGen publishes no price for a scene without an avatar.
func (v *studioVideo) bill(ctx context.Context, c *engine.Call) bill {
	bills := make([]bill, len(v.Scenes))
	for i := range v.Scenes {
		bills[i] = v.Scenes[i].bill(ctx, c, v.Resolution)
	}
	return together(bills)
}

// bill is that of one scene.
func (s *studioScene) bill(ctx context.Context, c *engine.Call, resolution *string) bill {
	if s.Avatar != nil {
		in := s.Avatar.Input
		return avatarBill(in.length(ctx, c), in.Engine.kind(), avatarType(ctx, c, in.AvatarID), resolution)
	}
	silent := bill{cost: amount{0, math.Inf(1)}, basis: "HeyGen publishes no price for scenes without an avatar"}
	switch {
	case s.Image != nil && s.Image.Duration != nil:
		silent.seconds = lasting(*s.Image.Duration)
	case s.Image != nil:
		silent.seconds = s.Image.length(ctx, c)
	case s.Video.sources() > 0:
		silent.seconds = s.Video.length(ctx, c)
	default:
		silent.seconds = s.Video.Source.length(ctx, c)
	}
	silent.seconds.toBound = "Leave scenes without an avatar out, or tell the user that what they cost is known " +
		"only afterwards."
	return silent
}

func (v *videoItem) bill(ctx context.Context, c *engine.Call) bill {
	switch {
	case v.Avatar != nil:
		return v.Avatar.bill(ctx, c)
	case v.Image != nil:
		return v.Image.bill(ctx, c)
	case v.Cinematic != nil:
		return v.Cinematic.bill(ctx, c)
	}
	return v.Studio.bill(ctx, c)
}

func (in *createVideosInput) bill(ctx context.Context, c *engine.Call) bill {
	return batchOf(in.Videos, func(v *videoItem) bill { return v.bill(ctx, c) })
}

// bill is that of a video of HeyGen Video without references.
func (v *modelVideo) bill(context.Context, *engine.Call) bill {
	low, high := prices.ModelVideoSecond(v.resolution())
	return bySecond(lasting(v.seconds()), amount{low, high}, "HeyGen Video").fixed()
}

// bill counts the seconds of reference videos too.
func (v *referenceToVideoInput) bill(ctx context.Context, c *engine.Call) bill {
	charged := lasting(v.seconds())
	for i := range v.Videos {
		one := v.Videos[i].length(ctx, c)
		if one.about == 0 {
			one.high = math.Inf(1) // the bound by size is for speech, and these may be silent
		}
		charged.amount = charged.plus(one.amount)
		charged.toBound = cmp.Or(charged.toBound, one.toBound)
	}
	low, high := prices.ModelVideoSecond(v.resolution())
	price := amount{low, high}.times(exactly(prices.ModelVideoReference))
	b := bySecond(charged, price, "HeyGen Video with references, and of the reference videos")
	b.seconds.about = v.seconds()
	return b.fixed()
}

// fixed is the bill of what is charged for a length that is known before it is made, if it is: its price and with it
// its cost are known, too.
func (b bill) fixed() bill {
	b.price = spend.Price{}
	if b.cost.low == b.cost.high {
		b.price.PerJob = b.cost.high
	}
	return b
}

// scripts are what is said in each of the scenes of a template, with its variables filled.
func (t *templateText) scripts(given templateVariables, scenes []string) []string {
	var gaps []string
	for name, v := range given {
		if v != nil && v.Text != nil {
			gaps = append(gaps, "{{"+name+"}}", v.Text.Content)
		}
	}
	filled := strings.NewReplacer(gaps...)
	all, script := make([]string, len(t.Scenes)), map[string]string{}
	for i, s := range t.Scenes {
		all[i], script[s.ID] = s.ID, filled.Replace(s.Script)
	}
	if len(scenes) == 0 {
		scenes = all
	}
	out := make([]string, len(scenes))
	for i, id := range scenes {
		out[i] = script[id]
	}
	return out
}

// lookID is the look that speaks in a template, "" where none is named.
func (t *templateText) lookID(given templateVariables) string {
	for _, v := range given {
		if v != nil && v.Character != nil {
			return v.Character.ID
		}
	}
	for _, held := range t.Variables {
		one, _ := held.(map[string]any)
		if id, _ := one["character_id"].(string); id != "" {
			return id
		}
	}
	return ""
}

// ofTemplate is what is charged for. Which engine a template has, HeyGen does not tell: it is taken
// to cost no more than avatar_iv.
const ofTemplate = "the template's avatar video, whose engine HeyGen does not tell: at most that of avatar_iv"

// bill is that of what the template's avatar says. How long a scene is in which nobody speaks, HeyGen does not tell.
func (t *templateText) bill(ctx context.Context, c *engine.Call, given templateVariables, scenes []string) bill {
	total := length{}
	for _, script := range t.scripts(given, scenes) {
		one := unknown(math.Inf(1), "Choose with scene_ids only scenes in which somebody speaks.")
		if strings.TrimSpace(script) != "" {
			one = spokenLength(script, 1)
		}
		total = length{total.plus(one.amount), total.about + one.about, cmp.Or(total.toBound, one.toBound)}
	}
	kind := ""
	if id := t.lookID(given); id != "" {
		kind = avatarType(ctx, c, id)
	}
	_, high := prices.VideoSecond(avatarIV, kind, false)
	return bySecond(total, amount{prices.AvatarIII, high}, ofTemplate)
}

func (in *fillTemplateInput) bill(ctx context.Context, c *engine.Call) bill {
	t, err := readTemplate(ctx, c.Engine(), in.TemplateID)
	if err != nil {
		return bill{cost: amount{0, math.Inf(1)}, basis: "a second of " + ofTemplate}
	}
	return t.bill(ctx, c, in.Variables, in.SceneIDs)
}

// estimateTemplateBatch is for the videos that the call is still to make.
func estimateTemplateBatch(ctx context.Context, c *engine.Call, in *templateBatchInput) (spend.Estimate, error) {
	f, err := newTemplateFeed(ctx, c, in)
	if err != nil {
		return spend.Estimate{}, err
	}
	var bills []bill
	for i, p := range f.parts {
		if f.waits(i) {
			bills = append(bills, p.bill)
		}
	}
	return sumOfBills(bills).estimate(), nil
}

// agentBill is that of an agent, who decides how long its video is.
func agentBill() bill {
	return bill{
		cost:  amount{0, math.Inf(1)},
		basis: priceText(exactly(prices.AgentSecond), "a second; the agent sets its length"),
		seconds: length{toBound: "Tell the user that an agent decides how long its video is, so that its cost is known " +
			"only afterwards; create_video_from_avatar with a script has a cost that can be told."},
	}
}

func (in *createVideoAgentInput) bill(context.Context, *engine.Call) bill { return agentBill() }
func (in *sendMessageInput) bill(context.Context, *engine.Call) bill      { return agentBill() }
