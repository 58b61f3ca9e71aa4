package faults

import (
	"maps"
	"slices"
)

// Clip keeps a name that a client made up from coming back at any length.
func Clip(name string) string {
	const most = 60 // longer than every name of v3
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// Join puts a member under its path.
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// SortedKeys are the keys of m in order; it makes the first fault of several the same one every time.
func SortedKeys[V any](m map[string]V) []string {
	keys := slices.AppendSeq(make([]string, 0, len(m)), maps.Keys(m))
	slices.Sort(keys)
	return keys
}
