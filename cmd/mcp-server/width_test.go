package main

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// What CONTRIBUTING.md says of files: how many lines one has, and how many characters a line of a comment.
const (
	mostLines    = 300
	commentWidth = 120
)

// TestFilesAreShortAndCommentsNarrow holds what CONTRIBUTING.md says of every Go file of the repository.
func TestFilesAreShortAndCommentsNarrow(t *testing.T) {
	t.Parallel()
	root := os.DirFS(filepath.Join("..", ".."))
	files := 0
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		files++
		file, err := root.Open(path)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		n := 0
		for lines.Scan() {
			n++
			line := lines.Text()
			comment := strings.HasPrefix(strings.TrimSpace(line), "// ")
			if width := utf8.RuneCountInString(line); comment && width > commentWidth {
				t.Errorf("%s:%d: a comment has a line of %d characters, want at most %d", path, n, width, commentWidth)
			}
		}
		if n > mostLines {
			t.Errorf("%s has %d lines, want at most %d", path, n, mostLines)
		}
		if err := lines.Err(); err != nil {
			return err
		}
		return file.Close()
	})
	if err != nil || files < 1000 {
		t.Errorf("%d files are read, %v; want all of the repository", files, err)
	}
}
