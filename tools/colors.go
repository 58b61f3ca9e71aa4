package tools

import (
	"strings"

	"heygen-mcp/internal/colors"
	"heygen-mcp/tools/args/faults"
)

// color is an argument that HeyGen takes as #RRGGBB. It is read in every notation that package colors knows.
type color string

// ReadText gives the color as #RRGGBB.
func (color) ReadText(s, path string) (string, *faults.Fault) {
	hex, ok := colors.Hex(s)
	if word := strings.ToLower(s); !ok && (word == "transparent" || word == "none" || word == "alpha") && strings.HasSuffix(path, "background.value") {
		return s, faults.Invalid(path, path+" is no color.", "For a transparent video leave background out: output_format "+
			"webm is one, where the avatar has matting.")
	}
	if !ok {
		return s, faults.Invalid(path, path+" is no color.", "Send it as #RRGGBB, or by a name of CSS's such as navy.")
	}
	return hex, nil
}

// isColor reports whether a text is a color.
func isColor(s string) bool {
	_, ok := colors.Hex(s)
	return ok
}
