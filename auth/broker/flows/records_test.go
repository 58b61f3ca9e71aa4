package flows_test

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
)

// TestRecords holds what a flow's record says, and that a failure to keep it is one.
func TestRecords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		credential *grants.SealedCredential
		used       bool
		life       time.Duration
	}{
		"nobody has signed in": {nil, false, time.Minute},
		"with a key":           {&grants.SealedCredential{Key: "sk_x"}, true, time.Minute},
		"at HeyGen":            {tokens(), true, 16 * time.Minute},
	} {
		b := newBench(t)
		f := flows.Flow{ID: "id", Expires: b.now.Add(time.Minute), Credential: c.credential}
		if err := b.Keep(t.Context(), browser("s"), f); err != nil || b.flow.Used != c.used || !b.flow.Expires.Equal(b.now.Add(c.life)) {
			t.Errorf("%s: %v, the record is used: %t, and lives until %s, want %t and %s", name, err, b.flow.Used, b.flow.Expires, c.used, b.now.Add(c.life))
		}
		b.fails["PutFlow"] = errAway
		if err := b.Keep(t.Context(), browser("s"), f); !errors.Is(err, errAway) {
			t.Errorf("%s: not kept: got %v, want %v", name, err, errAway)
		}
	}
}

// TestBegin holds how long a flow lives, and that there are no more than may be.
func TestBegin(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fails["Session"] = store.ErrNotFound
	f, err := b.Begin(t.Context(), browser("s"), flows.Flow{Return: "/x"})
	if err != nil || f.ID == "" || !f.Expires.Equal(b.now.Add(15*time.Minute)) || b.flow.ID != flows.Hash(f.ID) {
		t.Errorf("%v: the flow is %+v", err, f)
	}
	b.fails["PutFlow"] = errAway
	if _, err := b.Begin(t.Context(), browser("s"), flows.Flow{}); !errors.Is(err, errAway) {
		t.Errorf("not kept: got %v, want %v", err, errAway)
	}
	delete(b.fails, "PutFlow")
	puts := b.puts
	_, err = b.Begin(t.Context(), browser("s"), flows.Flow{})
	if busy, ok := errors.AsType[*protocol.BusyError](err); !ok || busy.Wait != time.Minute || b.puts != puts {
		t.Errorf("one too many: got %v, and %d records, want to wait a minute, and none", err, b.puts-puts)
	}
	b.now = b.now.Add(time.Hour)
	b.fails["Client"] = errAway
	asks := &clients.Client{ID: "https://tool.example/c", Source: clients.Document}
	if _, err := b.Begin(t.Context(), browser("s"), flows.Flow{Client: asks}); !errors.Is(err, errAway) || b.puts != puts {
		t.Errorf("its document is not kept: got %v, and %d records, want %v, and none", err, b.puts-puts, errAway)
	}
}

// TestFind holds for which browsers and until when a flow is found.
func TestFind(t *testing.T) {
	t.Parallel()
	mia, noa := &credential.Account{ID: "mia"}, &credential.Account{ID: "noa"}
	signedIn := func(account *credential.Account) flows.Flow {
		return flows.Flow{Credential: &grants.SealedCredential{Key: "sk_x"}, Account: account}
	}
	late := browser("new", "s")
	late.Late = "s"
	later := browser("s", "old")
	later.Late = "old"
	for name, c := range map[string]struct {
		flow  flows.Flow
		who   browsers.Browser
		id    string
		after time.Duration
		fails map[string]error
		want  error
	}{
		"its own":                             {who: browser("s")},
		"just before its end":                 {who: browser("s"), after: time.Minute - 1},
		"at its end":                          {who: browser("s"), after: time.Minute, want: flows.ErrGone},
		"another browser's":                   {who: browser("x", "y"), want: flows.ErrGone},
		"of before":                           {who: browser("new", "x", "s")},
		"no id":                               {who: browser("s"), id: "-", want: flows.ErrGone},
		"an id that is too long":              {who: browser("s"), id: strings.Repeat("x", 257), want: flows.ErrGone},
		"the longest id":                      {who: browser("s"), id: strings.Repeat("x", 256)},
		"no record":                           {who: browser("s"), fails: map[string]error{"Flow": store.ErrNotFound}, want: flows.ErrGone},
		"the store is away":                   {who: browser("s"), fails: map[string]error{"Flow": errAway}, want: errAway},
		"signed in":                           {flow: signedIn(mia), who: browser("s")},
		"signed in as another than before":    {flow: signedIn(noa), who: browser("s")},
		"signed in, and a page of before":     {flow: signedIn(mia), who: later, want: flows.ErrGone},
		"signed in, and the flow's page":      {flow: signedIn(mia), who: late},
		"signed in before as the same":        {flow: signedIn(mia), who: browser("new", "s")},
		"signed in before as another":         {flow: signedIn(noa), who: browser("new", "s"), want: flows.ErrGone},
		"signed in before as nobody":          {flow: signedIn(nil), who: browser("new", "s"), want: flows.ErrGone},
		"signed in before without a session":  {flow: signedIn(mia), who: browser("new", "s"), fails: map[string]error{"Session": store.ErrNotFound}, want: flows.ErrGone},
		"signed in before, the store is away": {flow: signedIn(mia), who: browser("new", "s"), fails: map[string]error{"Session": errAway}, want: errAway},
		"of a client":                         {flow: flows.Flow{Client: &clients.Client{ID: "known"}, Redirect: "https://tool.example/cb"}, who: browser("s")},
		"of one that changed":                 {flow: flows.Flow{Client: &clients.Client{ID: "known"}, Redirect: "https://tool.example/old"}, who: browser("s"), want: flows.ErrClientGone},
		"of a device":                         {flow: flows.Flow{Client: &clients.Client{ID: "known"}, Device: &flows.DeviceRef{}}, who: browser("s")},
		"of a client that is gone":            {flow: flows.Flow{Client: &clients.Client{ID: "gone"}}, who: browser("s"), fails: map[string]error{"Client": store.ErrNotFound}, want: flows.ErrClientGone},
		"of a client, the store is away":      {flow: flows.Flow{Client: &clients.Client{ID: "gone"}}, who: browser("s"), fails: map[string]error{"Client": errAway}, want: errAway},
		"of no client, with its redirect URI": {flow: flows.Flow{Redirect: "https://tool.example/cb"}, who: browser("s"), want: flows.ErrGone},
		"of no client, with a device":         {flow: flows.Flow{Device: &flows.DeviceRef{}}, who: browser("s"), want: flows.ErrGone},
	} {
		b := newBench(t)
		b.session.Account = grants.HashAccount("mia")
		id := map[string]string{"": "id", "-": ""}[c.id]
		if len(c.id) > 1 {
			id = c.id
		}
		c.flow.ID, c.flow.Expires = id, b.now.Add(time.Minute)
		if err := b.Keep(t.Context(), browser("s"), c.flow); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(c.after)
		maps.Copy(b.fails, c.fails)
		f, err := b.Find(t.Context(), c.who, id)
		if !errors.Is(err, c.want) || err == nil && (f.ID != id || f.AskingClient() != c.flow.AskingClient()) {
			t.Errorf("%s: got %v of %q, want %v", name, err, f.AskingClient(), c.want)
		}
	}
}
