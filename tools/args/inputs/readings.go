package inputs

import (
	"reflect"

	"heygen-mcp/tools/args/faults"
)

// BareString is a struct that may also be given as a string: FromString, which is called on the zero
// value, says what object the string stands for.
type BareString interface {
	FromString(s string) map[string]any
}

// BareBool is a struct that may also be given as true: FromTrue says what object that stands for, and
// false is then the same as leaving it out.
type BareBool interface {
	FromTrue() map[string]any
}

// Completer is a struct in which a member that follows from the others may be missing: Complete, which
// is called on the zero value, adds it to the object.
type Completer interface {
	Complete(object map[string]any)
}

// Translator is a struct that some client gives with names of its own: Translate, which is called on the zero value,
// puts those of this server in their places.
type Translator interface {
	Translate(object map[string]any)
}

// Meant is a struct of which several forms mean the same: Meant, which is called on the zero value, gives the one of
// which keys are made. It leaves the object as it is.
type Meant interface {
	Meant(object map[string]any) map[string]any
}

// Reading is how a type reads what was sent in another form than the published one; a function is nil where it does
// not.
type Reading struct {
	FromString func(string) map[string]any
	FromTrue   func() map[string]any
	Complete   func(map[string]any)
	Translate  func(map[string]any)
	Meant      func(map[string]any) map[string]any
}

// readingOf finds how a type does that.
func readingOf(t reflect.Type) (b Reading) {
	zero := reflect.Zero(t)
	if s, ok := reflect.TypeAssert[BareString](zero); ok {
		b.FromString = s.FromString
	}
	if s, ok := reflect.TypeAssert[BareBool](zero); ok {
		b.FromTrue = s.FromTrue
	}
	if s, ok := reflect.TypeAssert[Completer](zero); ok {
		b.Complete = s.Complete
	}
	if s, ok := reflect.TypeAssert[Translator](zero); ok {
		b.Translate = s.Translate
	}
	if s, ok := reflect.TypeAssert[Meant](zero); ok {
		b.Meant = s.Meant
	}
	return b
}

// NotTaker is a struct that knows names which callers send and which are no arguments of it.
// NotTaken, which is called on the zero value, says why one is none, and what to do instead; nil
// leaves it to the usual refusal of a name that nobody knows.
type NotTaker interface {
	NotTaken(name, path string) *faults.Fault
}

// TextReader is a type of text of which several spellings mean the same. ReadText, which is called on the zero value,
// gives the one that is sent, or says why the text is none.
type TextReader interface {
	ReadText(s, path string) (string, *faults.Fault)
}

// explainsNames is how a type refuses names that it knows of, nil where it knows of none.
func explainsNames(t reflect.Type) func(name, path string) *faults.Fault {
	if n, ok := reflect.TypeAssert[NotTaker](reflect.Zero(t)); ok {
		return n.NotTaken
	}
	return nil
}
