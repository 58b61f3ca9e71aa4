package catalogue_test

import (
	"database/sql"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // what the index is measured against

	"heygen-mcp/internal/catalogue"
)

// measured reports the median and the 99th percentile of what searches take, and the longest that one of them usually
// takes: on a machine that does other work besides, the 99th percentile is of that.
func measured(b *testing.B, search func(words string)) {
	b.Helper()
	var searches []string
	for line := range strings.Lines(judgedText) {
		if parts := strings.Split(line, "|"); len(parts) == 4 && strings.HasPrefix(line, "look") {
			searches = append(searches, strings.TrimSpace(parts[1]))
		}
	}
	took := make([][]time.Duration, len(searches))
	for b.Loop() {
		for i, words := range searches {
			began := time.Now()
			search(words)
			took[i] = append(took[i], time.Since(began))
		}
	}
	report := func(d time.Duration, name string) { b.ReportMetric(float64(d.Microseconds())/1000, name) }
	slowest := time.Duration(0)
	for _, one := range took {
		slices.Sort(one)
		slowest = max(slowest, one[len(one)/2])
	}
	all := slices.Sorted(slices.Values(slices.Concat(took...)))
	report(all[len(all)/2], "p50-ms")
	report(all[len(all)*99/100], "p99-ms")
	report(slowest, "slowest-ms")
}

// BenchmarkFind measures the searches of testdata/judged.txt over 10,000 looks.
func BenchmarkFind(b *testing.B) {
	c := large(b)
	measured(b, func(words string) {
		c.Find(b.Context(), "account:x", catalogue.Looks, catalogue.Query{Words: words}, 0, 20)
	})
}

// BenchmarkMemory measures what the index of 10,000 looks and 5,000 voices takes.
func BenchmarkMemory(b *testing.B) {
	if _, err := rowsOf(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		c := large(b)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
		runtime.KeepAlive(c)
	}
}

// BenchmarkFTS5 measures the same searches in SQLite's FTS5, the other way to build the index.
func BenchmarkFTS5(b *testing.B) {
	all, err := rowsOf()
	if err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(b.Context(), `CREATE VIRTUAL TABLE looks USING fts5(id UNINDEXED, name, tags, gender, orientation,
		tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3')`); err != nil {
		b.Fatal(err)
	}
	for _, r := range all[catalogue.Looks] {
		if _, err := db.ExecContext(b.Context(), `INSERT INTO looks VALUES (?, ?, ?, ?, ?)`,
			r.ID, r.Name, strings.Join(r.Tags, " "), r.Gender, r.Orientation); err != nil {
			b.Fatal(err)
		}
	}
	measured(b, func(words string) {
		var terms []string
		for _, w := range catalogue.Words(words) {
			terms = append(terms, `"`+w+`"*`)
		}
		rows, err := db.QueryContext(b.Context(), `SELECT id FROM looks WHERE looks MATCH ?
			ORDER BY bm25(looks, 0, 3, 2, 1, 1) LIMIT 20`, strings.Join(terms, " OR "))
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				b.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
	})
}
