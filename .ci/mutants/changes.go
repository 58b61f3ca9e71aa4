package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// change is one that gremlins lists.
type change struct {
	id     int // 1 and up; a minus is listed twice for one change, and both then have the same
	kind   string
	file   string // without its directory
	line   int
	column int // of the operator

	missed     bool // gremlins says that no test reaches it, as of all expressions of case, which Go counts no statements of
	impossible bool // it would not compile: texts have no difference
	constant   bool // it is of a constant, which no call can stand for
	built      bool // it is in the binary
}

func (c *change) String() string {
	return fmt.Sprintf("%s at %s:%d:%d", c.kind, c.file, c.line, c.column)
}

// place is where a change is, as gremlins tells it.
type place struct {
	file         string
	line, column int
}

// readChanges reads what gremlins unleash --dry-run prints.
func readChanges(from io.Reader) (all []*change, err error) {
	listed := regexp.MustCompile(`^\s*(RUNNABLE|NOT COVERED) (\w+) at (?:.*/)?([^/]+\.go):(\d+):(\d+)`)
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		m := listed.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		c := &change{id: len(all) + 1, kind: m[2], file: m[3], missed: m[1] == "NOT COVERED"}
		c.line, _ = strconv.Atoi(m[4])
		c.column, _ = strconv.Atoi(m[5])
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("gremlins lists no changes")
	}
	return all, lines.Err()
}

// byPlace are the changes at each place.
func byPlace(all []*change) map[place][]*change {
	places := map[place][]*change{}
	for _, c := range all {
		at := place{c.file, c.line, c.column}
		places[at] = append(places[at], c)
	}
	return places
}
