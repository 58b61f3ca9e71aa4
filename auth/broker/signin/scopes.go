package signin

import (
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/internal/words"
)

// levelText is a level in a few words.
func levelText(l scope.Level) words.Text { return words.Of("level." + string(l)) }

// addedText is what a level adds to the one before it.
func addedText(l scope.Level) words.Text { return words.Of("scope." + string(l)) }

// scopeTexts say what scopes allow.
func scopeTexts(scopes []string) []words.Text {
	var texts []words.Text
	for _, l := range scope.Levels() {
		texts = append(texts, addedText(l))
		if l == scope.LevelOf(scopes) {
			break
		}
	}
	return texts
}

// beyondTexts say what scopes allow that others do not.
func beyondTexts(scopes, others []string) []words.Text {
	var texts []words.Text
	for _, l := range scope.Beyond(scopes, others) {
		texts = append(texts, addedText(l))
	}
	return texts
}
