package catalogue_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/database"
)

func ids(rows []catalogue.Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

// find is a search of looks.
func find(t *testing.T, c *catalogue.Catalogue, owner string, q catalogue.Query) catalogue.Found {
	t.Helper()
	return c.Find(t.Context(), owner, catalogue.Looks, q, 0, 20)
}

// TestAccountsStayApart holds that a search sees what everybody sees and what is the account's own, and
// nothing of another's, however it asks.
func TestAccountsStayApart(t *testing.T) {
	t.Parallel()
	c := catalogue.New()
	put(t, c, catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "p", Name: "Amelia"}})
	put(t, c, "account:ana", catalogue.Looks, []catalogue.Row{{ID: "a", Name: "Amelia at home", Group: "ga"}})
	put(t, c, "account:ben", catalogue.Looks, []catalogue.Row{{ID: "b", Name: "Amelia in the office", Group: "gb"}})
	put(t, c, "account:ana", catalogue.Groups, []catalogue.Row{{ID: "ga", Name: "Anas twin"}, {ID: "gb", Name: "not bens"}})
	for owner, want := range map[string]string{"account:ana": "a p", "account:ben": "b p", "account:eve": "p", catalogue.Public: "p"} {
		for _, q := range []catalogue.Query{{Words: "amelia"}, {}, {Words: "amelia", Gender: "female"}, {Words: "zzzz amelia"}} {
			found := find(t, c, owner, q)
			got := strings.Fields(ids(found.Rows))
			slices.Sort(got)
			if strings.Join(got, " ") != want {
				t.Errorf("%q sees %v by %+v, want %s", owner, got, q, want)
			}
		}
		if found := find(t, c, owner, catalogue.Query{Ownership: catalogue.OwnOnly}); len(found.Rows) > 1 {
			t.Errorf("%q owns %s", owner, ids(found.Rows))
		}
		if r, ok := c.Row(owner, catalogue.Looks, "b"); ok != (owner == "account:ben") {
			t.Errorf("%q gets %+v by its id", owner, r)
		}
	}
	if r, _ := c.Row("account:ben", catalogue.Looks, "b"); r.Person != "" {
		t.Errorf("a look is called %q by another account's avatar", r.Person)
	}
}

// TestNothingFits holds that the nearest are told, and what there is.
func TestNothingFits(t *testing.T) {
	t.Parallel()
	c := catalogue.New()
	put(t, c, catalogue.Public, catalogue.Looks, []catalogue.Row{
		{ID: "1", Name: "Amelia", Tags: []string{"Doctor"}, Gender: "female", Orientation: "landscape"},
		{ID: "2", Name: "Marcus", Tags: []string{"chef"}, Gender: "male", Orientation: "portrait"},
	})
	found := find(t, c, "", catalogue.Query{Words: "doctor", Orientation: "portrait", Gender: "female"})
	if ids(found.Rows) != "1" || found.Total != 0 || !slices.Equal(found.Without, []string{"orientation"}) ||
		!slices.Equal(found.Values["orientation"], []string{"landscape"}) {
		t.Errorf("got %+v", found)
	}
	found = find(t, c, "", catalogue.Query{Words: "astronaut"})
	if len(found.Rows) != 0 || !slices.Equal(found.Unknown, []string{"astronaut"}) || len(found.Values["tags"]) != 2 {
		t.Errorf("got %+v", found)
	}
	found = find(t, c, "", catalogue.Query{Words: "doctor", Gender: "male", Orientation: "square"})
	if ids(found.Rows) != "1" || len(found.Without) != 2 {
		t.Errorf("got %+v", found)
	}
}

// TestLooksGetTheirNames holds that a look is found by whose it is, whichever list is read first.
func TestLooksGetTheirNames(t *testing.T) {
	t.Parallel()
	looks := []catalogue.Row{{ID: "l", Name: "Untitled look", Group: "g"}}
	groups := []catalogue.Row{{ID: "g", Name: "Søren Lindqvist", Looks: 7}}
	for _, first := range []catalogue.Kind{catalogue.Looks, catalogue.Groups} {
		c := catalogue.New()
		rows := map[catalogue.Kind][]catalogue.Row{catalogue.Looks: looks, catalogue.Groups: groups}
		put(t, c, catalogue.Public, first, rows[first])
		delete(rows, first)
		for kind, more := range rows {
			put(t, c, catalogue.Public, kind, more)
		}
		if got := ids(find(t, c, "", catalogue.Query{Words: "soren"}).Rows); got != "l" {
			t.Errorf("with %ss first, soren is %q", first, got)
		}
		if n := c.LooksCounted(catalogue.Public); n != 7 {
			t.Errorf("%d looks are counted", n)
		}
	}
}

// TestChangedRows holds that a row that is put again is found by what it is now, and by nothing else.
func TestChangedRows(t *testing.T) {
	t.Parallel()
	c := catalogue.New()
	put(t, c, catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "1", Name: "Amelia"}, {ID: "2", Name: "Marcus"}})
	put(t, c, catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "1", Name: "Beatriz"}})
	if got := ids(find(t, c, "", catalogue.Query{Words: "amelia"}).Rows); got != "" {
		t.Errorf("the old name finds %s", got)
	}
	if got := ids(find(t, c, "", catalogue.Query{Words: "beatriz"}).Rows); got != "1" {
		t.Errorf("the new name finds %q", got)
	}
	if err := c.Replace(t.Context(), catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "2", Name: "Marcus"}}, now()); err != nil {
		t.Fatal(err)
	}
	if got := ids(find(t, c, "", catalogue.Query{}).Rows); got != "2" {
		t.Errorf("after what is gone was left out there are %q", got)
	}
}

// fileAt opens an index in a file.
func fileAt(t *testing.T, path, from string) *catalogue.Catalogue {
	t.Helper()
	db, err := database.OpenSQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	c := catalogue.New()
	if err := c.Keep(t.Context(), db, from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// TestARestartIsWarm holds that rows, and how far lists were read, are there again, also half of a list; and that those
// of another HeyGen are not.
func TestARestartIsWarm(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "catalogue.db")
	c := fileAt(t, path, "here")
	put(t, c, catalogue.Public, catalogue.Voices, []catalogue.Row{{ID: "v", Name: "Aria", Language: "English"}})
	put(t, c, "account:ana", catalogue.Looks, []catalogue.Row{{ID: "own", Name: "Ana"}})
	half := catalogue.State{Read: now(), Next: "0:token"}
	if err := c.Put(t.Context(), catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "l", Name: "Amelia", Tags: []string{"a"}}}, half); err != nil {
		t.Fatal(err)
	}
	again := fileAt(t, path, "here")
	if s := again.StateOf(t.Context(), catalogue.Public, catalogue.Looks); s.Complete || s.Next != "0:token" || s.Rows != 1 || !s.Read.Equal(now()) {
		t.Errorf("half a list is %+v after a restart", s)
	}
	if s := again.StateOf(t.Context(), "account:ana", catalogue.Looks); !s.Complete || s.Rows != 1 {
		t.Errorf("an account's list is %+v after a restart", s)
	}
	if got := ids(find(t, again, "account:ana", catalogue.Query{}).Rows); got != "own l" {
		t.Errorf("after a restart there are %q", got)
	}
	if got := ids(find(t, again, "account:ben", catalogue.Query{}).Rows); got != "l" {
		t.Errorf("after a restart another account sees %q", got)
	}
	other := fileAt(t, path, "elsewhere")
	if got := ids(find(t, other, "account:ana", catalogue.Query{}).Rows); got != "" {
		t.Errorf("rows of another HeyGen are there: %q", got)
	}
}

// TestTwoProcesses holds that one takes over what the other has read to its end.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "catalogue.db")
	a, b := fileAt(t, path, "here"), fileAt(t, path, "here")
	if s := b.StateOf(t.Context(), catalogue.Public, catalogue.Looks); s.Rows != 0 {
		t.Fatalf("got %+v, want %v", s, 0)
	}
	put(t, a, catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "l", Name: "Amelia"}})
	if err := b.Reread(t.Context(), catalogue.Public, catalogue.Looks); err != nil {
		t.Fatal(err)
	}
	if got := ids(find(t, b, "", catalogue.Query{Words: "amelia"}).Rows); got != "l" {
		t.Errorf("the other process finds %q", got)
	}
	if err := a.Replace(t.Context(), catalogue.Public, catalogue.Looks, []catalogue.Row{{ID: "m", Name: "Amelia"}}, now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := b.Reread(t.Context(), catalogue.Public, catalogue.Looks); err != nil {
		t.Fatal(err)
	}
	if got := ids(find(t, b, "", catalogue.Query{Words: "amelia"}).Rows); got != "m" {
		t.Errorf("after a change the other process finds %q", got)
	}
}

// TestBounds holds what an account may take of the memory.
func TestBounds(t *testing.T) {
	t.Parallel()
	c := catalogue.New()
	var rows []catalogue.Row
	for i := range 5000 {
		rows = append(rows, catalogue.Row{ID: fmt.Sprint(i), Name: "one"})
	}
	put(t, c, "account:ana", catalogue.Looks, append(rows, catalogue.Row{Name: "no id"}))
	if s := c.StateOf(t.Context(), "account:ana", catalogue.Looks); s.Rows != 2000 {
		t.Errorf("%d rows are kept", s.Rows)
	}
	for i := range 100 {
		put(t, c, fmt.Sprintf("account:%d", i), catalogue.Looks, rows[:1])
	}
	if s := c.StateOf(t.Context(), "account:ana", catalogue.Looks); s.Rows != 0 {
		t.Errorf("%d rows of an account that was away for long are in memory", s.Rows)
	}
}
