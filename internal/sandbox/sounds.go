package sandbox

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
	"heygen-mcp/internal/sandbox/seeded"
)

// usualScore is what a track must fit at least where nobody asks for another.
const usualScore = 0.7

// sound is a track of the catalog. They never change.
type sound struct {
	id, name, kind, description string
	words                       []string
	seconds                     float64
	placement                   string // of an effect: hit, riser or bed
}

func (s *Sandbox) soundRoutes() []engine.Route {
	return []engine.Route{
		engine.On("GET", "/v3/audio/sounds", s.searchSounds),
	}
}

// sounds are all tracks: every mood with every style, and the effects.
func (s *Sandbox) sounds() []sound {
	moods := []string{"upbeat", "calm", "tense", "dreamy", "heroic", "playful"}
	styles := []string{"lofi hip-hop", "cinematic orchestra", "acoustic guitar", "corporate piano", "electronic synthwave", "jazz trio"}
	places := []string{"a morning commute", "a product launch", "a quiet evening", "a countdown", "a garden", "a training video"}
	effects := []string{
		"whoosh fast swoosh for a scene change:hit", "cash register ching with coins:hit", "camera shutter click:hit", "door knock on wood:hit",
		"thunder rumble far away:bed", "rain on a window:bed", "crowd applause in a hall:bed", "keyboard typing in an office:bed",
		"tension riser before a drop:riser", "reverse cymbal swell:riser", "notification bell ding:hit", "footsteps on gravel:bed",
	}
	var all []sound
	for i, mood := range moods {
		for n, style := range styles {
			description := mood + " " + style + " for " + places[(i+n)%len(places)]
			all = append(all, s.newSound("music", mood+" "+style, description, 30+float64(seeded.Pick(150, s.Seed, "sound", description)), ""))
		}
	}
	for _, line := range effects {
		description, placement, _ := strings.Cut(line, ":")
		length := map[string]float64{"hit": 1.2, "riser": 4, "bed": 20}[placement]
		words := strings.Fields(description)
		all = append(all, s.newSound("sound_effects", strings.Join(words[:2], " "), description, length, placement))
	}
	return all
}

func (s *Sandbox) newSound(kind, name, description string, seconds float64, placement string) sound {
	return sound{
		id: s.NewID("sound", kind, description), name: strings.ToUpper(name[:1]) + name[1:], kind: kind,
		description: description, words: soundWords(description), seconds: seconds, placement: placement,
	}
}

// soundWords are the words of a description that say something.
func soundWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !engine.IsWordRune(c) || c == '-' || c == '_' })
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 3 || slices.Contains([]string{"for", "the", "and", "with"}, w) })
}

// searchSounds answers GET /v3/audio/sounds. A track scores by how many words of the query it has:
// none is a half, all is one.
func (s *Sandbox) searchSounds(r *http.Request, _ *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	wanted := soundWords(q.Get("query"))
	if strings.TrimSpace(q.Get("query")) == "" {
		return nil, engine.Invalid("query", "'query' must not be empty.")
	}
	kind, least := cmp.Or(q.Get("type"), "music"), usualScore
	if n, err := strconv.ParseFloat(q.Get("min_score"), 64); err == nil {
		least = n
	}
	type hit struct {
		sound
		score float64
	}
	var hits []hit
	for _, one := range s.sounds() {
		shared := 0
		for _, word := range wanted {
			if slices.Contains(one.words, word) {
				shared++
			}
		}
		score := math.Round(1000*(0.5+0.5*float64(shared)/float64(max(1, len(wanted))))) / 1000
		if one.kind == kind && score >= least {
			hits = append(hits, hit{one, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	return engine.ByIndex(s.Engine, l, hits, func(one hit) any {
		s.PutFile(one.id, &media.File{Seconds: one.seconds})
		return map[string]any{
			"id": one.id, "name": one.name, "description": one.description, "type": one.kind, "score": one.score, "duration": one.seconds,
			"audio_url": s.Link(r, "sounds/"+one.id+".wav"), "placement": engine.OrNull(one.placement), "peak_offset": one.peak(),
		}
	}), nil
}

// peak is where an effect is loudest: the recording swells and falls once in a syllable.
func (one sound) peak() any {
	if one.placement == "" {
		return nil
	}
	return media.SyllableSeconds / 2
}
