package search

import "strings"

// joinPhrases writes phrases whose words mean something else apart as words of their own.
func joinPhrases(query string) string {
	query = " " + strings.Join(strings.Fields(strings.ToLower(query)), " ") + " "
	return strings.NewReplacer(
		" have i ", " list ", " did i ", " list ", " do i have ", " list ", " do we have ", " list ", " are there ", " list ",
		" have we ", " list ", " did we ", " list ", "coming along", "progress", "throw away", "delete", "tell me when", "notify when", "let me know when", "notify when", "by http when", "webhook", "take out", "remove",
		"talking head", "presenter", "voice over", "voiceover", "text to speech", "tts", "text-to-speech", "tts",
		"lip sync", "lipsync", "lip-sync", "lipsync", "lips", "lipsync", "green screen", "backdrop", "get rid of", "delete",
		"b-roll", "cinematic", "b roll", "cinematic", "real time", "realtime", "real-time", "realtime",
		"how far", "progress", "how much", "cost", "how many credits", "credits", "speak again", "speech",
		"look up", "get", "filler words", "filler", "e-mail", "email", "voice clone", "clone voice",
		"who am i", "account", "logged in", "account", "signed in", "account", "mail merge", "template",
		"from scratch", "new", "set up", "create", "turn into", "create", "find out", "get", "cut out", "remove",
		"read aloud", "speech", "read out", "speech", "say it", "speech", "at once", "many",
	).Replace(query)
}

// meaning is what people say for what things are called here.
type meaning struct{ said, called string }

// meanings are the synonyms of the field, in plain words.
func meanings() []meaning {
	return []meaning{
		{"make generate produce build film record start new compose write craft launch begin do prepare", "create generate make"},
		{"create", "generate make begin"},
		{"need want", "create"},
		{"generate", "create make"},
		{"delete remove erase trash discard destroy drop clean purge", "delete remove"},
		{"list show see browse find search available overview display all what which", "list"},
		{"each every fifty forty thirty twenty hundred 100 50 40 30 25 20 10", "batch many bulk"},
		{"correct correction corrected corrections", "proofread upload update"},
		{"finished finish completed done", "complete"},
		{"find search look discover pick choose suitable", "search list find"},
		{"get check see fetch details info information open view show read inspect", "get"},
		{"update change edit modify adjust set switch alter replace correct fix amend move", "update change"},
		{"rename title name", "rename update"},
		{"status progress done ready finished finish complete completed stuck pending render rendered state", "status wait get"},
		{"wait until poll", "wait"},
		{"dub dubbed dubbing localize localise localization foreign", "translate translation"},
		{"translate translation translated spanish german french japanese chinese italian portuguese hindi korean arabic", "translate translation language"},
		{"voiceover narration narrate narrator tts speak say spoken read aloud audio mp3 talk", "speech speak"},
		{"sentence text paragraph words", "text speech"},
		{"caption captions subtitle subtitles srt vtt transcript closed", "srt subtitle caption proofread"},
		{"presenter spokesperson host actor character person face human anchor newsreader people", "avatar"},
		{"avatar avatars", "look avatar"},
		{"outfit clothes pose appearance dress", "look"},
		{"photo picture selfie headshot portrait still jpeg png photograph image", "photo image picture"},
		{"twin double myself likeness footage", "twin avatar"},
		{"clone copy replicate imitate mimic", "clone"},
		{"sound sounding accent tone speaker", "voice"},
		{"money balance credit credits quota budget subscription plan billing remaining left afford wallet dollars usage", "account balance credits"},
		{"cost price spend charge expensive pay", "cost balance account price"},
		{"account profile", "account user current"},
		{"upload uploaded import attach file files", "upload file asset"},
		{"asset assets media", "asset"},
		{"music song soundtrack jingle sound sounds effect effects background-music tune", "sound music audio"},
		{"icon icons stock illustration pictures", "asset picture icon"},
		{"logo identity corporate company branding colors colours fonts website", "brand kit"},
		{"pronounce pronunciation pronounced vocabulary dictionary terms term terminology word mispronounced", "glossary pronunciation"},
		{"short shorts reel reels highlight highlights tiktok snippet snippets moments clip clips cut trim", "clip clipping"},
		{"um uh ums uhs hesitation hesitations silence silences pauses filler", "filler"},
		{"backdrop matte transparent transparency cutout background", "background removal"},
		{"lipsync mouth sync redub synchronize synchronise match", "lipsync lip sync"},
		{"webhook http callback notify notified notification alert ping", "webhook endpoint event"},
		{"events deliveries", "event webhook"},
		{"folder directory organize organise group", "folder"},
		{"template fill personalized personalised personalise personalize variables placeholder placeholders", "template"},
		{"many bulk batch several multiple hundred hundreds mass dozens all", "batch bulk many"},
		{"scene scenes slide slides presentation storyboard chapters", "studio scene"},
		{"cinematic movie cinema film", "cinematic"},
		{"agent idea brief automatically prompt autonomous", "agent"},
		{"style styles aesthetic mood", "style"},
		{"consent permission approval agree", "consent permission"},
		{"permission permissions scopes allowed rights key", "key api permission"},
		{"signing secret rotate leaked compromised", "secret rotate"},
		{"podcast interview hosts episode dialogue", "podcast"},
		{"workflow pipeline automation graph nodes node", "workflow"},
		{"run execute trigger", "run create"},
		{"quality compare comparison vmaf sharpness better", "quality comparison"},
		{"live realtime streaming stream interactive", "realtime stream"},
		{"proofread review proof wording", "proofread"},
		{"html css hyperframes composition motion graphics animation", "hyperframes render"},
		{"language languages", "language"},
		{"stop cancel abort halt end interrupt", "stop cancel"},
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
	return m
}
