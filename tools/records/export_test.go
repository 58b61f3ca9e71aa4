package records

// MaxCompletions is how many values an answer may have.
const MaxCompletions = maxCompletions

// Template is a resource template as it is declared.
type Template struct{ Name, URI, Argument, Tool string }

// Templates are all of them.
func Templates() []Template {
	var all []Template
	for _, r := range resourceTemplates() {
		all = append(all, Template{r.name, r.template, r.argument, r.tool})
	}
	return all
}

// SuggestedBy is the tool whose answers complete an argument, "" for none.
func SuggestedBy(argument string) string {
	from, _ := sourceOf(argument)
	return from.tool
}
