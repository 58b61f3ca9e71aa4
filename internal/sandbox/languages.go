package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/internal/sandbox/engine"
)

// languages are the names that output_languages takes.
func languages() []string {
	return []string{
		"Arabic (Egypt)", "Chinese (Cantonese, Traditional)", "Chinese (Mandarin, Simplified)", "Czech (Czechia)", "Danish (Denmark)",
		"Dutch (Netherlands)", "English", "English (UK)", "English (United States)", "Filipino (Philippines)", "Finnish (Finland)",
		"French (Canada)", "French (France)", "German (Germany)", "Greek (Greece)", "Hebrew (Israel)", "Hindi (India)",
		"Hungarian (Hungary)", "Indonesian (Indonesia)", "Italian (Italy)", "Japanese (Japan)", "Korean (Korea)", "Malay (Malaysia)",
		"Norwegian Bokmål (Norway)", "Polish (Poland)", "Portuguese (Brazil)", "Portuguese (Portugal)", "Romanian (Romania)",
		"Spanish (Mexico)", "Spanish (Spain)", "Swedish (Sweden)", "Tamil (India)", "Thai (Thailand)", "Turkish (Türkiye)",
		"Ukrainian (Ukraine)", "Vietnamese (Vietnam)",
	}
}

func (s *Sandbox) listLanguages(*http.Request, *engine.Request) (any, *engine.Error) {
	return map[string]any{"languages": languages()}, nil
}

// checkLanguages refuses more languages than a job takes, and names that are none.
func checkLanguages(names []string) *engine.Error {
	if len(names) > maxLanguages {
		return engine.Invalid("output_languages", "'output_languages' must have at most %d items.", maxLanguages)
	}
	for _, name := range names {
		if !slices.Contains(languages(), name) {
			return engine.Invalid("output_languages", "'%s' is not a supported language.", name)
		}
	}
	return nil
}

func inputLanguage(given *string) string {
	if given == nil {
		return "English"
	}
	return *given
}

// rendering stands for a translation: the words as they were, marked with the language, so that
// whoever reads subtitles can tell them apart.
func rendering(text, language string) string {
	return "[" + strings.ReplaceAll(language, " ", "\u00a0") + "] " + text
}
