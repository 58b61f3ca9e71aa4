// Package prompts owns the texts of ours that clients can fetch: prompts, which are common jobs as a
// user asks for them, and guides, for an agent that needs to know more than a schema says. It knows
// the tools by name, and by choice which of them a request may call.
//
// Reading order: prompts.go, guides.go, guides/.
package prompts

import (
	"context"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/choice"
)

// prompt is a common job as a person asks for it, with the steps that lead there.
type prompt struct {
	name, title, about string
	args               []promptArg
	steps              string // {name} is the place of an argument
}

// promptArg is a blank to fill in.
type promptArg struct {
	name, about string
	need        bool
	without     string // what stands in its place when it is left empty
}

func prompts() []prompt {
	return []prompt{
		{
			"make_video", "Make a video", "A video in which an avatar says something.",
			[]promptArg{
				{"topic", "What the video is about, or the script itself.", true, ""},
				{"seconds", "Wanted length in seconds.", false, "about 45"},
				{"avatar", "A look's id, or who should speak.", false, "a fitting public avatar"},
				{"voice", "A voice's id, or how it should sound.", false, "the look's default voice, or a fitting one"},
				{"locale", "Accent as a BCP-47 tag, e.g. pt-BR.", false, "the voice's own"},
			},
			`Make a HeyGen video about: {topic}
Length: {seconds} seconds. Speaker: {avatar}. Voice: {voice}. Accent: {locale}.

1. Write the script (2.5 words a second; see heygen://guides/scripts) and show it to me.
2. cast_video with who should speak and the script gives looks and voices that go together; more are found by list_avatar_looks and list_voices with query.
3. Tell me what it will cost, then create_video_from_avatar; an accent goes into voice_settings as its locale.
4. wait_for_jobs with kind video until it is done; give me the link and say when it expires.`,
		},
		{
			"translate_video", "Translate a video", "A video in other languages, with fitting lips.",
			[]promptArg{
				{"video", "URL, asset id or video id.", true, ""},
				{"languages", "Languages, separated by commas.", true, ""},
				{"check", "yes: I want to correct the subtitles first.", false, "no"},
			},
			`Translate the video {video} into: {languages}. Check subtitles first: {check}.

1. Languages go as I said them; tell me what a note says was taken for one.
2. A video id is not a source: get_video gives its video_url.
3. Without a check: create_video_translation, then wait_for_jobs with kind video_translation.
4. With one: create_proofread, wait_for_jobs with kind proofread, download_proofread_srt; show me the text, upload_proofread_srt with my corrections, generate_from_proofread, then wait.
5. Give me the links of each language.`,
		},
		{
			"set_up_avatar", "Set up an avatar", "An avatar of a person, from a photo, footage or words.",
			[]promptArg{
				{"source", "URL or asset id of a photo or of footage, or a description.", true, ""},
				{"name", "The avatar's name.", false, "a fitting one"},
			},
			`Set up a HeyGen avatar named {name} from: {source}

1. A photo: create_photo_avatar. Footage of at least 15 seconds: create_digital_twin. A description: create_prompt_avatar.
2. A file of mine is uploaded first: create_asset_upload, the PUT it shows, complete_asset_upload.
3. A digital twin needs the person's consent: create_avatar_consent, and give me the link, which lasts a day.
4. wait_for_jobs with kind avatar_look until it is ready, then show me its preview.`,
		},
		{
			"clone_voice", "Clone a voice", "A voice that sounds like a recording.",
			[]promptArg{
				{"audio", "URL or asset id of the recording.", true, ""},
				{"name", "The voice's name.", true, ""},
				{"sample", "A sentence to hear it say.", false, "Hello, this is how I sound."},
			},
			`Clone the voice in {audio} as {name}.

1. Ask me to confirm that the speaker agrees.
2. clone_voice, then wait_for_jobs with kind voice_clone.
3. create_speech with the new voice_id: "{sample}". Give me its link.`,
		},
		{
			"document_to_video", "Turn a document into a video", "A document, told by an avatar.",
			[]promptArg{
				{"document", "URL or asset id of a PDF, or its text.", true, ""},
				{"audience", "Who it is for.", false, "people who have not read it"},
				{"style", "A style_id of list_video_agent_styles.", false, "none in particular"},
			},
			`Turn this document into a video for {audience}: {document}
Style: {style}.

1. create_video_agent in chat mode with the document as a file and a prompt that says what matters to this audience.
2. wait_for_jobs with kind video_agent. When it asks something, ask me, and answer with send_video_agent_message.
3. When it is done give me the video's link.`,
		},
	}
}

// Register adds prompts and guides to an MCP server.
func Register(s *server.MCPServer, ch *choice.Choice) {
	registerGuides(s)
	registerPrompts(s, ch)
}

// Names are the names of the prompts.
func Names() []string {
	var names []string
	for _, p := range prompts() {
		names = append(names, p.name)
	}
	return names
}

// Arguments are the names of a prompt's arguments; ok is false where there is no such prompt.
func Arguments(name string) (names []string, ok bool) {
	for _, p := range prompts() {
		if p.name == name {
			for _, a := range p.args {
				names = append(names, a.name)
			}
			return names, true
		}
	}
	return nil, false
}

// Texts are all texts by their names, for the check that they name only what there is.
func Texts() map[string]string {
	texts := map[string]string{}
	for _, p := range prompts() {
		texts[p.name] = p.steps
	}
	for _, g := range guides() {
		texts[guideScheme+g.name] = g.text()
	}
	return texts
}

// registerPrompts adds the prompts.
func registerPrompts(s *server.MCPServer, ch *choice.Choice) {
	for _, p := range prompts() {
		options := []mcp.PromptOption{mcp.WithPromptTitle(p.title), mcp.WithPromptDescription(p.about)}
		for _, a := range p.args {
			about := []mcp.ArgumentOption{mcp.ArgumentDescription(a.about)}
			if a.need {
				about = append(about, mcp.RequiredArgument())
			}
			options = append(options, mcp.WithArgument(a.name, about...))
		}
		s.AddPrompt(mcp.NewPrompt(p.name, options...), func(ctx context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			text, err := p.fillIn(req.Params.Arguments)
			if err != nil {
				return nil, err
			}
			text += outOfReach(ctx, ch, p)
			return mcp.NewGetPromptResult(p.about, []mcp.PromptMessage{mcp.NewPromptMessage(mcp.RoleUser, mcp.NewTextContent(text))}), nil
		})
	}
}

// outOfReach says which of the tools that a prompt names cannot be called where it was asked for,
// and where they can. The prompts are the same everywhere, so that clients may keep their list.
func outOfReach(ctx context.Context, ch *choice.Choice, p prompt) string {
	var missing []string
	elsewhere := true
	for word := range strings.FieldsFuncSeq(p.steps, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		_, known := ch.Find(word)
		if _, listed := ch.Listed(ctx, word); !known || listed || slices.Contains(missing, word) {
			continue
		}
		missing = append(missing, word)
		_, allowed := ch.Allowed(word)
		elsewhere = elsewhere && allowed
	}
	switch {
	case len(missing) == 0:
		return ""
	case elsewhere:
		return "\n\nNot offered at this URL: " + strings.Join(missing, ", ") + ". This server has them at /mcp/x/all: if " +
			"you need them, tell me to connect there."
	}
	return "\n\nThis server does not offer: " + strings.Join(missing, ", ") + ". Do what can be done without, and tell " +
		"me what cannot."
}

// fillIn puts the arguments into their places. What a person typed is not looked at again, so braces
// in it stay as they are.
func (p prompt) fillIn(args map[string]string) (string, error) {
	pairs := make([]string, 0, 2*len(p.args))
	for _, a := range p.args {
		value := strings.TrimSpace(args[a.name])
		switch {
		case value == "" && a.need:
			return "", &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: "the prompt " + p.name + " needs " + a.name + ": " + a.about}
		case value == "":
			value = a.without
		}
		pairs = append(pairs, "{"+a.name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(p.steps), nil
}
