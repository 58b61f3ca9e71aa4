package scope

// Level is a choice of scopes that a person understands.
type Level string

// The levels, each with what those before it allow.
const (
	LookOnly   Level = "read"
	Make       Level = "make"
	Everything Level = "all"
)

// Levels are all levels, from narrow to broad.
func Levels() []Level { return []Level{LookOnly, Make, Everything} }

// Scopes are what a level allows; nil for what is no level.
func (l Level) Scopes() []string {
	for i, known := range Levels() {
		if l == known {
			return All()[:i+1]
		}
	}
	return nil
}

// LevelOf is the level that allows what scopes do.
func LevelOf(scopes []string) Level {
	switch {
	case Includes(scopes, Delete):
		return Everything
	case Includes(scopes, Write):
		return Make
	}
	return LookOnly
}

// Offered are the levels that a person may choose from for a client that asks for scopes. The
// choice goes as far as what is asked for, and to deleting wherever making is: challenges leave
// deleting out, and who means to allow it need not be asked twice.
func Offered(asked []string) []Level {
	if Includes(asked, Write) {
		return Levels()
	}
	return []Level{LookOnly}
}

// Narrow is what scopes allow within a bound that may have become narrower since they were given.
func Narrow(scopes, bound []string) []string {
	if Within(scopes, bound) {
		return scopes
	}
	var both []string
	for _, s := range All() {
		if Includes(scopes, s) && Includes(bound, s) {
			both = append(both, s)
		}
	}
	return both
}

// Beyond are the levels whose additions scopes allow and others do not.
func Beyond(scopes, others []string) []Level {
	var beyond []Level
	for _, l := range Levels() {
		s := l.Scopes()[len(l.Scopes())-1]
		if Includes(scopes, s) && !Includes(others, s) {
			beyond = append(beyond, l)
		}
	}
	return beyond
}
