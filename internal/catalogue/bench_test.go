package catalogue_test

import (
	"database/sql"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite" // what the index is measured against

	"heygen-mcp/internal/catalogue"
)

// judgedLooks are the searches of looks in testdata/judged.txt.
func judgedLooks() (searches []string) {
	for line := range strings.Lines(judgedText) {
		if parts := strings.Split(line, "|"); len(parts) == 4 && strings.HasPrefix(line, "look") {
			searches = append(searches, strings.TrimSpace(parts[1]))
		}
	}
	return searches
}

// measured reports the median and the 99th percentile of what searches take, what they take of the processor and
// allocate on the average, and the load of the machine: where others work besides, the first two are theirs too.
func measured(b *testing.B, search func(words string)) {
	b.Helper()
	runtime.LockOSThread() // whose time is told
	defer runtime.UnlockOSThread()
	searches := judgedLooks()
	var took []time.Duration
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	worked := processorTime()
	for b.Loop() {
		for _, words := range searches {
			began := time.Now()
			search(words)
			took = append(took, time.Since(began))
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64((processorTime()-worked).Microseconds())/1000/float64(len(took)), "cpu-ms/search")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(len(took)), "allocs/search")
	b.ReportMetric(0, "ns/op")
	var load float64
	if raw, err := os.ReadFile("/proc/loadavg"); err == nil {
		_, _ = fmt.Sscan(string(raw), &load) // where the machine does not tell, it is 0
	}
	b.ReportMetric(load, "load")
}

// processorTime is what this thread has had.
func processorTime() time.Duration {
	const ofThread = 1 // RUSAGE_THREAD, which package syscall does not name
	var used syscall.Rusage
	if syscall.Getrusage(ofThread, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// TestASearchAllocatesLittle holds what a search leaves to the collector, which does not depend on the machine.
//
//nolint:paralleltest // what others allocate meanwhile would be counted
func TestASearchAllocatesLittle(t *testing.T) {
	c := large(t)
	worst, of := 0.0, ""
	for _, words := range judgedLooks() {
		n := testing.AllocsPerRun(5, func() {
			c.Find(t.Context(), "account:x", catalogue.Looks, catalogue.Query{Words: words}, 0, 20)
		})
		if n > worst {
			worst, of = n, words
		}
	}
	t.Logf("the most are %.0f, for %q", worst, of)
	if most := 250.0; worst > most {
		t.Errorf("a search for %q allocates %.0f times, want %.0f at most", of, worst, most)
	}
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
