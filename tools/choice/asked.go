package choice

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// askedFiles are questions with the tool that each means, a file for a few tools: the name of a tool on a line, and
// below it, indented, questions as users put them. A line that begins with # is a comment. What judges the search
// stands in testdata, and none of it is here.
//
//go:embed asked/*.txt
var askedFiles embed.FS

// asked are the questions that mean each tool, by its name.
func asked() map[string][]string {
	files, err := fs.Glob(askedFiles, "asked/*.txt")
	if err != nil {
		panic(fmt.Sprintf("choice: the pattern of questions: %v", err))
	}
	questions := map[string][]string{}
	for _, file := range files {
		raw, err := askedFiles.ReadFile(file)
		if err != nil {
			panic(fmt.Sprintf("choice: reading questions: %v", err))
		}
		tool := ""
		for line := range strings.Lines(string(raw)) {
			switch text := strings.TrimSpace(line); {
			case text == "" || text[0] == '#':
			case strings.HasPrefix(line, " "):
				questions[tool] = append(questions[tool], text)
			default:
				tool = text
			}
		}
	}
	return questions
}
