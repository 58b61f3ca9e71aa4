package tools

import (
	"context"
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/narration"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/spend"
)

// bill is what a call is expected to cost, and how long what it makes will be.
type bill struct {
	cost    amount // USD
	seconds length
	basis   string // what is charged for
	// price is that of each of its jobs, of which there are so many; 0 is one.
	price spend.Price
	jobs  int
	// members are the prices of the items of a batch.
	members []spend.Price
}

// amount lies between two numbers. A high of infinity is not bounded.
type amount struct{ low, high float64 }

// length is how long something is, in seconds. about is 0 where that is not known; toBound then
// says what would tell it.
type length struct {
	amount
	about   float64
	toBound string
}

func exactly(n float64) amount { return amount{n, n} }

func (a amount) plus(b amount) amount { return amount{a.low + b.low, a.high + b.high} }

func (a amount) times(b amount) amount {
	out := amount{a.low * b.low, a.high * b.high}
	if math.IsInf(a.high, 1) || math.IsInf(b.high, 1) { // also times 0
		out.high = math.Inf(1)
	}
	return out
}

func (a amount) bounded() bool { return !math.IsInf(a.high, 1) }

// lasting is a length that is known.
func lasting(seconds float64) length { return length{amount: exactly(seconds), about: seconds} }

// unknown is a length of which only the most is known, if that.
func unknown(most float64, toBound string) length {
	return length{amount: amount{0, most}, toBound: toBound}
}

// estimate is the bill as the engine holds and records it.
func (b bill) estimate() spend.Estimate {
	e := spend.Estimate{Low: &b.cost.low, Basis: b.basis, ToBound: b.seconds.toBound, Price: b.price, Members: b.members}
	if b.cost.bounded() {
		e.High = &b.cost.high
	}
	if b.seconds.about > 0 {
		e.Seconds = &b.seconds.about
	}
	return e
}

// estimateBy makes a bill the Estimate of a tool.
func estimateBy[I any](
	of func(in *I, ctx context.Context, c *engine.Call) bill,
) func(context.Context, *engine.Call, *I) (spend.Estimate, error) {
	return func(ctx context.Context, c *engine.Call, in *I) (spend.Estimate, error) {
		return of(in, ctx, c).estimate(), nil
	}
}

// unpriced is the Estimate of a tool for which HeyGen publishes no price.
func unpriced[I any](of string) func(context.Context, *engine.Call, *I) (spend.Estimate, error) {
	return func(context.Context, *engine.Call, *I) (spend.Estimate, error) {
		return spend.Estimate{Basis: "HeyGen publishes no price for " + of}, nil
	}
}

// flatPrice is the Estimate of a tool that costs the same at every call.
func flatPrice[I any](usd float64, of string) func(context.Context, *engine.Call, *I) (spend.Estimate, error) {
	return func(context.Context, *engine.Call, *I) (spend.Estimate, error) {
		return bill{cost: exactly(usd), basis: priceText(exactly(usd), of), price: spend.Price{PerJob: usd}}.estimate(), nil
	}
}

// bySecond is the bill of what is charged by its length.
func bySecond(l length, price amount, of string) bill {
	b := bill{cost: l.times(price), seconds: l, basis: priceText(price, "a second of "+of)}
	if price.low == price.high {
		b.price.PerSecond = price.low
	}
	return b
}

// priceText is a price in words.
func priceText(price amount, of string) string {
	text := prices.Text(price.low)
	if price.low != price.high {
		text += " to " + prices.Text(price.high)
	}
	return text + " USD " + of
}

// times is a bill for n jobs alike.
func (b bill) times(n int) bill {
	b.cost, b.jobs = b.cost.times(exactly(float64(n))), n
	return b
}

// sumOfBills is the bill of several things together, without the price of a job.
func sumOfBills(bills []bill) bill {
	var out bill
	var bases []string
	known := true
	for _, b := range bills {
		out.cost, out.seconds.amount = out.cost.plus(b.cost), out.seconds.plus(b.seconds.amount)
		out.seconds.about += b.seconds.about
		known = known && b.seconds.about > 0
		if out.seconds.toBound == "" {
			out.seconds.toBound = b.seconds.toBound
		}
		if !slices.Contains(bases, b.basis) {
			bases = append(bases, b.basis)
		}
	}
	if !known {
		out.seconds.about = 0
	}
	const most = 4 // bases that are told
	if len(bases) > most {
		bases = append(bases[:most], "and more")
	}
	out.basis = strings.Join(bases, "; ")
	return out
}

// atOnce is how many items of a batch are looked at at a time.
const atOnce = 8

// batchOf is the bill of a batch: what is looked up for its items is looked up for several at a time.
func batchOf[T any](items []T, of func(*T) bill) bill {
	bills := make([]bill, len(items))
	var all sync.WaitGroup
	places := make(chan struct{}, atOnce)
	for i := range items {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			bills[i] = of(&items[i])
		})
	}
	all.Wait()
	out := sumOfBills(bills)
	for _, b := range bills {
		out.members = append(out.members, slices.Repeat([]spend.Price{b.price}, max(1, b.jobs))...)
	}
	out.basis = fmt.Sprintf("%d in all: %s", len(items), out.basis)
	return out
}

// maxAudio is how long an audio may be that is given to an avatar, in seconds.
const maxAudio = 600

// length is how long it takes to say.
func (s *saying) length(ctx context.Context, c *engine.Call) length {
	const known = "The audio's length could not be read. Send a script, or an mp3, wav, m4a, aac, ogg, flac or mp4 " + readable
	switch {
	case s.Script != nil:
		speed := 1.0
		if s.VoiceSettings != nil && s.VoiceSettings.Speed != nil {
			speed = *s.VoiceSettings.Speed
		}
		return spokenLength(*s.Script, speed)
	case s.AudioURL != nil:
		return lengthAt(ctx, c, string(*s.AudioURL), maxAudio, known)
	case s.AudioAssetID != nil:
		return lengthOfAsset(ctx, c, *s.AudioAssetID, maxAudio, known)
	}
	return length{}
}

// spokenLength is how long a text takes to say.
func spokenLength(text string, speed float64) length {
	about := narration.Seconds(text, speed)
	return length{amount: amount{about * (1 - narration.Spread), about * (1 + narration.Spread)}, about: about}
}

const (
	// readable is how a file is given whose length can be read.
	readable = "as an asset, or at a public https link whose host gives parts of a file."
	// unreadable says of a file's length that it is not known, and what would tell it.
	unreadable = "The file's length could not be read. Give an mp4, mov, webm, avi, ts, mpg, flv, wmv, mp3, wav, m4a, aac, aiff, ogg or flac " + readable
)

// length is how long a file is.
func (m *Media) length(ctx context.Context, c *engine.Call) length {
	return (&InlineMedia{URL: m.URL, AssetID: m.AssetID}).length(ctx, c)
}

// length is how long a file is.
func (m *InlineMedia) length(ctx context.Context, c *engine.Call) length {
	switch {
	case m.URL != nil:
		return lengthAt(ctx, c, *m.URL, math.Inf(1), unreadable)
	case m.AssetID != nil:
		return lengthOfAsset(ctx, c, *m.AssetID, math.Inf(1), unreadable)
	case m.Data != nil:
		if raw, err := base64.StdEncoding.DecodeString(*m.Data); err == nil {
			mediaType := ""
			if m.MediaType != nil {
				mediaType = *m.MediaType
			}
			return lengthOf(spend.LengthOf(raw, mediaType), math.Inf(1), unreadable)
		}
	}
	return unknown(math.Inf(1), unreadable)
}

func assetOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/assets/{asset_id}"} }
func lookOp() heygen.Op  { return heygen.Op{Method: "GET", Path: "/v3/avatars/looks/{look_id}"} }

// lengthAt is how long the file is that a link leads to, at most so many seconds.
func lengthAt(ctx context.Context, c *engine.Call, link string, most float64, toBound string) length {
	return lengthOf(c.Engine().Length(ctx, link), most, toBound)
}

// lengthOf is a length that was read, or the most that it can be: by the size of the file, or so many seconds.
func lengthOf(l spend.Length, most float64, toBound string) length {
	switch {
	case l.Seconds > 0:
		return lasting(min(l.Seconds, most))
	case l.Most > 0:
		most = min(most, l.Most)
	}
	return unknown(most, toBound)
}

// lengthOfAsset is lengthAt of an uploaded file.
func lengthOfAsset(ctx context.Context, c *engine.Call, id string, most float64, toBound string) length {
	if found, err := c.Engine().Do(ctx, assetOp(), &assetID{ID: id}); err == nil {
		if link := engine.View[asset](found).URL; link != "" {
			return lengthAt(ctx, c, link, most, toBound)
		}
	}
	return unknown(most, toBound)
}

// avatarType is what kind of avatar a look is of, "" where that cannot be found out. It does not change.
func avatarType(ctx context.Context, c *engine.Call, id string) string {
	kind, _ := kindOfLook(ctx, c.Engine(), id)
	return kind
}

// kindOfLook is avatarType with the reason why it cannot be found out.
func kindOfLook(ctx context.Context, e *engine.Engine, id string) (kind string, err error) {
	kind, _ = e.Remember(ctx, "look "+id, func() (string, bool) {
		var found map[string]any
		if found, err = e.Do(ctx, lookOp(), &lookID{LookID: id}); err != nil {
			return "", false
		}
		kind := engine.View[look](found).AvatarType
		return kind, kind != ""
	})
	return kind, err
}
