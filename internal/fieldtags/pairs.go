package fieldtags

import (
	"reflect"
	"strconv"
	"strings"
)

// Pairs are the keys and values of a struct tag. reflect.StructTag goes through the tag anew for each key that is asked
// for, which shows where twenty are, of each of some thousand fields.
type Pairs []pair

type pair struct{ key, quoted string }

// PairsOf reads a tag, as far as it has the form that reflect reads.
func PairsOf(tag reflect.StructTag) Pairs {
	const usual = 4
	pairs := make(Pairs, 0, usual)
	for rest := strings.TrimLeft(string(tag), " "); rest != ""; rest = strings.TrimLeft(rest, " ") {
		key, value, ok := strings.Cut(rest, ":")
		if !ok || key == "" || strings.ContainsFunc(key, endsKey) {
			break
		}
		end := quotedLen(value)
		if end == 0 {
			break
		}
		pairs = append(pairs, pair{key, value[:end]})
		rest = value[end:]
	}
	return pairs
}

// endsKey tells what may not stand in a key.
func endsKey(r rune) bool { return r <= ' ' || r == '"' || r == 0x7f }

// quotedLen is how long the text in quotes is that s begins with, 0 if there is none.
func quotedLen(s string) int {
	if s == "" || s[0] != '"' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return 0
}

// Lookup is the value of a key, and whether there is one.
func (p Pairs) Lookup(key string) (value string, ok bool) {
	for _, one := range p {
		if one.key == key {
			value, err := strconv.Unquote(one.quoted)
			return value, err == nil
		}
	}
	return "", false
}

// Get is the value of a key, "" where there is none.
func (p Pairs) Get(key string) string {
	value, _ := p.Lookup(key)
	return value
}
