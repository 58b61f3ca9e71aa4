package tools

import (
	"fmt"
	"slices"
)

// editingTools make one video out of another, or out of a project.
func editingTools() []entry {
	return slices.Concat(aiClippingTools(), backgroundRemovalTools(), fillerWordTools(), hyperframesTools())
}

// eachOf refuses a list of words that holds another than the choices.
func eachOf(path string, words []string, choices ...string) *Refusal {
	for i, word := range words {
		if !slices.Contains(choices, word) {
			return notAChoice(fmt.Sprintf("%s[%d]", path, i), choices)
		}
	}
	return nil
}
