package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"heygen-mcp/internal/sandbox/seeded"
)

// The size of the large catalog, which is about that of HeyGen's own.
const (
	largeLooks  = 10_000
	largeVoices = 5_000
)

// largePublic is a public catalog as uneven as the real one: names that many people share, tags that
// are missing or in other languages, what nobody has filled in, groups of one look and of forty. It
// begins with the small one, so that what works there works here too.
func largePublic(seed uint64) *catalog {
	c := publicCatalog(seed, defaultLooks, defaultVoices)
	g := &uneven{
		catalog: c, seed: seed,
		dice:   rand.New(rand.NewPCG(seed, 17)), //nolint:gosec // G404: the same seed must give the same catalog
		people: people(), spoken: spokenLanguages(), scenes: lookScenes(), byKind: map[string][]*voice{},
	}
	for len(c.voices) < largeVoices {
		g.addVoice()
	}
	for len(c.looks) < largeLooks {
		g.addGroup()
	}
	return c
}

// uneven makes a catalog.
type uneven struct {
	*catalog
	seed   uint64
	dice   *rand.Rand
	people []person
	spoken []spoken
	scenes []lookScene
	byKind map[string][]*voice // of English voices, by gender
}

// one picks from a list.
func (g *uneven) one(list []string) string { return list[g.dice.IntN(len(list))] }

// some is true so many times of a hundred.
func (g *uneven) some(percent int) bool { return g.dice.IntN(100) < percent }

// addVoice adds one voice of a language that has many voices or few.
func (g *uneven) addVoice() {
	i := len(g.voices)
	language := g.spoken[min(g.dice.IntN(len(g.spoken)), g.dice.IntN(len(g.spoken)))] // the first are the most spoken
	person := g.people[g.dice.IntN(len(g.people))]
	if len(language.people) > 0 && g.some(60) {
		person = language.people[g.dice.IntN(len(language.people))]
	}
	v := &voice{
		id:       seeded.HexID(g.seed, "large", "voice", i),
		language: language.name,
		gender:   person.gender,
		engine:   []string{"starfish", "starfish", "starfish", "elevenlabs", "fish"}[g.dice.IntN(5)],
		pause:    g.some(75),
		created:  firstCreated + int64(i)*day/4,
		place:    int64(i) + 1,
	}
	n := 1 + g.dice.IntN(len(language.locales))
	v.locales = language.locales[:min(n, len(language.locales))]
	mood, role := g.one(voiceMoods()), g.one(voiceRoles())
	accent := language.accents[g.dice.IntN(len(language.accents))]
	switch g.dice.IntN(6) {
	case 0:
		v.name = person.name
	case 1:
		v.name = person.name + " - " + mood
	case 2:
		v.name = person.name + " (" + accent + ")"
	case 3:
		v.name = fmt.Sprintf("%s %s %s", accent, mood, role)
	default:
		v.name = fmt.Sprintf("%s - %s %s", person.name, mood, role)
	}
	if g.some(4) {
		v.language = "Multilingual"
	}
	if g.some(3) {
		v.gender = "unknown"
	}
	v.words = strings.Fields(strings.ToLower(mood + " " + role + " " + v.gender + " " + v.language + " " + person.name))
	g.voices = append(g.voices, v)
	g.voiceByID[v.id] = v
	if v.language == english {
		g.byKind[v.gender] = append(g.byKind[v.gender], v)
	}
}

const english = "English"

// addGroup adds a person with looks: one mostly, forty sometimes.
func (g *uneven) addGroup() {
	i := len(g.groups)
	person := g.people[g.dice.IntN(len(g.people))]
	one := &group{
		id:      seeded.HexID(g.seed, "large", "group", i),
		name:    person.name,
		gender:  person.gender,
		created: firstCreated + int64(i)*day/4,
		place:   int64(i) + 1,
	}
	if g.some(15) {
		one.name += " " + g.one(surnames())
	}
	if voices := g.byKind[person.gender]; len(voices) > 0 && g.some(80) {
		one.voiceID = voices[g.dice.IntN(len(voices))].id
	}
	if g.some(7) {
		one.gender = ""
	}
	g.groups = append(g.groups, one)
	g.groupByID[one.id] = one
	n := []int{1, 1, 2, 3, 3, 4, 5, 6, 8, 12}[g.dice.IntN(10)]
	if g.some(1) {
		n = 40
	}
	kind := []string{studioAvatar, studioAvatar, digitalTwin, photoAvatar, photoAvatar}[g.dice.IntN(5)]
	at := g.dice.IntN(len(g.scenes))
	for range n {
		if len(g.looks) == largeLooks {
			return
		}
		if g.some(40) { // many have looks of one scene
			at = g.dice.IntN(len(g.scenes))
		}
		g.addLook(one, person, kind, g.scenes[at])
	}
}

// addLook adds a look of a person in a scene.
func (g *uneven) addLook(of *group, person person, kind string, scene lookScene) {
	n := len(of.looks)
	pose, place, clothes := g.one(scene.poses), g.one(scene.places), g.one(scene.clothes)
	l := &look{
		id:      seeded.HexID(g.seed, of.id, "look", n),
		kind:    kind,
		group:   of,
		voiceID: of.voiceID,
		tags:    []string{},
		place:   int64(len(g.looks)) + 1,
		matting: kind != photoAvatar,
	}
	switch g.dice.IntN(7) {
	case 0:
		l.name = of.name
	case 1:
		l.name = fmt.Sprintf("%s %s %s", of.name, place, pose)
	case 2:
		l.name = fmt.Sprintf("%s in %s", of.name, clothes)
	case 3:
		l.name = fmt.Sprintf("%s (%s, %s)", of.name, scene.role, place)
	case 4:
		l.name = fmt.Sprintf("%s %d", of.name, n+1)
	default:
		l.name = fmt.Sprintf("%s %s in %s", scene.role, of.name, place)
	}
	if g.some(2) {
		l.name = g.one([]string{"Untitled look", "new look (2)", "IMG_2041", "copy of " + l.name})
	}
	if !g.some(25) {
		l.tags = g.tags(scene, pose, place, clothes, person)
	}
	l.engines = [][]string{
		{engineV, engineIV, engineIII}, {engineIV, engineIII}, {engineIV, engineIII}, {engineIV}, {engineIII},
	}[g.dice.IntN(5)]
	switch g.dice.IntN(10) {
	case 0, 1, 2:
		l.orientation, l.width, l.height = "portrait", 1080, 1920
	case 3:
		l.orientation, l.width, l.height = "square", 1080, 1080
	case 4:
		l.width, l.height = 1920, 1080
	default:
		l.orientation, l.width, l.height = "landscape", 1920, 1080
	}
	of.looks = append(of.looks, l)
	g.looks = append(g.looks, l)
	g.lookByID[l.id] = l
}

// tags are what somebody has written of a look, in the spelling of that day.
func (g *uneven) tags(scene lookScene, pose, place, clothes string, who person) []string {
	var tags []string
	put := func(percent int, tag string) {
		if g.some(percent) && tag != "" {
			tags = append(tags, tag)
		}
	}
	role := strings.ToLower(scene.role)
	if len(scene.foreign) > 0 && g.some(10) {
		role = g.one(scene.foreign)
	}
	put(85, role)
	put(70, strings.ToLower(pose))
	put(75, strings.ToLower(place))
	put(40, clothes)
	put(45, g.one([]string{"20", "30", "40", "50", "60"}))
	put(50, who.gender)
	put(20, g.one([]string{"UGC", "Business", "Lifestyle", "Favorites", "new"}))
	if g.some(10) {
		for i := range tags {
			tags[i] = strings.ToUpper(tags[i])
		}
	}
	if tags == nil {
		tags = []string{}
	}
	return tags
}
