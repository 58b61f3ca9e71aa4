package tools

import (
	"context"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
)

// isFull is whether all members of rows are wanted.
func (p *pageToken) isFull() bool { return valueOf(p.Detail) == "full" }

// isTrue is an optional yes.
func isTrue(b *bool) bool { return b != nil && *b }

// listByHeyGen is a page of HeyGen's own list, with pictures where they are wanted.
func listByHeyGen(
	ctx context.Context, c *engine.Call, f *finder.Finder, op heygen.Op, in any, previews *bool,
) (*engine.Result[found], error) {
	r, err := engine.Fetch[found](ctx, c, op, in)
	if err != nil || !isTrue(previews) {
		return r, err
	}
	var shown []finder.Shown
	for _, it := range r.Out.Items {
		one, _ := it.(map[string]any)
		for _, name := range []string{"preview_image_url", "thumbnail_url"} {
			if link, _ := one[name].(string); link != "" {
				shown = append(shown, finder.Shown{Link: link})
			}
		}
	}
	r.Pictures = f.Pictures(ctx, c.Engine(), shown)
	return r, nil
}

// isSearch says that something is wanted which HeyGen's list cannot do.
func (in *listLooksInput) isSearch() bool {
	return in.words() != "" || in.Gender != nil || in.Orientation != nil || in.Engine != nil || len(in.Tags) > 0
}

func findLooks(
	ctx context.Context, c *engine.Call, f *finder.Finder, in *listLooksInput,
) (*engine.Result[found], error) {
	from, n, err := pageBounds(in.Token, in.Limit, defaultRows)
	if err != nil {
		return nil, err
	}
	return searched(ctx, c, f, search{
		kind: catalogue.Looks, from: from, n: n, pics: isTrue(in.Previews), full: in.isFull(),
		query: catalogue.Query{
			Words: in.words(), Gender: valueOf(in.Gender), Orientation: valueOf(in.Orientation), Engine: valueOf(in.Engine),
			Tags: in.Tags, Group: valueOf(in.GroupID), Type: valueOf(in.AvatarType), Ownership: ownershipOf(in.Ownership),
		},
		row: func(r *catalogue.Row, _ bool) any { return lookRow(r, voiceName(ctx, c, f, r), in.isFull()) },
	})
}

// defaultRows is how many rows a page has unless limit says otherwise.
const defaultRows = 20

// voiceName is how the default voice of a row is called, "" where it has none, and its id where no name
// is known.
func voiceName(ctx context.Context, c *engine.Call, f *finder.Finder, r *catalogue.Row) string {
	if voice, ok := f.Row(ctx, c.Engine(), catalogue.Voices, r.Voice); ok && voice.Name != "" {
		return voice.Name
	}
	return r.Voice
}

// isSearch says that something is wanted which HeyGen's list cannot do.
func (in *listGroupsInput) isSearch() bool { return in.words() != "" || in.Gender != nil }

func findGroups(
	ctx context.Context, c *engine.Call, f *finder.Finder, in *listGroupsInput,
) (*engine.Result[found], error) {
	from, n, err := pageBounds(in.Token, in.Limit, defaultRows)
	if err != nil {
		return nil, err
	}
	return searched(ctx, c, f, search{
		kind: catalogue.Groups, from: from, n: n, pics: isTrue(in.Previews), full: in.isFull(),
		query: catalogue.Query{Words: in.words(), Gender: valueOf(in.Gender), Ownership: ownershipOf(in.Ownership)},
		row:   func(r *catalogue.Row, _ bool) any { return groupRow(r, voiceName(ctx, c, f, r), in.isFull()) },
	})
}

func findVoices(
	ctx context.Context, c *engine.Call, f *finder.Finder, in *listVoicesInput,
) (*engine.Result[found], error) {
	from, n, err := pageBounds(in.Token, in.Limit, defaultVoices)
	if err != nil {
		return nil, err
	}
	return searched(ctx, c, f, search{
		kind: catalogue.Voices, from: from, n: n, full: in.isFull(),
		query: catalogue.Query{
			Words: in.words(), Gender: valueOf(in.Gender), Engine: valueOf(in.Engine), Ownership: ownershipOf(in.Type),
		},
		language: valueOf(in.Language),
		row: func(r *catalogue.Row, complete bool) any {
			return voiceRow(r, complete, isTrue(in.Previews), in.isFull())
		},
	})
}

func findStyles(
	ctx context.Context, c *engine.Call, f *finder.Finder, in *listStylesInput,
) (*engine.Result[found], error) {
	from, n, err := pageBounds(in.Token, in.Limit, defaultRows)
	if err != nil {
		return nil, err
	}
	q := catalogue.Query{Words: in.words()}
	if in.Tag != nil {
		q.Tags = []string{*in.Tag}
	}
	return searched(ctx, c, f, search{
		kind: catalogue.Styles, query: q, from: from, n: n, pics: isTrue(in.Previews), full: in.isFull(),
		row: func(r *catalogue.Row, _ bool) any { return pictureRow("style_id", r, in.isFull()) },
	})
}

func findTemplates(
	ctx context.Context, c *engine.Call, f *finder.Finder, in *listTemplatesInput,
) (*engine.Result[found], error) {
	from, n, err := pageBounds(in.Token, in.Limit, 10)
	if err != nil {
		return nil, err
	}
	r, err := searched(ctx, c, f, search{
		kind: catalogue.Templates, query: catalogue.Query{Words: in.words()}, from: from, n: n, pics: isTrue(in.Previews), full: in.isFull(),
		row: func(r *catalogue.Row, _ bool) any { return pictureRow("template_id", r, in.isFull()) },
	})
	if err != nil {
		return nil, err
	}
	r.Kept = []string{"tags", variablesMember}
	addVariables(ctx, c, r.Out.Items)
	return r, nil
}

const (
	// variablesMember tells of a template that was found what its variables are.
	variablesMember = "variables"
	// maxWithVariables is how many templates may have been found for each to be read: who finds so few has found
	// theirs.
	maxWithVariables = 2
)

// addVariables adds to rows of templates the names and types of their variables, which spares the call that tells them.
func addVariables(ctx context.Context, c *engine.Call, rows []any) {
	if len(rows) > maxWithVariables {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, templateTime)
	defer cancel()
	for _, one := range rows {
		row, _ := one.(map[string]any)
		id, _ := row["template_id"].(string)
		t, err := readTemplate(ctx, c.Engine(), id)
		if err != nil {
			continue // the row says enough without
		}
		types := map[string]any{}
		for name, v := range t.Variables {
			held, _ := v.(map[string]any)
			types[name] = held["type"]
		}
		row[variablesMember] = types
	}
}
