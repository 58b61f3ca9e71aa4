// Package faults owns what is said of an argument that is not taken: a Fault with its path, the
// rule and what to do. It knows no field, no tool, and not what a value was held against. Start
// with fault.go; paths.go spells where an argument stands.
package faults

import "strings"

// Fault is what is wrong with the arguments of a call.
type Fault struct {
	// Param is the path of the argument, such as "videos[2].voice_id"; "" for the call as a whole.
	Param string
	// Message is the rule that was not held, and NextStep what the caller should do about it. Both
	// are whole sentences for the caller.
	Message, NextStep string
}

// Error is the message.
func (f *Fault) Error() string { return f.Message }

// Invalid makes a Fault: param is the path of the argument, message the rule, next what to do about it.
func Invalid(param, message, next string) *Fault {
	return &Fault{Param: param, Message: message, NextStep: next}
}

// NotAChoice refuses a word that is none of the choices.
func NotAChoice(path string, choices []string) *Fault {
	return Invalid(path, path+" must be one of: "+strings.Join(choices, ", ")+".", "Choose one of them.")
}
