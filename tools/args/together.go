package args

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
)

// The order in which the faults of one call are told: what can be mended without thinking comes first.
const (
	rankMisspelt = iota // an unknown name that is like a known one
	rankValue           // a value that is not taken
	rankRule            // a rule between arguments
	rankMissing         // an argument that must be given
	rankUnknown         // an unknown name that is like nothing
)

// ranked is a fault with its place in the order.
type ranked struct {
	*faults.Fault
	rank  int
	meant string // of a misspelt name: the path of the argument that was meant
}

// maxFaults is how many faults of one call are told: more than that is a misunderstanding, and its
// first part is enough to see it.
const maxFaults = 5

// together makes one fault of all that were found, nil of none.
func together(found []ranked) *faults.Fault {
	found = slices.DeleteFunc(found, func(f ranked) bool {
		return f.rank == rankMissing && slices.ContainsFunc(found, func(other ranked) bool { return other.meant == f.Param })
	})
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	if len(found) == 1 {
		return found[0].Fault
	}
	if len(found) > maxFaults {
		found = gathered(found)
	}
	told := found[:min(len(found), maxFaults)]
	messages, steps, known := make([]string, 0, len(told)+1), make([]string, 0, len(told)), ""
	for _, f := range told {
		if !slices.Contains(messages, f.Message) {
			messages = append(messages, f.Message)
		}
		step := f.NextStep
		if at := strings.Index(step, " Known here: "); at >= 0 {
			if names := step[at:]; names == known {
				step = step[:at] // the names were told once
			} else {
				known = names
			}
		}
		if f.Param != "" {
			step = f.Param + ": " + step
		}
		if !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	if more := len(found) - len(told); more > 0 {
		messages = append(messages, fmt.Sprintf("There is more: %d further mistakes.", more))
	}
	return faults.Invalid(told[0].Param, strings.Join(messages, " "), strings.Join(steps, " "))
}

// gathered makes one fault of all arguments that are missing and one of all names that are like nothing, so
// that the ones do not hide the others. What is missing is told however much else is wrong: without it no
// call can succeed.
func gathered(found []ranked) []ranked {
	var others, missing, unknown []ranked
	for _, f := range found {
		switch f.rank {
		case rankMissing:
			missing = append(missing, f)
		case rankUnknown:
			unknown = append(unknown, f)
		default:
			others = append(others, f)
		}
	}
	missing, unknown = inOne(missing, "are required."), inOne(unknown, "are not arguments.")
	if most := maxFaults - len(missing); len(others) > most {
		// The rest is counted, and stays behind what is told.
		return slices.Concat(others[:most], missing, others[most:], unknown)
	}
	return slices.Concat(others, missing, unknown)
}

// inOne is one fault in the place of several that say the same of their arguments.
func inOne(several []ranked, say string) []ranked {
	if len(several) < 2 {
		return several
	}
	names, steps := make([]string, len(several)), []string{}
	for i, f := range several {
		names[i] = f.Param
		if !slices.Contains(steps, f.NextStep) && len(steps) < maxFaults {
			steps = append(steps, f.NextStep)
		}
	}
	message := strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " " + say
	return []ranked{{Fault: faults.Invalid(names[0], message, strings.Join(steps, " ")), rank: several[0].rank}}
}
