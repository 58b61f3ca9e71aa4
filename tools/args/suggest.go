package args

import "strings"

// nearest is the known field closest to name, "" if none is close enough to be meant.
func nearest(name string, p *InputSpec) string {
	plain := plainName(name)
	if len(plain) > 64 {
		return "" // no argument is this long, and the distance would cost its square
	}
	best, at := "", len(plain)/3+2
	for _, f := range p.Fields {
		known := plainName(f.Name)
		if d := distance(plain, known); d < at {
			best, at = f.Name, d
		}
		if best == "" && len(plain) > 2 && (strings.Contains(known, plain) || strings.Contains(plain, known)) {
			best = f.Name
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
