package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/contract"
)

// callbackCase is a create that takes a callback_url: the rest of its body, what makes its path
// where that has a parameter, and the event that the callback tells of, "" for one that v3 takes
// and never calls.
type callbackCase struct {
	name, rest, event string
	path              func(b *box, path string) string
}

const aVideo = `{"type":"url","url":"https://a.example/a.mp4"}`

// callbackCases are one for each body of v3 that takes a callback_url.
func callbackCases() []callbackCase {
	look := `"avatar_id":"$look","script":"One two three."`
	german := `"video":` + aVideo + `,"output_languages":["German (Germany)"]`
	lips := `"video":` + aVideo + `,"audio":{"type":"url","url":"https://a.example/a.mp3"}`
	return []callbackCase{
		{name: "POST /v3/videos avatar", rest: `"type":"avatar",` + look, event: "avatar_video.success"},
		{name: "POST /v3/videos image", rest: `"type":"image","image":{"type":"url","url":"https://a.example/a.png"},"script":"Hi.","voice_id":"$voice"`, event: "avatar_video.success"},
		{name: "POST /v3/videos studio", rest: `"type":"studio","scenes":[{"type":"image","source":{"type":"url","url":"https://a.example/a.png"},"duration":1}]`, event: "avatar_video.success"},
		{name: "POST /v3/videos/batches", rest: `"videos":[{"type":"avatar",` + look + `}]`, event: batchFinished},
		{name: "POST /v3/templates/{template_id}", rest: `"variables":{}`, event: "avatar_video.success", path: func(b *box, path string) string {
			return strings.Replace(path, "{template_id}", b.get("/v3/templates").text("data", 0, "id"), 1)
		}},
		{name: "POST /v3/video-translations", rest: german, event: "video_translate.success"},
		{name: "POST /v3/video-translations/batches", rest: `"video_translations":[{` + german + `}]`, event: batchFinished},
		{name: "POST /v3/video-translations/proofreads/{proofread_id}/generate", event: "video_translate.success", path: func(b *box, path string) string {
			made := b.do(http.MethodPost, "/v3/video-translations/proofreads", `{"title":"T",`+german+`}`).want(200, "")
			b.advance(3600)
			return strings.Replace(path, "{proofread_id}", made.text("data", "proofread_ids", 0), 1)
		}},
		{name: "POST /v3/lipsyncs", rest: lips, event: "lipsync.success"},
		{name: "POST /v3/lipsyncs/batches", rest: `"lipsyncs":[{` + lips + `}]`, event: batchFinished},
		{name: "POST /v3/ai-clipping", rest: `"video":` + aVideo, event: "ai_clipping.success"},
		{name: "POST /v3/filler-word-removals", rest: `"video":` + aVideo, event: "filler_word_removal.success"},
		{name: "POST /v3/hyperframes/renders", rest: `"project":{"type":"url","url":"https://a.example/p.zip"}`, event: "hyperframes_video.success"},
		{name: "POST /v3/video-agents", rest: `"prompt":"A film about tea"`, event: "video_agent.success"},
		{name: "POST /v3/models/videos", rest: `"model":"heygen-video-1","mode":"text_to_video","prompt":"Rain."`, event: "model_video.success"},
		{name: "POST /v3/podcasts", rest: `"topic":"Tea","host_avatar_id":"$look","guest_avatar_id":"$look","host_voice_id":"$voice","guest_voice_id":"$voice"`, event: "podcast.success"},
		{name: "POST /v3/assets/direct-uploads/batches", rest: `"files":[{"filename":"a.mp3","content_type":"audio/mpeg","size_bytes":9}]`}, // is never called
	}
}

func TestEveryCallbackIsCalled(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	for _, c := range callbackCases() {
		covered[c.name] = true
		t.Run(strings.ReplaceAll(c.name, "/", "|"), func(t *testing.T) {
			t.Parallel()
			b, in := newBox(t, Config{}), newReceiver(t)
			path := strings.Fields(c.name)[1]
			if c.path != nil {
				path = c.path(b, path)
			}
			rest := strings.NewReplacer("$look", b.look(studioAvatar, engineIV), "$voice", b.speaker("starfish")).Replace(c.rest)
			own := `,"callback_id":"mine"`
			if rest != "" {
				rest = "," + rest
			}
			if c.event == batchFinished || c.event == "" {
				own = "" // a batch takes none
			}
			made := b.do(http.MethodPost, path, fmt.Sprintf(`{"callback_url":%q%s%s}`, in.url, own, rest))
			if made.status > 299 {
				t.Fatal(made.body)
			}
			b.advance(3600)
			b.advance(3600) // a session's video is begun when its run has ended
			if c.event == "" {
				in.took(0)
				return
			}
			_, said := in.took(1)
			if said.text("event_type") != c.event || own != "" && said.text("event_data", "callback_id") != "mine" {
				t.Error(said.body)
			}
		})
	}
	for _, name := range takesCallback(t) {
		if !covered[name] {
			t.Errorf("nobody has tried the callback_url of %s", name)
		}
	}
}

// takesCallback are the bodies of v3 that have a callback_url, with the variant where there are
// several.
func takesCallback(t *testing.T) []string {
	t.Helper()
	c, err := contract.Read()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(c.Operations)) {
		body := c.Resolve(c.Operations[name].Body)
		switch {
		case body == nil:
		case body.Properties["callback_url"] != nil:
			names = append(names, name)
		case body.Discriminator != nil:
			for kind, ref := range body.Discriminator.Mapping {
				if c.Resolve(&contract.Schema{Ref: ref}).Properties["callback_url"] != nil {
					names = append(names, name+" "+kind)
				}
			}
		}
	}
	return names
}

func TestAvatarsAreToldOf(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.hook(`{"url":"` + in.url + `"}`)
	for i, c := range []struct{ body, event string }{
		{aPhoto, "photo_avatar_generation.success"}, {aPrompt, "photo_avatar_generation.success"}, {aTwin, "instant_avatar.success"},
	} {
		id := b.avatar(c.body).want(200, "").text("data", "avatar_item", "id")
		b.advance(600)
		if _, said := in.took(i + 1); said.text("event_type") != c.event || said.text("event_data", "avatar_id") != id {
			t.Error(said.body)
		}
	}
}

func TestAFailureIsToldWithItsReason(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.hook(`{"url":"` + in.url + `"}`)
	for i, c := range []struct{ path, rest, member string }{
		{"/v3/video-translations", `"output_languages":["German (Germany)"],"video":` + aVideo, "message"},
		{"/v3/ai-clipping", `"video":` + aVideo, "failure_message"},
		{"/v3/filler-word-removals", `"video":` + aVideo, "message"},
	} {
		b.control("faults", `{"method":"POST","path":"`+c.path+`","fault":"fail"}`)
		if made := b.do(http.MethodPost, c.path, `{`+c.rest+`}`); made.status > 299 {
			t.Fatal(made.body)
		}
		b.advance(3600)
		if _, said := in.took(i + 1); !strings.HasSuffix(said.text("event_type"), ".fail") || said.text("event_data", c.member) == "" {
			t.Error(said.body)
		}
	}
}
