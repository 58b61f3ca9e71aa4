package tools

import (
	"context"
	"math"
	"unicode/utf8"

	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/spend"
)

// stretched is by how much a translation may be longer than its source, where its length may change to fit the speech.
const stretched = 1.2

// fits reports whether the length may change to fit the speech.
func (d *dubbing) fits() bool { return d.Dynamic == nil || *d.Dynamic }

// cut is a length between the ends of a cut.
func (d *dubbing) cut(of length) length {
	start := 0.0
	if d.Start != nil {
		start = *d.Start
	}
	end := of.high
	if d.End != nil {
		end = min(end, *d.End)
	}
	out := of
	out.low, out.high = max(0, min(of.low, end)-start), max(0, end-start)
	if of.about > 0 {
		out.about = max(0, min(of.about, end)-start)
	}
	return out
}

// price is that of a second of what is dubbed.
func (d *dubbing) price() float64 {
	if d.Mode != nil && *d.Mode == "precision" {
		return prices.PreciseTranslationSecond
	}
	return prices.TranslationSecond
}

// secondsAMinute turns seconds into minutes.
const secondsAMinute = 60

func (t *translation) bill(ctx context.Context, c *engine.Call) bill {
	l := t.cut(t.Video.length(ctx, c))
	if t.fits() {
		l.high *= stretched
	}
	b := bySecond(l, exactly(t.price()), "the translation, for each language")
	return b.times(len(t.Langs))
}

func (in *createTranslationsInput) bill(ctx context.Context, c *engine.Call) bill {
	return batchOf(in.Translations, func(t *translation) bill { return t.bill(ctx, c) })
}

// bill is by the video, or by the audio where the length may change to fit it.
func (l *lipsync) bill(ctx context.Context, c *engine.Call) bill {
	made := l.cut(l.Video.length(ctx, c))
	if l.fits() {
		audio := l.Audio.length(ctx, c)
		made.low, made.high = min(made.low, audio.low), max(made.high, audio.high)
		if made.toBound == "" {
			made.toBound = audio.toBound
		}
	}
	return bySecond(made, exactly(l.price()), "the lip-synced video")
}

func (in *createLipsyncsInput) bill(ctx context.Context, c *engine.Call) bill {
	return batchOf(in.Lipsyncs, func(l *lipsync) bill { return l.bill(ctx, c) })
}

func (p *createProofreadInput) bill(ctx context.Context, c *engine.Call) bill {
	b := bySecond(p.Video.length(ctx, c), exactly(prices.ProofreadSecond), "the video, for each language")
	return b.fixed().times(len(p.Langs)) // a proofread has no length of its own
}

// bill knows neither the video nor the mode of the proofread, which HeyGen does not tell.
func (in *fromProofreadInput) bill(context.Context, *engine.Call) bill {
	return bill{
		cost: amount{0, math.Inf(1)},
		basis: priceText(amount{prices.TranslationSecond, prices.PreciseTranslationSecond}, "a second of the "+
			"translation, by the proofread's mode"),
		seconds: length{toBound: "Call it without a limit where the user agrees: it costs what create_video_translation does for the same video and mode, which estimate_cost tells."},
	}
}

// maxFillerVideo is how long a video may be whose fillers are cut out, in seconds.
const maxFillerVideo = 7200

// bill is by the minute of the source, one minute at least; what is left as it was is refunded.
func (in *createFillerRemovalInput) bill(ctx context.Context, c *engine.Call) bill {
	source := in.Video.length(ctx, c)
	minutes := max(1, min(source.high, maxFillerVideo)/secondsAMinute)
	return bill{
		cost: amount{0, minutes * prices.FillerWordsMinute},
		basis: priceText(exactly(prices.FillerWordsMinute), "a minute of the source, one minute at least; nothing where "+
			"nothing changes"),
		seconds: length{amount: source.amount, toBound: source.toBound},
	}
}

// bill is by the clip. Each length that is asked for makes one.
func (in *createClippingInput) bill(context.Context, *engine.Call) bill {
	b := bill{cost: amount{prices.Clip, math.Inf(1)}, basis: priceText(exactly(prices.Clip), "a clip")}
	if in.Settings == nil || len(in.Settings.Durations) == 0 {
		b.seconds.toBound = "Say in output_settings.duration_types which clips are wanted, one of each."
		return b
	}
	b.price.PerJob = prices.Clip * float64(len(in.Settings.Durations))
	b.cost = exactly(b.price.PerJob)
	return b
}

// bill is by the minute of a composition, which is measured as it is rendered.
func (r *createRenderInput) bill(context.Context, *engine.Call) bill {
	price := renderMinute(is4K(r.Resolution))
	return bill{cost: amount{0, math.Inf(1)}, basis: priceText(price, "a minute of the render")}
}

// renderMinute is the price of a minute of a render.
func renderMinute(in4K bool) amount {
	price := amount{prices.HyperFramesMinuteLeast, prices.HyperFramesMinuteMost}
	if in4K {
		price = price.times(exactly(prices.HyperFrames4K))
	}
	return price
}

func (in *createSpeechInput) bill(context.Context, *engine.Call) bill {
	speed := 1.0
	if in.Speed != nil {
		speed = *in.Speed
	}
	return bySecond(spokenLength(in.Text, speed), exactly(prices.SpeechSecond), "speech")
}

func (in *modelSpeechInput) bill(context.Context, *engine.Call) bill {
	cost := float64(utf8.RuneCountInString(in.Text)) * prices.ModelSpeechMillion / 1_000_000
	b := bill{cost: exactly(cost), basis: priceText(exactly(prices.ModelSpeechMillion), "a million characters"), price: spend.Price{PerJob: cost}}
	b.seconds = spokenLength(in.Text, 1)
	return b
}
