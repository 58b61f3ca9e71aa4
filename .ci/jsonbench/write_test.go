package jsonbench

import (
	v1 "encoding/json"
	"testing"

	"github.com/go-json-experiment/json"
)

// speech is the input of BenchmarkBody in heygen; there nil is left out without a word in the tag.
type speech struct {
	Type       string    `json:"type"`
	AvatarID   string    `json:"avatar_id"`
	VoiceID    *string   `json:"voice_id,omitzero"`
	Script     string    `json:"script"`
	Title      *string   `json:"title,omitzero"`
	Resolution *string   `json:"resolution,omitzero"`
	Settings   *settings `json:"voice_settings,omitzero"`
	Tags       []string  `json:"tags,omitzero"`
	Seed       *int64    `json:"seed,omitzero"`
}

type settings struct {
	Speed *float64 `json:"speed,omitzero"`
	Pitch *float64 `json:"pitch,omitzero"`
}

func input() *speech {
	return &speech{Type: "avatar", AvatarID: "look_1", VoiceID: new("voice_1"), Script: "Hello there, and welcome to the <tour> & more.", Title: new("Tour"),
		Settings: &settings{Speed: new(1.25)}, Tags: []string{"a", "b"}, Seed: new(int64(0))}
}

func BenchmarkBody(b *testing.B) {
	in := input()
	for name, write := range map[string]func(any) ([]byte, error){
		"writer=v2": func(v any) ([]byte, error) { return json.Marshal(v) },
		"writer=v1": v1.Marshal,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := write(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
