package sandbox

import (
	"fmt"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/seeded"
)

const (
	studioAvatar = "studio_avatar"
	digitalTwin  = "digital_twin"
	photoAvatar  = "photo_avatar"

	engineIII = "avatar_iii"
	engineIV  = "avatar_iv"
	engineV   = "avatar_v"

	looksPerGroup = 3
	// firstCreated is when the oldest avatar was made: 2024-01-01 in UTC.
	firstCreated = 1704067200
	day          = 24 * 60 * 60
)

// group, look and voice are the catalog's items. Only an account's own ones change.
type group struct {
	id, name, gender, voiceID string
	created                   int64
	private                   bool
	consent                   string    // "" means not required
	accepts                   time.Time // when a consent video is accepted; zero is never
	looks                     []*look   // at least one
	place                     int64     // in lists; it stays when others go
}

type look struct {
	id, name, kind, orientation, voiceID string
	group                                *group
	engines, tags                        []string
	width, height                        int
	matting                              bool
	training                             *engine.Job // nil for what was there from the start
	place                                int64
}

type voice struct {
	id, name, language, gender, engine string
	locales                            []string
	words                              []string // what a designed voice is looked for by
	private, pause                     bool
	created                            int64
	place                              int64 // in lists; it stays when others go
}

// catalog is what can be chosen from, public or an account's own.
type catalog struct {
	groups    []*group
	looks     []*look
	voices    []*voice
	groupByID map[string]*group
	lookByID  map[string]*look
	voiceByID map[string]*voice
}

func publicCatalog(seed uint64, looks, voices int) *catalog {
	c := newCatalog()
	for i := range voices {
		c.addVoice(seed, "public", i, false)
	}
	for i := 0; len(c.looks) < looks; i++ {
		kind := []string{studioAvatar, digitalTwin, photoAvatar}[i%3]
		g := c.addGroup(seed, "public", i)
		// The first look of all works with every default, so that a newcomer's
		// first try does; later ones have the gaps that real ones have.
		if len(c.voices) > 0 && i%6 != 5 {
			g.voiceID = c.voiceFor(g.gender, i)
		}
		for n := 0; n < looksPerGroup && len(c.looks) < looks; n++ {
			as := kind
			if kind == digitalTwin && n == looksPerGroup-1 {
				as = photoAvatar // a twin's group may hold photos of it, which can borrow its motion
			}
			c.addLook(seed, g, as, n)
		}
	}
	return c
}

// privateCatalog is what every account owns: a twin that may be used, one
// that still waits for consent, and a cloned voice.
func privateCatalog(seed uint64, account string) *catalog {
	c := newCatalog()
	v := c.addVoice(seed, "private/"+account, 0, true)
	for i, consent := range ownConsents() {
		g := c.addGroup(seed, "private/"+account, i)
		g.private, g.consent, g.voiceID = true, consent, v.id
		c.addLook(seed, g, digitalTwin, 0)
		g.place += privatePlace
		g.looks[0].place += privatePlace
	}
	return c
}

// ownConsents are those to the twins that every account begins with.
func ownConsents() []string { return []string{consentAccepted, consentPending} }

func newCatalog() *catalog {
	return &catalog{groupByID: map[string]*group{}, lookByID: map[string]*look{}, voiceByID: map[string]*voice{}}
}

func (c *catalog) addGroup(seed uint64, owner string, i int) *group {
	names := []string{
		"Abigail", "Daniel", "Amelia", "Marcus", "Imani", "Kenji", "Lucia", "Oskar", "Priya", "Tomas",
		"Freya", "Rashid", "Chloe", "Mateo", "Ines", "Viktor", "Nadia", "Samuel", "Leila", "Hugo",
	}
	at := (seeded.Pick(len(names)/2, seed, owner, "first name")*2 + i) % len(names)
	g := &group{
		id:      seeded.HexID(seed, owner, "group", i),
		name:    numbered(names[at], i/len(names)),
		gender:  []string{"female", "male"}[at%2],
		created: firstCreated + int64(i)*day,
		place:   int64(i) + 1,
	}
	c.groups = append(c.groups, g)
	c.groupByID[g.id] = g
	return g
}

func (c *catalog) addLook(seed uint64, g *group, kind string, n int) {
	places := []string{"Office", "Studio", "Kitchen", "Library", "Garden", "Workshop", "Lobby", "Rooftop"}
	outfits := []string{"suit", "sweater", "shirt", "blazer", "jacket", "dress shirt"}
	place := places[(seeded.Pick(len(places), seed, g.id, "place")+n)%len(places)]
	outfit := outfits[(seeded.Pick(len(outfits), seed, g.id, "outfit")+n)%len(outfits)]
	l := &look{
		id:      seeded.HexID(seed, g.id, "look", n),
		name:    fmt.Sprintf("%s in %s (%s)", g.name, "a "+outfit, place),
		kind:    kind,
		group:   g,
		voiceID: g.voiceID,
		tags:    []string{strings.ToLower(place), outfit, g.gender},
		place:   int64(len(c.looks)) + 1,
		matting: kind == studioAvatar || kind == digitalTwin && n == 0,
	}
	index := len(c.groups) - 1
	switch {
	case kind == photoAvatar && g.hasTwin(), kind == digitalTwin:
		l.engines = []string{engineV, engineIV, engineIII}
	case kind == studioAvatar && index%9 == 6:
		l.engines = []string{engineIII} // an old recording: the default engine is not for it
	default:
		l.engines = []string{engineIV, engineIII}
	}
	switch {
	case n == 1:
		l.orientation, l.width, l.height = "portrait", 1080, 1920
	case n == 2 && kind == photoAvatar:
		l.orientation, l.width, l.height = "square", 1080, 1080
	default:
		l.orientation, l.width, l.height = "landscape", 1920, 1080
	}
	g.looks = append(g.looks, l)
	c.looks = append(c.looks, l)
	c.lookByID[l.id] = l
}

func (g *group) hasTwin() bool {
	for _, l := range g.looks {
		if l.kind == digitalTwin {
			return true
		}
	}
	return false
}

func (c *catalog) addVoice(seed uint64, owner string, i int, private bool) *voice {
	names := []string{
		"Aria", "Bruno", "Clara", "Dmitri", "Elise", "Felix", "Grace", "Henrik", "Iris", "Jonas",
		"Keiko", "Leon", "Mira", "Nolan", "Olive", "Pavel", "Quinn", "Rafael", "Sofia", "Theo",
	}
	languages := [][]string{
		{"English", "en-US", "en-GB"}, {"English", "en-US"}, {"Spanish", "es-ES", "es-MX"}, {"English", "en-GB"},
		{"German", "de-DE"}, {"French", "fr-FR", "fr-CA"}, {"English", "en-AU"}, {"Portuguese", "pt-BR"},
		{"Japanese", "ja-JP"}, {"Hindi", "hi-IN"},
	}
	moods := []string{"warm", "calm", "bright", "deep", "confident", "friendly", "serious", "playful"}
	roles := []string{"narrator", "presenter", "teacher", "storyteller", "assistant", "newsreader"}
	language := languages[(i/2)%len(languages)]
	mood := moods[seeded.Pick(len(moods), seed, owner, "mood", i)]
	role := roles[seeded.Pick(len(roles), seed, owner, "role", i)]
	v := &voice{
		id:       seeded.HexID(seed, owner, "voice", i),
		name:     fmt.Sprintf("%s - %s %s", numbered(names[i%len(names)], i/len(names)), strings.ToUpper(mood[:1])+mood[1:], role),
		language: language[0],
		locales:  language[1:],
		gender:   []string{"female", "male"}[i%2],
		engine:   []string{"starfish", "starfish", "elevenlabs", "starfish", "fish"}[i%5],
		private:  private,
		pause:    i%4 != 3,
		created:  firstCreated + int64(i)*day,
		place:    int64(i) + 1,
	}
	v.words = []string{mood, role, v.gender, strings.ToLower(v.language), strings.ToLower(names[i%len(names)])}
	c.voices = append(c.voices, v)
	c.voiceByID[v.id] = v
	return v
}

// voiceFor finds a voice of a gender, an English one for the first avatars.
func (c *catalog) voiceFor(gender string, from int) string {
	for n := range c.voices {
		if v := c.voices[(from+n)%len(c.voices)]; v.gender == gender && v.language == "English" {
			return v.id
		}
	}
	return c.voices[0].id
}

// numbered tells the second and later bearers of a name apart.
func numbered(name string, times int) string {
	if times == 0 {
		return name
	}
	return fmt.Sprintf("%s %d", name, times+1)
}
