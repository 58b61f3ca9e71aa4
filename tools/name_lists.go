package tools

import (
	"fmt"

	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
)

// nameSources are where HeyGen lists what it calls languages, by what tags lang call the lists, once the
// tools are offered.
func nameSources(ch *choice.Choice) map[string]engine.NameSource {
	sources := map[string]engine.NameSource{
		"translation": {Tool: "list_video_translation_languages", Member: "languages"},
	}
	for name, s := range sources {
		if t, ok := ch.Find(s.Tool); ok {
			s.Op = t.Op
			sources[name] = s
		}
	}
	return sources
}

// checkNames holds that the lists which tags lang name are there.
func checkNames(ch *choice.Choice) error {
	sources := nameSources(ch)
	for _, s := range sources {
		if s.Op.Path == "" {
			return fmt.Errorf("tools: names of languages are shown by %s, which is not there", s.Tool)
		}
	}
	for _, t := range ch.Tools() {
		for _, name := range t.Input.LangLists() {
			if _, known := sources[name]; !known {
				return fmt.Errorf("tools: %s names languages as %s, which is neither a form nor a list", t.Name, name)
			}
		}
	}
	return nil
}
