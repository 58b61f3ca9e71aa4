package inputs

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/spelling"
)

// Field is one argument.
type Field struct {
	Name, Camel, Doc string
	TooLong          string       // what to do with a text that is too long, where that is not plain
	Place            string       // one of fieldtags' places
	Type             reflect.Type // without its pointer
	Required         bool
	Enum             []string
	Min, Max         *float64
	ExclusiveMin     *float64
	MinLen, MaxLen   int // runes of a string, members of a list; 0 is no bound
	Pattern          *Pattern
	Default          string
	Sent             string                                       // what is sent where nothing is given, "" for nothing
	Nested           *Spec                                        // of a struct or of a list's structs
	Opaque           bool                                         // published as an object without its members, to spare tokens; checked in depth
	Callback         bool                                         // a URL that HeyGen sends to
	Empty            bool                                         // an empty value means something else than none
	Quiet            bool                                         // its pattern and choices are not published, to spare tokens; a refusal tells them
	Obvious          bool                                         // its doc is not published: its name and choices or bounds say as much
	Meaningless      bool                                         // what is made does not depend on it
	Lang             string                                       // what it calls a language: a form of package languages or a list, "" for no language
	LangsOf          string                                       // of a form: the list that has all languages it may be, "" for any
	Means            []string                                     // words for which their synonyms are taken
	Once             bool                                         // equal members are made once
	Spoken           bool                                         // a text that is spoken, which must hold a word
	Or               string                                       // the list that may be given in its place, "" for none
	ReadText         func(s, path string) (string, *faults.Fault) // of a type that reads its text, nil of others
	Reference        bool                                         // it names something, and is not read by anybody

	Index []int  // where it is in the input struct
	each  *Field // of a list in place of one: what each member is
}

// fieldOf reads one field's tags.
func fieldOf(sf reflect.StructField, tags fieldtags.Tags) Field {
	said := fieldtags.PairsOf(sf.Tag)
	if !tags.Named || said.Get("doc") == "" {
		panic(fmt.Sprintf("inputs: field %s lacks a json name or a doc", sf.Name))
	}
	f := Field{
		Name:         tags.Name,
		Camel:        spelling.Camel(tags.Name),
		Place:        tags.Place,
		Doc:          said.Get("doc"),
		TooLong:      said.Get("tooLong"),
		Type:         sf.Type,
		Required:     said.Get("required") == "true",
		Default:      said.Get("default"),
		Sent:         said.Get("sent"),
		Min:          parseNumber(sf.Name, said, "min"),
		Max:          parseNumber(sf.Name, said, "max"),
		ExclusiveMin: parseNumber(sf.Name, said, "exclusiveMin"),
		Opaque:       said.Get("opaque") == "true",
		Callback:     said.Get("callback") == "true",
		Empty:        said.Get("empty") == "true",
		Quiet:        said.Get("quiet") == "true",
		Obvious:      said.Get("obvious") == "true",
		Meaningless:  said.Get("meaningless") == "true",
		Lang:         said.Get("lang"),
		Once:         said.Get("once") == "true",
		Spoken:       said.Get("spoken") == "true",
	}
	if f.Type.Kind() == reflect.Pointer {
		f.Type = f.Type.Elem()
	}
	f.Lang, f.LangsOf, _ = strings.Cut(f.Lang, ",")
	if f.Sent != "" {
		f.Default = f.Sent
	}
	if s := said.Get("enum"); s != "" {
		f.Enum = strings.Split(s, ",")
	}
	if s := said.Get("means"); s != "" {
		f.Means = strings.Split(s, ",")
	}
	if s := said.Get("len"); s != "" {
		f.MinLen, f.MaxLen = lengths(f.Name, s)
	}
	if s := said.Get("pattern"); s != "" {
		f.Pattern = newPattern(s)
	}
	f.Reference = isReference(&f)
	if t, ok := reflect.TypeAssert[TextReader](reflect.Zero(f.Type)); ok {
		f.ReadText, f.Reference = t.ReadText, true
	}
	elem := f.Type
	for elem.Kind() == reflect.Slice || elem.Kind() == reflect.Map || elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	if elem.Kind() == reflect.Struct {
		f.Nested = nestedSpec(elem)
	}
	return f
}

// Member is the field that each member of a list or a map is checked as.
func (f *Field) Member() *Field {
	if f.each != nil {
		return f.each
	}
	elem := f.Type.Elem()
	if elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	return &Field{Name: f.Name, Type: elem, Nested: f.Nested, Empty: f.Nested != nil, Lang: f.Lang, LangsOf: f.LangsOf, Means: f.Means, Reference: f.Reference}
}

// lengths reads "1-5000", or "1-" where there is no upper bound.
func lengths(name, s string) (least, most int) {
	low, high, ok := strings.Cut(s, "-")
	least, err := strconv.Atoi(low)
	if ok && err == nil && high != "" {
		most, err = strconv.Atoi(high)
	}
	if !ok || err != nil {
		panic(fmt.Sprintf("inputs: field %s: len %q", name, s))
	}
	return least, most
}

// parseNumber reads a tag as a number.
func parseNumber(name string, said fieldtags.Pairs, tag string) *float64 {
	s, ok := said.Lookup(tag)
	if !ok {
		return nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("inputs: field %s: %s %q", name, tag, s))
	}
	return &n
}
