package sandbox

import (
	"cmp"
	"encoding/binary"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/seeded"
)

// designedVoices is how many voices v3 answers to one prompt and seed.
const designedVoices = 3

func (s *Sandbox) voiceRoutes() []engine.Route {
	return []engine.Route{
		engine.On("GET", "/v3/voices", s.listVoices),
		engine.On("POST", "/v3/voices", s.designVoice),
		engine.On("GET", "/v3/voices/{voice_id}", s.getVoice),
		engine.On("DELETE", "/v3/voices/{voice_id}", s.deleteVoice),
		engine.On("POST", "/v3/voices/clone", s.cloneVoice),
		engine.On("POST", "/v3/voices/speech", s.createSpeech),
	}
}

// listVoices answers GET /v3/voices.
func (s *Sandbox) listVoices(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	items := s.public.voices
	if q.Get("type") == "private" {
		s.Settle(v.Account, s.Now()) // a clone that is complete by now is a voice
		items = holdingsOf(v.Account).private.voices
	}
	items = slices.DeleteFunc(slices.Clone(items), func(one *voice) bool {
		return !matches(q.Get("language"), one.language) || !matches(q.Get("gender"), one.gender) ||
			!matches(q.Get("engine"), one.engine)
	})
	return engine.Paged(s.Engine, l, items,
		func(_ int, one *voice) int64 { return one.place },
		func(position, after int64) bool { return position > after },
		func(one *voice) any { return s.showVoice(r, one) }), nil
}

// matches takes an empty filter for none.
func matches(filter, value string) bool { return filter == "" || strings.EqualFold(filter, value) }

// getVoice answers GET /v3/voices/{voice_id}.
func (s *Sandbox) getVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	id := chi.URLParam(r, "voice_id")
	one := s.findVoice(v, id)
	if one == nil {
		return s.showClone(v, id)
	}
	out := map[string]any{
		"voice_id":                   one.id,
		"name":                       one.name,
		"language":                   one.language,
		"gender":                     one.gender,
		"preview_audio_url":          s.SampleLink(r, one.id),
		"support_pause":              one.pause,
		"support_interactive_avatar": false,
		"created_at":                 one.created,
		"status":                     nil,
		"failure_message":            nil,
	}
	if one.private {
		out["status"] = "complete" // v3's word for a clone, not "completed"
	}
	return out, nil
}

// findVoice finds a voice that can speak: of the library or the caller's own.
func (s *Sandbox) findVoice(v *engine.Request, id string) *voice {
	s.Settle(v.Account, s.Now())
	for _, c := range s.catalogs(v) {
		if one, ok := c.voiceByID[id]; ok {
			return one
		}
	}
	return nil
}

type designRequest struct {
	Prompt string  `json:"prompt"`
	Gender *string `json:"gender"`
	Locale *string `json:"locale"`
	Seed   int     `json:"seed"`
}

// designVoice answers POST /v3/voices. It is a search, and what it finds are
// voices of the catalog: those whose description shares most words with the
// prompt, in an order that only prompt and seed decide.
func (s *Sandbox) designVoice(r *http.Request, _ *engine.Request) (any, *engine.Error) {
	var in designRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	found := slices.DeleteFunc(slices.Clone(s.public.voices), func(v *voice) bool {
		return in.Gender != nil && !matches(*in.Gender, v.gender) || in.Locale != nil && !v.speaks(*in.Locale)
	})
	prompt := strings.FieldsFunc(strings.ToLower(in.Prompt), func(c rune) bool { return !engine.IsWordRune(c) })
	rank := map[*voice]uint64{}
	for _, v := range found {
		shared := uint64(0)
		for _, word := range v.words {
			if slices.Contains(prompt, word) {
				shared++
			}
		}
		// The digest breaks ties, below what any shared word weighs.
		rank[v] = shared<<32 | uint64(binary.BigEndian.Uint32(seeded.Digest(s.Seed, "design", in.Prompt, v.id)))
	}
	slices.SortFunc(found, func(a, b *voice) int {
		return cmp.Or(cmp.Compare(rank[b], rank[a]), cmp.Compare(a.id, b.id))
	})
	voices := []any{}
	if in.Seed < len(found) { // also keeps the product below from overflowing
		from := min(in.Seed*designedVoices, len(found))
		for _, v := range found[from:min(from+designedVoices, len(found))] {
			voices = append(voices, s.showVoice(r, v))
		}
	}
	return map[string]any{"voices": voices, "seed": in.Seed}, nil
}

// speaks takes a whole locale, or a language alone.
func (v *voice) speaks(locale string) bool {
	return locale == "" || slices.ContainsFunc(v.locales, func(have string) bool {
		return strings.EqualFold(have, locale) || strings.EqualFold(have[:2], locale)
	})
}

func (s *Sandbox) showVoice(r *http.Request, v *voice) any {
	kind := "public"
	if v.private {
		kind = "private"
	}
	return map[string]any{
		"voice_id":          v.id,
		"name":              v.name,
		"language":          v.language,
		"gender":            v.gender,
		"type":              kind,
		"preview_audio_url": s.SampleLink(r, v.id),
		"support_pause":     v.pause,
		"support_locale":    len(v.locales) > 1,
	}
}
