// Package finder keeps the index of what can be chosen (looks, avatars, voices, styles, templates) filled
// from HeyGen's lists, and searches it for callers. It owns when a list is read, with whose call, how far
// it got, and what is told of that. It reads through the engine and keeps nothing itself: rows are the
// index's, credentials stay in the context of the call that brought them. What a tool answers with what
// was found, the catalog knows.
//
// A list is read in the background by the first caller that searches it, page by page, for as long as a
// credential may be remembered; the next caller's search goes on where that ended. What everybody sees is
// read once for all, an account's own for that account.
//
// Reading order: finder.go (a search), lists.go (what is read), fill.go (when, and with
// whose call), pages.go (how), pictures.go.
package finder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/languages"
)

const (
	// publicLifetime is how long what everybody sees is taken as HeyGen has it. It is searched while it
	// is read anew.
	publicLifetime = 24 * time.Hour
	// ownLifetime is the same of what an account has: it makes and deletes things, also elsewhere.
	ownLifetime = time.Minute
	// firstPatience is how long a search waits for a list of which not all is known, nextPatience for one that may
	// have changed.
	firstPatience, nextPatience = 4 * time.Second, 2 * time.Second
	// maxFills bounds what is noted of lists, most of them of accounts.
	maxFills = 4096
)

// Finder searches. Its methods may be called at once.
type Finder struct {
	index    *catalogue.Catalogue
	pictures pictures

	mu    sync.Mutex
	fills map[listKey]*fill
	spoke struct { // the languages of voices, as they were read last
		values []string
		list   *languages.List
	}
}

// New makes a finder over an index; nil is one in memory.
func New(index *catalogue.Catalogue) *Finder {
	if index == nil {
		index = catalogue.New()
	}
	return &Finder{index: index, fills: map[listKey]*fill{}}
}

// Found is what a search came to.
type Found struct {
	catalogue.Found
	// Indexed is how many rows were searched, of About; About is 0 where nobody knows how many there are.
	Indexed, About int
	// Complete says that all there is was searched.
	Complete bool
	// Stopped says that HeyGen did not give the rest of a list that is not complete.
	Stopped bool
	// Age is how old the rows are where HeyGen could not be asked for newer ones, 0 otherwise.
	Age time.Duration
}

// Find searches what the caller in ctx may choose from, from the row at from, and gives n rows at the most. language is
// a language that voices must speak, in any spelling, "" for any. The error is HeyGen's where nothing is known and
// HeyGen does not tell.
func (f *Finder) Find(
	ctx context.Context, e *engine.Engine, kind catalogue.Kind, q catalogue.Query, language string, from, n int,
) (Found, error) {
	lists := f.listsOf(ctx, e, kind, q.Ownership)
	if err := f.read(ctx, e, lists); err != nil {
		return Found{}, err
	}
	owner := ownerOf(ctx, e)
	if kind == catalogue.Voices {
		q.Means = f.meanings(owner, q.Words)
		if language != "" {
			q.Languages = f.namesOf(owner, language)
		}
	}
	out := Found{Found: f.index.Find(ctx, owner, kind, q, from, n), Complete: true}
	for _, l := range lists {
		s := f.index.StateOf(ctx, l.owner, l.kind)
		out.Indexed += s.Rows
		out.Complete = out.Complete && s.Complete
		about := max(s.About, s.Rows)
		if !s.Complete {
			about = s.About
			if kind == catalogue.Looks {
				about = max(about, f.index.LooksCounted(l.owner))
			}
			if about == 0 && l.owner == catalogue.Public {
				out.About = -1
			}
		}
		if out.About >= 0 {
			out.About += about
		}
		out.Stopped = out.Stopped || !s.Complete && f.failed(l) != nil
		if life := l.lifetime(); s.Complete && f.failed(l) != nil && e.Now().Sub(s.Read) > life {
			out.Age = max(out.Age, e.Now().Sub(s.Read))
		}
	}
	out.About = max(0, out.About)
	return out, nil
}

// Row finds a row by its id among what is known.
func (f *Finder) Row(ctx context.Context, e *engine.Engine, kind catalogue.Kind, id string) (catalogue.Row, bool) {
	return f.index.Row(ownerOf(ctx, e), kind, id)
}

// Languages is what voices call the languages that they speak, as far as they are known.
func (f *Finder) Languages(ctx context.Context, e *engine.Engine) *languages.List {
	return f.languagesOf(ownerOf(ctx, e))
}

// ownerOf is the owner of what the caller in ctx has. It is never that of what everybody sees. What two credentials of
// one account may see can differ, so that each has rows of its own.
func ownerOf(ctx context.Context, e *engine.Engine) string {
	account, credential := e.Account(ctx), e.Credential(ctx)
	if credential != "" { // which is not to be found on disk
		sum := sha256.Sum256([]byte(account + "\x00" + credential))
		account = hex.EncodeToString(sum[:])
	}
	return "account:" + account
}

// languagesOf are the names of languages that voices have.
func (f *Finder) languagesOf(owner string) *languages.List {
	values := f.index.Values(owner, catalogue.Voices, "language")
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.spoke.list == nil || !slices.Equal(f.spoke.values, values) {
		f.spoke.values, f.spoke.list = values, languages.NewList(values)
	}
	return f.spoke.list
}

// SplitLanguage finds a language that a text names, "" for none, and gives the text without it.
func (f *Finder) SplitLanguage(ctx context.Context, e *engine.Engine, text string) (language, rest string) {
	means := f.meanings(ownerOf(ctx, e), text)
	var words []string
	for _, w := range catalogue.Words(text) {
		if names := means[w]; language == "" && len(names) > 0 {
			language = names[0]
			continue
		}
		words = append(words, w)
	}
	if language == "" {
		return "", text
	}
	return language, strings.Join(words, " ")
}

// Speaks says whether a voice's language is the one that is meant.
func (f *Finder) Speaks(ctx context.Context, e *engine.Engine, language, meant string) bool {
	return slices.Contains(f.namesOf(ownerOf(ctx, e), meant), language)
}

// namesOf are the names that voices give a language.
func (f *Finder) namesOf(owner, spelling string) []string {
	found := f.languagesOf(owner).Find(spelling)
	if found.Word != "" {
		return []string{found.Word}
	}
	if len(found.Several) > 0 {
		return found.Several
	}
	return []string{spelling} // which no voice has
}

// meanings are the languages that words of a query name: a voice that is looked for in Portuguese,
// português or pt-BR is of the same language.
func (f *Finder) meanings(owner, query string) map[string][]string {
	const shortest, most = 4, 12 // letters, since short words are codes of languages by chance; and words
	names := f.languagesOf(owner)
	means := map[string][]string{}
	for i, word := range catalogue.Words(query) {
		if len([]rune(word)) < shortest || i >= most {
			continue
		}
		if found := names.Find(word); found.Word != "" && len(found.Several) == 0 {
			means[word] = []string{found.Word}
		}
	}
	for tag := range strings.FieldsSeq(query) {
		code, region, ok := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
		if !ok || len(code) > 3 || len(region) != 2 {
			continue
		}
		if found := names.Find(code + "-" + region); found.Word != "" && len(found.Several) == 0 {
			for _, word := range catalogue.Words(tag) {
				means[word] = []string{found.Word}
			}
		}
	}
	return means
}
