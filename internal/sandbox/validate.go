package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxBody is far above any JSON body that v3 takes without inline files.
const maxBody = 1 << 20

// field is one member of a request body as v3 declares it.
type field struct {
	name           string
	kind           string // string, number, integer, boolean, object
	required, null bool
	enum           []string
	minLen, maxLen int // in characters; maxLen 0 is no limit
	min, max       *float64
	above          bool // min itself is too small
	fields         []field
	by             string             // the discriminator of variants
	variants       map[string][]field // the members that each value of by allows
}

// readBody reads, checks and decodes a JSON body. Names that v3 does not know
// are refused, as its request models do.
func readBody(r *http.Request, fields []field, into any) *apiError {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return invalid("", "The request body could not be read.")
	}
	if len(raw) > maxBody {
		return refuse(http.StatusRequestEntityTooLarge, "payload_too_large", "", "The request body is too large.")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // so that an integer is told from 1.5 and keeps its digits
	var body any
	if err := dec.Decode(&body); err != nil || dec.More() {
		return invalid("", "The request body is not valid JSON.")
	}
	object, ok := body.(map[string]any)
	if !ok {
		return invalid("", "The request body must be a JSON object.")
	}
	var found []problem
	checkObject(&found, "", object, fields)
	if len(found) > 0 {
		e := invalid(found[0].Path, "%s", found[0].Message)
		e.problems = found
		return e
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return invalid("", "The request body does not fit: %s.", err)
	}
	return nil
}

func complain(found *[]problem, path, format string, args ...any) {
	*found = append(*found, problem{Code: "invalid_parameter", Path: path, Message: fmt.Sprintf(format, args...)})
}

func checkObject(found *[]problem, prefix string, object map[string]any, fields []field) {
	for _, f := range fields {
		v, there := object[f.name]
		path := prefix + f.name
		switch {
		case !there && f.required:
			complain(found, path, "'%s' is required.", path)
		case there:
			checkValue(found, path, v, f)
		}
	}
	names := make([]string, 0, len(object))
	for name := range object {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		complain(found, prefix+name, "Unknown field '%s'.", prefix+name)
	}
}

func checkValue(found *[]problem, path string, v any, f field) {
	if v == nil {
		if !f.null {
			complain(found, path, "'%s' cannot be null.", path)
		}
		return
	}
	switch v := v.(type) {
	case string:
		if f.kind == "string" {
			checkText(found, path, v, f)
			return
		}
	case json.Number:
		if f.kind == "number" || f.kind == "integer" {
			checkNumber(found, path, v, f)
			return
		}
	case bool:
		if f.kind == "boolean" {
			return
		}
	case map[string]any:
		if f.kind == "object" {
			checkVariant(found, path, v, f)
			return
		}
	}
	complain(found, path, "'%s' must be of type %s.", path, f.kind)
}

func checkText(found *[]problem, path, v string, f field) {
	switch n := utf8.RuneCountInString(v); {
	case len(f.enum) > 0 && !slices.Contains(f.enum, v):
		complain(found, path, "'%s' must be one of: %s.", path, quoted(f.enum))
	case n < f.minLen:
		complain(found, path, "'%s' must have at least %d character(s).", path, f.minLen)
	case f.maxLen > 0 && n > f.maxLen:
		complain(found, path, "'%s' must have at most %d characters.", path, f.maxLen)
	}
}

func checkNumber(found *[]problem, path string, v json.Number, f field) {
	n, err := v.Float64()
	if err != nil {
		complain(found, path, "'%s' is out of range.", path)
		return
	}
	if f.kind == "integer" {
		// Through big.Float, because 1e3 and 3.0 are integers to JSON Schema.
		exact, ok := new(big.Float).SetString(v.String())
		if !ok || !exact.IsInt() {
			complain(found, path, "'%s' must be of type integer.", path)
			return
		}
		if _, err := strconv.ParseInt(v.String(), 10, 64); err != nil {
			complain(found, path, "'%s' is out of range.", path)
			return
		}
	}
	switch {
	case f.min != nil && f.max != nil && (n < *f.min || n > *f.max || f.above && n == *f.min):
		complain(found, path, "'%s' must be between %v and %v.", path, *f.min, *f.max)
	case f.min != nil && n < *f.min:
		complain(found, path, "'%s' must be at least %v.", path, *f.min)
	}
}

// checkVariant checks an object, choosing its members by its discriminator
// where it has one.
func checkVariant(found *[]problem, path string, v map[string]any, f field) {
	fields := f.fields
	if f.by != "" {
		chosen, _ := v[f.by].(string)
		members, ok := f.variants[chosen]
		if !ok {
			names := make([]string, 0, len(f.variants))
			for name := range f.variants {
				names = append(names, name)
			}
			slices.Sort(names)
			complain(found, path+"."+f.by, "'%s.%s' must be one of: %s.", path, f.by, quoted(names))
			return
		}
		fields = append([]field{{name: f.by, kind: "string", required: true}}, members...)
	}
	checkObject(found, path+".", v, fields)
}

func quoted(names []string) string {
	return "'" + strings.Join(names, "', '") + "'"
}

// value is what a pointer points to, or the zero value.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
