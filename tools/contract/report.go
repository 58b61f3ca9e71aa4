package contract

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"heygen-mcp/internal/openapi"
)

// Edition is a document in short.
type Edition struct {
	Version    string `json:"version"`
	Operations int    `json:"operations"`
}

// Report is what a newer document means for the tools.
type Report struct {
	Built Edition `json:"built"`
	Given Edition `json:"given"`
	// Aside is how many operations of older versions of the API the newer document has too.
	Aside int `json:"aside,omitempty"`
	// Silent are the facts that the newer document does not tell.
	Silent   []string  `json:"not_told,omitempty"`
	Findings []Finding `json:"findings"`
}

// Breaks says whether a tool would break.
func (r *Report) Breaks() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return len(f.Breaks) > 0 })
}

// groups are the findings that break no tool, in the order in which they are told.
func groups() []struct {
	title string
	of    func(Finding) bool
} {
	in := func(parts ...openapi.Part) func(Finding) bool {
		return func(f Finding) bool { return slices.Contains(parts, f.Part) }
	}
	return []struct {
		title string
		of    func(Finding) bool
	}{
		{"Operations", in(openapi.Whole)},
		{"Requests", in(openapi.Query, openapi.InPath, openapi.Header, openapi.Body)},
		{"Answers", in(openapi.Answer)},
		{"Permissions, previews and credentials", in(openapi.Access)},
		{"Error codes", in(openapi.Errors)},
	}
}

// Write tells the report to people: what breaks first, and one line a finding.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Built for %s, compared with %s.\n", r.Built, r.Given)
	if r.Aside > 0 {
		fmt.Fprintf(&b, "%d operations outside %s are left aside.\n", r.Aside, openapi.Prefix)
	}
	if len(r.Silent) > 0 {
		fmt.Fprintf(&b, "The document does not tell %s: these are not compared.\n",
			strings.Join(r.Silent, ", "))
	}
	if len(r.Findings) == 0 {
		b.WriteString("\nNo difference.\n")
	}
	breaks := func(f Finding) bool { return len(f.Breaks) > 0 }
	r.section(&b, "Breaks tools", breaks)
	for _, g := range groups() {
		r.section(&b, g.title, func(f Finding) bool { return g.of(f) && !breaks(f) })
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String is an edition in words.
func (e Edition) String() string {
	version := e.Version
	if version == "" {
		version = "without a version"
	}
	return fmt.Sprintf("%s (%d operations)", version, e.Operations)
}

func (r *Report) section(b *strings.Builder, title string, of func(Finding) bool) {
	var lines []string
	for _, f := range r.Findings {
		if of(f) {
			lines = append(lines, "  "+f.String()+"\n")
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(b, "\n%s (%d):\n%s", title, len(lines), strings.Join(lines, ""))
	}
}

// separator stands between a part and the path in it.
func separator(field string) string {
	if strings.HasPrefix(field, "[") {
		return ""
	}
	return "."
}

// String is the finding in one line.
func (f Finding) String() string {
	where := f.Operation
	if f.Part != openapi.Whole && f.Part != openapi.Access && f.Part != openapi.Errors {
		where += " " + string(f.Part)
	}
	if f.Field != "" {
		where += separator(f.Field) + f.Field
	}
	tools := f.Tools
	if len(f.Breaks) > 0 {
		tools = make([]string, len(f.Breaks))
		for i, one := range f.Breaks {
			tools[i] = one.Tool + " (" + one.Why + ")"
		}
	}
	if len(tools) == 0 {
		return where + ": " + f.What
	}
	return where + ": " + f.What + " | " + strings.Join(tools, ", ")
}
