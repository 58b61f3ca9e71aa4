package vocabulary

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// State is how far a job is, in words that are the same for every kind.
type State string

// The states. A job in one of the last three goes on no more.
const (
	Pending    State = "pending"     // it waits for its turn
	Running    State = "running"     // it is worked on
	NeedsInput State = "needs_input" // it waits for a user
	Done       State = "done"
	Failed     State = "failed"
	Canceled   State = "canceled" // somebody ended or deleted it
)

// Ended reports whether a job in this state goes on no more.
func (s State) Ended() bool { return s == Done || s == Failed || s == Canceled }

// States are the statuses of a kind, in HeyGen's spelling, by what they mean. The status "" stands
// for a get that tells of no status.
type States map[State][]string

// notFound is HeyGen's status of an id that it does not know, in answers about several: it says
// nothing of a job, so that it is no state.
const notFound = "not_found"

// Of is what a status means; case and the two spellings of canceled do not count. A status that is
// not declared is Running: HeyGen adds statuses, and an unknown one must never be taken for the
// end.
func (s States) Of(status string) State {
	status = foldStatus(status)
	for state, statuses := range s {
		if slices.ContainsFunc(statuses, func(one string) bool { return foldStatus(one) == status }) {
			return state
		}
	}
	return Running
}

// Check finds what contradicts itself in the states of a kind of job.
func (s States) Check() error {
	seen, ends := map[string]bool{}, false
	for state, statuses := range s {
		if !slices.Contains([]State{Pending, Running, NeedsInput, Done, Failed, Canceled}, state) {
			return fmt.Errorf("the state %q is none", state)
		}
		ends = ends || state.Ended()
		for _, status := range statuses {
			if status = foldStatus(status); seen[status] {
				return fmt.Errorf("the status %q stands twice", status)
			}
			seen[status] = true
		}
	}
	if !ends {
		return errors.New("no state ends it")
	}
	return nil
}

// foldStatus is the one spelling under which statuses are compared.
func foldStatus(status string) string {
	return strings.ReplaceAll(strings.ToLower(status), "cancelled", "canceled")
}
