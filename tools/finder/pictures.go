package finder

import (
	"context"
	"sync"
	"time"

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

// Pictures are thumbnails of what links lead to, in their order, without those that could not be read.
func (f *Finder) Pictures(ctx context.Context, e *engine.Engine, links []string) []engine.Picture {
	links = links[:min(len(links), MaxPictures)]
	ctx, cancel := context.WithTimeout(ctx, picturePatience)
	defer cancel()
	made := make([][]byte, len(links))
	var all sync.WaitGroup
	for i, link := range links {
		all.Go(func() { made[i] = f.picture(ctx, e, link) })
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
