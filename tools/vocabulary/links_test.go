package vocabulary

import (
	"testing"
)

// TestLinksSayWhenTheyEnd holds the forms in which signed links carry their end.
func TestLinksSayWhenTheyEnd(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]any{
		"https://files.heygen.ai/v.mp4?Expires=1790000000&Signature=x":                             "2026-09-21T14:13:20Z",
		"https://s3.example/v.mp4?X-Amz-Date=20260921T140000Z&X-Amz-Expires=3600&X-Amz-Signature=": "2026-09-21T15:00:00Z",
		"https://g.example/v.mp4?X-Goog-Date=20260921T140000Z&X-Goog-Expires=60":                   "2026-09-21T14:01:00Z",
		"https://files.heygen.ai/v.mp4":                                                            nil,
		"Expires=1790000000":                                                                       nil,
		"https://files.heygen.ai/v.mp4?Expires=3600":                                               nil,
		"https://files.heygen.ai/v.mp4?Expires=soon":                                               nil,
	} {
		res := map[string]any{"a": []any{map[string]any{"url": link}}}
		AddLinkExpiry(res)
		if res["links_expire_at"] != want {
			t.Errorf("%s: got %v, want %v", link, res["links_expire_at"], want)
		}
	}
}
