package tools

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prompts"
	"heygen-mcp/tools/records"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/vocabulary"
)

// checkDeclarations finds what contradicts itself between declarations. What one declaration says by itself, its
// literal was checked for when it was bound. The error names the declaration. All of it is known when the program is
// built, so that tests are what holds it and no start does.
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
		all["the tool "+t.Name] = strings.Join(append(schemaDocs(t.Input()), t.Description, t.Limits, t.VerifyWith), " ")
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
		for _, name := range t.Input().Words() {
			others[name] = true
		}
		for _, name := range t.Outputs() {
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

// checkLanguageLists refuses a tag lang that names a list which is not there, and a list whose tool is not there.
func checkLanguageLists(ch *choice.Choice) error {
	sources := languageSources()
	for name, s := range sources {
		if _, ok := ch.Find(s.Tool); !ok {
			return fmt.Errorf("tools: the languages of %s are shown by %s, which is not there", name, s.Tool)
		}
	}
	for _, t := range ch.Tools() {
		for _, name := range t.Input().LangLists() {
			if _, known := sources[name]; !known {
				return fmt.Errorf("tools: %s names languages as %s, which is neither a form nor a list", t.Name, name)
			}
		}
	}
	return nil
}

// checkVocabulary holds that what a tool answers with has its id and its state in the words of the
// vocabulary in its output, which makes its output schema. A deletion need not say more than that
// it was done.
func checkVocabulary(ch *choice.Choice, v *vocabulary.Vocabulary) error {
	for _, other := range otherThings() {
		if _, ok := ch.Find(other.listTool); !ok {
			return fmt.Errorf("tools: %s is listed by %s, which is not there", other.ID, other.listTool)
		}
	}
	for _, t := range ch.Tools() {
		if len(t.Operations) == 0 || t.Effect == engine.Deletes {
			continue
		}
		a := v.Of(heygen.Op{Method: t.Operations[0].Method, Path: t.Operations[0].Path})
		if a.Of == nil || slices.Contains(t.Outputs(), "items") && !slices.Contains(t.Outputs(), "status") {
			continue // a list, whose items no schema describes
		}
		has := func(name string) bool { return slices.Contains(t.Outputs(), name) }
		switch {
		case !has(a.Of.ID) && !has(a.Of.ID+"s"), has("id"):
			return fmt.Errorf("tools: %s does not answer with the id of its thing as %s", t.Name, a.Of.ID)
		case a.Of.States != nil && (a.Begins || has("status")) && !has("state"):
			return fmt.Errorf("tools: %s answers with a job and not with its state", t.Name)
		}
	}
	return nil
}
