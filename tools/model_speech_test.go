package tools_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestTheLongestSpeechIsTimed holds that the words of 5,000 characters are all told: their sound is
// more than is read of any other answer.
func TestTheLongestSpeechIsTimed(t *testing.T) {
	t.Parallel()
	const words = 1000
	b := toolstest.New(t)
	made := b.CallTool(t, "create_model_audio_voice", `{"audio":["https://files.example/me.wav"]}`)
	b.Pass(t, "1000")
	text := strings.TrimSpace(strings.Repeat("word ", words))
	got := b.CallTool(t, "generate_model_speech_with_timings",
		fmt.Sprintf(`{"voice_id":%q,"text":%q,"language":"en"}`, made["voice_id"], text))
	if heard, _ := got["words"].([]any); len(heard) != words || got["finished"] != true {
		t.Errorf("got %d words, finished %v, want %d, true; refused: %v",
			len(heard), got["finished"], words, got["message"])
	}
}

// TestSpeechThatIsCut holds that what was heard is told, and that it is not all.
func TestSpeechThatIsCut(t *testing.T) {
	t.Parallel()
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = fmt.Fprint(w, `data: {"type":"audio","part_index":0,"audio":"UklGRg=="}`, "\n\n",
			`data: {"type":"alignment","word_alignments":[`,
			`{"text":"Hello","start_time":0.5,"end_time":1.25,"confidence":1}]}`, "\n\n")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // net/http's way to break the connection
	})
	got := b.CallTool(t, "generate_model_speech_with_timings",
		`{"voice_id":"v","text":"Hello there.","language":"en"}`)
	const want = "[map[end:1.25 start:0.5 text:Hello]] 1.25 1 false"
	shown := fmt.Sprint(got["words"], got["duration"], got["audio_parts"], got["finished"])
	if shown != want {
		t.Errorf("got %s, want %s; refused: %v", shown, want, got["message"])
	}
	if step, _ := got["next_step"].(string); !strings.Contains(step, "shorter parts") {
		t.Errorf("got the next step %q, want one that speaks in shorter parts", step)
	}
}
