package tools

import (
	"maps"
	"slices"
	"strings"
)

// nearest is the known field closest to name, "" if none is close enough to be meant.
func nearest(name string, p *plan) string {
	plain := plainName(name)
	if len(plain) > 64 {
		return "" // no argument is this long, and the distance would cost its square
	}
	best, at := "", len(plain)/3+2
	for _, f := range p.fields {
		known := plainName(f.name)
		if d := distance(plain, known); d < at {
			best, at = f.name, d
		}
		if best == "" && len(plain) > 2 && (strings.Contains(known, plain) || strings.Contains(plain, known)) {
			best = f.name
		}
	}
	return best
}

// plainName folds the spellings of a name together.
func plainName(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(s))
}

// distance is Levenshtein's distance between two names in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// clip keeps a name that a client made up from coming back at any length.
func clip(name string) string {
	const most = 60 // longer than every name of v3
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// join puts a member under its path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// sortedKeys makes the first refusal of several the same one every time.
func sortedKeys(m map[string]any) []string {
	keys := slices.AppendSeq(make([]string, 0, len(m)), maps.Keys(m))
	slices.Sort(keys)
	return keys
}
