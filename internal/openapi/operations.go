package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// OperationChanges are what has happened to one operation.
type OperationChanges struct {
	Name string // as it was, or as it is if it is new
	// Was and Is are nil where there is none.
	Was, Is *Operation
	Changes []Change
}

// CompareDocuments tells how a document differs from one that was: operations that are gone, those
// that are new, and what has changed in the others. An operation that is gone while a new one has
// its operationId has been renamed.
func CompareDocuments(was, now *Document) []OperationChanges {
	var out []OperationChanges
	c := newComparer(true)
	met := map[*Operation]bool{}
	byID := map[string]*Operation{}
	for _, name := range now.Names() {
		byID[now.Operations[name].ID] = now.Operations[name]
	}
	for _, name := range was.Names() {
		old := was.Operations[name]
		found := OperationChanges{Name: name, Was: old, Is: now.Find(name)}
		if found.Is == nil {
			if other := byID[old.ID]; old.ID != "" && other != nil && was.Find(other.String()) == nil {
				found.Is = other
				found.Changes = []Change{{Part: Whole, Kind: Renamed, Was: name, Is: other.String()}}
			}
		}
		if found.Is == nil {
			found.Changes = []Change{{Part: Whole, Kind: Removed}}
		} else {
			met[found.Is] = true
			found.Changes = append(found.Changes, c.operations(was, now, old, found.Is)...)
		}
		if len(found.Changes) > 0 {
			out = append(out, found)
		}
	}
	for _, name := range now.Names() {
		if op := now.Operations[name]; !met[op] {
			added := []Change{{Part: Whole, Kind: Added}}
			out = append(out, OperationChanges{Name: name, Is: op, Changes: added})
		}
	}
	return out
}

func (c *comparer) operations(from, to *Document, was, now *Operation) []Change {
	found := compareFlag(nil, Whole, Deprecated, was.Deprecated, now.Deprecated)
	for _, part := range []Part{Query, Header} {
		before, after := was.Parameters[string(part)], now.Parameters[string(part)]
		found = append(found, CompareObjects(part, before.Schema(), after.Schema())...)
	}
	found = append(found, c.paths(was, now)...)
	found = append(found, c.bodies(was, now)...)
	found = append(found, c.answers(was, now)...)
	found = append(found, compareAccess(from, to, was, now)...)
	if from.Tells.Codes && to.Tells.Codes {
		found = append(found, compareErrors(was, now)...)
	}
	return found
}

// paths compares the parameters in the path by their places: what they are called is not sent.
func (c *comparer) paths(was, now *Operation) []Change {
	var found []Change
	names := now.PathParams()
	before, after := was.Parameters[string(InPath)].Schema(), now.Parameters[string(InPath)].Schema()
	for i, name := range was.PathParams() {
		if i >= len(names) {
			break
		}
		if names[i] != name {
			found = append(found, Change{
				Part: InPath, Path: Path{name}, Kind: Renamed, Was: name, Is: names[i],
			})
		}
		old, declared := before.Properties[name]
		fresh, still := after.Properties[names[i]]
		if !declared || !still {
			continue
		}
		for _, change := range c.compare(InPath, old, fresh) {
			change.Path = append(Path{name}, change.Path...)
			found = append(found, change)
		}
	}
	return found
}

func (c *comparer) bodies(was, now *Operation) []Change {
	var found []Change
	for _, media := range slices.Sorted(maps.Keys(was.Bodies)) {
		node, ok := now.Bodies[media]
		if !ok {
			found = append(found, Change{Part: Body, Kind: Removed, Word: media})
			continue
		}
		found = append(found, c.compare(Body, was.Bodies[media], node)...)
	}
	for _, media := range slices.Sorted(maps.Keys(now.Bodies)) {
		if _, ok := was.Bodies[media]; ok {
			continue
		}
		found = append(found, Change{Part: Body, Kind: Added, Word: media})
		if len(was.Bodies) == 0 { // what a body that was not there before must have
			found = append(found, CompareObjects(Body, &Schema{}, now.Bodies[media].Schema())...)
		}
	}
	if was.BodyRequired != now.BodyRequired {
		kind := Optional
		if now.BodyRequired {
			kind = Required
		}
		found = append(found, Change{Part: Body, Kind: kind})
	}
	return found
}

// answers compares the answers of the same status, and that of a status which is gone with the
// first of now.
func (c *comparer) answers(was, now *Operation) []Change {
	var found []Change
	statuses := slices.Sorted(maps.Keys(now.Answers))
	for _, status := range slices.Sorted(maps.Keys(was.Answers)) {
		after, ok := now.Answers[status]
		if !ok {
			found = append(found, Change{Part: Answer, Kind: Removed, Word: "status " + status})
			if len(statuses) == 0 {
				continue
			}
			after = now.Answers[statuses[0]]
		}
		for _, media := range slices.Sorted(maps.Keys(was.Answers[status])) {
			node, ok := after[media]
			if !ok {
				found = append(found, Change{Part: Answer, Kind: Removed, Word: media})
				continue
			}
			found = append(found, c.compare(Answer, was.Answers[status][media], node)...)
		}
	}
	for _, status := range statuses {
		if _, ok := was.Answers[status]; !ok {
			found = append(found, Change{Part: Answer, Kind: Added, Word: "status " + status})
		}
	}
	return found
}

// compareAccess compares who may call, as far as both documents tell.
func compareAccess(from, to *Document, was, now *Operation) []Change {
	var found []Change
	if from.Tells.Scopes && to.Tells.Scopes && !slices.Equal(was.Scopes, now.Scopes) {
		found = append(found, Change{
			Part: Access, Kind: Permission,
			Was: strings.Join(was.Scopes, " and "), Is: strings.Join(now.Scopes, " and "),
		})
	}
	if from.Tells.Previews && to.Tells.Previews {
		found = compareFlag(found, Access, Preview, was.Preview, now.Preview)
	}
	if from.Tells.Security && to.Tells.Security {
		found = compareFlag(found, Access, KeyOnly, was.KeyOnly, now.KeyOnly)
	}
	return found
}

func compareFlag(found []Change, part Part, kind Kind, was, now bool) []Change {
	if was == now {
		return found
	}
	return append(found, Change{Part: part, Kind: kind, Was: fmt.Sprint(was), Is: fmt.Sprint(now)})
}

func compareErrors(was, now *Operation) []Change {
	var found []Change
	statuses := union(slices.Collect(maps.Keys(was.Errors)), slices.Collect(maps.Keys(now.Errors)))
	for _, status := range statuses {
		before, after := was.Errors[status], now.Errors[status]
		gone, fresh := missingFrom(before, after), missingFrom(after, before)
		if len(gone)+len(fresh) > 0 {
			found = append(found, Change{Part: Errors, Kind: Codes, Word: status, Gone: gone, New: fresh})
		}
	}
	return found
}
