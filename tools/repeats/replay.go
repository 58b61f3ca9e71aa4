package repeats

import (
	"slices"

	"heygen-mcp/tools/vocabulary"
)

// TellReplay says in the answer of a create that HeyGen has answered before how far its jobs are
// now: the answer itself is the old one. What was deleted since is told as such, with how to make it
// anew, which is by another key in the argument keyName. Jobs that HeyGen does not know have no state.
func TellReplay(data map[string]any, ids []string, states map[string]vocabulary.State, keyName string) {
	gone := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return states[id] != "" })
	if len(ids) == 1 && len(gone) == 0 {
		data["state"] = string(states[ids[0]])
	}
	if len(gone) == 0 {
		return
	}
	what := "It was made before by an equal call and has been deleted since"
	if len(ids) > 1 {
		what = "They were made before by an equal call, and some have been deleted since"
	}
	data["next_step"] = what + "; nothing was made now. To make it anew, call again with a new " + keyName + "."
	if len(gone) == len(ids) {
		delete(data, "wait_with") // there is nothing to wait for
		data["state"] = string(vocabulary.Canceled)
	}
}

// AnyLeft reports whether one of some jobs is there, and neither failed nor was stopped.
func AnyLeft(states map[string]vocabulary.State, jobs []string) bool {
	for _, id := range jobs {
		if s := states[id]; s != "" && s != vocabulary.Failed && s != vocabulary.Canceled {
			return true
		}
	}
	return false
}
