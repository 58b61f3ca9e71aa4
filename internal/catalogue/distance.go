package catalogue

import "unicode/utf8"

// maxMisspelt is how long a word may be that is taken for a misspelt one, in letters.
const maxMisspelt = 40

// distance measures how far words are from one another. It is the memory for that.
type distance struct {
	older, before, row [maxMisspelt + 1]uint8
	letters            [maxMisspelt]rune
}

// near reports whether two words differ in one letter, or two where they are long: replaced, missing,
// too many, or swapped with the neighbor.
func (d *distance) near(x []rune, b string) bool {
	most := 1
	if len(x) >= 8 {
		most = 2
	}
	// A letter has a byte at least.
	if len(b) < len(x)-most || len(x) > maxMisspelt || len(b) == 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(b)
	last, _ := utf8.DecodeLastRuneInString(b)
	if x[0] != first && x[len(x)-1] != last {
		return false // not both ends are wrong
	}
	y := d.letters[:0]
	for _, c := range b {
		if len(y) == min(maxMisspelt, len(x)+most) {
			return false
		}
		y = append(y, c)
	}
	if len(x)-len(y) > most {
		return false
	}
	older, before, row := &d.older, &d.before, &d.row
	for j := range len(y) + 1 {
		row[j] = uint8(j)
	}
	for i := 1; i <= len(x); i++ {
		older, before, row = before, row, older
		row[0] = uint8(i)
		least := row[0]
		for j := 1; j <= len(y); j++ {
			cost := uint8(1)
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
			least = min(least, row[j])
		}
		if int(least) > most {
			return false
		}
	}
	return int(row[len(y)]) <= most
}
