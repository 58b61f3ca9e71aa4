package tools

import (
	"context"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
)

// listVoicesOp lists HeyGen's voices or the caller's own, and HeyGen's where it is not told which.
func listVoicesOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/voices"} }

// The two lists of voices, which are values of type and the beginnings of our tokens: what follows
// is HeyGen's token of that list, "" at its start.
const (
	ownVoices    = "private"
	publicVoices = "public"
)

// maxShownLanguages is how many languages are named where no voice speaks the one that was asked for.
const maxShownLanguages = 60

// defaultVoices is how many voices a page has unless limit says otherwise.
const defaultVoices = 20

// listVoices searches voices where words are given, and lists them otherwise.
func listVoices(f *finder.Finder) func(context.Context, *engine.Call, *listVoicesInput) (*engine.Result[found], error) {
	return func(ctx context.Context, c *engine.Call, in *listVoicesInput) (*engine.Result[found], error) {
		if in.words() != "" {
			return findVoices(ctx, c, f, in)
		}
		r, err := listedVoices(ctx, c, in)
		if err == nil && isTrue(in.Previews) {
			r.Kept = []string{"preview_audio_url"}
		}
		return r, err
	}
}

// listedVoices gives one page of voices. Where none speaks a language by the name that it usually has, the
// name that voices give it is looked for, and is asked for in its place.
func listedVoices(
	ctx context.Context, c *engine.Call, in *listVoicesInput,
) (*engine.Result[found], error) {
	r, err := listVoicesAsAsked(ctx, c, in)
	begins := in.Token == nil || *in.Token == ""
	if err != nil || in.Language == nil || *in.Language == "" || len(r.Out.Items) > 0 || !begins {
		return r, err
	}
	names := c.Languages(ctx, voiceLanguages)
	if names == nil {
		return r, nil
	}
	if word := names.Find(*in.Language).Word; word != "" && word != *in.Language {
		other := *in
		other.Language = &word
		if again, err := listVoicesAsAsked(ctx, c, &other); err == nil && len(again.Out.Items) > 0 {
			again.Note = "language was taken as " + word + ", as voices have it."
			return again, nil
		}
	}
	shown := names.Names()
	if len(shown) > maxShownLanguages {
		shown = append(slices.Clone(shown[:maxShownLanguages]), "and more")
	}
	r.Note = "Languages of voices are " + strings.Join(shown, ", ") + "."
	return r, nil
}

// listVoicesAsAsked asks with the arguments as they are. Without a type the caller's own come first and the public
// ones follow, as if they were one list: an agent that looks for a clone need not know that it is
// in another. That takes two calls to HeyGen at the most.
func listVoicesAsAsked(
	ctx context.Context, c *engine.Call, in *listVoicesInput,
) (*engine.Result[found], error) {
	if in.Type != nil {
		return engine.Fetch[found](ctx, c, listVoicesOp(), in)
	}
	from, token := ownVoices, in.Token // an empty token begins anew
	if token != nil && *token != "" {
		list, rest, _ := strings.Cut(*token, ".")
		if list != ownVoices && list != publicVoices {
			return nil, faults.Invalid("token", "This token is not of a list of all voices.",
				"Send the arguments of the page before, or leave token out to begin anew.")
		}
		from, token = list, nil
		if rest != "" {
			token = &rest
		}
	}
	limit := defaultVoices
	if in.Limit != nil {
		limit = *in.Limit
	}
	if from == publicVoices {
		return voicesOf(ctx, c, *in, publicVoices, token, limit)
	}
	own, err := voicesOf(ctx, c, *in, ownVoices, token, limit)
	if err != nil || own.Out.NextToken != "" {
		return own, err
	}
	left := limit - len(own.Out.Items)
	if left <= 0 {
		own.Out.HasMore, own.Out.NextToken = true, publicVoices+"."
		return own, nil
	}
	if in.Token != nil && *in.Token != "" {
		token = nil // it was of the own voices
	}
	all, err := voicesOf(ctx, c, *in, publicVoices, token, left)
	if err != nil {
		return nil, err
	}
	all.Out.Items = append(own.Out.Items, all.Out.Items...)
	all.Out.Count = len(all.Out.Items)
	return all, nil
}

// voicesOf gives a page of one of the two lists. Each voice says which it is of, and so does the
// token.
func voicesOf(
	ctx context.Context, c *engine.Call, in listVoicesInput, list string, token *string, limit int,
) (*engine.Result[found], error) {
	in.Type, in.Limit, in.Token = &list, &limit, token
	r, err := engine.Fetch[found](ctx, c, listVoicesOp(), &in)
	if err != nil {
		return nil, err
	}
	for _, it := range r.Out.Items {
		if one, ok := it.(map[string]any); ok && one["type"] == nil {
			one["type"] = list
		}
	}
	if r.Out.NextToken != "" {
		r.Out.NextToken = list + "." + r.Out.NextToken
	}
	return r, nil
}
