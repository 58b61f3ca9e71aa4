package forms

import (
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// saysNothing reports whether a word is what programs, forms and models write for an argument that they leave out:
// null, None, undefined, and default or auto where HeyGen chooses by itself. A text that is read or searched for may be
// such a word, and is left alone.
func saysNothing(f *inputs.Field, word string) bool {
	const longest = 24 // bytes, of any of these with what is around it
	if len(word) > longest || slices.Contains(f.Enum, word) || !isNamed(f) {
		return false
	}
	switch strings.ToLower(strings.Trim(spelling.Trim(word), "<>()[]")) {
	case "null", "undefined", "nil", "nan", "n/a", "-", "--", "–", "—":
		return true
	case "none":
		return noneIsNothing(f)
	case "default":
		return isChosenFor(f, "default")
	case "auto", "automatic", "auto-detect", "autodetect", "auto detect", "detect":
		return isChosenFor(f, "auto") && !f.IsID() || f.Lang != "" && !f.Required
	}
	return false
}

// isNamed reports whether an argument is no text that somebody reads or looks for, and no list of such.
func isNamed(f *inputs.Field) bool {
	if f.Nested != nil || f.Type.Kind() != reflect.String && f.Type.Kind() != reflect.Slice {
		return f.Type.Kind() != reflect.Map
	}
	return f.Reference && (f.Place != fieldtags.Query || f.Enum != nil || f.Means != nil || f.Lang != "" || f.IsID() || f.IsURL())
}

// noneIsNothing reports whether none means the same as leaving an argument out, if it may be: of a color it is one
// that cannot be seen, of a list that may be empty the empty one, and where HeyGen takes something by itself, to
// have it do without.
func noneIsNothing(f *inputs.Field) bool {
	return !f.Required && !f.Empty && f.ReadText == nil && (f.Enum == nil || f.Default == "") && (f.Nested == nil || !f.Nested.Has("value"))
}

// isChosenFor reports whether HeyGen chooses, where an argument is left out, among the same that the word leaves it the
// choice of; where the word is a choice, or means one, it does not.
func isChosenFor(f *inputs.Field, word string) bool {
	if f.Required {
		return false
	}
	choices := f.Enum
	if p := f.Nested; f.Type.Kind() == reflect.Struct && p.By == "" && p.Reads.FromString == nil {
		for i := range p.Fields {
			if p.Fields[i].Required && p.Fields[i].Enum != nil {
				choices = p.Fields[i].Enum
			}
		}
	}
	if f.Type.Kind() == reflect.String && f.IsID() && f.Name != "callback_id" {
		return true
	}
	return len(choices) > 0 && !slices.Contains(choices, spelling.Choice(word, choices))
}
