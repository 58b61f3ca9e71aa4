package search

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// joinPhrases writes phrases that mean something else than their words as what they mean.
func joinPhrases(query string) string {
	query = " " + strings.Join(joinParticles(announced(withoutLengths(wordsOf(query)))), " ") + " "
	for _, p := range phrases() {
		query = strings.ReplaceAll(query, " "+p.said+" ", " "+p.called+" ")
	}
	return query
}

// announced writes the wish to be told when something happens as what does that. What follows the when says
// at what time, and not what is to be done: "tell my server when rendering ends" stops nothing.
func announced(words []string) []string {
	if i := letKnow(words); i >= 0 {
		return append(slices.Clone(words[:i]), "create", "webhook")
	}
	when := slices.IndexFunc(words, func(w string) bool { return w == "when" || w == "once" || w == "whenever" })
	for i := range max(when, 0) {
		switch words[i] {
		case "tell", "notify", "inform", "ping", "alert", "call", "message", "post", "know", "hear", "notification", "email",
			"mail", "sms":
			return append(slices.Clone(words[:i]), "create", "webhook")
		}
	}
	return words
}

// joinParticles writes verbs whose second part stands behind what they are about as one word: "take him out" is to
// remove him.
func joinParticles(words []string) []string {
	const within = 7 // words between the two parts name anything
	for i, w := range words {
		switch w {
		case "take", "throw", "cut", "kick", "get":
		default:
			continue
		}
		for j := i + 2; j < min(len(words), i+within); j++ {
			if p := words[j]; p == "out" || p == "away" || p == "off" {
				joined := append(slices.Clone(words[:i]), "remove")
				return slices.Concat(joined, words[i+1:j], words[j+1:])
			}
		}
	}
	return words
}

// letKnow is where a wish such as "let the office know of each video" begins, -1 for none. Who wants to know who, what
// or whether is answered at once.
func letKnow(words []string) int {
	know := slices.Index(words, "know")
	if know < 0 || know+1 == len(words) {
		return -1
	}
	switch words[know+1] {
	case "who", "what", "which", "how", "if", "whether", "why", "where":
		return -1
	}
	for i := know - 1; i >= max(0, know-4); i-- { // four words name anybody
		if words[i] == "let" {
			return i
		}
	}
	return -1
}

// withoutLengths leaves out how many seconds or minutes something is long: twenty minutes are no twenty things.
func withoutLengths(words []string) []string {
	var kept []string
	for i, w := range words {
		if i+1 < len(words) && isNumber(w) {
			switch words[i+1] {
			case "second", "seconds", "sec", "minute", "minutes", "min", "hour", "hours", "day", "days", "week", "weeks":
				continue
			}
		}
		kept = append(kept, w)
	}
	return kept
}

// isNumber reports whether a word is a number, in digits or one of the words for such.
func isNumber(word string) bool {
	switch word {
	case "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "fifteen", "twenty", "thirty", "forty", "fifty",
		"sixty", "ninety", "hundred":
		return true
	}
	return strings.Trim(word, "0123456789") == ""
}

// phrases are in words as wordsOf parts them: b-roll is two.
func phrases() []meaning {
	return []meaning{
		{"enough money", "balance"}, {"enough credits", "balance"}, {"do i have enough", "balance"}, {"how many seconds is", "get"},
		{"must sign", "consent"}, {"has to sign", "consent"}, {"uploads", "assets"}, {"are registered", "list"}, {"behind me", "background"},
		{"behind him", "background"}, {"behind her", "background"},
		{"set me back", "cost"}, {"set us back", "cost"}, {"must go", "delete"}, {"has to go", "delete"}, {"have to go", "delete"},
		{"take down", "delete"}, {"no longer need", "delete"}, {"i uploaded", "assets"}, {"we uploaded", "assets"},
		{"i have uploaded", "assets"}, {"i sent you", "assets"}, {"as a text", "download transcript"}, {"as text", "download transcript"},
		{"in writing", "download transcript"}, {"the mp4", "download video"}, {"burned in", "burn captions"}, {"burnt in", "burn captions"},
		{"stay in english", "untranslated"}, {"stay in german", "untranslated"}, {"stays in english", "untranslated"},
		{"not be translated", "untranslated"}, {"not translated", "untranslated"}, {"never translated", "untranslated"},
		{"have i", "list"}, {"did i", "list"}, {"do i have", "list"}, {"have we", "list"}, {"did we", "list"},
		{"do we have", "list"}, {"are there", "list"}, {"is there a", "list a"}, {"is there an", "list a"},
		{"coming along", "progress"}, {"how far", "progress"},
		{"throw away", "delete"}, {"get rid of", "delete"}, {"take out", "remove"}, {"cut out", "remove"},
		{"by http when", "webhook"}, {"give me the", "download"}, {"send me the", "download"}, {"give me", "get"}, {"send me", "get"}, {"show me", "list"}, {"another", "new"},
		{"who are", "list"}, {"narrators", "voices"}, {"turn off", "delete"}, {"switch off", "delete"}, {"portrait video", "vertical video"}, {"run out", "expire"}, {"runs out", "expire"}, {"which kinds", "list types"}, {"what kinds", "list types"}, {"endpoint listen to", "endpoint types"}, {"listen to", "speech audio"}, {"s the damage", "cost"}, {"as it was", "earlier version"},
		{"my own voice", "clone my voice"}, {"own voice", "clone voice"}, {"what is said", "transcript"}, {"what was said", "transcript"}, {"what he says", "transcript"}, {"what she says", "transcript"},
		{"spoken correctly", "pronounce"}, {"said correctly", "pronounce"}, {"spoken wrongly", "pronounce"}, {"said wrongly", "pronounce"}, {"say it right", "pronounce"},
		{"talking head", "presenter"}, {"voice over my", "dub"}, {"voice over the", "dub"}, {"voice over an", "dub"}, {"voice over", "voiceover"}, {"text to speech", "tts"},
		{"read aloud", "speech"}, {"read my", "speak my"}, {"reads my", "speak my"}, {"read the script", "speak script"}, {"read this", "speak this"}, {"read out", "speech"}, {"say it", "speech"}, {"speak again", "speech"},
		{"lip sync", "lipsync"}, {"lips", "lipsync"}, {"green screen", "backdrop"}, {"b roll", "cinematic"},
		{"real time", "realtime"}, {"how many credits", "credits"}, {"how much", "cost"},
		{"look up", "get"}, {"find out", "get"}, {"set up", "create"}, {"turn into", "create"}, {"from scratch", "new"},
		{"filler words", "filler"}, {"voice clone", "clone voice"}, {"mail merge", "template"}, {"at once", "many"},
		{"who am i", "account"}, {"would cost", "estimate cost"}, {"will cost", "estimate cost"}, {"what it cost", "spent"}, {"it cost", "estimate cost"}, {"logged in", "account"}, {"signed in", "account"},
	}
}

// meaning is what people say for what things are called here.
type meaning struct{ said, called string }

// meanings are the synonyms of the field, in plain words.
func meanings() []meaning {
	return []meaning{
		{"make generate produce build record start new compose write craft launch begin do prepare", "create generate make"},
		{"create", "generate make begin"},
		{"need want", "create"},
		{"generate", "create make"},
		{"delete remove erase trash discard destroy drop clean purge throw toss scrap wipe vanish disappear undo bin dump clear ditch", "delete remove"},
		{"wrong incorrect outdated", "update correct"}, {"revision revisions", "version"}, {"clip", "video"}, {"ran", "run"}, {"sent", "send"}, {"spoke", "speak"}, {"wrote written", "write"}, {"began begun", "begin"},
		{"list show see browse find search available overview display all what which", "list"},
		{"per sheet spreadsheet excel csv table rows each every dozen twelve ten nine eight seven six fifty forty thirty twenty hundred 100 50 40 30 25 20 10", "batch many bulk"},
		{"correct correction corrected corrections typo typos mistake mistakes misspelled lines reword rephrase", "proofread upload update"},
		{"finished finish completed done close finalize finalise", "complete"},
		{"find search look discover pick choose suitable", "search list find"},
		{"get check see fetch details info information open view show read inspect", "get"},
		{"update change edit modify adjust set switch alter replace correct fix amend move point redirect", "update change"},
		{"rename title name call", "rename update"},
		{"status progress done ready finished finish complete completed stuck pending render rendered state", "status wait get"},
		{"wait until poll", "wait"},
		{"dub dubbed dubbing localize localise localization foreign", "translate translation"},
		{"translate translation translated", "translate translation language"},
		{"voiceover narration narrate narrator tts speak say spoken read aloud audio mp3 talk", "speech speak"},
		{"sentence text paragraph words script", "text speech"},
		{"caption captions subtitle subtitles srt vtt transcript closed", "srt subtitle caption proofread"},
		{"presenter spokesperson spokesman spokeswoman moderator host actor actress character person face human anchor newsreader people woman man lady gentleman guy girl boy businessman businesswoman salesman saleswoman narrates", "avatar"},
		{"suit blazer glasses beard bald hair haired blonde blond uniform coat jacket tie hat scarf hijab apron", "look avatar"}, {"wear wears wearing dressed", "look avatar outfit"},
		{"avatar avatars", "look avatar"},
		{"outfit clothes pose appearance dress", "look"},
		{"photo picture selfie headshot portrait still jpeg png photograph packshot screenshot image", "photo image picture"},
		{"twin double myself likeness footage", "twin avatar"},
		{"clone copy replicate imitate mimic", "clone"},
		{"sound sounding accent tone speaker", "voice"},
		{"money balance credit credits quota budget subscription plan billing remaining left afford wallet dollars usage", "account balance credits"},
		{"cost price charge expensive pay fee fees tariff", "cost estimate balance account price"},
		{"spend spent spending charged billed paid bill invoice", "spent jobs"},
		{"ordered", "jobs list"},
		{"afford budget quote", "cost balance"},
		{"account profile", "account user current"},
		{"upload uploaded import attach file files store", "upload file asset"},
		{"asset assets media", "asset"},
		{"pdf document zip jpg mp4 wav", "asset file"},
		{"instrumental vocals energetic bgm bpm violin trumpet cello flute guitar piano drums orchestra beats lofi rock techno classical jazz music song soundtrack jingle sound sounds effect effects background-music tune", "sound music audio"},
		{"pictogram emoji symbol symbols clipart vector", "icon picture"}, {"icon icons stock illustration pictures", "asset picture icon"},
		{"logo identity corporate company branding colors colours fonts website", "brand kit"},
		{"slogan tagline jargon acronym acronyms untranslated pronounce pronunciation pronounced vocabulary dictionary terms term terminology word mispronounced", "glossary pronunciation"},
		{"film movie footage ad advert advertisement commercial promo trailer explainer recording recordings tutorial webinar lecture lesson conference keynote seminar spot takes", "video"},
		{"short shorts reel reels highlight highlights tiktok snippet snippets moments clip clips cut trim", "clip clipping"},
		{"um uh ums uhs hesitation hesitations silence silences pauses filler", "filler"},
		{"backdrop matte transparent transparency cutout background", "background removal"},
		{"lipsync mouth sync redub synchronize synchronise match", "lipsync lip sync"},
		{"hook hooks listener receiver", "webhook endpoint"}, {"webhook http callback notify notified notification alert ping server", "webhook endpoint event"},
		{"tell inform", "webhook notify"},
		{"events deliveries", "event webhook"},
		{"folder directory organize organise group", "folder"},
		{"template fill personalized personalised personalise personalize variables placeholder placeholders", "template"},
		{"many bulk batch several multiple hundred hundreds mass dozens all", "batch bulk many"},
		{"scene scenes slide slides presentation storyboard chapters", "studio scene"},
		{"cinematic movie cinema film", "cinematic"},
		{"agent idea brief automatically prompt autonomous ai whole entire", "agent"},
		{"style styles aesthetic mood", "style"},
		{"consent permission approval agree okay ok blessing release waiver", "consent permission"},
		{"permission permissions scopes allowed rights key token credential", "key api permission"},
		{"signing secret rotate leaked compromised", "secret rotate"},
		{"discussion debate hosts radio", "podcast"}, {"podcast interview hosts episode dialogue", "podcast"},
		{"workflow pipeline automation graph nodes node", "workflow"},
		{"run execute trigger", "run create"},
		{"worse degraded encoder encoded compression compressed bitrate", "quality comparison"}, {"quality compare comparison vmaf sharpness better", "quality comparison"},
		{"chatbot kiosk concierge visitors", "live realtime"}, {"live realtime streaming stream interactive", "realtime stream"},
		{"proofread review proof wording", "proofread"},
		{"html css hyperframes composition graphics animation", "hyperframes render"},
		{"language languages", "language"}, {"possible support supports supported", "language available"},
		{"stop cancel abort halt end interrupt kill quit", "stop cancel delete"},
		{"reply answer respond message tell continue follow", "send message"},
		{"link url download save", "get download"},
		{"design describe described description deep", "design description"},
		{"invent imaginary fictional words described", "prompt"},
		{"publish version versions release", "version publish"},
		{"timing timings timestamps alignment timestamp", "timing stream"},
	}
}

// synonymTerms are the synonyms as terms: what is said, to what it is called.
func synonymTerms() map[string][]string {
	m := map[string][]string{}
	for _, one := range meanings() {
		called := terms(one.called)
		for _, said := range terms(one.said) {
			m[said] = append(m[said], called...)
		}
	}
	for _, name := range languageNames() {
		m[name] = append(m[name], terms("translate translation")...)
	}
	return m
}

// languageNames are the names in English of the languages that have a code of two letters, as terms.
func languageNames() []string {
	var names []string
	english := display.English.Languages()
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			base, err := language.ParseBase(string(a) + string(b))
			if err != nil {
				continue
			}
			if name := terms(english.Name(base)); len(name) == 1 {
				names = append(names, name[0])
			}
		}
	}
	return append(names, "mandarin", "cantones", "filipino", "tagalog", "farsi", "flemish", "castilian", "brazilian", "hinglish")
}

// asksForPrice reports whether a term asks what something costs.
func asksForPrice(term string) bool {
	switch term {
	case "cost", "price", "expens", "pricey":
		return true
	}
	return false
}
