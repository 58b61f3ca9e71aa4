package tools

import (
	"context"
	"slices"

	"heygen-mcp/tools/engine"
)

// The lists of HeyGen's names of languages, by what tags lang call them.
const (
	translationLanguages = "translation"
	voiceLanguages       = "voices"
)

// languageSources are where these lists come from.
func languageSources() map[string]engine.LanguageSource {
	return map[string]engine.LanguageSource{
		translationLanguages: {Tool: "list_video_translation_languages", Ask: askTranslationLanguages},
		voiceLanguages:       {Tool: "list_voices", Ask: askVoiceLanguages},
	}
}

// askTranslationLanguages asks for the names that output_languages takes.
func askTranslationLanguages(ctx context.Context, e *engine.Engine) []string {
	object, err := e.Do(ctx, languagesOp(), nil)
	if err != nil {
		return nil
	}
	return engine.View[languages](object).Languages
}

// maxVoicePages bounds what the languages of voices, of which HeyGen has no list, cost of its rate
// limit: pages of a hundred, once a day.
const maxVoicePages = 5

// askVoiceLanguages collects what voices say that they speak.
func askVoiceLanguages(ctx context.Context, e *engine.Engine) []string {
	var names []string
	in := listVoicesInput{Limit: new(100)}
	for range maxVoicePages {
		object, err := e.Do(ctx, listVoicesOp(), &in)
		if err != nil {
			return names
		}
		one := engine.View[page](object)
		for _, it := range one.Items {
			voice, _ := it.(map[string]any)
			if name, _ := voice["language"].(string); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if one.NextToken == "" {
			break
		}
		in.Token = &one.NextToken
	}
	slices.Sort(names)
	return names
}
