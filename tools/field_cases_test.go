package tools_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestFieldCases plays what clients and people were seen to send, with the right answer of each. A
// line of testdata/field_cases.txt is: who sends it | the tool | the arguments | what is expected.
// That is one of
//
//	ok                  the call is done
//	same ARGUMENTS      it means the same as a call with these: what is made is made once
//	says NAME TEXT      it is done, and the member NAME has the text
//	twice               it is done, and sent again it answers replayed with the same ids and the same file
//	then ARGUMENTS WHAT it is done, and a call of the tool with these arguments comes to one of the others
//	refuses PARAM TEXT  it is refused for that argument, and message or next step have the text; PARAM - is any
//
// $look stands for a look, $voice for a voice of the starfish engine, $video for a video that is
// done, and $translation for a translation. $template stands for one with the variables product
// (text), product_image, presenter (character), presenter_voice, demo (video) and music (audio).
func TestFieldCases(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/field_cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 4 {
			t.Fatalf("a line has %d parts, want 4: %s", len(parts), line)
		}
		n++
		t.Run(fmt.Sprintf("%d %s", n, parts[0]), func(t *testing.T) {
			t.Parallel()
			playFieldCase(t, parts[1], parts[2], parts[3])
		})
	}
	if n < 50 {
		t.Errorf("there are %d cases, want 50 or more", n)
	}
}

// playFieldCase makes one call on a bench of its own.
func playFieldCase(t *testing.T, tool, arguments, expected string) {
	t.Helper()
	b := toolstest.New(t)
	b.KeepLedger(t)
	put := placesOf(t, b, arguments+expected)
	arguments, expected = put.Replace(arguments), put.Replace(expected)
	if after, ok := strings.CutPrefix(expected, "then "); ok {
		if first := b.CallTool(t, tool, arguments); first["error"] == true {
			t.Fatalf("%s is refused: %v", arguments, first)
		}
		end := strings.LastIndexByte(after, '}') + 1
		arguments, expected = after[:end], strings.TrimSpace(after[end:])
	}
	what, rest, _ := strings.Cut(expected, " ")
	res := b.CallTool(t, tool, arguments)
	told := fmt.Sprint(res["message"], " ", res["next_step"])
	switch what {
	case "ok":
		if res["error"] == true {
			t.Errorf("%s is refused: %s", arguments, told)
		}
	case "same":
		if res["error"] == true {
			t.Fatalf("%s is refused: %s", arguments, told)
		}
		again := b.CallTool(t, tool, rest)
		ids, _ := json.Marshal(idsIn(again))
		if want, _ := json.Marshal(idsIn(res)); string(ids) != string(want) || len(idsIn(res)) == 0 {
			t.Errorf("%s made %s, and %s made %s; want the same", arguments, want, rest, ids)
		}
	case "twice":
		again := b.CallTool(t, tool, arguments)
		one, two := fmt.Sprint(idsIn(res), res["audio_url"]), fmt.Sprint(idsIn(again), again["audio_url"])
		if res["error"] == true || one != two || again["replayed"] != true || res["replayed"] == true {
			t.Errorf("%s made %v, and again %v; want the same, replayed", arguments, res, again)
		}
	case "says":
		name, text, _ := strings.Cut(rest, " ")
		if res["error"] == true || !strings.Contains(fmt.Sprint(res[name]), text) {
			t.Errorf("%s is answered with %v, want %s to have %q", arguments, res, name, text)
		}
	case "refuses":
		param, text, _ := strings.Cut(rest, " ")
		if res["error"] != true || param != "-" && res["param"] != param || !strings.Contains(told, text) {
			t.Errorf("%s is answered with %v, want a refusal of %s that has %q", arguments, res, param, text)
		}
	default:
		t.Fatalf("nothing is expected by %q", what)
	}
}

// idsIn are the ids of what a create has made.
func idsIn(res map[string]any) map[string]any {
	ids := map[string]any{}
	for name, v := range res {
		if strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids") {
			ids[name] = v
		}
	}
	return ids
}

// placesOf are what stands for the names with a dollar, made where a text has them.
func placesOf(t *testing.T, b *toolstest.Bench, text string) *strings.Replacer {
	t.Helper()
	look := b.FirstLook(t)
	all := []string{"$look", look}
	if strings.Contains(text, "$voice") {
		voices, _ := b.CallTool(t, "list_voices", `{"engine":"starfish","limit":1}`)["items"].([]any)
		voice, _ := voices[0].(map[string]any)
		all = append(all, "$voice", fmt.Sprint(voice["voice_id"]))
	}
	if strings.Contains(text, "$video") {
		made := b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"`+look+`","script":"A video that is done."}`)
		b.Pass(t, "600")
		all = append(all, "$video", fmt.Sprint(made["video_id"]))
	}
	if strings.Contains(text, "$template") {
		all = append(all, "$template", firstTemplate(t, b))
	}
	if strings.Contains(text, "$translation") {
		made := b.CallTool(t, "create_video_translation", `{"video":"https://files.example/t.mp4","output_languages":["French"]}`)
		ids, _ := made["video_translation_ids"].([]any)
		all = append(all, "$translation", fmt.Sprint(ids[0]))
	}
	return strings.NewReplacer(all...)
}
