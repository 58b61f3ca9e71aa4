package app

import (
	"cmp"
	"context"
	"math"
	"net/url"
	"strconv"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/text"
	"heygen-mcp/internal/words"
	"heygen-mcp/tools"
)

// activityDays are the days of which people are told what was spent, paidCallsShown how many things that were made.
const (
	activityDays   = 30
	paidCallsShown = 10
	// titleShown is how many bytes of a title are told among them: a longer one would push the others off the screen.
	titleShown = 120
)

// activity tells what was made through connections, from the ledger.
func activity(cfg *settings.Config, book *ledger.Ledger, public *url.URL) auth.Activity {
	return func(ctx context.Context, caller string, connections []string) (made auth.Usage, err error) {
		now := cfg.Now()
		made.Lasting, made.Days = book.Lasting(), min(activityDays, cfg.LedgerDays)
		today, err := book.SpentSince(ctx, connections, now)
		if err != nil {
			return made, err
		}
		spent, err := book.SpentSince(ctx, connections, now.AddDate(0, 0, 1-made.Days))
		if err != nil {
			return made, err
		}
		made.Today, made.Spent = int64(today), int64(spent)
		all, _, err := book.List(ctx, caller, ledger.Filter{Grants: connections, Limit: paidCallsShown})
		for _, r := range all {
			made.Last = append(made.Last, paidCallOf(&r, public))
		}
		return made, err
	}
}

// paidCallOf is a record in words. What is watched here is linked by its path alone: a person is signed in by the name
// that they opened the page by.
func paidCallOf(r *ledger.Record, public *url.URL) auth.PaidCall {
	do, did, ok := tools.PaidActionTexts(r.Tool)
	if !ok { // of a version of this program before or after
		do, did = words.Of("made.unknown.do", "Tool", r.Tool), words.Of("made.unknown.did", "Tool", r.Tool)
	}
	var title words.Text
	if r.Title != "" {
		title = words.Of("made.title", "Title", text.Clip(r.Title, titleShown))
	}
	d := auth.PaidCall{At: r.At}
	if len(r.Jobs) > 0 {
		d.Link = cmp.Or(playerPath(public, r.Kind, r.Jobs[0].ID), tools.PageOf(r.Kind, r.Jobs[0].ID))
	}
	var most words.Text
	if r.Estimate.High > 0 {
		most = words.Of("made.most", "Amount", usd(r.Estimate.High))
	}
	began := func(how string) words.Text { return words.Of(how, "Do", do, "Title", title) }
	switch r.State {
	case ledger.Open:
		d.Text = words.Parts{began("made.open"), most}
	case ledger.Running:
		d.Text = words.Parts{began("made.running"), most}
	case ledger.Failed:
		d.Text = began("made.failed")
	case ledger.Canceled:
		d.Text = began("made.canceled")
	case ledger.Done, ledger.Refused:
		if r.CostBasis != "" {
			most = words.Of("made.cost", "Amount", usd(r.Cost))
		}
		d.Text = words.Parts{did, title, length(r.Jobs), most}
	}
	return d
}

// length is how long what jobs made is together, nil where that is not known.
func length(all []ledger.Job) words.Text {
	var seconds float64
	for _, j := range all {
		seconds += j.Seconds
	}
	if seconds <= 0 {
		return nil
	}
	if seconds < 1 {
		return words.Of("made.instant")
	}
	whole := int(math.Round(seconds))
	if whole >= 60 {
		return words.Of("made.minutes", "Minutes", whole/60, "Seconds", whole%60)
	}
	return words.Of("made.seconds", "Seconds", whole)
}

// usd is an amount in a sentence.
func usd(m ledger.Money) words.Text {
	if m > 0 && m < ledger.Dollars(0.01) {
		return words.Of("made.cent", "Amount", words.Figure("0.01 USD"))
	}
	return words.Figure(strconv.FormatFloat(m.USD(), 'f', 2, 64) + " USD")
}

// counting counts the calls of tools by connection.
func counting(guard *auth.Auth, next func(context.Context, tools.Event)) func(context.Context, tools.Event) {
	return func(ctx context.Context, e tools.Event) {
		guard.CountCall(ctx)
		next(ctx, e)
	}
}
