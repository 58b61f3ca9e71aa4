package sandbox

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"net/http"
	"strings"
	"time"
	"unicode"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	engineStarfish = "starfish"
	starfishPrice  = 0.000667 // US dollars a second
	maxBreak       = 10 * time.Second
)

type speechRequest struct {
	Text      string   `json:"text"`
	VoiceID   string   `json:"voice_id"`
	InputType *string  `json:"input_type"`
	Speed     *float64 `json:"speed"`
	Locale    *string  `json:"locale"`
}

// createSpeech answers POST /v3/voices/speech. It is done, and paid for, at once.
func (s *Sandbox) createSpeech(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in speechRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	speaker, apiErr := s.findSpeaker(v, in.VoiceID)
	if apiErr != nil {
		return nil, apiErr
	}
	if speaker.engine != engineStarfish {
		return nil, engine.Invalid("voice_id", "This voice does not support the starfish engine.")
	}
	if in.Locale != nil && !speaker.speaks(*in.Locale) {
		return nil, engine.Invalid("locale", "This voice does not speak '%s'.", *in.Locale)
	}
	speed := 1.0
	if in.Speed != nil {
		speed = *in.Speed
	}
	parts := []phrase{{text: in.Text}}
	if value(in.InputType) == "ssml" {
		if parts, apiErr = readSSML(in.Text); apiErr != nil {
			return nil, apiErr
		}
	}
	words, seconds := say(parts, speed)
	if len(words) == 0 {
		return nil, engine.Refuse(http.StatusBadRequest, "tts_text_invalid", "text", "The text holds nothing that can "+
			"be spoken.")
	}
	if apiErr := s.Charge(v, int64(math.Round(seconds*starfishPrice*engine.MicroUSD)), "speech"); apiErr != nil {
		return nil, apiErr
	}
	id := s.recording(v, seconds)
	timed := make([]any, len(words))
	for i, one := range words {
		timed[i] = map[string]any{"word": one.Text, "start": round3(one.Start), "end": round3(one.End)}
	}
	return map[string]any{"audio_url": s.Link(r, "speech/"+id+".wav"), "duration": seconds, "request_id": id, "word_timestamps": timed}, nil
}

// findSpeaker finds a voice, and tells one that is not there from a clone that cannot speak.
func (s *Sandbox) findSpeaker(v *engine.Request, id string) (*voice, *engine.Error) {
	if one := s.findVoice(v, id); one != nil {
		return one, nil
	}
	j, apiErr := s.OwnJob(v, voiceCloneJobs(), id)
	switch {
	case apiErr != nil:
		return nil, engine.NotFound("voice_not_found", "Voice").WithParam("voice_id")
	case j.Done(s.Now()):
		return nil, engine.Refuse(http.StatusBadRequest, "voice_unavailable", "voice_id", "The voice clone has failed.")
	}
	return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "voice_id", "The voice clone is still being "+
		"made.")
}

// recording keeps a recording that was spoken, and names it.
func (s *Sandbox) recording(v *engine.Request, seconds float64) string {
	id := s.NewID("speech", v.Account.Name, s.NextSerial())
	s.PutFile(id, &media.File{Seconds: seconds})
	return id
}

// phrase is a piece of text and the silence behind it.
type phrase struct {
	text  string
	pause time.Duration
}

// say gives every word its time, and the length of the whole.
func say(parts []phrase, speed float64) ([]media.Word, float64) {
	var words []media.Word
	at := 0.0
	for _, part := range parts {
		if strings.IndexFunc(part.text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) >= 0 {
			length := media.SpeechSeconds(part.text, speed)
			for _, one := range media.SpreadWords(part.text, length) {
				words = append(words, media.Word{Text: one.Text, Start: at + one.Start, End: at + one.End})
			}
			at += length
		}
		at += part.pause.Seconds()
	}
	return words, round3(at)
}

func round3(seconds float64) float64 { return math.Round(seconds*1000) / 1000 }

// readSSML reads the words and the breaks of a text with markup; other elements change how it
// sounds, which nothing here shows.
func readSSML(text string) ([]phrase, *engine.Error) {
	d := xml.NewDecoder(strings.NewReader("<x>" + text + "</x>"))
	parts := []phrase{{}}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, engine.Refuse(http.StatusBadRequest, "tts_text_invalid", "text", "The SSML is not well-formed.")
		}
		last := &parts[len(parts)-1]
		switch token := token.(type) {
		case xml.CharData:
			last.text += string(token)
		case xml.StartElement:
			if token.Name.Local != "break" {
				continue
			}
			for _, a := range token.Attr {
				if a.Name.Local != "time" {
					continue
				}
				pause, err := time.ParseDuration(a.Value)
				if err != nil || pause < 0 || pause > maxBreak {
					return nil, engine.Refuse(http.StatusBadRequest, "tts_text_invalid", "text", "A break lasts up to %v.", maxBreak)
				}
				last.pause += pause
			}
			parts = append(parts, phrase{})
		}
	}
}
