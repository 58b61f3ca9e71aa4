package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
)

// activityDays are the days of which people are told what was spent, deedsShown how many things that were made.
const (
	activityDays = 30
	deedsShown   = 10
)

// activity tells what was made through connections, from the ledger.
func activity(cfg *config, book *ledger.Ledger, public *url.URL) auth.Activity {
	return func(ctx context.Context, caller string, connections []string) (made auth.Made, err error) {
		now := cfg.now()
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
		all, _, err := book.List(ctx, caller, ledger.Filter{Grants: connections, Limit: deedsShown})
		for _, r := range all {
			made.Last = append(made.Last, deedOf(&r, public))
		}
		return made, err
	}
}

// deedOf is a record in words. What is watched here is linked by its path alone: a person is signed in by the name that
// they opened the page by.
func deedOf(r *ledger.Record, public *url.URL) auth.Deed {
	words, ok := tools.DeedOf(r.Tool)
	if !ok { // of a version of this program before or after
		words = tools.Deed{Do: "call " + r.Tool, Did: "called " + r.Tool}
	}
	what := ""
	if r.Title != "" {
		what = " “" + r.Title + "”"
	}
	d := auth.Deed{At: r.At}
	if len(r.Jobs) > 0 {
		d.Link = cmp.Or(playerPath(public, r.Kind, r.Jobs[0].ID), tools.PageOf(r.Kind, r.Jobs[0].ID))
	}
	most := ""
	if r.Estimate.High > 0 {
		most = ", up to " + usd(r.Estimate.High)
	}
	switch r.State {
	case ledger.Open:
		d.Text = "may have begun to " + words.Do + what + ": no answer came" + most
	case ledger.Running:
		d.Text = "began to " + words.Do + what + ", under way when last seen" + most
	case ledger.Failed:
		d.Text = "tried to " + words.Do + what + ", which failed, nothing spent"
	case ledger.Canceled:
		d.Text = "began to " + words.Do + what + ", which was canceled, nothing spent"
	case ledger.Done, ledger.Refused:
		d.Text = words.Did + what + length(r.Jobs)
		if r.CostBasis != "" {
			most = ", " + usd(r.Cost)
		}
		d.Text += most
	}
	return d
}

// length is how long what jobs made is together, "" where that is not known.
func length(all []ledger.Job) string {
	var seconds float64
	for _, j := range all {
		seconds += j.Seconds
	}
	if seconds <= 0 {
		return ""
	}
	if whole := time.Duration(math.Round(seconds)) * time.Second; whole >= time.Minute {
		return fmt.Sprintf(", %d min %d s", whole/time.Minute, whole%time.Minute/time.Second)
	}
	if seconds < 1 {
		return ", under 1 s"
	}
	return ", " + strconv.FormatFloat(math.Round(seconds), 'f', -1, 64) + " s"
}

// usd is an amount in a sentence.
func usd(m ledger.Money) string {
	if m > 0 && m < ledger.Dollars(0.01) {
		return "under 0.01 USD"
	}
	return strconv.FormatFloat(m.USD(), 'f', 2, 64) + " USD"
}

// counting counts the calls of tools by connection.
func counting(guard *auth.Auth, next func(context.Context, tools.Event)) func(context.Context, tools.Event) {
	return func(ctx context.Context, e tools.Event) {
		guard.CountCall(ctx)
		next(ctx, e)
	}
}
