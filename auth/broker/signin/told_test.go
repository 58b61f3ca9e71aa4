package signin

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/words"
)

// noon is when the tests of what is told look.
func noon() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// said is a message in English.
func said(key string, pairs ...any) string { return words.Of(key, pairs...).String() }

// TestUse holds which calls are told as those of today and of the month, and when a program was
// used last.
func TestUse(t *testing.T) {
	t.Parallel()
	midnight := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	since := time.Date(2026, 10, 26, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		counts  []store.Calls
		created time.Time
		today   int
		month   int
		last    string
	}{
		"never, and new":          {nil, since, 0, 0, "connections.not_yet"},
		"never, and old":          {nil, since.Add(-1), 0, 0, "connections.not_lately"},
		"today":                   {[]store.Calls{{Grant: "g", Count: 3, Last: noon()}}, since, 3, 3, "2026-11-24 12:00"},
		"at midnight":             {[]store.Calls{{Grant: "g", Count: 3, Last: midnight}}, since, 3, 3, "2026-11-24 00:00"},
		"just before":             {[]store.Calls{{Grant: "g", Count: 3, Last: midnight.Add(-1)}}, since, 0, 3, "2026-11-23 23:59"},
		"on the first of 30 days": {[]store.Calls{{Grant: "g", Count: 3, Last: since}}, since, 0, 3, "2026-10-26 00:00"},
		"before them":             {[]store.Calls{{Grant: "g", Count: 3, Last: since.Add(-1)}}, since, 0, 0, "2026-10-25 23:59"},
		"by several": {[]store.Calls{
			{Grant: "h", Count: 2, Last: midnight}, {Grant: "g", Count: 3, Last: noon()}, {Grant: "x", Count: 9, Last: noon().Add(time.Hour)}, {Grant: "h", Count: 4, Last: since},
		}, since, 5, 9, "2026-11-24 12:00"},
	} {
		p := program{name: "x", grants: []store.Grant{{ID: "g", Created: noon()}, {ID: "h", Created: c.created}}}
		got := p.describe(c.counts, noon())
		if want := said("connections.calls_text", "Today", c.today, "Month", c.month, "Days", 30); fmt.Sprint(got.Calls) != want {
			t.Errorf("%s: the calls are told as %q, want %q", name, got.Calls, want)
		}
		want := c.last
		if strings.HasPrefix(want, "connections.") {
			want = said(want)
		} else if at, err := time.Parse("2006-01-02 15:04", want); err == nil {
			want = words.Moment(at).String()
		}
		if fmt.Sprint(got.LastUse) != want {
			t.Errorf("%s: the last use is told as %q, want %q", name, got.LastUse, want)
		}
	}
}

// TestPrograms holds which grants are told as those of one program.
func TestPrograms(t *testing.T) {
	t.Parallel()
	all := []store.Grant{
		{ID: "1", Details: []byte(`{"name":"a","place":"x"}`)},
		{ID: "2", Details: []byte(`{"name":"b","place":"x"}`)},
		{ID: "3", Details: []byte(`{"name":"a","place":"y"}`)},
		{ID: "4", Details: []byte(`{"name":"a","place":"x"}`), Terms: store.Terms{Expires: noon()}},
		{ID: "5", Details: []byte(`{"name":"a","place":"x"}`), Terms: store.Terms{Expires: noon().Add(1)}},
	}
	var got []string
	for _, p := range programsOf(all, noon()) {
		got = append(got, fmt.Sprint(p.name, p.place, p.ids()))
	}
	if text, want := strings.Join(got, ","), "ax[1 5],bx[2],ay[3]"; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
}

// TestEnds holds when the ends that can be chosen are, and which of them a grant has.
func TestEnds(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for text, want := range map[string]struct {
		after time.Duration
		value string
	}{
		"30d": {30 * day, inMonth}, "30": {30 * day, inMonth}, "90d": {90 * day, inQuarter}, "90": {90 * day, inQuarter}, "never": {0, never},
	} {
		ends, ok := parseExpires(text, noon())
		if !ok || want.after == 0 != ends.IsZero() || want.after != 0 && !ends.Equal(noon().Add(want.after)) {
			t.Errorf("%s: got %s, %t, want %s later", text, ends, ok, want.after)
		}
		if got := endOf(store.Grant{Created: noon(), Terms: store.Terms{Expires: ends}}); got != want.value {
			t.Errorf("%s: a grant that ends then has the end %q, want %q", text, got, want.value)
		}
		if got := chosen(endChoices(noon(), text)); got != want.value {
			t.Errorf("%s: %q is checked, want %q", text, got, want.value)
		}
	}
	if _, ok := parseExpires("31", noon()); ok {
		t.Error("31 days can be chosen")
	}
	for i, last := range []string{"2026-12-24", "2027-02-22"} {
		at, err := time.Parse(time.DateOnly, last)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(endChoices(noon(), "")[i].Text), said("terms.until", "Day", words.Day(at)); got != want {
			t.Errorf("choice %d is %q, want %q", i, got, want)
		}
	}
	stays, lasts := store.Grant{Terms: store.Terms{Expires: noon()}}, store.Grant{}
	for _, c := range []struct {
		g       store.Grant
		checked string
		values  string
		chosen  string
	}{
		{stays, "", ",30d,90d,never", ""},
		{stays, never, ",30d,90d,never", never},
		{stays, "30", ",30d,90d,never", inMonth},
		{lasts, "", ",30d,90d", ""},
		{lasts, never, ",30d,90d", ""},
		{lasts, "90d", ",30d,90d", inQuarter},
	} {
		all := endsFrom(c.g, noon(), c.checked)
		var values []string
		for _, one := range all {
			values = append(values, one.Value)
		}
		if got := strings.Join(values, ","); got != c.values || chosen(all) != c.chosen {
			t.Errorf("from %s with %q: the choices are %q and %q is checked, want %q and %q", c.g.Expires, c.checked, got, chosen(all), c.values, c.chosen)
		}
	}
}

// chosen is the value of the choice that is checked, "none" for none and "several" for several.
func chosen(all []pages.Choice) string {
	value, n := "none", 0
	for _, c := range all {
		if c.Checked {
			value = c.Value
			n++
		}
	}
	if n > 1 {
		return "several"
	}
	return value
}

// TestLevelChoices holds which level is checked, and that each after the first is told as more.
func TestLevelChoices(t *testing.T) {
	t.Parallel()
	all := levelChoices(scope.Levels(), scope.Make)
	if got := chosen(all); got != string(scope.Make) || len(all) != 3 {
		t.Errorf("of %d levels %q is checked, want %q", len(all), got, scope.Make)
	}
	for i, key := range []string{"scope.read", "level.also_make", "level.also_all"} {
		if got, want := fmt.Sprint(all[i].Text), said(key); got != want {
			t.Errorf("level %d is %q, want %q", i, got, want)
		}
	}
}

// TestAmounts holds how amounts are read to their bounds, and written.
func TestAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "5": 5e6, "1,5": 15e5, "1,50": 15e5, "0.000001": 1, "0001000000": 1e12, "1000000.000000": 1e12, "US$2": 2e6, "2 usd": 2e6, "$ 9": 9e6,
	} {
		if got, problem := parseAmount(text); problem != nil || got == nil || *got != want {
			t.Errorf("%s: got %v, %v, want %d", text, got, problem, want)
		}
	}
	for text, key := range map[string]string{
		"1000000.000001": "terms.too_much", "10000000": "terms.too_much", "1,500": "terms.no_amount", "1.0000001": "terms.no_amount", "5:": "terms.no_amount", "5/": "terms.no_amount",
		".": "terms.no_amount", "1.": "terms.no_amount", ".1": "terms.no_amount", "-1": "terms.no_amount",
	} {
		if got, problem := parseAmount(text); got != nil || fmt.Sprint(problem) != said(key) {
			t.Errorf("%s: got %v, %v, want %s", text, got, problem, key)
		}
	}
	if got, problem := parseAmount(""); got != nil || problem != nil {
		t.Errorf("no amount: got %v, %v, want none", got, problem)
	}
	for n, want := range map[int64]string{0: "0", 5e6: "5", 15e5: "1.50", 1: "0.000001", 1_250_000: "1.25"} {
		if got := capText(&n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
	if got := capText(nil); got != "" {
		t.Errorf("no cap is written %q", got)
	}
	if got := fmt.Sprint(inUSD(1_500_000)); got != "1.50 USD" {
		t.Errorf("got %q, want 1.50 USD", got)
	}
}

// TestTermsOfAForm holds what a form changes of the terms that stand.
func TestTermsOfAForm(t *testing.T) {
	t.Parallel()
	cap5 := int64(5e6)
	standing := terms{scopes: []string{scope.Read}, spendCap: &cap5, expires: noon()}
	for name, c := range map[string]struct {
		form    map[string][]string
		has     bool
		wrong   bool
		scopes  int
		cap     string
		expires time.Time
	}{
		"nothing":           {nil, false, false, 1, "5", noon()},
		"access":            {map[string][]string{"access": {" make "}}, true, false, 2, "5", noon()},
		"access to more":    {map[string][]string{"access": {"all"}}, true, false, 2, "5", noon()},
		"access to nothing": {map[string][]string{"access": {"x"}}, true, true, 1, "5", noon()},
		"no cap":            {map[string][]string{"spend_cap_daily": {""}}, true, false, 1, "", noon()},
		"a cap":             {map[string][]string{"spend_cap_daily": {"7"}}, true, false, 1, "7", noon()},
		"a cap of nothing":  {map[string][]string{"spend_cap_daily": {"x"}}, true, true, 1, "", noon()},
		"never":             {map[string][]string{"expires": {"never"}}, true, false, 1, "5", time.Time{}},
		"no end":            {map[string][]string{"expires": {"x"}}, true, true, 1, "5", time.Time{}},
	} {
		if got := hasTerms(c.form); got != c.has {
			t.Errorf("%s: it has terms: %t, want %t", name, got, c.has)
		}
		f := readTerms(c.form)
		got := f.at(noon(), standing, []scope.Level{scope.LookOnly, scope.Make})
		if f.wrong() != c.wrong || len(got.scopes) != c.scopes || capText(got.spendCap) != c.cap || !got.expires.Equal(c.expires) {
			t.Errorf("%s: wrong: %t, %q, %q, %s, want %t, %d scopes, %q, %s", name, f.wrong(), got.scopes, capText(got.spendCap), got.expires, c.wrong, c.scopes, c.cap, c.expires)
		}
	}
}
