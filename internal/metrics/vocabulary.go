package metrics

import "sync"

// other stands for every word that is not told.
const other = "_other"

// mostWords bounds the error codes that are told apart. HeyGen and this server have some 120; what an upstream that has
// gone wild makes up must not add a series each.
const mostWords = 200

// vocabulary is a bounded set of words that grows as they come.
type vocabulary struct {
	mu    sync.RWMutex
	known map[string]bool
}

func newVocabulary() *vocabulary { return &vocabulary{known: map[string]bool{}} }

// of is the word, or other where there are too many.
func (v *vocabulary) of(word string) string {
	if word == "" {
		return ""
	}
	v.mu.RLock()
	known, room := v.known[word], len(v.known) < mostWords
	v.mu.RUnlock()
	if known {
		return word
	}
	if !room {
		return other
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.known) >= mostWords {
		return other
	}
	v.known[word] = true
	return word
}
