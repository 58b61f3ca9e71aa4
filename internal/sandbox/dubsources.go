package sandbox

import (
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// spokenElsewhere is what is said in a file that lies elsewhere: the sandbox fetches nothing.
const spokenElsewhere = "This is what is said in a file that the sandbox did not fetch."

// withSpeech returns a copy of a file whose length and words are known, or guessed.
func withSpeech(m *media.File) *media.File {
	known := *m
	if known.Seconds == 0 {
		known.Seconds = audioSeconds
	}
	if known.Text == "" {
		known.Text = spokenElsewhere
	}
	return &known
}

// checkPlaces refuses what a request names and the account has not: a folder, and glossaries by
// either of their names.
func (s *Sandbox) checkPlaces(v *engine.Request, folder *string, glossaries ...*string) *engine.Error {
	if apiErr := holdingsOf(v.Account).holds("folder_id", folder); apiErr != nil {
		return apiErr
	}
	for _, id := range glossaries {
		if apiErr := holdingsOf(v.Account).speaksBy("brand_glossary_id", id); apiErr != nil {
			return apiErr
		}
	}
	return nil
}
