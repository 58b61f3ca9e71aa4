package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// newTwin is a group whose person has not consented yet.
func newTwin(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	made := b.CallTool(t, "create_digital_twin", `{"name":"Sam","file":{"type":"url","url":"https://files.example/sam.mp4"}`+confirmed(b.Cfg.Confirm)+`}`)
	b.Pass(t, "3600")
	id, _ := made["group_id"].(string)
	return id
}

func TestAConsentsLinkIsOffered(t *testing.T) {
	t.Parallel()
	for _, confirm := range []string{tools.ConfirmNever, tools.ConfirmAll} {
		a := toolstest.NewAsker(t, confirm)
		a.Elicitation = &mcp.ElicitationCapability{Form: &struct{}{}, URL: &struct{}{}}
		args := `{"group_id":"` + newTwin(t, a.Bench) + `"}`
		res, state := (*mcp.CallToolResult)(nil), ""
		answers := map[string]string{}
		if confirm == tools.ConfirmAll {
			_, state = a.Asks(t, "create_avatar_consent", args)
			answers["confirm"] = toolstest.Agrees
		}
		res, _ = a.Try(t, "create_avatar_consent", args, state, answers)
		link := res.InputRequests["link"].Elicitation
		if link == nil || link.Mode != mcp.ElicitationModeURL || !strings.HasPrefix(link.URL, "http") || link.ElicitationID == "" {
			t.Fatalf("%s: got %+v, want link not nil, link.Mode %v, %q at its beginning and link.ElicitationID not empty", confirm, res, mcp.ElicitationModeURL, "http")
		}
		a.Now = a.Now.Add(24 * time.Hour) // the person takes their time; nothing is made again
		for answer, says := range map[string]string{`{"action":"accept"}`: "took the link", toolstest.Declines: "Give the url"} {
			done, _ := a.Try(t, "create_avatar_consent", args, res.RequestState, map[string]string{"link": answer})
			if got := string(done.RawStructuredContent); done.IsError || !strings.Contains(got, link.URL) || !strings.Contains(got, says) {
				t.Errorf("%s, %s: got %s, want done.IsError false, %q in it and %q in it", confirm, answer, got, link.URL, says)
			}
		}
		// A client that opens no links gets it in the result.
		a.Elicitation = nil
		if plain, _ := a.Try(t, "create_avatar_consent", args[:len(args)-1]+`,"idempotency_key":"k"`+confirmed(confirm)+`}`, "", nil); len(plain.InputRequests) != 0 || plain.IsError {
			t.Errorf("%s: got %+v, want len(plain.InputRequests) %v and plain.IsError false", confirm, plain, 0)
		}
	}
}
