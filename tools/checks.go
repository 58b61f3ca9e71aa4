package tools

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prompts"
	"heygen-mcp/tools/records"
	"heygen-mcp/tools/refusals"
)

// checkDeclarations finds what contradicts itself between declarations, once, at start. What one declaration
// says by itself, its literal was checked for when it was bound. The error names the declaration.
func checkDeclarations(ch *choice.Choice, j *jobs.Jobs) error {
	if err := checkSet(ch, choice.Core, coreTools()); err != nil {
		return err
	}
	for _, t := range ch.Tools() {
		if err := checkVerifyWith(ch, t.Name, t.VerifyWith); err != nil {
			return err
		}
	}
	if err := j.Check(); err != nil {
		return err
	}
	if err := checkLanguageLists(ch); err != nil {
		return err
	}
	if err := checkVocabulary(ch, wordsOfAnswers(ch, j)); err != nil {
		return err
	}
	return checkTexts(ch, textsNamingTools(ch, j))
}

// checkSet holds that a toolset has only tools that are there.
func checkSet(ch *choice.Choice, set string, names []string) error {
	for _, name := range names {
		if _, ok := ch.Find(name); !ok {
			return fmt.Errorf("tools: the toolset %s has %s, which is not there", set, name)
		}
	}
	return nil
}

// checkVerifyWith holds that the tool that shows whether a write has happened is there. The text
// begins with it, and may go on with what of it to look at; "" names none.
func checkVerifyWith(ch *choice.Choice, tool, text string) error {
	name, _, _ := strings.Cut(text, " ")
	name = strings.TrimSuffix(name, ",")
	if _, ok := ch.Find(name); name != "" && !ok {
		return fmt.Errorf("tools: %s is verified with %s, which is not there", tool, name)
	}
	return nil
}

// textsNamingTools are the texts of this server that name tools, by where they stand.
func textsNamingTools(ch *choice.Choice, j *jobs.Jobs) map[string]string {
	all := map[string]string{}
	collect := func(of string, more map[string]string) {
		for name, text := range more {
			all[of+" "+name] = text
		}
	}
	for _, t := range ch.Tools() {
		all["the tool "+t.Name] = strings.Join(append(schemaDocs(t.Input), t.Description, t.Limits, t.VerifyWith), " ")
	}
	collect("the text", prompts.Texts())
	collect("the record", records.Names())
	collect("the suggestions of", records.Sources())
	collect("the next step of", refusals.NextSteps())
	collect("the step of the argument of", refusals.ArgumentSteps())
	collect("the job kind", j.Texts())
	return all
}

// schemaDocs are what the schema of arguments says of them, at every depth.
func schemaDocs(p *inputs.Spec) []string {
	var found []string
	for _, f := range p.Fields {
		found = append(found, f.Doc, f.TooLong)
		if f.Nested != nil {
			found = append(found, schemaDocs(f.Nested)...)
		}
	}
	for _, v := range p.Variants {
		found = append(found, schemaDocs(v)...)
	}
	return found
}

// checkTexts holds that texts name only tools that are there. A word is meant as a tool's name if
// it is of several parts, begins with a verb that names of tools begin with, and is no argument,
// member of a result or code, which are told by the whole word.
func checkTexts(ch *choice.Choice, texts map[string]string) error {
	verbs, others := map[string]bool{}, map[string]bool{}
	for _, t := range ch.Tools() {
		verb, _, _ := strings.Cut(t.Name, "_")
		verbs[verb] = true
		for _, name := range t.Input.Words() {
			others[name] = true
		}
		for _, name := range t.Outputs {
			others[name] = true
		}
	}
	for code := range refusals.NextSteps() {
		others[code] = true
	}
	for _, where := range slices.Sorted(maps.Keys(texts)) {
		for name := range strings.FieldsFuncSeq(texts[where], isBetweenWords) {
			verb, rest, _ := strings.Cut(name, "_")
			if rest == "" {
				continue
			}
			if _, ok := ch.Find(name); ok || !verbs[verb] || others[name] || strings.HasSuffix(name, "_…") {
				continue
			}
			return fmt.Errorf("tools: %s speaks of %s, which is not there", where, name)
		}
	}
	return nil
}

// isBetweenWords tells what ends a word from what the names of tools are made of, and the mark of one that is cut
// short.
func isBetweenWords(r rune) bool {
	return r != '_' && r != '…' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}
