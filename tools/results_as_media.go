package tools

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/memo"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/refusals"
)

// What was made before may be given as a file by its id. HeyGen takes URLs, and the URL of a result
// expires, so that the fresh one is looked up as the call is sent. The key of the call is made of
// the id: a repeat is the same call.

// fileRef is a media input that may name a result.
type fileRef interface {
	// named is the id of a result, and given an asset's; "" for neither.
	named() (result, asset string)
	become(link string)
}

func (m *Media) named() (result, asset string) { return textOf(m.VideoID), textOf(m.AssetID) }
func (m *Media) become(link string)            { *m = Media{Type: "url", URL: &link} }

func (m *InlineMedia) named() (result, asset string) { return textOf(m.VideoID), textOf(m.AssetID) }
func (m *InlineMedia) become(link string)            { *m = InlineMedia{Type: "url", URL: &link} }

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// mediaObject is a media input among the arguments that a union sends.
type mediaObject map[string]any

func (m mediaObject) named() (result, asset string) {
	result, _ = m["video_id"].(string)
	asset, _ = m["asset_id"].(string)
	return result, asset
}

func (m mediaObject) become(link string) {
	clear(m)
	m["type"], m["url"] = "url", link
}

// resultKinds are the kinds whose results are films, in the order in which an id is looked for.
func resultKinds() []jobs.Kind {
	return []jobs.Kind{videoJob(), translationJob(), lipsyncJob(), modelVideoJob()}
}

// freshFor is how long a link that was looked up is sent: a repeat within that time sends the same.
// HeyGen's live for days.
const freshFor = 10 * time.Minute

// resultLinks looks up the links of results. The zero value is ready.
type resultLinks struct {
	known memo.Memo[knownLink] // by account and id
}

type knownLink struct {
	link string
	at   time.Time
}

// resolve puts links in the places of the results that an input names. A bare id may be an asset's or a result's: it is
// looked up unless its form tells.
func (l *resultLinks) resolve(ctx context.Context, e *engine.Engine, in any) error {
	if !takesFiles(reflect.TypeOf(in)) {
		return nil
	}
	return eachFile(reflect.ValueOf(in), "", func(m fileRef, path string) error {
		id, asset := m.named()
		if id == "" && (asset == "" || isAsset(ctx, e, asset)) {
			return nil
		}
		link, err := l.find(ctx, e, cmp.Or(id, asset))
		switch {
		case link != "":
			m.become(link)
		case id == "":
			// HeyGen says what is wrong with an asset's id, and what could not be looked up it may know all the same.
		case err != nil:
			return err
		default:
			return refusals.Invalid(path, path+" names no video, translation or lip-sync of this account that is done.",
				"Look it up with list_videos or the other list tools; one that is still rendering is waited for "+
					"with wait_for_jobs.")
		}
		return nil
	})
}

// isAsset tells an asset's id by its form, or else by asking for the asset.
func isAsset(ctx context.Context, e *engine.Engine, id string) bool {
	asset := assetJob()
	if slices.ContainsFunc(asset.IDForms, func(form string) bool { return strings.HasPrefix(id, form) }) {
		return true
	}
	_, known := e.Remember(ctx, "asset "+id, func() (string, bool) {
		_, err := e.Do(ctx, asset.Get, asset.Ref(id))
		return "", err == nil
	})
	return known
}

// find is the link of a result, "" for one that is not there or not done.
func (l *resultLinks) find(ctx context.Context, e *engine.Engine, id string) (string, error) {
	key := e.Account(ctx) + "\x00" + id
	if known, ok := l.known.Get(key); ok && e.Now().Sub(known.at) < freshFor {
		return known.link, nil
	}
	for _, k := range resultKinds() {
		object, err := e.Do(ctx, k.Get, k.Ref(id))
		if failure, is := errors.AsType[*heygen.Error](err); is && (failure.Status == http.StatusNotFound || failure.Status == http.StatusForbidden) {
			continue // it is of another kind, or this account has none of this one
		}
		if err != nil {
			return "", fmt.Errorf("looking up the link of a result: %w", err)
		}
		i := slices.IndexFunc(k.Files, func(name string) bool { return object[name] != nil })
		if i < 0 {
			return "", nil // it is not done
		}
		link, _ := object[k.Files[i]].(string)
		l.known.Put(key, knownLink{link, e.Now()})
		return link, nil
	}
	return "", nil
}

// filesIn remembers of types whether a media input is in them.
var filesIn sync.Map //nolint:gochecknoglobals // it holds what types are

// takesFiles reports whether a media input is in a type.
func takesFiles(t reflect.Type) bool {
	if known, ok := filesIn.Load(t); ok {
		return known.(bool) //nolint:forcetypeassert // nothing else is stored
	}
	takes := false
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		takes = takesFiles(t.Elem())
	case reflect.Struct:
		takes = reflect.PointerTo(t).Implements(reflect.TypeFor[fileRef]())
		for sf := range t.Fields() {
			takes = takes || takesFiles(sf.Type)
		}
	}
	filesIn.Store(t, takes)
	return takes
}

// eachFile calls f with every media input in a value, and where it stands.
func eachFile(v reflect.Value, path string, f func(m fileRef, path string) error) error {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return eachFile(v.Elem(), path, f)
	case reflect.Slice:
		for i := range v.Len() {
			if err := eachFile(v.Index(i), fmt.Sprintf("%s[%d]", path, i), f); err != nil {
				return err
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if err := eachFile(v.MapIndex(key), faults.Join(path, key.String()), f); err != nil {
				return err
			}
		}
	case reflect.Struct:
		if v.CanAddr() && v.Addr().CanInterface() {
			if m, ok := reflect.TypeAssert[fileRef](v.Addr()); ok {
				return f(m, path)
			}
			if u, ok := reflect.TypeAssert[interface{ Checked() map[string]any }](v.Addr()); ok {
				if err := eachObject(u.Checked(), path, f); err != nil {
					return err
				}
			}
		}
		for i := range v.NumField() {
			sf := v.Type().Field(i)
			if !sf.IsExported() && !sf.Anonymous {
				continue
			}
			at := path
			if tags := fieldtags.Of(sf); tags.Named {
				at = faults.Join(path, tags.Name)
			}
			if err := eachFile(v.Field(i), at, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachObject calls f with every media input among arguments. No other object of v3 has one of these two types.
func eachObject(v any, path string, f func(m fileRef, path string) error) error {
	switch t := v.(type) {
	case map[string]any:
		if t["type"] == "url" && t["video_id"] != nil || t["type"] == "asset_id" {
			return f(mediaObject(t), path)
		}
		for name, member := range t {
			if err := eachObject(member, faults.Join(path, name), f); err != nil {
				return err
			}
		}
	case []any:
		for i, member := range t {
			if err := eachObject(member, fmt.Sprintf("%s[%d]", path, i), f); err != nil {
				return err
			}
		}
	}
	return nil
}
