package spelling

import (
	"slices"
	"strings"
)

// Nearest is the name of which another is a misspelling or another spelling, "" for none: one wrong letter in four.
func Nearest(name string, names []string) string {
	if len(name) > MaxName {
		return ""
	}
	plain := Plain(name)
	best, at := "", len(plain)/4+1
	for _, one := range names {
		if d := Distance(plain, Plain(one)); d < at {
			best, at = one, d
		}
	}
	return best
}

// Words parts a name in any spelling into its words, in the singular.
func Words(name string) []string {
	var words []string
	start, previous := 0, ' '
	cut := func(end int) {
		if end > start {
			words = append(words, strings.TrimSuffix(strings.ToLower(name[start:end]), "s"))
		}
	}
	for i, c := range name {
		switch {
		case c == '_' || c == '-' || c == ' ' || c == '.':
			cut(i)
			start = i + 1
		case 'A' <= c && c <= 'Z' && 'a' <= previous && previous <= 'z':
			cut(i)
			start = i
		}
		previous = c
	}
	cut(len(name))
	return words
}

// Holds reports whether all words of one list are in the other.
func Holds(those, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(those, w) })
}

// Distance is how many letters must be put in, taken out, replaced or swapped with their neighbor to
// make one name of the other (optimal string alignment), in bytes.
func Distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replaced := d[i-1][j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			d[i][j] = min(replaced, d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
