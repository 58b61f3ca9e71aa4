package openapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Part names the part of an operation that a change is in, such as its body.
type Part string

// The parts. The first three are the places of parameters.
const (
	Query  Part = "query"
	InPath Part = "path"
	Header Part = "header"
	Body   Part = "body"
	Answer Part = "answer"
	Access Part = "access"
	Errors Part = "errors"
	Whole  Part = "operation"
)

// Kind says what has changed, such as a type or the choices.
type Kind string

// The kinds of changes.
const (
	Added          Kind = "added"           // a member, a media type, a status or an operation
	Removed        Kind = "removed"         // likewise
	Renamed        Kind = "renamed"         // a parameter in the path, or an operation
	TypeChanged    Kind = "type"            // Was and Is are types
	Required       Kind = "required"        // it must be given now; in an answer, it is always there
	Optional       Kind = "optional"        // the opposite
	Choices        Kind = "choices"         // Gone and New are what may be and may no longer be given
	Bound          Kind = "bound"           // Word says which
	Pattern        Kind = "pattern"         //
	Default        Kind = "default"         //
	Null           Kind = "null"            // whether null is allowed
	Deprecated     Kind = "deprecated"      //
	VariantAdded   Kind = "variant_added"   // of a union; Is says which
	VariantRemoved Kind = "variant_removed" // Was says which
	Permission     Kind = "permission"      // the scopes that a key needs
	Preview        Kind = "preview"         // whether the operation is for some accounts only
	KeyOnly        Kind = "key_only"        // whether OAuth tokens are refused
	Codes          Kind = "codes"           // of refusals with the status Word: Gone and New
)

// The steps of a Path that are not names of members: the elements of a list, and the members of an
// object that have no name of their own.
const (
	Elements = "[]"
	Others   = "{}"
)

// InVariant is the step to a variant of a union.
func InVariant(kind string) string { return "[" + kind + "]" }

// Path is the way to a member of a schema, one element a step.
type Path []string

// String writes the path as JavaScript would.
func (p Path) String() string {
	var b strings.Builder
	for _, step := range p {
		if b.Len() > 0 && !strings.HasPrefix(step, "[") && step != Others {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	return b.String()
}

// Change is one difference of an operation.
type Change struct {
	Part Part
	Path Path // to what has changed, empty for the part as a whole
	Kind Kind
	// Word says more of Kind: the keyword of a bound, a media type, a status.
	Word string
	// Was and Is are what it was and is. Of a member that is gone or new, they are Required if it
	// had to be given, or has to.
	Was, Is   string
	Gone, New []string
	// Old and Now are the schemas at Path, nil where there is none.
	Old, Now *Schema
}

// String says what has changed, without saying where.
func (c Change) String() string {
	switch c.Kind {
	case Added:
		return c.subject("is new")
	case Removed:
		return c.subject("is gone")
	case Renamed:
		return "is called " + c.Is + " now, was " + c.Was
	case Required:
		if c.Part == Answer {
			return "is always there now"
		}
		return "must be given now"
	case Optional:
		if c.Part == Answer {
			return "may be missing now"
		}
		return "need not be given any more"
	case Choices:
		return c.choices()
	case Null:
		return either(c.Now != nil && c.Now.Null, "may be null now", "is never null now")
	case Deprecated:
		return either(c.Is == "true", "is deprecated now", "is no longer deprecated")
	case VariantAdded:
		return "the variant " + c.Is + " is new"
	case VariantRemoved:
		return "the variant " + c.Was + " is gone"
	case Preview:
		return either(c.Is == "true",
			"is a preview now, which HeyGen enables for accounts", "is no longer a preview")
	case KeyOnly:
		return either(c.Is == "true",
			"takes an API key only now, and no OAuth token", "takes OAuth tokens now")
	case Permission:
		return "a key needs " + open(c.Is, "no permission") + " now, needed " + open(c.Was, "none")
	case Codes:
		return "status " + c.Word + ": " + c.choices()
	}
	word := c.Word
	if word == "" {
		word = string(c.Kind)
	}
	return fmt.Sprintf("%s is %s, was %s", word, open(c.Is, "open"), open(c.Was, "open"))
}

// subject says what is new or gone where it is no member.
func (c Change) subject(what string) string {
	if c.Word == "" {
		if c.Kind == Added && c.Is == string(Required) {
			what += " and must be given"
		}
		return what
	}
	return c.Word + " " + what
}

func (c Change) choices() string {
	var said []string
	if len(c.Gone) > 0 {
		said = append(said, "gone: "+strings.Join(c.Gone, ", "))
	}
	if len(c.New) > 0 {
		said = append(said, "new: "+strings.Join(c.New, ", "))
	}
	text := strings.Join(said, "; ")
	switch {
	case c.Old != nil && len(c.Old.Enum) == 0:
		return "is one of these now, and was open: " + strings.Join(c.New, ", ")
	case c.Now != nil && len(c.Now.Enum) == 0:
		return "is open now, and was one of: " + strings.Join(c.Gone, ", ")
	case c.Kind == Codes:
		return "codes " + text
	}
	return "choices " + text
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func open(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

// number writes a bound.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// missingFrom is what is in a list and not in another.
func missingFrom(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(v string) bool {
		return slices.Contains(other, v)
	})
}

// IsVariant says whether a step of a path leads to a variant.
func IsVariant(step string) bool { return step != Elements && strings.HasPrefix(step, "[") }
