package finder

import (
	"context"
	"sync"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/thumbnail"
	"heygen-mcp/tools/engine"
)

const (
	// MaxPictures is how many pictures a call gets: they cost a model more than text does.
	MaxPictures = 4
	// maxPicture is how much of a preview is read, in bytes.
	maxPicture = 4 << 20
	// picturePatience is how long pictures are waited for.
	picturePatience = 6 * time.Second
	// maxKept is how many thumbnails are kept, of at most 20 KB each.
	maxKept = 300
)

// pictures keeps thumbnails, each account's own for itself.
type pictures struct {
	mu    sync.Mutex
	kept  map[string][]byte
	order []string
}

// Shown is something to be shown: the link to what is seen of it, and, of a look, its id, by which another
// link is asked for where that one has expired.
type Shown struct{ Link, LookID string }

// Pictures are thumbnails of the first few that are given, in their order, without those that could not be read.
func (f *Finder) Pictures(ctx context.Context, e *engine.Engine, shown []Shown) []engine.Picture {
	shown = shown[:min(len(shown), MaxPictures)]
	ctx, cancel := context.WithTimeout(ctx, picturePatience)
	defer cancel()
	made := make([][]byte, len(shown))
	var all sync.WaitGroup
	for i, one := range shown {
		all.Go(func() {
			made[i] = f.picture(ctx, e, one.Link)
			if made[i] == nil && one.LookID != "" {
				made[i] = f.picture(ctx, e, f.freshLink(ctx, e, one.LookID))
			}
		})
	}
	all.Wait()
	var out []engine.Picture
	for _, data := range made {
		if data != nil {
			out = append(out, engine.Picture{Data: data, Type: "image/jpeg"})
		}
	}
	return out
}

// lookOp reads a look.
func lookOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/avatars/looks/{look_id}"} }

// freshLink is a new link to what is seen of a look, "" where there is none.
func (f *Finder) freshLink(ctx context.Context, e *engine.Engine, id string) string {
	in := struct {
		ID string `json:"look_id" in:"path"`
	}{id}
	object, err := e.Do(ctx, lookOp(), &in)
	if err != nil {
		return ""
	}
	return engine.View[item](object).Image
}

// picture is one thumbnail, nil where there is none to be had.
func (f *Finder) picture(ctx context.Context, e *engine.Engine, link string) []byte {
	if link == "" {
		return nil
	}
	key := ownerOf(ctx, e) + "\x00" + link
	if data, ok := f.pictures.get(key); ok {
		return data
	}
	file, err := e.Files().Get(ctx, link, maxPicture)
	if err != nil {
		return nil
	}
	data, err := thumbnail.Make(file.Data)
	if err != nil {
		return nil
	}
	f.pictures.put(key, data)
	return data
}

func (p *pictures) get(key string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	data, ok := p.kept[key]
	return data, ok
}

// put keeps a thumbnail, and forgets the oldest where there are too many.
func (p *pictures) put(key string, data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil {
		p.kept = map[string][]byte{}
	}
	if _, there := p.kept[key]; !there {
		if len(p.order) == maxKept {
			delete(p.kept, p.order[0])
			p.order = p.order[1:]
		}
		p.order = append(p.order, key)
	}
	p.kept[key] = data
}
