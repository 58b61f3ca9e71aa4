package contract

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Problem is one thing that is wrong with a request, in v3's words.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Path    string `json:"path"`
}

// Checker checks a request and collects every problem in Found.
type Checker struct {
	Contract *Contract
	Found    []Problem
}

func (c *Checker) complain(path, format string, args ...any) {
	c.Found = append(c.Found, Problem{Code: "invalid_parameter", Path: path, Message: fmt.Sprintf(format, args...)})
}

// Query checks the parameters that v3 declares; others are ignored, as v3 does.
func (c *Checker) Query(declared []parameter, q url.Values) {
	for _, p := range declared {
		if !q.Has(p.Name) {
			if p.Required {
				c.complain(p.Name, "'%s' is required.", p.Name)
			}
			continue
		}
		one := c.Contract.Resolve(p.Schema)
		v, ok := parseText(one, q.Get(p.Name))
		if !ok {
			c.complain(p.Name, "'%s' must be of type %s.", p.Name, one.kind())
			continue
		}
		c.Value(p.Name, v, one)
	}
}

// parseText reads the text of a query parameter as what its schema says it is.
func parseText(s *Schema, text string) (any, bool) {
	switch s.kind() {
	case "integer":
		_, err := strconv.ParseInt(text, 10, 64)
		return json.Number(text), err == nil
	case "number":
		n, err := strconv.ParseFloat(text, 64)
		return json.Number(text), err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
	case "boolean":
		return text == "true", text == "true" || text == "false"
	}
	return text, true
}

// kind names what a schema takes, null aside.
func (s *Schema) kind() string {
	return strings.Join(slices.DeleteFunc(slices.Clone([]string(s.Type)), func(k string) bool { return k == "null" }), " or ")
}

// null says whether a schema takes null.
func (s *Schema) null() bool {
	if len(s.Type)+len(s.OneOf)+len(s.AnyOf)+len(s.Enum) == 0 && s.Const == nil {
		return true // any value at all
	}
	return slices.Contains(s.Type, "null") ||
		slices.ContainsFunc(slices.Concat(s.OneOf, s.AnyOf), func(one *Schema) bool { return slices.Contains(one.Type, "null") })
}

// Value checks one value. An empty path is the body itself.
func (c *Checker) Value(path string, v any, s *Schema) {
	s = c.Contract.Resolve(s)
	if v == nil {
		if !s.null() {
			c.complain(path, "'%s' cannot be null.", path)
		}
		return
	}
	if s.Discriminator != nil {
		c.variant(path, v, s)
		return
	}
	// What is left of a union is one schema or null: the test that makes the file refuses any
	// other.
	for _, one := range slices.Concat(s.OneOf, s.AnyOf) {
		if !slices.Contains(one.Type, "null") {
			c.Value(path, v, one)
			return
		}
	}
	if !c.typed(path, v, s) {
		c.complain(path, "'%s' must be of type %s.", path, s.kind())
		return
	}
	if s.Const != nil && !sameValue(s.Const, v) {
		c.complain(path, "'%s' must be '%v'.", path, s.Const)
	}
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(one any) bool { return sameValue(one, v) }) {
		c.complain(path, "'%s' must be one of: %s.", path, choices(s.Enum))
	}
}

// typed checks what belongs to a value's type and says whether the type is right.
func (c *Checker) typed(path string, v any, s *Schema) bool {
	if len(s.Type) == 0 {
		return true
	}
	switch v := v.(type) {
	case string:
		if !slices.Contains(s.Type, "string") {
			return false
		}
		c.text(path, v, s)
		return true
	case json.Number:
		whole := slices.Contains(s.Type, "integer")
		if !whole && !slices.Contains(s.Type, "number") {
			return false
		}
		return c.number(path, v, s, whole)
	case bool:
		return slices.Contains(s.Type, "boolean")
	case []any:
		if !slices.Contains(s.Type, "array") {
			return false
		}
		c.list(path, v, s)
		return true
	case map[string]any:
		if !slices.Contains(s.Type, "object") {
			return false
		}
		c.object(path, v, s, "")
		return true
	}
	return false
}

func (c *Checker) text(path, v string, s *Schema) {
	switch n := utf8.RuneCountInString(v); {
	case s.MinLength != nil && n < *s.MinLength:
		c.complain(path, "'%s' must have at least %d character(s).", path, *s.MinLength)
	case s.MaxLength != nil && n > *s.MaxLength:
		c.complain(path, "'%s' must have at most %d characters.", path, *s.MaxLength)
	case s.pattern != nil && !s.pattern.MatchString(v):
		c.complain(path, "'%s' must match %s.", path, s.Pattern)
	}
}

func (c *Checker) number(path string, v json.Number, s *Schema, whole bool) bool {
	n, err := v.Float64()
	if err != nil {
		c.complain(path, "'%s' is out of range.", path)
		return true
	}
	if whole {
		// Through big.Float, because 1e3 and 3.0 are integers to JSON Schema.
		exact, ok := new(big.Float).SetString(v.String())
		if !ok || !exact.IsInt() {
			return false
		}
		if _, err := strconv.ParseInt(v.String(), 10, 64); err != nil {
			c.complain(path, "'%s' is out of range.", path)
			return true
		}
	}
	least := s.Minimum
	if s.ExclusiveMinimum != nil {
		least = s.ExclusiveMinimum
	}
	low := least != nil && (n < *least || s.ExclusiveMinimum != nil && n <= *s.ExclusiveMinimum)
	switch {
	case least != nil && s.Maximum != nil && (low || n > *s.Maximum):
		c.complain(path, "'%s' must be between %v and %v.", path, *least, *s.Maximum)
	case low:
		c.complain(path, "'%s' must be at least %v.", path, *least)
	case s.Maximum != nil && n > *s.Maximum:
		c.complain(path, "'%s' must be at most %v.", path, *s.Maximum)
	case s.MultipleOf != nil && math.Mod(n, *s.MultipleOf) != 0:
		c.complain(path, "'%s' must be a multiple of %v.", path, *s.MultipleOf)
	}
	return true
}

func (c *Checker) list(path string, v []any, s *Schema) {
	switch {
	case s.MinItems != nil && len(v) < *s.MinItems:
		c.complain(path, "'%s' must have at least %d item(s).", path, *s.MinItems)
	case s.MaxItems != nil && len(v) > *s.MaxItems:
		c.complain(path, "'%s' must have at most %d items.", path, *s.MaxItems)
		return // a list far too long would only fill the answer
	}
	if s.UniqueItems && slices.ContainsFunc(v, func(one any) bool {
		return 1 < len(slices.DeleteFunc(slices.Clone(v), func(other any) bool { return !reflect.DeepEqual(one, other) }))
	}) {
		c.complain(path, "'%s' must not hold the same item twice.", path)
	}
	if s.Items == nil {
		return
	}
	for i, one := range v {
		c.Value(fmt.Sprintf("%s[%d]", path, i), one, s.Items)
	}
}

// variant checks an object by the one schema that its discriminator chooses.
func (c *Checker) variant(path string, v any, s *Schema) {
	object, ok := v.(map[string]any)
	if !ok {
		c.complain(path, "'%s' must be of type object.", path)
		return
	}
	by := s.Discriminator.PropertyName
	chosen, _ := object[by].(string)
	ref, ok := s.Discriminator.Mapping[chosen]
	if !ok {
		names := make([]string, 0, len(s.Discriminator.Mapping))
		for name := range s.Discriminator.Mapping {
			names = append(names, name)
		}
		slices.Sort(names)
		c.complain(Member(path, by), "'%s' must be one of: %s.", Member(path, by), Quoted(names))
		return
	}
	c.object(path, object, c.Contract.Schemas[refName(ref)], by)
}

// object checks members. A request model is closed unless it says otherwise; known is a member that
// a union looks at.
func (c *Checker) object(path string, object map[string]any, s *Schema, known string) {
	for _, name := range s.Required {
		if _, there := object[name]; !there {
			c.complain(Member(path, name), "'%s' is required.", Member(path, name))
		}
	}
	var unknown []string
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if one, ok := s.Properties[name]; ok {
			c.Value(Member(path, name), object[name], one)
		} else if s.Additional.schema != nil {
			c.Value(Member(path, name), object[name], s.Additional.schema)
		} else if name != known && !s.Additional.any {
			unknown = append(unknown, name)
		}
	}
	for _, name := range unknown {
		c.complain(Member(path, name), "Unknown field '%s'.", Member(path, name))
	}
}

// Member is the path of a member of the object at path; "" is the body.
func Member(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// sameValue compares a choice of the contract with a value of a body, whose numbers keep their
// digits.
func sameValue(choice, v any) bool {
	if digits, ok := v.(json.Number); ok {
		n, err := digits.Float64()
		return err == nil && choice == n
	}
	return choice == v
}

func choices(enum []any) string {
	names := make([]string, 0, len(enum))
	for _, one := range enum {
		if one != nil {
			names = append(names, fmt.Sprint(one))
		}
	}
	return Quoted(names)
}

// Quoted lists words in single quotes.
func Quoted(names []string) string {
	return "'" + strings.Join(names, "', '") + "'"
}
