package search

import "testing"

// TestFromEast holds that words are found in text without blanks, the longest first, and that text in other
// letters stays.
func TestFromEast(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"translate it":   "translate it",
		"動画を日本語に翻訳したい":   "video japanese translate",
		"音声の声":           "voice voice",
		"HeyGenの動画 mp4":  "HeyGen video  mp4",
		"내 동영상을 삭제해 줘":   "  video   delete  ",
		"明日の天気":          "",
		"删除这个视频, please": "delete video , please",
	} {
		if got := fromEast(query); got != want {
			t.Errorf("%q became %q, want %q", query, got, want)
		}
	}
}
