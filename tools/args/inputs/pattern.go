package inputs

import (
	"regexp"
	"regexp/syntax"
	"sync"
)

// Pattern is a regular expression that is compiled when a text is first held against it: a start meets a hundred of
// them, and most are never asked.
type Pattern struct {
	text     string
	compiled func() *regexp.Regexp
}

// patterns are those that were read, by their texts: many arguments have the same.
var patterns sync.Map //nolint:gochecknoglobals // of text to *Pattern, each the same whoever reads it

// newPattern reads an expression, and panics where it is none.
func newPattern(text string) *Pattern {
	if known, ok := patterns.Load(text); ok {
		return known.(*Pattern) //nolint:forcetypeassert // nothing else is kept
	}
	if _, err := syntax.Parse(text, syntax.Perl); err != nil {
		panic(err)
	}
	p := &Pattern{text, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
	patterns.Store(text, p)
	return p
}

// String is the expression.
func (p *Pattern) String() string { return p.text }

// MatchString says whether a text has what the expression describes.
func (p *Pattern) MatchString(s string) bool { return p.compiled().MatchString(s) }
