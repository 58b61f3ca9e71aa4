package tools_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestWhatIsNoFileIsSaidBeforeItIsPaid gives what people give in place of a file to every argument
// that takes one, as the bare string and as a URL. Nothing is sent.
func TestWhatIsNoFileIsSaidBeforeItIsPaid(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for given, says := range map[string]string{
		`/home/mia/talk.mp4`:               "user's machine",
		`C:\\Users\\Mia\\talk.mp4`:         "user's machine",
		`talk.mov`:                         "user's machine",
		`file:///home/mia/talk.mp4`:        "user's machine",
		`s3://bucket/talk.mp4`:             "s3://",
		`https://www.instagram.com/p/abc`:  "page of instagram.com",
		`https://1drv.ms/v/s!abc`:          "page of 1drv.ms",
		`1\n00:00:01,000 --> 00:00:02,000`: "subtitles",
	} {
		for tool, arguments := range map[string]string{
			"create_lipsync":           `{"video":%s,"audio":"https://files.example/a.mp3"}`,
			"create_video_translation": `{"video":%s,"output_languages":["German"]}`,
			"create_video_from_image":  `{"image":%s,"script":"Hello there.","voice_id":"v"}`,
			"clone_voice":              `{"audio":%s,"voice_name":"Mia"}`,
			"create_photo_avatar":      `{"file":%s,"name":"Mia"}`,
			"create_video_agent":       `{"prompt":"A film.","files":[%s]}`,
		} {
			for _, form := range []string{`"` + given + `"`, `{"type":"url","url":"` + given + `"}`, `{"url":"` + given + `"}`} {
				r := b.CallTool(t, tool, fmt.Sprintf(arguments, form))
				message, _ := r["message"].(string)
				step, _ := r["next_step"].(string)
				if r["error_code"] != "invalid_parameter" || !strings.Contains(message, says) || !strings.Contains(step, "create_asset_upload") {
					t.Errorf("%s with %s: %v, want a refusal that says %q and how to upload", tool, form, r, says)
				}
			}
		}
	}
	r := b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"A","audio_url":"/home/mia/a.mp3"}`)
	if message, _ := r["message"].(string); r["param"] != "audio_url" || !strings.Contains(message, "user's machine") {
		t.Errorf("audio_url as a path: %v", r)
	}
}

// TestLinksLeadToTheFile holds in which form links reach HeyGen.
func TestLinksLeadToTheFile(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	srv := httptest.NewServer(rec)
	t.Cleanup(srv.Close)
	b := toolstest.NewAt(t, srv, "it answers everything without data")
	for given, want := range map[string]string{
		`"files.acme.com/talk.mp4"`:                                               "https://files.acme.com/talk.mp4",
		`"https://drive.google.com/file/d/1aB/view?usp=sharing"`:                  "https://drive.google.com/uc?export=download&id=1aB",
		`{"url":"https://www.dropbox.com/scl/fi/x/talk.mp4?rlkey=k&dl=0"}`:        "https://www.dropbox.com/scl/fi/x/talk.mp4?dl=1&rlkey=k",
		`"https://www.youtube.com/watch?v=abc"`:                                   "https://www.youtube.com/watch?v=abc",
		`{"download_url":"https://files.oai.example/1?sig=2","file_id":"file-1"}`: "https://files.oai.example/1?sig=2",
	} {
		rec.forget()
		b.CallTool(t, "create_lipsync", `{"video":`+given+`,"audio":"https://files.example/a.mp3"}`)
		video, _ := rec.body["video"].(map[string]any)
		if video["type"] != "url" || video["url"] != want || len(video) != 2 {
			t.Errorf("%s reaches HeyGen as %v, want the URL %s", given, video, want)
		}
	}
}

// TestOwnResultsAreFiles holds that a video is given by its id, in each form that agents use, as
// the link that it has by then, that a repeat is the same call, and that one which is not done is
// said to be so.
func TestOwnResultsAreFiles(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	made := b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"`+b.FirstLook(t)+`","script":"Hello there."}`)
	id, _ := made["video_id"].(string)
	translate := func(video string) map[string]any {
		t.Helper()
		return b.CallTool(t, "create_video_translation", `{"video":`+video+`,"output_languages":["German"]}`)
	}
	if r := translate(`{"type":"video","video_id":"` + id + `"}`); r["param"] != "video" || r["error"] != true {
		t.Errorf("a video that still renders is answered with %v", r)
	}
	b.Pass(t, "600")
	var first any
	for _, form := range []string{
		`{"type":"video","video_id":"` + id + `"}`, `{"video_id":"` + id + `"}`, `"https://app.heygen.com/videos/` + id + `"`,
	} {
		r := translate(form)
		ids, _ := r["video_translation_ids"].([]any)
		if len(ids) != 1 {
			t.Fatalf("the video as %s is answered with %v", form, r)
		}
		if first == nil {
			first = ids[0]
		}
		if ids[0] != first {
			t.Errorf("the video as %s was translated a second time", form)
		}
	}
	// A bare id could be an asset's, so HeyGen is asked first.
	if r := translate(`"` + id + `"`); r["error"] == true {
		t.Errorf("the bare id of a video is answered with %v", r)
	}
}
