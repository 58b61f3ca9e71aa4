package message

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"
)

// notUTF8 refuses a body that is not in UTF-8, nil where it is. encoding/json would put U+FFFD in
// the place of what it cannot read, and a person would hear or see that.
func notUTF8(body []byte) *Fault {
	const head = 2
	if len(body) >= head && (body[0] == 0 || body[1] == 0 ||
		bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff"))) {
		return &Fault{Code: mcp.PARSE_ERROR, Text: "the body is in UTF-16: send JSON in UTF-8"}
	}
	if utf8.Valid(body) {
		return nil
	}
	at := 0
	for at < len(body) {
		r, size := utf8.DecodeRune(body[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	text := fmt.Sprintf("the body is not in UTF-8: byte %d begins no character of it. JSON is "+
		"sent in UTF-8; Windows PowerShell sends "+
		"another encoding unless the body is given as bytes, as in -Body "+
		"([Text.Encoding]::UTF8.GetBytes($json))", at)
	if place := placeOf(body, at); place != "" {
		text += ". It stands in " + place
	}
	return &Fault{Code: mcp.PARSE_ERROR, Text: text}
}

// halfPair refuses a message in which half of a surrogate pair stands at a byte.
func halfPair(body []byte, at int) *Fault {
	const length = len(`\ud83d`)
	text := "the text has " + string(body[at:at+length]) + " without the other half of its " +
		"surrogate pair, which is no character: " +
		"send the whole character, as itself or as both escapes"
	if place := placeOf(body, at); place != "" {
		text = place + ": " + text
	}
	return &Fault{Code: mcp.INVALID_PARAMS, Text: text}
}

// placeOf is the path of the value that a byte of a message is in, as in
// params.arguments.scenes[2].text; "" where the message cannot be read so far.
func placeOf(body []byte, at int) string {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var path []step
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if len(path) > 0 && path[len(path)-1].awaitsName(token) {
			path[len(path)-1].name, path[len(path)-1].named = fmt.Sprint(token), true
			if d.InputOffset() > int64(at) {
				return "the name " + written(path)
			}
			continue
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			path = append(path, step{list: token == json.Delim('[')})
			continue
		case json.Delim('}'), json.Delim(']'):
			path = path[:len(path)-1]
		default:
			if d.InputOffset() > int64(at) {
				return written(path)
			}
		}
		if len(path) == 0 {
			return ""
		}
		path[len(path)-1].next()
	}
}

// step is an object or a list that holds a value, and which of its values leads there.
type step struct {
	list  bool
	index int
	name  string
	named bool // the name is read and the value is not
}

func (s step) awaitsName(token json.Token) bool {
	return !s.list && !s.named && token != json.Delim('}')
}

func (s *step) next() { s.index, s.named = s.index+1, false }

// written is a path as people write it. The names in it are the client's own.
func written(path []step) string {
	var b strings.Builder
	for _, s := range path {
		switch {
		case s.list:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case b.Len() > 0:
			b.WriteString("." + s.name)
		default:
			b.WriteString(s.name)
		}
	}
	return Clip(b.String())
}
