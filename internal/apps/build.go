package apps

import (
	"fmt"
	"html"
	"io/fs"
	"strings"
)

// build puts a page together from its sources: one style for all, the scripts that all share, and its own. Comments and
// indentation are for whoever reads the sources; nothing else is changed.
func (p Page) build(src fs.FS) (string, error) {
	layout, err := fs.ReadFile(src, "page.html")
	if err != nil {
		return "", fmt.Errorf("apps: %w", err)
	}
	style, err := slim(src, "page.css", p.Name+".css")
	if err != nil {
		return "", err
	}
	script, err := slim(src, append([]string{"host.js", "words.js", "page.js"}, p.parts...)...)
	if err != nil {
		return "", err
	}
	for _, end := range []string{"</script", "</style", "<!--"} {
		if strings.Contains(strings.ToLower(style+script), end) {
			return "", fmt.Errorf("apps: a source of %s has %q, which ends what it stands in", p.Name, end)
		}
	}
	return strings.NewReplacer("{title}", html.EscapeString(p.Title), "{style}", style, "{script}", script).Replace(string(layout)), nil
}

// slim joins files without their comments and indentation. A comment has lines of its own, and no text goes over
// several lines.
func slim(src fs.FS, names ...string) (string, error) {
	var out strings.Builder
	for _, name := range names {
		raw, err := fs.ReadFile(src, name)
		if err != nil {
			return "", fmt.Errorf("apps: %w", err)
		}
		for line := range strings.Lines(string(raw)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "/*") {
				out.WriteString(line + "\n")
			}
		}
	}
	return out.String(), nil
}
