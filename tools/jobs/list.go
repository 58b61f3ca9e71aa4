package jobs

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/usd"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/spend"
)

// listJobsTool is the name of the tool that tells what was made, and for how much.
const listJobsTool = "list_jobs"

const (
	// defaultListed is how many records list_jobs gives.
	defaultListed = 20
	// refreshTime bounds what it waits for the states of those that go on.
	refreshTime = 8 * time.Second
	// maxRefreshed bounds how many it asks for, maxRefreshedSingly how many of a kind of which v3 tells one at a time,
	// and maxUnsettled how many it looks for in the lists.
	maxRefreshed, maxRefreshedSingly, maxUnsettled = 100, 10, 1000
)

type listJobsInput struct {
	Since *string `json:"since" in:"query" doc:"Day (UTC), time in RFC 3339, today, yesterday, 7d, 2h …"`
	Kind  *string `json:"kind" in:"query" quiet:"true" doc:"Of this job_kind only."`
	State *string `json:"state" in:"query" enum:"open,running,done,failed,canceled" doc:"open: may have happened."`
	Limit *int    `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Records to give."`
}

type listJobsOutput struct {
	Items  []recorded `json:"items"`
	Totals totals     `json:"totals"`
}

// totals are the sums of all that the filters let through.
type totals struct {
	Records   int     `json:"records"`
	Estimated float64 `json:"estimated_cost_usd"`
	Cost      float64 `json:"cost_usd"`
}

// recorded is one call that was paid for.
type recorded struct {
	Tool       string   `json:"tool"`
	Kind       string   `json:"kind,omitempty"`
	Title      string   `json:"title,omitempty"`
	IDs        []string `json:"ids,omitempty"`
	State      string   `json:"state"`
	Created    string   `json:"created_at"`
	Ended      string   `json:"ended_at,omitempty"`
	Seconds    float64  `json:"duration_seconds,omitempty"`
	Low        float64  `json:"estimated_cost_low_usd,omitempty"`
	High       float64  `json:"estimated_cost_usd,omitempty"`
	Cost       *float64 `json:"cost_usd,omitempty"`
	CostBasis  string   `json:"cost_basis,omitempty"`
	PageURL    string   `json:"page_url,omitempty"`
	Connection string   `json:"connection,omitempty"`
	Key        string   `json:"idempotency_key,omitempty"`
	Task       string   `json:"task_id,omitempty"`
	NextStep   string   `json:"next_step,omitempty"`
}

// ListTool is list_jobs.
func (j *Jobs) ListTool() engine.BoundTool {
	return engine.Tool[listJobsInput, listJobsOutput]{
		Name:  listJobsTool,
		Title: "List jobs",
		Asked: "history spend spent spending bill invoice used yesterday today week month recently failed lost id " +
			"rendered started last night this made costs so far expenses activity log crashed since monday tuesday wednesday " +
			"thursday friday saturday sunday morning produced january february march april may june july august september " +
			"october november december quarter",
		Description: "What was made through this server, newest first, and what it cost: ids, states and USD, with sums of " +
			"all that the filters let through.",
		Also:    j.lookOps(),
		Choices: map[string][]string{"kind": j.names()},
		Run: func(ctx context.Context, c *engine.Call, in *listJobsInput) (*engine.Result[listJobsOutput], error) {
			return j.list(ctx, c.Engine(), in)
		},
	}.Bind()
}

func (j *Jobs) list(ctx context.Context, e *engine.Engine, in *listJobsInput) (*engine.Result[listJobsOutput], error) {
	filter := ledger.Filter{Limit: defaultListed}
	if in.Since != nil {
		switch since := sinceOf(*in.Since, e.Now()); len(since) {
		case 1:
			filter.Since = since[0]
		case 0:
			return nil, faults.Invalid("since", "since is a day or a time, as in 2026-11-28, 2026-11-28T09:00:00Z, yesterday or 7d.", "Send one of these forms, or leave it out.")
		default:
			return nil, faults.Invalid("since", "since can be read as two days.",
				"Send the one that is meant: "+since[0].Format(time.DateOnly)+" or "+since[1].Format(time.DateOnly)+".")
		}
	}
	if in.Kind != nil {
		filter.Kind = *in.Kind
	}
	if in.State != nil {
		filter.State = ledger.State(*in.State)
	}
	if in.Limit != nil {
		filter.Limit = *in.Limit
	}
	out := listJobsOutput{Items: []recorded{}}
	book := e.Ledger()
	if book == nil {
		r := engine.Made(out)
		r.Note = "This server keeps no record of what was made: the list tools show what there is."
		return r, nil
	}
	j.refresh(ctx, e, book)
	all, sums, err := book.List(ctx, e.Account(ctx), filter)
	if err != nil {
		return nil, err
	}
	for i := range all {
		item := recordRow(&all[i])
		if r := &all[i]; r.State == ledger.Done && len(r.Jobs) == 1 {
			item.PageURL = e.PageURL(r.Kind, r.Jobs[0].ID)
		}
		item.Task = j.taskOf(ctx, e, &all[i])
		out.Items = append(out.Items, item)
	}
	out.Totals = totals{Records: sums.Records, Estimated: usd.Up(sums.Estimated.USD()), Cost: rounded(sums.Cost)}
	r := engine.Made(out)
	r.Note = aboutTotals(sums, book.Lasting())
	return r, nil
}

// aboutTotals says what sums leave out, "" for nothing.
func aboutTotals(sums ledger.Totals, lasting bool) string {
	var notes []string
	if sums.Untold > 0 {
		notes = append(notes, fmt.Sprintf("Of %d that are done, the cost is not known: totals.cost_usd leaves them out, and estimated_cost_usd is the most that was expected.", sums.Untold))
	}
	if !lasting {
		notes = append(notes, "Records are kept in memory: what was made before this server last started is missing.")
	}
	return strings.Join(notes, " ")
}

// recordRow is one record as it is answered.
func recordRow(r *ledger.Record) recorded {
	out := recorded{
		Tool: r.Tool, Kind: r.Kind, Title: r.Title, State: string(r.State), Created: r.At.Format(time.RFC3339),
		High: usd.Up(r.Estimate.High.USD()), Connection: r.Client,
	}
	if r.Estimate.Low < r.Estimate.High {
		out.Low = usd.Up(r.Estimate.Low.USD())
	}
	if !r.Ended.IsZero() {
		out.Ended = r.Ended.Format(time.RFC3339)
	}
	for _, one := range r.Jobs {
		out.IDs = append(out.IDs, one.ID)
		out.Seconds += one.Seconds
	}
	out.Seconds = math.Round(out.Seconds*100) / 100
	if r.CostBasis != "" {
		out.Cost, out.CostBasis = new(rounded(r.Cost)), r.CostBasis
	} else if r.State == ledger.Done && r.Estimate.Basis != "" {
		out.CostBasis = spend.NotKnown + r.Estimate.Basis
	}
	if r.State == ledger.Open {
		out.Key = r.Key
		out.NextStep = "It is not known whether this happened. "
		if r.Key == "" {
			out.NextStep += "Look at the lists of what there is before it is made again."
		} else {
			out.NextStep += "Call " + r.Tool + " again with the same arguments and this idempotency_key: that makes nothing " +
				"twice and tells."
		}
	}
	return out
}

// rounded is an amount to a hundredth of a cent.
func rounded(m ledger.Money) float64 { return float64((m+50)/100) / 1e4 }
