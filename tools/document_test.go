package tools_test

import (
	"encoding/json"
	"os"
	"testing"
)

// schema is a part of HeyGen's document as it is written.
type schema map[string]any

func (s schema) at(key string) schema {
	m, _ := s[key].(map[string]any)
	return m
}

// written is HeyGen's document as it is written, for tests that look at what package openapi does
// not read.
type written struct{ root schema }

func readWritten(t *testing.T) *written {
	t.Helper()
	raw, err := os.ReadFile("../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var root schema
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	return &written{root}
}
