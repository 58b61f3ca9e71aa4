package tools

import (
	"context"
	"encoding/json"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
)

type estimateCostInput struct {
	Tool      string                     `json:"tool" required:"true" doc:"Its name."`
	Arguments map[string]json.RawMessage `json:"arguments" doc:"As the tool takes them."`
}

// costEstimate is what estimate_cost answers. What is not known is left out.
type costEstimate struct {
	engine.Cost
	LowUSD     *float64 `json:"estimated_cost_low_usd"`
	Basis      string   `json:"basis"`
	Seconds    *float64 `json:"estimated_duration_seconds"`
	BalanceUSD *float64 `json:"balance_usd"`
	Credits    *float64 `json:"credits_left"`
	Sufficient *bool    `json:"sufficient"`
}

// apiPrice goes before a basis where the account pays in credits of its plan: HeyGen publishes no rate between them and
// USD.
const apiPrice = "api_price: "

// lookUps are the operations by which any tool may look up what its arguments name, before it does its work: the
// languages that people call by other names, and what a cost depends on.
func lookUps() []heygen.Op {
	return []heygen.Op{
		languagesOp(),
		lookOp(),
		assetOp(),
		getTemplateOp(),
	}
}

// estimateCostTool tells what a call would cost.
func estimateCostTool(ch *choice.Choice) engine.BoundTool {
	me := heygen.Op{Method: "GET", Path: "/v3/users/me"}
	return engine.Tool[estimateCostInput, costEstimate]{
		Name:        "estimate_cost",
		Title:       "Estimate a cost",
		Asked:       "price quote budget afford how much before calculate will tag two-minute spot expensive would worth",
		Description: "What a call would cost at most, and whether balance and caps suffice.",
		Also:        append([]heygen.Op{me}, lookUps()...),
		Reads: []string{
			"wallet", "remaining_balance", "currency", "usage_based", "spending_cap_usd", "spending_current_usd", "subscription", "credits", "premium_credits",
			"add_on_credits", "remaining", "avatar_type", "url", "scenes", "script", "scene_id", "character_id",
		},
		Run: func(ctx context.Context, c *engine.Call, in *estimateCostInput) (*engine.Result[costEstimate], error) {
			t, fault := ch.Reach(ctx, "tool", in.Tool)
			if fault != nil {
				return nil, fault
			}
			raw, err := jsonwrite.Marshal(in.Arguments)
			if err != nil {
				return nil, err
			}
			e, err := c.Engine().EstimateOf(ctx, t, raw)
			if err != nil {
				return nil, err
			}
			var out costEstimate
			if e == nil {
				out.free(t)
			} else {
				out.of(e)
			}
			if account, err := c.Engine().Do(ctx, me, &noArguments{}); err == nil {
				out.balance(account)
			}
			r := engine.Made(out)
			if e == nil || e.High != nil && *e.High == 0 {
				return r, nil
			}
			refused, err := c.Engine().Refused(ctx, e)
			if err != nil {
				return nil, refusals.LedgerAway(err)
			}
			if refused != nil { // whatever the balance is
				r.Out.Sufficient = new(false)
				r.Note, r.NextStep = "The call would be refused: "+refused.Message, refused.NextStep
			}
			return r, nil
		},
	}.Bind()
}

// free says of a tool that it costs nothing.
func (o *costEstimate) free(t *engine.BoundTool) {
	o.CostUSD, o.Basis = new(float64), "HeyGen charges nothing for this"
	if t.Free != "" {
		o.Basis += ": " + t.Free
	}
}

// of takes an estimate over.
func (o *costEstimate) of(e *spend.Estimate) {
	told := map[string]any{}
	e.Tell(told)
	o.Basis = e.Words()
	o.CostUSD, o.LowUSD, o.Seconds = numberIn(told, "estimated_cost_usd"), numberIn(told, "estimated_cost_low_usd"), numberIn(told, "estimated_duration_seconds")
}

// numberIn is a number of an object, nil for none.
func numberIn(object map[string]any, name string) *float64 {
	switch n := object[name].(type) {
	case float64:
		return &n
	case json.Number:
		if f, err := n.Float64(); err == nil {
			return &f
		}
	}
	return nil
}

// balance adds what the account has left, in what it pays with. A wallet that holds credits, as those of Enterprise do,
// and those that are billed afterwards have no balance in USD.
func (o *costEstimate) balance(account map[string]any) {
	within := func(object map[string]any, name string) map[string]any {
		inner, _ := object[name].(map[string]any)
		return inner
	}
	free := o.CostUSD != nil && *o.CostUSD == 0
	wallet, credits := within(account, "wallet"), within(within(account, "subscription"), "credits")
	usage := within(account, "usage_based")
	switch {
	case usage != nil:
		most, spent := numberIn(usage, "spending_cap_usd"), numberIn(usage, "spending_current_usd")
		if most != nil && spent != nil {
			o.BalanceUSD = new(max(0, *most-*spent))
		}
	case wallet != nil && wallet["currency"] != "credits":
		o.BalanceUSD = numberIn(wallet, "remaining_balance")
	case wallet != nil:
		o.Credits = numberIn(wallet, "remaining_balance")
	case credits != nil:
		left := 0.0
		for _, pool := range []string{"premium_credits", "add_on_credits"} {
			if n := numberIn(within(credits, pool), "remaining"); n != nil {
				left += *n
			}
		}
		o.Credits = &left
	}
	switch {
	case free:
		o.Sufficient = new(true)
	case o.BalanceUSD != nil && o.CostUSD != nil:
		o.Sufficient = new(*o.CostUSD <= *o.BalanceUSD)
	}
	if o.BalanceUSD == nil && !free {
		o.Basis = apiPrice + o.Basis
	}
}
