package signin

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
	"heygen-mcp/internal/words"
)

// listed is what a list of connections says besides: what was done, or what is wrong in the form of one of them.
type listed struct {
	done words.Text
	form *termsForm
	of   string // the grant of form
}

// list shows the connections of an account.
func (h *connections) list(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, s store.Session, status int, says listed) {
	view, err := h.describe(r.Context(), s, says)
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	view.Hidden = pages.Hidden{
		Action: h.site.URL(site.PathConnections), CSRF: browsers.CSRF(who.Secret, site.PathConnections),
	}
	view.Done, view.Account = says.done, openName(who.Secrets(), s)
	h.view.show(w, r, status, pages.Connections, view, false)
}

// describe gathers what is known of the connections of an account.
func (h *connections) describe(
	ctx context.Context, s store.Session, says listed) (view pages.ConnectionsView, err error) {
	if err := h.calls.HandOn(ctx, h.store); err != nil {
		h.log.Warn().Err(err).Msg("the number of calls could not be kept")
	}
	all, err := h.store.GrantsOf(ctx, s.Account)
	if err != nil {
		return view, err
	}
	counts, err := h.store.CallsOf(ctx, s.Account)
	if err != nil {
		return view, err
	}
	view.OperatorCap = operatorText(h.operatorCap)
	if h.activity == nil {
		view.Note = words.Of("connections.no_record")
	}
	for _, program := range programsOf(all, h.clock()) {
		c := program.describe(counts, h.clock())
		if h.activity != nil {
			made, err := h.activity(ctx, program.caller, program.ids())
			switch {
			case err != nil:
				h.log.Warn().Err(err).Msg("what was made could not be looked up")
				view.Note = words.Of("connections.record_away")
			default:
				if !made.Lasting {
					view.Note = words.Of("connections.record_short")
				}
				c.Spent = words.Of("connections.spent_text", "Today", inUSD(made.Today), "Spent", inUSD(made.Spent), "Days", made.Days)
				for _, d := range made.Last {
					c.PaidCalls = append(c.PaidCalls, pages.PaidCall{When: words.Moment(d.At), Text: d.Text, Link: d.Link})
				}
			}
		}
		for _, g := range program.grants {
			c.Connections = append(c.Connections, h.describeOne(g, view.Count, says))
			view.Count++
		}
		view.Clients = append(view.Clients, c)
	}
	return view, nil
}

// program is a client as a person knows it, with all its connections: many programs are another
// client each time that they connect.
type program struct {
	name, place, caller string
	redirect            string
	grants              []store.Grant
}

// programsOf groups grants that have not ended by what a person is shown of their clients, in the order of the newest.
func programsOf(all []store.Grant, now time.Time) []*program {
	var programs []*program
	known := map[[2]string]*program{}
	for _, g := range all {
		if g.Ended(now) {
			continue
		}
		d := grants.DetailsOf(g)
		is := [2]string{d.Name, d.Place}
		if known[is] == nil {
			known[is] = &program{name: d.Name, place: d.Place, caller: d.Caller, redirect: d.Redirect}
			programs = append(programs, known[is])
		}
		known[is].grants = append(known[is].grants, g)
	}
	return programs
}

func (p *program) ids() []string {
	var ids []string
	for _, g := range p.grants {
		ids = append(ids, g.ID)
	}
	return ids
}

// countedDays is the month of which calls are told.
const countedDays = 30

// describe says how much a program was used.
func (p *program) describe(counts []store.Calls, now time.Time) pages.ConnectedClient {
	midnight := now.UTC().Truncate(dayLong)
	since := midnight.AddDate(0, 0, 1-countedDays) // today is one of them
	var today, month int64
	var last time.Time
	for _, g := range p.grants {
		for _, c := range counts {
			if c.Grant != g.ID {
				continue
			}
			if !c.Last.Before(midnight) {
				today += c.Count
			}
			if !c.Last.Before(since) {
				month += c.Count
			}
			if c.Last.After(last) {
				last = c.Last
			}
		}
	}
	used := words.Of("connections.not_lately")
	switch {
	case !last.IsZero():
		used = words.Moment(last)
	case !slices.ContainsFunc(p.grants, func(g store.Grant) bool { return g.Created.Before(since) }):
		used = words.Of("connections.not_yet") // there is no more that could be known of it
	}
	return pages.ConnectedClient{
		Name: listedName(p.name), Place: listedPlace(p.place, p.redirect), LastUse: used,
		Calls: words.Of("connections.calls_text", "Today", today, "Month", month, "Days", countedDays),
	}
}

// describeOne says what holds for a connection, with the fields to change it.
func (h *connections) describeOne(g store.Grant, n int, says listed) pages.Connection {
	var way words.Text = words.Verbatim("HeyGen")
	if grants.DetailsOf(g).Key {
		way = words.Of("account.key")
	}
	had := strings.Fields(g.Scopes)
	form := termsForm{access: string(scope.LevelOf(had)), spendCap: capText(g.SpendCap)}
	open := says.form != nil && says.of == g.ID
	if open {
		form = *says.form
		if form.access == "" {
			form.access = string(scope.LevelOf(had))
		}
	}
	ends := words.Of("connections.lasts")
	if !g.Expires.IsZero() {
		ends = words.Of("connections.ends_on", "Day", words.Day(g.Expires))
	}
	spends := words.Of("connections.no_cap")
	if g.SpendCap != nil {
		spends = words.Of("connections.has_cap", "Amount", inUSD(*g.SpendCap))
	}
	if !scope.Includes(had, scope.Write) {
		spends = words.Of("connections.spends_nothing")
	}
	t := pages.Terms{
		Key: fmt.Sprint("-", n), AccessProblem: form.accessProblem, SpendCap: form.spendCap, SpendCapProblem: form.spendCapProblem,
		OperatorCap: operatorText(h.operatorCap), ExpiresProblem: form.expiresProblem,
		Expires: endsFrom(g, h.clock(), form.expires),
	}
	if levels := levelsWithin(had); len(levels) > 1 {
		t.Access = levelChoices(levels, scope.Level(form.access))
	}
	return pages.Connection{
		ID: g.ID, Access: levelText(scope.LevelOf(had)), Spends: spends, Ends: ends,
		Way: way, Since: words.Day(g.Created), Used: words.Day(g.Used), Terms: t, Open: open,
	}
}

// endsFrom are the ends to choose from for a connection that has one, or none, already.
func endsFrom(g store.Grant, now time.Time, checked string) []pages.Choice {
	all := endChoices(now, checked)
	stays := pages.Choice{Label: words.Of("terms.never"), Text: words.Of("terms.stays"), Checked: checked == ""}
	if g.Expires.IsZero() {
		all = all[:len(all)-1] // which would be the same
		stays.Checked = stays.Checked || checked == never
	} else {
		stays.Label = words.Of("terms.stays_until", "Day", words.Day(g.Expires))
	}
	return append([]pages.Choice{stays}, all...)
}

// sealName seals an account's name to a browser, so that the store does not know it.
func sealName(secret string, account store.Hash, name string) ([]byte, error) {
	key, err := seal.Derive(secret, secrets.NamePurpose)
	if err != nil {
		return nil, err
	}
	return key.Seal([]byte(name), string(account[:]))
}

// openName is the name of a session's account, "" where it is not known. The session may be older
// than the browser's newest secret.
func openName(of []string, s store.Session) string {
	for _, secret := range of {
		key, err := seal.Derive(secret, secrets.NamePurpose)
		if err != nil {
			continue
		}
		if name, err := key.Open(s.AccountName, string(s.Account[:])); err == nil {
			return string(name)
		}
	}
	return ""
}
