// Package prices owns what HeyGen charges for what, in one table: estimates, descriptions of tools
// and guides are made from it. It knows no tool and no account: what a plan includes or discounts
// is not in it.
package prices

import (
	"math"
	"strconv"
)

// HeyGen's published prices of 2026, in USD.
const (
	// A second of an avatar's video, by engine: of a digital twin or a studio avatar, and of a photo
	// where that has another price. AvatarV was published in August and AvatarVMost in October.
	AvatarIII       = 0.0167
	AvatarIII4K     = 0.02
	AvatarIIIPhoto  = 0.0433
	AvatarIVPhoto   = 0.05
	AvatarIVPhoto4K = 0.0667
	AvatarIV        = 0.0667
	AvatarIV4K      = 0.0833
	AvatarV         = 0.0667
	AvatarVMost     = 0.12

	// Cinematic is a cinematic video, however long.
	Cinematic = 7.0
	// A second of HeyGen Video, by resolution; that of 2k is about three times that of 768p. None is
	// published for 1080p.
	ModelVideo480p = 0.02
	ModelVideo768p = 0.03
	ModelVideo2K   = 0.09
	// ModelVideoReference is how many times as much a second costs where there are references.
	ModelVideoReference = 2.0

	// Avatar is a photo avatar or a digital twin.
	Avatar = 1.0
	// Clip is one clip of an AI clipping.
	Clip = 0.15

	// A second of what is made.
	AgentSecond              = 0.0333
	TranslationSecond        = 0.0333 // of a lip-sync too
	PreciseTranslationSecond = 0.0667
	ProofreadSecond          = 0.0083

	// A minute of the source.
	FillerWordsMinute = 0.30

	// A minute of a HyperFrames render, by its frames a second.
	HyperFramesMinuteLeast = 0.10
	HyperFramesMinuteMost  = 0.30
	// HyperFrames4K is how many times as much 4k costs.
	HyperFrames4K = 1.5

	// SpeechSecond is a second of Starfish speech.
	SpeechSecond = 0.000667
	// ModelSpeechMillion is a million characters of HeyGen Voice.
	ModelSpeechMillion = 15.0
)

// VideoSecond is the price of a second of an engine's output, the lowest and the highest that it may
// be. engine and kind are v3's names of it and of the look's avatar_type; "" is a kind that is not known.
func VideoSecond(engine, kind string, in4K bool) (low, high float64) {
	photo, other := AvatarIVPhoto, AvatarIV
	switch {
	case engine == "avatar_v":
		return AvatarV, AvatarVMost
	case engine == "avatar_iii" && in4K:
		photo, other = AvatarIIIPhoto, AvatarIII4K
	case engine == "avatar_iii":
		photo, other = AvatarIIIPhoto, AvatarIII
	case in4K:
		photo, other = AvatarIVPhoto4K, AvatarIV4K
	}
	switch kind {
	case "photo_avatar":
		return photo, photo
	case "digital_twin", "studio_avatar":
		return other, other
	}
	return min(photo, other), max(photo, other)
}

// NewestVideoSecond is the price of a second of an engine's output that was published last: what a second that was made
// is taken to have cost. known is false where the price follows from the look's avatar_type, and that is not known.
func NewestVideoSecond(engine, kind string, in4K bool) (price float64, known bool) {
	low, high := VideoSecond(engine, kind, in4K)
	return high, low == high || engine == "avatar_v"
}

// ModelVideoSecond is the price of a second of HeyGen Video without references, the lowest and the highest that it may
// be; "" is the resolution that HeyGen chooses. 1080p is taken to cost no less than 768p and no more than 2k.
func ModelVideoSecond(resolution string) (low, high float64) {
	switch resolution {
	case "480p":
		return ModelVideo480p, ModelVideo480p
	case "768p", "":
		return ModelVideo768p, ModelVideo768p
	case "1080p":
		return ModelVideo768p, ModelVideo2K
	}
	return ModelVideo2K, ModelVideo2K
}

// Cents rounds an amount to what can be paid.
func Cents(usd float64) float64 { return math.Round(usd*100) / 100 }

// Text writes a price as texts have it, without its currency: with two digits that count, or with
// cents.
func Text(usd float64) string {
	switch {
	case usd == math.Trunc(usd):
		return strconv.FormatFloat(usd, 'f', 0, 64)
	case usd >= 0.1:
		return strconv.FormatFloat(usd, 'f', 2, 64)
	}
	digits := 1 - int(math.Floor(math.Log10(usd)))
	rounded := math.Round(usd*math.Pow10(digits)) / math.Pow10(digits)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// Places are the prices by the names that guides give their places, as in {clip}.
func Places() map[string]string {
	return map[string]string{
		"avatar_iii":                 Text(AvatarIII),
		"avatar_iii_photo":           Text(AvatarIIIPhoto),
		"avatar_iv":                  Text(AvatarIV),
		"avatar_iv_photo":            Text(AvatarIVPhoto),
		"avatar_iv_4k":               Text(AvatarIV4K),
		"avatar_v":                   Text(AvatarV),
		"avatar_v_most":              Text(AvatarVMost),
		"cinematic":                  Text(Cinematic),
		"model_video_480p":           Text(ModelVideo480p),
		"model_video_768p":           Text(ModelVideo768p),
		"model_video_2k":             Text(ModelVideo2K),
		"avatar":                     Text(Avatar),
		"clip":                       Text(Clip),
		"agent_second":               Text(AgentSecond),
		"translation_second":         Text(TranslationSecond),
		"precise_translation_second": Text(PreciseTranslationSecond),
		"proofread_second":           Text(ProofreadSecond),
		"filler_words_minute":        Text(FillerWordsMinute),
		"hyperframes_minute_least":   Text(HyperFramesMinuteLeast),
		"hyperframes_minute_most":    Text(HyperFramesMinuteMost),
		"speech_second":              Text(SpeechSecond),
		"model_speech_million":       Text(ModelSpeechMillion),
	}
}
