package heygen

import "testing"

// speech is an input as they come: some members given, some absent, one object and one list.
type speech struct {
	AvatarID   string    `json:"avatar_id"`
	VoiceID    *string   `json:"voice_id"`
	Script     string    `json:"script"`
	Title      *string   `json:"title"`
	Resolution *string   `json:"resolution"`
	Settings   *settings `json:"voice_settings"`
	Tags       []string  `json:"tags"`
	Seed       *int64    `json:"seed"`
}

type settings struct {
	Speed *float64 `json:"speed"`
	Pitch *float64 `json:"pitch"`
}

// BenchmarkBody writes the body of a create; .ci/jsonbench writes the same with another package.
func BenchmarkBody(b *testing.B) {
	in := &speech{AvatarID: "look_1", VoiceID: new("voice_1"), Script: "Hello there, and welcome to the <tour> & more.", Title: new("Tour"),
		Settings: &settings{Speed: new(1.25)}, Tags: []string{"a", "b"}, Seed: new(int64(0))}
	op := Op{Method: "POST", Path: "/v3/videos", Variant: "avatar", Key: true}
	b.Run("writer=ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := encode(op, in); err != nil {
				b.Fatal(err)
			}
		}
	})
}
