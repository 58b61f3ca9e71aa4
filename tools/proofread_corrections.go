package tools

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/subtitles"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/links"
)

// correction is a new text for one cue.
type correction struct {
	Index int    `json:"index" required:"true" min:"1" doc:"Index of the cue, as download_proofread_srt tells it."`
	Text  string `json:"text" required:"true" doc:"New text of the cue."`
	// Start and End are told by download_proofread_srt, and sent along by whoever changes what it told.
	Start *float64 `json:"start" doc:"As it is: times stay."`
	End   *float64 `json:"end" doc:"As it is: times stay."`
}

// checkCorrections holds that each is of another cue.
func (u *uploadSRTInput) checkCorrections(path string) *faults.Fault {
	seen := map[int]bool{}
	for i, c := range u.Corrections {
		if seen[c.Index] {
			at := fmt.Sprintf("%s[%d].index", path, i)
			return faults.Invalid(at, fmt.Sprintf("Cue %d is corrected twice.", c.Index),
				"Send one correction for each cue.")
		}
		seen[c.Index] = true
	}
	return nil
}

// correctionsIn reads corrections that are keyed by the index of their cue, {"3": "text"}, all in one object or
// each in an object of its own, and pairs of an index and a text. What is none of these stays as it came.
func correctionsIn(given any) any {
	if text, ok := given.(string); ok && strings.HasPrefix(spelling.Trim(text), "{") {
		if parsed, err := jsonread.Decode([]byte(spelling.Trim(text))); err == nil {
			given = parsed
		}
	}
	switch t := given.(type) {
	case map[string]any:
		if list := correctionsByIndex(t); list != nil {
			return list
		}
	case []any:
		list := make([]any, 0, len(t))
		for _, one := range t {
			switch one := one.(type) {
			case map[string]any:
				if several := correctionsByIndex(one); several != nil {
					list = append(list, several...)
					continue
				}
			case []any:
				if len(one) == 2 && isIndex(one[0]) {
					list = append(list, map[string]any{"index": one[0], "text": one[1]})
					continue
				}
			}
			list = append(list, one)
		}
		return list
	}
	return given
}

// correctionsAsText are the corrections that are given where the whole text is due, nil where something else is.
func correctionsAsText(given any) []any {
	if text, ok := given.(string); ok && (strings.HasPrefix(spelling.Trim(text), "{") || strings.HasPrefix(spelling.Trim(text), "[")) {
		if parsed, err := jsonread.Decode([]byte(spelling.Trim(text))); err == nil {
			given = parsed
		}
	}
	if one, ok := given.(map[string]any); ok && one["text"] != nil && one["index"] != nil {
		return []any{one}
	}
	list, ok := correctionsIn(given).([]any)
	if !ok || len(list) == 0 {
		return nil
	}
	for _, one := range list {
		object, ok := one.(map[string]any)
		if _, file := object["type"]; !ok || file {
			return nil
		}
	}
	return list
}

// correctionsByIndex are the corrections of an object whose names are all indexes, in their order; nil for
// any other.
func correctionsByIndex(object map[string]any) []any {
	var list []any
	for name, v := range object {
		if !isIndex(name) {
			return nil
		}
		if of, ok := v.(map[string]any); ok && len(of) == 1 && of["text"] != nil {
			v = of["text"]
		}
		list = append(list, map[string]any{"index": json.Number(strings.TrimSpace(name)), "text": v})
	}
	slices.SortFunc(list, func(a, b any) int { return cmp.Compare(indexOf(a), indexOf(b)) })
	return list
}

// isIndex reports whether a value is the number of a cue, also as text.
func isIndex(v any) bool {
	var text string
	switch t := v.(type) {
	case string:
		text = strings.TrimSpace(t)
	case json.Number:
		text = t.String()
	}
	_, err := strconv.ParseUint(text, 10, 31)
	return err == nil
}

// indexOf is the index of a correction that correctionsByIndex has made.
func indexOf(correction any) int {
	one, _ := correction.(map[string]any)
	n, _ := one["index"].(json.Number)
	i, _ := n.Int64()
	return int(i)
}

// joinedLines is the text of subtitles that is sent as the list of its lines. What is no list of texts stays as
// it came.
func joinedLines(lines []any) any {
	texts := make([]string, len(lines))
	for i, line := range lines {
		text, ok := line.(string)
		if !ok {
			return lines
		}
		texts[i] = text
	}
	return strings.Join(texts, "\n")
}

// inlineText is the text of a file that is given by its bytes: as a data: URL, or as an object with base64.
func inlineText(given any) (string, bool) {
	data := ""
	switch t := given.(type) {
	case string:
		data = links.Read(spelling.Trim(t)).Base64
		const least = 40 // characters of base64 that hold a cue, and are more than an id has
		if word := spelling.Trim(t); data == "" && len(word) >= least && strings.Trim(word, base64Letters) == "" {
			data = word
		}
	case map[string]any:
		data, _ = t["data"].(string)
		if link := links.Read(spelling.Trim(data)); link.Base64 != "" {
			data = link.Base64
		}
	}
	if data == "" {
		return "", false
	}
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return "", false
	}
	text, err := subtitles.Text(raw)
	return text, err == nil && isSubtitleText(text)
}

// base64Letters are the characters of base64.
const base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="

// isSubtitleText tells the text of subtitles from a URL or an id, which have no blanks and do not begin as another
// format does.
func isSubtitleText(text string) bool {
	text = spelling.Trim(text)
	return strings.ContainsAny(text, " \t\r\n") || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}
