package heygen

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/internal/fieldtags"
)

// message is a call made ready: the same bytes go out with every try.
type message struct {
	path, query string // escaped
	body        []byte // nil sends none
	kind        string // the body's content type
	files       bool   // the body is a form of files
}

// encoder collects what the fields of one input say.
type encoder struct {
	op     Op
	path   map[string]string // nil before the first
	query  url.Values        // nil before the first
	body   *bytes.Buffer     // the members of the object so far
	bodied bool              // the input has fields of the body, present or not
	form   []part            // files, which make the body a form
	seen   []sentField
}

// sentField is where a field goes, under which name.
type sentField struct{ place, name string }

// encode makes a message of an operation and its input.
func encode(op Op, in any) (*message, error) {
	e := &encoder{
		op: op, body: &bytes.Buffer{}, bodied: op.Object,
	}
	for _, m := range op.Members() {
		e.bodied = true
		if err := e.member(m.Name, reflect.ValueOf(m.Value)); err != nil {
			return nil, err
		}
	}
	if in != nil {
		v := reflect.ValueOf(in)
		for v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem()
		}
		switch {
		case v.Kind() == reflect.Struct:
			if err := eachField(v, e.field); err != nil {
				return nil, err
			}
		case v.Kind() != reflect.Pointer || v.Type().Elem().Kind() != reflect.Struct:
			return nil, fmt.Errorf("heygen: %s: the input is a %T, not a pointer to a struct", op, in)
		}
	}
	return e.message()
}

// message puts the collected parts together.
func (e *encoder) message() (*message, error) {
	path, err := expand(e.op, e.path)
	if err != nil {
		return nil, err
	}
	msg := &message{path: path, query: e.query.Encode()}
	if len(e.form) > 0 {
		msg.files = true
		msg.body, msg.kind, err = e.writeForm()
		return msg, err
	}
	if e.bodied {
		msg.kind = "application/json"
		msg.body = append(append([]byte{'{'}, e.body.Bytes()...), '}')
	}
	return msg, nil
}

// field sends one field to its place.
func (e *encoder) field(tags fieldtags.Tags, v reflect.Value) error {
	name, place := tags.Name, tags.Place
	if name == "" || place == fieldtags.Nowhere {
		return nil
	}
	if place == fieldtags.Body {
		e.bodied = true
	}
	if place == fieldtags.Body && e.op.adds(name) {
		return fmt.Errorf("heygen: %s: the operation and a field both give the body's %s", e.op, name)
	}
	if slices.Contains(e.seen, sentField{place, name}) {
		return nil
	}
	e.seen = append(e.seen, sentField{place, name})
	if absent(v, tags.Optional) {
		return nil
	}
	if place == fieldtags.Body {
		if e.op.reads() || e.op.Method == http.MethodDelete {
			return fmt.Errorf("heygen: %s: %s is meant for the body, which this method has not", e.op, name)
		}
		return e.member(name, v)
	}
	if place == fieldtags.Form {
		return e.addFile(name, v)
	}
	value, err := scalar(v)
	if err != nil {
		return fmt.Errorf("heygen: %s: %s: %w", e.op, name, err)
	}
	switch place {
	case fieldtags.Path:
		if e.path == nil {
			e.path = map[string]string{}
		}
		e.path[name] = value
	case fieldtags.Query:
		if e.query == nil {
			e.query = url.Values{}
		}
		e.query.Set(name, value)
	default:
		return fmt.Errorf("heygen: %s: %s has the unknown place %q", e.op, name, place)
	}
	return nil
}

// member adds one member to the body.
func (e *encoder) member(name string, v reflect.Value) error {
	if e.body.Len() > 0 {
		e.body.WriteByte(',')
	}
	writeString(e.body, name)
	e.body.WriteByte(':')
	err := writeJSON(e.body, v)
	if bad := (*json.SyntaxError)(nil); errors.As(err, &bad) {
		return refuse(name, "must be valid JSON")
	}
	if err != nil {
		return fmt.Errorf("heygen: %s: %s: %w", e.op, name, err)
	}
	return nil
}

// expand fills the template. Every element is escaped, and what a server or a
// proxy could take for a change of path is refused: an id is never a way to
// reach another operation.
func expand(op Op, values map[string]string) (string, error) {
	var b strings.Builder
	const usual = 32 // bytes of an id
	b.Grow(len(op.Path) + usual)
	used := 0
	rest := op.Path
	for {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			return "", fmt.Errorf("heygen: %s: a brace is never closed", op)
		}
		value, ok := values[name]
		switch {
		case !ok:
			return "", refuse(name, "is required")
		case value == "":
			return "", refuse(name, "must not be empty")
		case value == "." || value == "..":
			return "", refuse(name, `must be an id, not "." or ".."`)
		case strings.ContainsAny(value, `/\`):
			return "", refuse(name, `must be an id without "/" or "\"`)
		case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }):
			return "", refuse(name, "must be an id without control characters")
		case routeWord(value):
			return "", refuse(name, "must be an id; "+value+" is the name of something else")
		}
		b.WriteString(url.PathEscape(value))
		used++
		rest = tail
	}
	if used < len(values) {
		return "", fmt.Errorf("heygen: %s: a field is meant for the path, which has no place for it", op)
	}
	return b.String(), nil
}

// routeWord says that a value names another operation where v3 takes an id: GET /v3/videos/statuses is
// not the video "statuses".
func routeWord(value string) bool {
	switch value {
	case "batches", "clone", "complete", "direct-uploads", "languages", "looks", "node-types", "proofreads", "search", "speech", "statuses", "styles":
		return true
	}
	return false
}
