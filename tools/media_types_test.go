package tools_test

import (
	"fmt"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestMediaTypes holds that every spelling of a type reaches HeyGen as its own, wherever a tool takes
// one, and that equal meanings are one take.
func TestMediaTypes(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	const sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for _, k := range tools.FileKinds() {
		begun := map[any]bool{}
		spellings := append(append([]string{k.Name, k.Name + "; charset=x", " " + k.Name + " "}, k.Others...), k.Endings...)
		for _, spelling := range append(spellings, "", "application/octet-stream") {
			given := fmt.Sprintf(`{"filename":"a.%s","content_type":%q,"size_bytes":5,"checksum_sha256":%q}`, k.Endings[0], spelling, sum)
			made := b.CallTool(t, "create_asset_upload", given)
			if headers, _ := made["upload_headers"].(map[string]any); headers["Content-Type"] != k.Name {
				t.Errorf("%q: got %v, want %s", spelling, made, k.Name)
			}
			begun[made["asset_id"]] = true
		}
		if len(begun) != 1 {
			t.Errorf("%s: %d uploads were begun, want 1", k.Name, len(begun))
		}
		many := b.CallTool(t, "create_asset_upload_batch", fmt.Sprintf(
			`{"files":[{"filename":"A.%s","content_type":"%s;x=y","size_bytes":5},{"filename":"b","contentType":%q,"size_bytes":5}]}`,
			k.Endings[0], k.Endings[0], k.Name))
		for _, one := range many["items"].([]any) {
			if headers := one.(map[string]any)["upload_headers"].(map[string]any); headers["Content-Type"] != k.Name {
				t.Errorf("a batch: got %v, want %s", one, k.Name)
			}
		}
	}
	for _, strange := range []string{"video/quicktime", "Video/QuickTime"} {
		made := b.CallTool(t, "create_asset_upload", fmt.Sprintf(`{"filename":"a.mov","content_type":%q,"size_bytes":5}`, strange))
		if made["param"] != "content_type" {
			t.Errorf("a type that HeyGen does not take: got %v", made)
		}
	}
}
