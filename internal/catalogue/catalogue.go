// Package catalogue finds what a video can be made with (looks, avatars, voices, styles, templates) by
// words and by what it is. It owns the index, its ranking, and how both are kept on disk. Rows that
// everybody sees are kept once, an account's own under that account, and a search sees the first and
// those of one account. It knows neither MCP nor HeyGen's API: whoever reads HeyGen's lists puts the
// rows in, says how far it has read, and is told the same again with what was found.
//
// Reading order: catalogue.go (what is kept), shelf.go (one list as an index), words.go and synonyms.go
// (how texts become terms), find.go (a search), rank.go (its order), nearest.go (when nothing fits),
// store.go (the file), kept.go (what is read of it).
package catalogue

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Kind is the kind of thing that a row describes.
type Kind string

// The kinds.
const (
	Looks     Kind = "look"
	Groups    Kind = "group"
	Voices    Kind = "voice"
	Styles    Kind = "style"
	Templates Kind = "template"
)

// Public is the owner of what everybody sees. Any other is the hash of an account.
const Public = ""

const (
	// maxRows bounds a list. HeyGen has some ten thousand looks.
	maxRows = 50_000
	// maxAccounts is how many accounts' own rows are in memory at once; those of others are read from
	// the file when they are needed.
	maxAccounts = 64
	// maxOwnRows bounds an account's own list, so that maxAccounts of them fit into the memory.
	maxOwnRows = 2_000
)

// Row is one thing that can be chosen. What is not known is its zero value.
type Row struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	// Group is the avatar that a look is of, and Person the name of that.
	Group  string `json:"group,omitempty"`
	Person string `json:"person,omitempty"`
	// Type is a look's kind of avatar.
	Type        string   `json:"type,omitempty"`
	Gender      string   `json:"gender,omitempty"`
	Orientation string   `json:"orientation,omitempty"` // or an aspect ratio
	Language    string   `json:"language,omitempty"`
	Engines     []string `json:"engines,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	Voice       string   `json:"voice,omitempty"` // the id of the default voice
	Image       string   `json:"image,omitempty"`
	Video       string   `json:"video,omitempty"`
	Audio       string   `json:"audio,omitempty"`
	Width       int      `json:"width,omitempty"`
	Height      int      `json:"height,omitempty"`
	Looks       int      `json:"looks,omitempty"`   // of an avatar, how many it has
	State       string   `json:"state,omitempty"`   // of training, of an own one
	Consent     string   `json:"consent,omitempty"` // to an own avatar
	Pause       bool     `json:"pause,omitempty"`   // of a voice
	Locales     bool     `json:"locales,omitempty"` // of a voice: it has several
	Own         bool     `json:"-"`                 // it is the account's
}

// State says how far a list was read.
type State struct {
	// Rows are known, of About there are; 0 is not known.
	Rows, About int
	// Complete says that the list was read to its end once.
	Complete bool
	// Read is when it was last read to its end, or as far as it is.
	Read time.Time
	// Next is the list's own mark of where to read on, "" for the start.
	Next string
}

// Catalogue is the index. It is safe for use by many goroutines.
type Catalogue struct {
	mu      sync.RWMutex
	shelves map[shelfKey]*shelf
	used    []string // accounts in memory, the one used last at the end
	store   *store   // nil keeps nothing
	writes  sync.WaitGroup
}

type shelfKey struct {
	owner string
	kind  Kind
}

// New makes an index in memory, which ends with the process.
func New() *Catalogue { return &Catalogue{shelves: map[shelfKey]*shelf{}} }

// names are the names of the avatars that an owner's looks may be of.
func (c *Catalogue) names(owner string) func(group string) string {
	return func(group string) string {
		for _, key := range []shelfKey{{owner, Groups}, {Public, Groups}} {
			if s := c.shelves[key]; s != nil {
				if at, ok := s.byID[group]; ok {
					return s.rows[at].Name
				}
			}
		}
		return ""
	}
}

// StateOf is how much is known of a list.
func (c *Catalogue) StateOf(ctx context.Context, owner string, kind Kind) State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shelfOf(ctx, shelfKey{owner, kind}).state
}

// shelfOf finds a list, in the file where it is not in memory. The lock is held.
func (c *Catalogue) shelfOf(ctx context.Context, key shelfKey) *shelf {
	c.use(key.owner)
	if s := c.shelves[key]; s != nil {
		return s
	}
	c.shelves[key] = newShelf()
	if c.store != nil {
		_ = c.load(ctx, c.store, key) // what cannot be read is as good as not there
	}
	return c.shelves[key]
}

// use notes that an account is in use, and takes another one out of memory where there are too many.
func (c *Catalogue) use(owner string) {
	if owner == Public || len(c.used) > 0 && c.used[len(c.used)-1] == owner {
		return
	}
	if i := slices.Index(c.used, owner); i >= 0 {
		c.used = slices.Delete(c.used, i, i+1)
	} else if len(c.used) == maxAccounts {
		for _, kind := range []Kind{Looks, Groups, Voices, Styles, Templates} {
			delete(c.shelves, shelfKey{c.used[0], kind})
		}
		c.used = c.used[1:]
	}
	c.used = append(c.used, owner)
}

// Put adds a page of a list, or what is new of rows that are there, and notes how far the list is
// read. Where the file cannot be written the rows are in memory all the same, and the error says so.
func (c *Catalogue) Put(ctx context.Context, owner string, kind Kind, rows []Row, state State) error {
	c.mu.Lock()
	key := shelfKey{owner, kind}
	s := c.shelfOf(ctx, key)
	rows = s.fitting(rows, owner)
	s.put(rows, c.names(owner))
	state.Rows = len(s.rows)
	s.state = state
	if kind == Groups {
		c.nameLooks(owner, rows)
	}
	write := c.writer()
	c.mu.Unlock()
	return write(ctx, key, state, rows, false)
}

// nameLooks tells looks that are known already whose they are.
func (c *Catalogue) nameLooks(owner string, groups []Row) {
	for _, of := range []string{owner, Public} {
		if s := c.shelves[shelfKey{of, Looks}]; s != nil {
			for i := range groups {
				s.name(groups[i].ID, groups[i].Name)
			}
		}
	}
}

// Replace puts a list that was read to its end in the place of what was known of it.
func (c *Catalogue) Replace(ctx context.Context, owner string, kind Kind, rows []Row, read time.Time) error {
	c.mu.Lock()
	names := c.names(owner)
	c.mu.Unlock()
	one := newShelf()
	rows = one.fitting(rows, owner)
	c.mu.RLock()
	one.put(rows, names)
	c.mu.RUnlock()
	one.state = State{Rows: len(one.rows), About: len(one.rows), Complete: true, Read: read}
	key := shelfKey{owner, kind}
	c.mu.Lock()
	c.use(owner)
	c.shelves[key] = one
	if kind == Groups {
		c.nameLooks(owner, rows)
	}
	write := c.writer()
	c.mu.Unlock()
	return write(ctx, key, one.state, rows, true)
}

// Reread takes from the file what another process has read of a list, if that is more than is known
// here or newer.
func (c *Catalogue) Reread(ctx context.Context, owner string, kind Kind) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := shelfKey{owner, kind}
	here := c.shelfOf(ctx, key).state
	if c.store == nil {
		return nil
	}
	there, err := c.store.state(ctx, key)
	if err != nil || !there.Complete || here.Complete && !there.Read.After(here.Read) {
		return err
	}
	return c.load(ctx, c.store, key)
}

// Row finds a row by its id, among those of everybody and of one account.
func (c *Catalogue) Row(owner string, kind Kind, id string) (Row, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, of := range []string{owner, Public} {
		if s := c.shelves[shelfKey{of, kind}]; s != nil {
			if at, ok := s.byID[id]; ok {
				row := s.rows[at]
				row.Own = of != Public
				return row, true
			}
		}
	}
	return Row{}, false
}

// LooksCounted is how many looks the avatars of an owner have by what is said of them, 0 where not all
// of these avatars are known.
func (c *Catalogue) LooksCounted(owner string) (n int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s := c.shelves[shelfKey{owner, Groups}]
	if s == nil || !s.state.Complete {
		return 0
	}
	for i := range s.rows {
		n += s.rows[i].Looks
	}
	return n
}
