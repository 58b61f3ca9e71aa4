package tools

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// words of tools are two at least, joined by underscores.
func toolWords(text string) []string {
	return regexp.MustCompile(`\b(?:get|list|create|update|delete|clone|send|stop|search|complete|upload|download|generate|wait|bulk|rotate|design)_[a-z_]+`).FindAllString(text, -1)
}

// TestTextsNameWhatThereIs holds that guides, prompts and advice name tools, kinds of jobs and guides that exist.
func TestTextsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	texts := map[string]string{}
	for _, info := range Describe() {
		known[info.Name] = true
		texts[info.Name] = info.Description + string(info.InputSchema)
	}
	for _, g := range guides() {
		raw, err := guideFiles.ReadFile("guides/" + g.name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		texts[g.name] = string(raw)
		known[guideScheme+g.name] = true
	}
	for _, p := range prompts() {
		texts[p.name] = p.steps
		for _, a := range p.args {
			if !strings.Contains(p.steps, "{"+a.name+"}") {
				t.Errorf("%s has no place for %s", p.name, a.name)
			}
		}
	}
	for _, r := range records() {
		texts[r.name] = r.tool
	}
	var kinds []string
	for _, k := range jobKinds() {
		kinds = append(kinds, k.name)
		texts["job "+k.name] = k.lister
		for _, ask := range k.asks {
			texts["job "+k.name] += " " + ask
		}
	}
	for where, text := range texts {
		for _, word := range toolWords(text) {
			if !known[word] && !slices.Contains([]string{"upload_url", "upload_headers", "download_failed", "create_video_from_"}, word) {
				t.Errorf("%s speaks of %s, which is not there", where, word)
			}
		}
		for _, uri := range regexp.MustCompile(guideScheme+`[a-z]+`).FindAllString(text, -1) {
			if !known[uri] {
				t.Errorf("%s speaks of %s, which is not there", where, uri)
			}
		}
		for _, kind := range regexp.MustCompile(`with kind ([a-z_]+)`).FindAllStringSubmatch(text, -1) {
			if !slices.Contains(kinds, kind[1]) {
				t.Errorf("%s waits for a %s, which is no kind of job", where, kind[1])
			}
		}
	}
}

// TestErrorGuide holds that the guide to errors has every code that has an advice of its own.
func TestErrorGuide(t *testing.T) {
	t.Parallel()
	raw, err := guideFiles.ReadFile("guides/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	source := strings.FieldsSeq(`insufficient_credit trial_limit_exceeded plan_upgrade_required quota_exceeded resource_limit_reached
		resource_limit_exceeded authentication_failed unauthorized forbidden resource_access_denied ai_vendor_access_restricted
		voice_not_usable avatar_consent_required download_failed content_policy_violation unlimited_mode_disabled voice_unavailable
		script_too_short tts_text_invalid hyperframes_project_invalid payload_too_large hyperframes_project_too_large
		request_in_progress resource_not_ready conflict video_delete_failed gateway_timeout rate_limit_exceeded internal_error`)
	for code := range source {
		if !strings.Contains(string(raw), code) {
			t.Errorf("the guide says nothing of %s", code)
		}
	}
}

// TestPrompts holds that blanks are filled once, and that what must be given is asked for.
func TestPrompts(t *testing.T) {
	t.Parallel()
	p := prompts()[0]
	text, err := p.fill(map[string]string{"topic": "{voice} and {avatar}", "avatar": "Ada"})
	if err != nil || !strings.Contains(text, "about: {voice} and {avatar}\n") || !strings.Contains(text, "Speaker: Ada.") {
		t.Errorf("%v\n%s", err, text)
	}
	refusal, ours := errors.AsType[*exchange.Refusal](func() error { _, err := p.fill(nil); return err }())
	if !ours || refusal.Code != mcp.INVALID_PARAMS || !strings.Contains(refusal.Message, "topic") {
		t.Errorf("%v", refusal)
	}
}

// A prompt says which of its tools the model will not find where it was asked for.
func TestPromptsSayWhatIsOutOfReach(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, c := range []struct {
		sets            []string
		readOnly        bool
		prompt          string
		contains, lacks string
	}{
		{[]string{"core"}, false, "make_video", "", "offered"},
		{[]string{"all"}, false, "clone_voice", "", "offered"},
		{[]string{"core"}, false, "clone_voice", "Not offered at this URL: clone_voice. This server has them at /mcp/x/all", "create_speech,"},
		{[]string{"all"}, true, "make_video", "Not offered at this URL: create_video_from_avatar.", "list_voices,"},
	} {
		ctx, err := b.Choose(t.Context(), [][]string{c.sets}, nil, c.readOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range prompts() {
			if got := b.outOfReach(ctx, p); p.name == c.prompt && (!strings.Contains(got, c.contains) || c.lacks != "" && strings.Contains(got, c.lacks)) {
				t.Errorf("%v, %s: %q", c.sets, p.name, got)
			}
		}
	}
	narrow := *b.Catalog
	narrow.cfg.Toolsets = []string{"videos"}
	if err := narrow.settleLimit(); err != nil {
		t.Fatal(err)
	}
	if got := narrow.outOfReach(t.Context(), prompts()[3]); !strings.Contains(got, "This server does not offer: clone_voice, create_speech") {
		t.Errorf("%q", got)
	}
}
