package engine

import "testing"

func TestPathsBelongToTheResourceOfAScope(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/v3/lipsyncs/x": "lipsync", "/v3/video-translations": "translations", "/v3/folders": "videos", "/v3/users/me": "account",
		"/v3/webhooks/endpoints": "webhooks", "/v3/models/audio/voices": "voices", "/v3/audio/sounds": "assets", "/v3/brand-kits": "brand",
	} {
		if got := scopeResource(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
