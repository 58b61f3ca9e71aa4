package finder

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/files"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools/engine"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeLists is a HeyGen that has lists and pictures, and remembers which pages were read.
type fakeLists struct {
	t   *testing.T
	url string

	mu      sync.Mutex
	now     time.Time
	rows    map[string][]map[string]any // by path and ownership, such as "/v3/avatars/looks public"
	size    int                         // of a page; 0 is all of a list
	circle  bool                        // the last page leads to the second
	pages   map[string]int              // how many were read, by the same
	slept   []time.Duration
	refuse  func(list, token string) (status int) // 0 answers; nil never refuses
	picture []byte
}

// start serves the lists, and gives an engine whose calls have the account of the context.
func (h *fakeLists) start(t *testing.T) *engine.Engine {
	t.Helper()
	h.t, h.now, h.pages = t, time.Unix(1_790_000_000, 0), map[string]int{}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	h.url = srv.URL
	client, err := heygen.New(heygen.Config{
		BaseURL: srv.URL, HTTP: srv.Client(), Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(engine.Config{
		Client: client, Files: files.New(files.Config{HeyGen: at}), Secret: []byte("0123456789abcdef"), Ring: ring,
		Caller: accountOf, Credential: keyOf, Clock: h.time, Sleep: h.sleep, Stopping: t.Context().Done(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

type accountKey struct{}

// as is the context of a call of an account.
func as(t *testing.T, account string) context.Context {
	t.Helper()
	return context.WithValue(t.Context(), accountKey{}, account)
}

func accountOf(ctx context.Context) string {
	account, _ := ctx.Value(accountKey{}).(string)
	return account
}

type keyKey struct{}

// by is the context of a call with a key; without it a call has the one key of its account.
func by(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, keyKey{}, key)
}

func keyOf(ctx context.Context) string {
	key, _ := ctx.Value(keyKey{}).(string)
	return key
}

func (h *fakeLists) time() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *fakeLists) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func (h *fakeLists) sleep(ctx context.Context, d time.Duration) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now, h.slept = h.now.Add(d), append(h.slept, d)
	return ctx.Err()
}

// read is how many pages of a list were read.
func (h *fakeLists) read(list string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pages[list]
}

// with changes what HeyGen has.
func (h *fakeLists) with(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
}

func (h *fakeLists) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.URL.Path == "/files/fresh.png" {
		_, _ = w.Write(h.picture)
		return
	}
	if r.URL.Path == "/v3/avatars/looks/old" {
		h.answer(w, map[string]any{"data": map[string]any{"preview_image_url": h.url + "/files/fresh.png"}})
		return
	}
	q := r.URL.Query()
	list := r.URL.Path
	for _, name := range []string{"ownership", "type", "engine"} {
		if v := q.Get(name); v != "" {
			list += " " + v
		}
	}
	h.pages[list]++
	if h.refuse != nil {
		if status := h.refuse(list, q.Get("token")); status != 0 {
			w.WriteHeader(status)
			return
		}
	}
	rows := h.rows[list]
	from, _ := strconv.Atoi(q.Get("token"))
	end := len(rows)
	var next any
	if h.size > 0 && from+h.size < end {
		end = from + h.size
		next = strconv.Itoa(end)
	} else if h.circle {
		next = strconv.Itoa(h.size)
	}
	h.answer(w, map[string]any{"data": append([]map[string]any{}, rows[from:end]...), "next_token": next, "has_more": next != nil})
}

func (h *fakeLists) answer(w http.ResponseWriter, body any) {
	if err := json.NewEncoder(w).Encode(body); err != nil {
		h.t.Error(err)
	}
}

const publicLooks, ownLooks = "/v3/avatars/looks public", "/v3/avatars/looks private"

// looks are rows of looks, named after their numbers.
func looks(what string, n int) []map[string]any {
	rows := make([]map[string]any, n)
	for i := range rows {
		rows[i] = map[string]any{"look_id": fmt.Sprint(what, i), "name": fmt.Sprintf("%s office %d", what, i)}
	}
	return rows
}

func find(t *testing.T, f *Finder, ctx context.Context, e *engine.Engine, q catalogue.Query) Found { //nolint:revive // t comes first
	t.Helper()
	found, err := f.Find(ctx, e, catalogue.Looks, q, "", 0, 10)
	if err != nil {
		t.Fatalf("a search came to %v", err)
	}
	return found
}

func TestASearchReadsPublicListsOnceAndOwnOnesForEachAccount(t *testing.T) {
	t.Parallel()
	h := &fakeLists{rows: map[string][]map[string]any{publicLooks: looks("public", 5), ownLooks: looks("own", 1)}, size: 2}
	e, f := h.start(t), New(nil)
	for _, account := range []string{"a", "b", "a"} {
		found := find(t, f, as(t, account), e, catalogue.Query{Words: "office"})
		if found.Total != 6 || found.Indexed != 6 || found.About != 6 || !found.Complete || found.Stopped || found.Age != 0 {
			t.Errorf("%s finds %d of %d indexed of about %d, complete %t, stopped %t, %v old; want 6 of 6 of 6, complete",
				account, found.Total, found.Indexed, found.About, found.Complete, found.Stopped, found.Age)
		}
		if found.Rows[0].ID != "own0" {
			t.Errorf("%s finds %s first, want its own look", account, found.Rows[0].ID)
		}
	}
	if public, own := h.read(publicLooks), h.read(ownLooks); public != 3 || own != 2 {
		t.Errorf("%d pages of public looks were read and %d of own ones, want 3 for all and 1 for each of two accounts", public, own)
	}
	if _, known := f.Row(as(t, "b"), e, catalogue.Looks, "own0"); !known {
		t.Error("a row that was found is not known by its id")
	}
	if _, known := f.Row(as(t, "c"), e, catalogue.Looks, "own0"); known {
		t.Error("an account sees the row of another")
	}
}

func TestOwnershipDecidesWhichListsAreRead(t *testing.T) {
	t.Parallel()
	for whose, want := range map[catalogue.Ownership][2]int{
		catalogue.PublicOnly: {1, 0}, catalogue.OwnOnly: {0, 1}, "": {1, 1},
	} {
		h := &fakeLists{rows: map[string][]map[string]any{publicLooks: looks("public", 1), ownLooks: looks("own", 1)}}
		e, f := h.start(t), New(nil)
		find(t, f, as(t, "a"), e, catalogue.Query{Ownership: whose})
		if got := [2]int{h.read(publicLooks), h.read(ownLooks)}; got != want {
			t.Errorf("for ownership %q, %v pages of public and own looks were read, want %v", whose, got, want)
		}
	}
}

// voicesHeyGen has voices of three languages.
func voicesHeyGen() *fakeLists {
	voices := []map[string]any{
		{"voice_id": "v1", "name": "Ana", "language": "Portuguese"},
		{"voice_id": "v2", "name": "Ben", "language": "English"},
		{"voice_id": "v3", "name": "Cem", "language": "Turkish"},
	}
	return &fakeLists{rows: map[string][]map[string]any{"/v3/voices public": voices, "/v3/voices public starfish": voices[:1]}}
}

func TestALanguageIsMeantInAnySpelling(t *testing.T) {
	t.Parallel()
	h := voicesHeyGen()
	e, f := h.start(t), New(nil)
	ctx := as(t, "a")
	// The first search reads the voices, by whose languages the next ones understand.
	if _, err := f.Find(ctx, e, catalogue.Voices, catalogue.Query{}, "", 0, 10); err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"Portuguese", "português", "pt-BR"} {
		found, err := f.Find(ctx, e, catalogue.Voices, catalogue.Query{}, language, 0, 10)
		if err != nil || found.Total != 1 || found.Rows[0].ID != "v1" {
			t.Errorf("voices that speak %q are %v (%v), want v1", language, found.Rows, err)
		}
		if !f.Speaks(ctx, e, "Portuguese", language) || f.Speaks(ctx, e, "English", language) {
			t.Errorf("%q is not taken for Portuguese alone", language)
		}
	}
	language, rest := f.SplitLanguage(ctx, e, "a calm turkish voice")
	if language != "Turkish" || rest != "a calm voice" {
		t.Errorf("the text names %q beside %q, want Turkish beside the rest", language, rest)
	}
	if language, rest = f.SplitLanguage(ctx, e, "a calm voice"); language != "" || rest != "a calm voice" {
		t.Errorf("a text that names no language names %q, and leaves %q", language, rest)
	}
	if row, known := f.Row(ctx, e, catalogue.Voices, "v1"); !known || len(row.Engines) != 1 || row.Engines[0] != Starfish {
		t.Errorf("a voice of the second pass has the engines %v, want %s", row.Engines, Starfish)
	}
	if row, _ := f.Row(ctx, e, catalogue.Voices, "v2"); len(row.Engines) != 0 {
		t.Errorf("a voice of the first pass alone has the engines %v, want none", row.Engines)
	}
}
