// Package vocabulary says in which words things of HeyGen's are told: one name for each id, one state for every kind of
// job, one form for times, and when links end. It knows which operations answer with what, because it is told, and
// neither tools nor who calls them.
//
// Vocabulary.go has the kinds of things, states.go how far a job is.
package vocabulary
