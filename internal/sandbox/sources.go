package sandbox

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

// mediaRef is how v3 takes a file: by its address, or by the id of an asset.
type mediaRef struct {
	Type    string `json:"type"`
	URL     string `json:"url"`
	AssetID string `json:"asset_id"`
}

// spokenElsewhere is what is said in a file that lies elsewhere: the sandbox fetches nothing.
const spokenElsewhere = "This is what is said in a file that the sandbox did not fetch."

// source finds the file that a reference leads to. Files of the sandbox's own links are known, so that one job's video
// can be the next one's source; of files elsewhere the length is a guess.
func (s *Sandbox) source(ref *mediaRef, param string) (*media, *apiError) {
	if ref.Type == "asset_id" {
		if one := s.media[ref.AssetID]; one != nil {
			return one.withSpeech(), nil
		}
		return nil, notFound("asset_not_found", "Asset").at(param)
	}
	u, err := url.Parse(ref.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, invalid(param+".url", "'%s.url' must be a public URL.", param)
	}
	name, own := strings.CutPrefix(u.Path, "/files/")
	if !own {
		return (&media{}).withSpeech(), nil
	}
	id, _, _ := strings.Cut(path.Base(name), ".")
	if one := s.media[id]; one != nil {
		return one.withSpeech(), nil
	}
	return nil, refuse(http.StatusBadRequest, "download_failed", param, "The file at '%s.url' could not be downloaded.", param)
}

// withSpeech is a file whose length and words are known, or guessed.
func (m *media) withSpeech() *media {
	known := *m
	if known.seconds == 0 {
		known.seconds = audioSeconds
	}
	if known.text == "" {
		known.text = spokenElsewhere
	}
	return &known
}

// checkPlaces refuses what a request names and the account has not: a folder, and glossaries by either of their names.
func (s *Sandbox) checkPlaces(v *visit, folder *string, glossaries ...*string) *apiError {
	if apiErr := v.account.holds("folder_id", folder); apiErr != nil {
		return apiErr
	}
	for _, id := range glossaries {
		if apiErr := v.account.speaksBy("brand_glossary_id", id); apiErr != nil {
			return apiErr
		}
	}
	return nil
}
