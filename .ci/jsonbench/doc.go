// Package jsonbench compares internal/jsonread with go-json-experiment/json, the code of Go 1.27's
// encoding/json/v2, by speed and by what both make of odd input. It is a module of its own, so that
// the product's module graph stays small; docs/decisions/0004-reading-json.md has what came of it.
package jsonbench
