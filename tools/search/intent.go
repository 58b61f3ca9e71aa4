package search

import "slices"

// isOfMany reports whether a name says that many things are done at once.
func isOfMany(name []string) bool {
	return slices.Contains(name, batch) || slices.Contains(name, "bulk")
}

// endsIt reports whether a name says that something is ended or taken away.
func endsIt(name []string) bool {
	return slices.ContainsFunc(name, func(term string) bool {
		return term == "delet" || term == "stop" || term == "cancel" || term == "remov"
	})
}

// undoes reports whether a name says that something is changed or ended.
func undoes(name []string) bool {
	if len(name) == 0 {
		return false
	}
	switch name[0] {
	case "delet", "updat", "stop", "cancel":
		return true
	}
	return false
}

// isRelative reports whether a term begins a clause that says more of what was named before.
func isRelative(term string) bool {
	return term == "that" || term == "which" || term == "whose" || term == "with" || term == "without"
}
