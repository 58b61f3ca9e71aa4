package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// What is counted of each server and load, and what goes before that.
const (
	countedCalls = 2000
	warmCalls    = 400
	countedAtOne = 8 // connections
	mostParts    = 24
)

// firstCache is the cache of instructions that is imagined, in bytes, ways and bytes of a line: what most processors of
// servers have. The other two caches are not looked at.
const firstCache = "32768,8,64"

// counts are what a call of a load takes.
type counts struct {
	parts     map[string]int64 // instructions
	missed    int64            // times that the next instruction was not in the first cache
	functions int              // that had a part in any call
	most      float64          // of missed, the part of the function with the most, 0 to 1
}

// instructions counts, by valgrind's callgrind, the instructions that a call takes outside of the kernel, and prints in
// which parts the product spends them. Unlike a time the count hardly depends on the machine, nor on what else it
// does. What a processor waits for is seen in how often the next instruction is not in its first cache.
func (b *bench) instructions(ctx context.Context, out io.Writer) error {
	if _, err := exec.LookPath("callgrind_control"); err != nil {
		return fmt.Errorf("valgrind is needed: %w", err)
	}
	_, _ = fmt.Fprint(out, "\n## Instructions of a call, without the kernel's\n\n| load | server | instructions | of the first | not in the first cache | functions | of one at most |\n|---|---|---|---|---|---|---|\n")
	product, first := map[string]map[string]int64{}, map[string]map[string]int64{} // by load, and by part
	for _, name := range b.o.peers {
		if name == "typescript" {
			continue // its instructions are made while it runs
		}
		counted, err := b.counted(ctx, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, l := range loads() {
			c, ok := counted[l.name]
			if !ok {
				continue
			}
			total := sum(c.parts)
			if first[l.name] == nil {
				first[l.name] = c.parts
			}
			_, _ = fmt.Fprintf(out, "| %s | %s | %d | %.2f | %d | %d | %.1f%% |\n",
				l.name, name, total, float64(total)/float64(sum(first[l.name])), c.missed, c.functions, 100*c.most)
			if name == "direct" {
				product[l.name] = c.parts
			}
		}
	}
	for _, l := range loads() {
		if by := product[l.name]; by != nil {
			printParts(out, l, by, first[l.name])
		}
	}
	return nil
}

// counted runs a server under callgrind and gives its instructions by package, of a call of each load.
func (b *bench) counted(ctx context.Context, name string) (map[string]counts, error) {
	file := filepath.Join(b.dir, "callgrind."+name)
	b.under = []string{
		"valgrind", "--tool=callgrind", "--instr-atstart=no", "--cache-sim=yes", "--I1=" + firstCache,
		"--log-file=" + file + ".log", "--callgrind-out-file=" + file,
	}
	s, err := b.start(ctx, name, "GODEBUG=asyncpreemptoff=1") // valgrind 3.19 ends at Go's signals to itself
	b.under = nil
	if err != nil {
		return nil, err
	}
	defer s.stop()
	by := map[string]counts{}
	dumps := 0
	for _, l := range loads() {
		if !slices.Contains(b.o.loads, l.flag()) || !s.mcp && l.tool == "" {
			continue
		}
		d, err := newDriver(ctx, s.host, countedAtOne)
		if err != nil {
			return nil, err
		}
		request := l.request(s.host, s.path, s.headers, s.mcp)
		calls := min(b.o.calls, countedCalls)
		_, err = d.each(ctx, request, l.answer, min(calls, warmCalls), 0)
		err = errors.Join(err, s.control(ctx, "--instr=on"))
		if err == nil {
			_, err = d.each(ctx, request, l.answer, calls, 0)
		}
		d.close()
		if err = errors.Join(err, s.control(ctx, "--instr=off"), s.control(ctx, "--dump")); err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		dumps++
		if by[l.name], err = readCounts(fmt.Sprintf("%s.%d", file, dumps), int64(calls)); err != nil {
			return nil, err
		}
	}
	return by, nil
}

// control tells callgrind what to do.
func (s *subject) control(ctx context.Context, what string) error {
	said, err := exec.CommandContext(ctx, "callgrind_control", what, strconv.Itoa(s.cmd.Process.Pid)).CombinedOutput() //nolint:gosec // G204: ours
	if err != nil {
		return fmt.Errorf("callgrind_control %s: %w: %s", what, err, said)
	}
	return nil
}

// readCounts reads what callgrind has written, for one of so many calls: each function itself, without those it calls.
func readCounts(path string, calls int64) (c counts, err error) {
	dump, err := os.Open(path) //nolint:gosec // G304: this program named it
	if err != nil {
		return c, err
	}
	defer func() { _ = dump.Close() }()
	c.parts = map[string]int64{}
	names := map[string]string{} // functions and files by their numbers
	missed := map[string]int64{} // by function
	file, function, inCall := "", "", false
	lines := bufio.NewScanner(dump)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		key, value, assigned := strings.Cut(line, "=")
		switch {
		case assigned && slices.Contains([]string{"fl", "fi", "fe", "cfi", "fn", "cfn"}, key):
			number, name, _ := strings.Cut(value, " ")
			if strings.HasSuffix(key, "fn") {
				number = "function " + number // they count apart from files
			}
			if name != "" {
				names[number] = name
			}
			switch key {
			case "fl":
				file = names[number]
			case "fn":
				function = names[number]
			}
		case assigned && key == "calls":
			inCall = true // the next line is what the callee took
		case line != "" && strings.ContainsRune("0123456789+-*", rune(line[0])):
			if !inCall {
				instructions, misses, err := costs(line)
				if err != nil {
					return c, fmt.Errorf("%s: %q: %w", path, line, err)
				}
				c.parts[partOf(function, file)] += instructions
				missed[function] += misses
			}
			inCall = false
		}
	}
	for name := range c.parts {
		c.parts[name] /= calls
	}
	all, most := sum(missed), int64(0)
	for _, n := range missed {
		most = max(most, n)
	}
	c.missed, c.functions, c.most = all/calls, len(missed), float64(most)/float64(max(all, 1))
	return c, lines.Err()
}

// costs reads a line of callgrind's: where it is, instructions, reads, writes, instructions that were not in the first
// cache, and more. Zeros at its end are left out.
func costs(line string) (instructions, missed int64, err error) {
	const instructionsAt, missedAt = 1, 4
	fields := strings.Fields(line)
	if len(fields) > instructionsAt {
		instructions, err = strconv.ParseInt(fields[instructionsAt], 10, 64)
	}
	if len(fields) > missedAt && err == nil {
		missed, err = strconv.ParseInt(fields[missedAt], 10, 64)
	}
	return instructions, missed, err
}

// partOf is the package of a function by its whole name, or of the runtime's what it does, by the file that it is in.
// Assembly has no package.
func partOf(function, file string) string {
	name, _, _ := strings.Cut(function, "[") // of the types that it is made for
	dir := strings.LastIndexByte(name, '/') + 1
	base, _, found := strings.Cut(name[dir:], ".")
	if found && name[:dir]+base != "runtime" {
		return name[:dir] + base
	}
	file = filepath.Base(file)
	for _, of := range []struct{ what, files string }{
		{"runtime: collecting memory", "mgc mwbbuf mbarrier mfinal mcleanup"},
		{"runtime: maps", "runtime_fast map"},
		{"runtime: taking memory", "m slice string"},
		{"runtime: goroutines, waiting and time", "proc lock_ sema chan netpoll time runtime sys_ preempt stack symtab traceback rand panic"},
	} {
		for prefix := range strings.FieldsSeq(of.files) {
			if strings.HasPrefix(file, prefix) && !strings.HasPrefix(file, "mem") {
				return of.what
			}
		}
	}
	return "runtime: copying, comparing and hashing"
}

// printParts prints where the instructions of a call are, the most first, beside the first server's.
func printParts(out io.Writer, l load, by, first map[string]int64) {
	total := sum(by)
	_, _ = fmt.Fprintf(out, "\n### Where the product spends those of %s\n\n| part | instructions | share | the first server |\n|---|---|---|---|\n", l.name)
	names := slices.SortedFunc(maps.Keys(by), func(a, b string) int { return int(by[b] - by[a]) })
	var rest, firstRest int64
	for i, name := range names {
		if i >= mostParts {
			rest += by[name]
			continue
		}
		_, _ = fmt.Fprintf(out, "| %s | %d | %.1f%% | %d |\n", name, by[name], 100*float64(by[name])/float64(total), first[name])
		firstRest -= first[name]
	}
	_, _ = fmt.Fprintf(out, "| the rest | %d | %.1f%% | %d |\n", rest, 100*float64(rest)/float64(total), firstRest+sum(first))
}

func sum(by map[string]int64) (total int64) {
	for _, n := range by {
		total += n
	}
	return total
}
