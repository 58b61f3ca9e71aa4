package engine

import "github.com/mark3labs/mcp-go/mcp"

// Effect says what a tool does to the caller's account. The zero value only reads.
type Effect int

// The effects, from harmless to final.
const (
	Reads   Effect = iota // changes nothing
	Creates               // makes something new, and may cost money
	Changes               // overwrites, redirects or ends what exists; doing it twice is doing it once
	Deletes               // takes away what cannot be brought back
)

// String is the effect's word in listings.
func (e Effect) String() string {
	return [...]string{"reads", "creates", "changes", "deletes"}[e]
}

// MarshalText writes the effect as its word.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// hints are the annotations that follow from the effect. All four are always sent, because the
// protocol's defaults (destructive, open world) are wrong for most tools. A change is destructive, since
// what it overwrites is gone, unless it completes: then it only adds.
func (e Effect) hints(title string, completes bool) mcp.ToolAnnotation {
	yes, no := true, false
	a := mcp.ToolAnnotation{Title: title, ReadOnlyHint: &no, DestructiveHint: &no, IdempotentHint: &yes, OpenWorldHint: &yes}
	switch e {
	case Reads:
		a.ReadOnlyHint = &yes
	case Creates:
		a.IdempotentHint = &no
	case Changes:
		if !completes {
			a.DestructiveHint = &yes
		}
	case Deletes:
		a.DestructiveHint = &yes
	}
	return a
}
