package tools

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/engine"
)

// People give a variable of a template as they think of it: a URL, a text, the id of a voice. Which type that is
// follows from its members or else from the template, which is read for it.

// untyped is the type of a variable that names none.
const untyped = "untyped"

// translateVariable puts a variable into the form that HeyGen takes.
func translateVariable(object map[string]any) {
	for _, name := range faults.SortedKeys(object) { // the names of variables' members are all of one spelling
		if plain := snakeCase(name); plain != name && object[plain] == nil {
			object[plain] = object[name]
			delete(object, name)
		}
	}
	if inner, ok := object["properties"].(map[string]any); ok { // v2's: {name, type, properties}
		delete(object, "properties")
		delete(object, "name")
		if kind := inner["type"]; kind != nil {
			delete(inner, "type")
			object["character_type"] = kind
		}
		for name, v := range inner {
			if plain := snakeCase(name); object[plain] == nil {
				object[plain] = v
			}
		}
	}
	word, _ := object["type"].(string)
	kind := strings.ToLower(spelling.Trim(word))
	switch kind {
	case "avatar", "talking_photo":
		object["type"], object["character_type"], kind = "character", kind, "character"
	case "":
		kind = kindOfVariable(object)
		object["type"] = kind
	}
	switch kind {
	case "text":
		adoptName(object, "content", "text", "value")
	case "voice":
		adoptName(object, "voice_id", "id", "value", "voice", "content")
	case "character":
		adoptName(object, "character_id", "avatar_id", "look_id", "talking_photo_id", "id", "value", "content")
	case "image", "video", "audio", untyped:
		gatherAsset(object, kind)
	}
}

// kindOfVariable is the type that the members of a variable tell.
func kindOfVariable(object map[string]any) string {
	for member, kind := range map[string]string{
		"voice_id": "voice", "character_id": "character", "avatar_id": "character", "look_id": "character",
		"talking_photo_id": "character", "content": "text", "text": "text",
	} {
		if object[member] != nil {
			return kind
		}
	}
	if v, ok := object["value"].(string); ok {
		object["content"] = v
		delete(object, "value")
	}
	return untyped
}

// gatherAsset puts the file of a variable where HeyGen takes it.
func gatherAsset(object map[string]any, kind string) {
	adoptName(object, "asset", "file", "image", "video", "audio", "value")
	adoptName(object, "url", kind+"_url", "image_url", "video_url", "audio_url", "src", "link")
	adoptName(object, "asset_id", kind+"_asset_id", "image_asset_id", "video_asset_id", "audio_asset_id")
	asset := map[string]any{}
	for _, name := range []string{
		"url", "asset_id", "video_id", "data", "media_type", "download_url", "file_id", "file_name", "mime_type",
	} {
		if v := object[name]; v != nil && object["asset"] == nil {
			asset[name] = v
			delete(object, name)
		}
	}
	if len(asset) > 0 {
		object["asset"] = asset
	}
	if kind != untyped {
		adoptName(object, "asset", "content")
	}
}

// snakeCase spells a name of a variable's member as this server does.
func snakeCase(name string) string {
	var b strings.Builder
	for i, c := range name {
		switch {
		case 'A' <= c && c <= 'Z' && i > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
			b.WriteRune(c + 'a' - 'A')
		case 'A' <= c && c <= 'Z':
			b.WriteRune(c + 'a' - 'A')
		case c == '-' || c == ' ':
			b.WriteByte('_')
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// variablesAt are the variables of one video among the arguments, and where they stand.
type variablesAt struct {
	path      string
	given     templateVariables
	canonical map[string]any
}

// settleVariables gives variables that name no type that of the template. It reports whether there were any.
func settleVariables(
	ctx context.Context, c *engine.Call, template string, all []variablesAt,
) (changed bool, err error) {
	var t *templateText
	var strange []string
	for _, one := range all {
		for _, name := range faults.SortedKeys(one.canonical) {
			v, ok := one.canonical[name].(map[string]any)
			if !ok || v["type"] != untyped {
				continue
			}
			if t == nil {
				if t, err = readTemplate(ctx, c.Engine(), template); err != nil {
					return false, err
				}
			}
			held, _ := t.Variables[name].(map[string]any)
			kind, _ := held["type"].(string)
			one.canonical[name] = settled(v, kind)
			changed = true
		}
		if t != nil {
			strange = append(strange, t.unknown(one.path, one.given)...)
		}
	}
	if len(strange) > 0 {
		return false, t.noVariables(strange)
	}
	return changed, nil
}

// settled is an untyped variable as one of a type, which is a text where the template does not tell.
func settled(v map[string]any, kind string) map[string]any {
	out := maps.Clone(v)
	delete(out, "content")
	out["type"] = kind
	content, asset := v["content"], v["asset"]
	switch kind {
	case "image", "video", "audio":
		if asset == nil {
			out["asset"] = content
		}
	case "voice":
		out["voice_id"] = content
	case "character":
		out["character_id"] = content
	default:
		out["type"], out["content"] = "text", content
		if file, ok := asset.(map[string]any); ok && content == nil {
			delete(out, "asset")
			out["content"] = file["url"]
		}
	}
	return out
}

// settle is the LookUp of generate_from_template.
func (in *fillTemplateInput) settle(ctx context.Context, c *engine.Call, canonical map[string]any) (bool, error) {
	variables, _ := canonical["variables"].(map[string]any)
	return settleVariables(ctx, c, in.TemplateID, []variablesAt{{"variables", in.Variables, variables}})
}

// settle is the LookUp of create_template_batch.
func (in *templateBatchInput) settle(ctx context.Context, c *engine.Call, canonical map[string]any) (bool, error) {
	sets, _ := canonical["sets"].([]any)
	all := make([]variablesAt, 0, len(sets))
	for i, s := range sets {
		set, _ := s.(map[string]any)
		variables, _ := set["variables"].(map[string]any)
		all = append(all, variablesAt{fmt.Sprintf("sets[%d].variables", i), in.Sets[i].Variables, variables})
	}
	return settleVariables(ctx, c, in.TemplateID, all)
}
