package jobs

import (
	"context"
	"encoding/json"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

const (
	// chargeTime bounds what an answer about a job waits for what the job has cost, and restAfter is how long nobody is
	// asked after HeyGen could not tell.
	chargeTime = 4 * time.Second
	restAfter  = 20 * time.Second
	// maxChargedPages bounds what is read of a list for the items of a batch, and maxChargedSingly how many of them are
	// asked for one by one.
	maxChargedPages, maxChargedSingly = 3, 20
)

// Charged finds out what a job of a kind has cost that is done, where neither its length nor its create tells it.
// object is what its get answers.
func (j *Jobs) Charged(ctx context.Context, e *engine.Engine, kind string, object map[string]any) spend.Charge {
	k, ok := j.kindNamed(kind)
	if !ok || k.Charged == nil && k.Items == "" {
		return spend.Charge{}
	}
	account := e.Account(ctx)
	if until, resting := j.resting.Get(account); resting && e.Now().Before(until) {
		return spend.Charge{Later: true}
	}
	ctx, cancel := context.WithTimeout(heygen.Paced(ctx), chargeTime)
	defer cancel()
	var c spend.Charge
	if k.Charged != nil {
		c = k.Charged(ctx, e, object)
	} else {
		c = j.chargedBatch(ctx, e, k, object)
	}
	if c.Later {
		j.resting.Put(account, e.Now().Add(restAfter))
	}
	return c
}

// chargedBatch is what a batch has cost: the sum of what its items have, each of which costs by its own length and
// price.
func (j *Jobs) chargedBatch(ctx context.Context, e *engine.Engine, k *Kind, object map[string]any) spend.Charge {
	of, ok := j.kindNamed(k.Items)
	id, _ := object[k.idParam()].(string)
	if !ok {
		return spend.Charge{}
	}
	account, book := e.Account(ctx), e.Ledger()
	members, err := book.Members(ctx, account, k.Name, id)
	if err != nil || len(members) == 0 {
		return spend.Charge{Later: err != nil}
	}
	items, complete := j.itemsOf(ctx, e, k, of, object)
	if !complete {
		return spend.Charge{Later: true}
	}
	ids := map[int]string{}
	for at, one := range items {
		if one.state == vocabulary.Done {
			ids[at] = one.id
		}
	}
	if len(items) != len(members) || book.NameMembers(ctx, account, k.Name, id, of.Name, ids) != nil {
		return spend.Charge{} // HeyGen counts its items otherwise than they were sent
	}
	for _, item := range ids {
		e.Recorded(ctx, of.Name, item) // of which nobody knew before that they are the batch's
	}
	j.askFor(ctx, e, of, ids)
	if members, err = book.Members(ctx, account, k.Name, id); err != nil {
		return spend.Charge{Later: true}
	}
	sum := ledger.Money(0)
	for _, m := range members {
		switch {
		case ids[m.Position] == "": // it failed, and cost nothing
		case !m.State.Ended():
			return spend.Charge{Later: true}
		case m.State == ledger.Done && m.CostBasis == "":
			return spend.Charge{Later: !e.Settled(ctx, of.Name, m.ID)}
		default:
			sum += m.Cost
		}
	}
	return spend.Charge{USD: sum.USD(), Known: true}
}

// batchItem is how far an item of a batch is.
type batchItem struct {
	id    string
	state vocabulary.State
}

// itemsOf are the items of a batch by their positions, of which its get has told the first page; complete is false
// where the others could not be read.
func (j *Jobs) itemsOf(
	ctx context.Context, e *engine.Engine, k, of *Kind, page map[string]any,
) (all map[int]batchItem, complete bool) {
	all = map[int]batchItem{}
	batch, _ := page[k.idParam()].(string)
	for range maxPages {
		rows, _ := page["items"].([]any)
		for _, r := range rows {
			row, _ := r.(map[string]any)
			id, _ := row[of.idParam()].(string)
			at, ok := row["item_index"].(json.Number)
			n, err := at.Int64()
			if !ok || err != nil {
				return all, false
			}
			all[int(n)] = batchItem{id, stateOf(row)}
		}
		token, _ := page["next_token"].(string)
		if token == "" {
			return all, true
		}
		var err error
		page, err = e.Do(ctx, k.Get, &batchPage{ID: batch, Limit: pageSize, Token: token})
		if err != nil {
			return all, false
		}
	}
	return all, false
}

// askFor asks HeyGen for what a batch has made, which the ledger hears of: by the lists first, which tell a hundred at
// a time.
func (j *Jobs) askFor(ctx context.Context, e *engine.Engine, of *Kind, ids map[int]string) {
	missing := func() (left []string) {
		all := make([]string, 0, len(ids))
		for _, id := range ids {
			all = append(all, id)
		}
		known, err := e.Ledger().Jobs(ctx, e.Account(ctx), of.Name, all)
		if err != nil {
			return nil
		}
		for _, id := range all {
			if known[id].CostBasis == "" && !e.Settled(ctx, of.Name, id) {
				left = append(left, id)
			}
		}
		return left
	}
	const few = 3 // are asked for one by one
	left := missing()
	if lister, ok := j.choice.Find(of.ListTool); ok && len(left) > few {
		in := listPage{Limit: pageSize}
		for range maxChargedPages {
			page, err := e.Do(ctx, lister.Op, &in)
			if err != nil {
				break
			}
			token, _ := page["next_token"].(string)
			if left = missing(); token == "" || len(left) == 0 {
				break
			}
			in.Token = &token
		}
	}
	left = left[:min(len(left), maxChargedSingly)]
	atOnce(len(left), func(i int) { _, _ = e.Do(ctx, of.Get, of.Ref(left[i])) })
}
