package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checker holds a request against the contract and collects every problem.
type checker struct {
	contract *contract
	found    []problem
}

// refusal is what was found as one answer, or nil.
func (c *checker) refusal() *apiError {
	if len(c.found) == 0 {
		return nil
	}
	e := invalid(c.found[0].Path, "%s", c.found[0].Message)
	e.problems = c.found
	return e
}

func (c *checker) complain(path, format string, args ...any) {
	c.found = append(c.found, problem{Code: "invalid_parameter", Path: path, Message: fmt.Sprintf(format, args...)})
}

// query checks the parameters that v3 declares; others are ignored.
func (c *checker) query(declared []parameter, q url.Values) {
	for _, p := range declared {
		if !q.Has(p.Name) {
			if p.Required {
				c.complain(p.Name, "'%s' is required.", p.Name)
			}
			continue
		}
		one := c.contract.resolve(p.Schema)
		v, ok := parseText(one, q.Get(p.Name))
		if !ok {
			c.complain(p.Name, "'%s' must be of type %s.", p.Name, one.kind())
			continue
		}
		c.value(p.Name, v, one)
	}
}

// parseText reads the text of a query parameter as what its schema says it is.
func parseText(s *schema, text string) (any, bool) {
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
func (s *schema) kind() string {
	return strings.Join(slices.DeleteFunc(slices.Clone([]string(s.Type)), func(k string) bool { return k == "null" }), " or ")
}

// null says whether a schema takes null.
func (s *schema) null() bool {
	return slices.Contains(s.Type, "null") ||
		slices.ContainsFunc(slices.Concat(s.OneOf, s.AnyOf), func(one *schema) bool { return slices.Contains(one.Type, "null") })
}

// value checks one value. An empty path is the body itself.
func (c *checker) value(path string, v any, s *schema) {
	s = c.contract.resolve(s)
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
	// What is left of a union is one schema or null: the test that makes the file refuses any other.
	for _, one := range slices.Concat(s.OneOf, s.AnyOf) {
		if !slices.Contains(one.Type, "null") {
			c.value(path, v, one)
			return
		}
	}
	if !c.typed(path, v, s) {
		c.complain(path, "'%s' must be of type %s.", path, s.kind())
		return
	}
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(one any) bool { return sameValue(one, v) }) {
		c.complain(path, "'%s' must be one of: %s.", path, choices(s.Enum))
	}
}

// typed checks what belongs to a value's type and says whether the type is right.
func (c *checker) typed(path string, v any, s *schema) bool {
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

func (c *checker) text(path, v string, s *schema) {
	switch n := utf8.RuneCountInString(v); {
	case s.MinLength != nil && n < *s.MinLength:
		c.complain(path, "'%s' must have at least %d character(s).", path, *s.MinLength)
	case s.MaxLength != nil && n > *s.MaxLength:
		c.complain(path, "'%s' must have at most %d characters.", path, *s.MaxLength)
	case s.pattern != nil && !s.pattern.MatchString(v):
		c.complain(path, "'%s' must match %s.", path, s.Pattern)
	}
}

func (c *checker) number(path string, v json.Number, s *schema, whole bool) bool {
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
	if s.Above != nil {
		least = s.Above
	}
	low := least != nil && (n < *least || s.Above != nil && n <= *s.Above)
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

func (c *checker) list(path string, v []any, s *schema) {
	switch {
	case s.MinItems != nil && len(v) < *s.MinItems:
		c.complain(path, "'%s' must have at least %d item(s).", path, *s.MinItems)
	case s.MaxItems != nil && len(v) > *s.MaxItems:
		c.complain(path, "'%s' must have at most %d items.", path, *s.MaxItems)
		return // a list far too long would only fill the answer
	}
	if s.Items == nil {
		return
	}
	for i, one := range v {
		c.value(fmt.Sprintf("%s[%d]", path, i), one, s.Items)
	}
}

// variant checks an object by the one schema that its discriminator chooses.
func (c *checker) variant(path string, v any, s *schema) {
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
		c.complain(below(path, by), "'%s' must be one of: %s.", below(path, by), quoted(names))
		return
	}
	c.object(path, object, c.contract.Schemas[refName(ref)], by)
}

// object checks members. A request model is closed unless it says otherwise; known is a member that a union looks at.
func (c *checker) object(path string, object map[string]any, s *schema, known string) {
	for _, name := range s.Required {
		if _, there := object[name]; !there {
			c.complain(below(path, name), "'%s' is required.", below(path, name))
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
			c.value(below(path, name), object[name], one)
		} else if name != known && !s.open() {
			unknown = append(unknown, name)
		}
	}
	for _, name := range unknown {
		c.complain(below(path, name), "Unknown field '%s'.", below(path, name))
	}
}

func (s *schema) open() bool { return value(s.Additional) }

// below is the path of a member.
func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// sameValue compares a choice of the contract with a value of a body, whose numbers keep their digits.
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
	return quoted(names)
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
