package tools_test

import (
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/args"
)

// BenchmarkBind is what checking the arguments of one call costs.
func BenchmarkBind(b *testing.B) {
	p := specs()["create_video_from_avatar"]
	raw := []byte(`{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","aspect_ratio":"16:9","voice_settings":{"speed":1.25},"engine":{"type":"avatar_v"}}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, refusal := args.Bind(p, raw, new(tools.CreateAvatarVideo)); refusal != nil {
			b.Fatal(refusal)
		}
	}
}
