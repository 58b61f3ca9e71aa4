package inputs_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// attachable is a file as tools take it: under names of some client's too.
type attachable struct {
	URL     *string `json:"url" doc:"x"`
	AssetID *string `json:"asset_id" doc:"x"`
}

func (attachable) Translate(object map[string]any) {
	if link, ok := object["download_url"]; ok {
		object["url"] = link
		delete(object, "download_url")
	}
}

// withFiles takes files, and has names that one spelling may mean twice.
type withFiles struct {
	Video  *attachable  `json:"video" required:"true" doc:"A video."`
	Images []attachable `json:"images" doc:"Images."`
	A      *string      `json:"item_no" doc:"x"`
	B      *string      `json:"itemno" doc:"x"`
	Plain  string       `json:"plain" required:"true" doc:"x"`
}

// TestNamesOfFiles holds that the name which says the form of a file means the file, and that a spelling of two
// arguments means neither.
func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[withFiles]())
	for name, want := range map[string]string{
		"video": "video", "VIDEO": "video", "video_url": "video", "videoFile": "video", "video-asset.id": "video", "attached_video": "video",
		"attachedImages": "images", "images url": "images", "item_no": "item_no", "itemno": "itemno", "plain": "plain",
		"ItemNo": "", "plain_url": "", "attached_plain": "", "Vidéo": "",
		"item_no" + strings.Repeat("_", 57): "", "video" + strings.Repeat("_", 59): "video", "video" + strings.Repeat("_", 60): "",
	} {
		at, known := p.Resolve(name)
		if known != (want != "") || known && p.Fields[at].Name != want {
			t.Errorf("%q is %d, %t; want %q", name, at, known, want)
		}
	}
	if got, fault := args.Check(p, argstest.Object(t, `{"plain":"","video_url":{"download_url":"https://a.b/c"}}`), ""); fault != nil || argstest.Text(got) != `{"plain":"","video":{"url":"https://a.b/c"}}` {
		t.Errorf("got %v, %v; want the file in our names", got, fault)
	}
}

// TestAttachedFiles holds the schema for a client that hands over files of its conversation.
func TestAttachedFiles(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[withFiles]())
	var files []string
	for _, f := range p.Files() {
		files = append(files, f.Name)
	}
	if want := []string{"video", "images"}; !slices.Equal(files, want) {
		t.Errorf("got the files %v, want %v", files, want)
	}
	schema, names := p.SchemaWithAttached(inputs.CamelCase, inputs.SpecOf(reflect.TypeFor[argstest.OneJob]()))
	if want := []string{"attachedVideo", "attachedImages"}; !slices.Equal(names, want) {
		t.Errorf("got the names %v, want %v", names, want)
	}
	member := `"properties":{"job_id":{"type":"string","description":"A job's id."},"note":{"type":"string","description":"x"}},"required":["job_id"]}`
	for _, want := range []string{
		`"attachedVideo":{"type":"object","description":"In place of video: attached in the conversation.",` + member,
		`"attachedImages":{"type":"array","description":"In place of images: attached in the conversation.","items":{"type":"object",` + member,
		`"itemNo":{`,
	} {
		if !strings.Contains(string(schema), want) {
			t.Errorf("the schema %s\nhas no %s", schema, want)
		}
	}
	if !strings.HasSuffix(string(schema), `},"required":["plain"]}`) {
		t.Errorf("the schema %s demands a file that may be attached", schema)
	}
}
