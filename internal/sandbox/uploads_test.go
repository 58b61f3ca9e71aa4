package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/contract/contracttest"
	"heygen-mcp/internal/sandbox/media"
)

// slot announces a file.
func (b *box) slot(name, kind string, size int, more string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, "/v3/assets/direct-uploads", fmt.Sprintf(`{"filename":%q,"content_type":%q,"size_bytes":%d%s}`, name, kind, size, more))
}

// put sends bytes where a slot says, with its headers and others on top of them.
func (b *box) put(r reply, raw []byte, more ...string) reply {
	b.t.Helper()
	return b.putAt(r.text("data", "upload_url"), r.at("data", "upload_headers"), raw, more...)
}

func (b *box) putAt(url string, slotHeaders any, raw []byte, more ...string) reply {
	b.t.Helper()
	var headers []string
	for name, v := range contracttest.Members(slotHeaders) {
		headers = append(headers, name, fmt.Sprint(v))
	}
	return b.do(http.MethodPut, url, string(raw), append(headers, more...)...)
}

func TestADirectUpload(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	raw := recording(t, 2)
	sum := `,"checksum_sha256":"` + strings.ToUpper(hexSum(raw)) + `"`
	slot := b.slot("talk.mp3", "audio/mpeg", len(raw), sum).want(200, "")
	id := slot.text("data", "asset_id")
	if slot.text("data", "status") != "pending_upload" || slot.text("data", "upload_headers", "x-amz-server-side-encryption") != "AES256" {
		t.Error(slot.body)
	}
	done := "/v3/assets/" + id + "/complete"
	b.do(http.MethodPost, done, `{}`).want(409, "conflict")
	b.get("/v3/assets/"+id).want(404, "asset_not_found")
	if got := b.get("/v3/assets/statuses?asset_ids="+id).want(200, "").text("data", 0, "status"); got != "queued" {
		t.Errorf("got %v, want %q", got, "queued")
	}
	b.put(slot, raw).want(200, "")
	b.control("faults", `{"method":"POST","path":"/v3/assets/{asset_id}/complete","fault":"unseen"}`)
	b.do(http.MethodPost, done, `{}`).want(409, "conflict")
	b.do(http.MethodPost, done, `{"checksum_sha256":"00"}`).want(400, "invalid_parameter")
	made := b.do(http.MethodPost, done, `{"checksum_sha256":"`+hexSum(raw)+`"}`).want(200, "")
	if made.text("data", "status") != "processing" || made.text("data", "mime_type") != "audio/wav" {
		t.Errorf("the type is what the bytes say: %s", made.body)
	}
	b.advance(10)
	again := b.do(http.MethodPost, done, `{}`).want(200, "")
	if again.text("data", "status") != "processing" || b.get(again.text("data", "url")).body != string(raw) {
		t.Error(again.body)
	}
	if got := b.get("/v3/assets/statuses?asset_ids="+id+",none").want(200, ""); got.text("data", 0, "status") != "completed" || got.text("data", 1, "status") != "not_found" {
		t.Error(got.body)
	}
	if got := b.put(slot, raw).status; got != 200 {
		t.Errorf("put again: %d", got)
	}
	b.do(http.MethodPost, "/v3/assets/none/complete", `{}`).want(404, "asset_not_found")
}

func TestTheBucketTakesOnlyWhatWasSigned(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	raw := drawing(t)
	slot := b.slot("a.png", "image/png", len(raw), `,"checksum_sha256":"`+hexSum(raw)+`"`).want(200, "")
	url, headers := slot.text("data", "upload_url"), slot.at("data", "upload_headers")
	other := append([]byte{}, raw...)
	other[len(other)-1]++
	for name, c := range map[string]struct {
		got  reply
		want int
		code string
	}{
		"a key":          {b.put(slot, raw, "X-Api-Key", "sk_sandbox_ana"), 400, "InvalidArgument"},
		"a token":        {b.put(slot, raw, "Authorization", "Bearer x"), 400, "InvalidArgument"},
		"fewer bytes":    {b.put(slot, raw[1:]), 403, "SignatureDoesNotMatch"},
		"other bytes":    {b.put(slot, other), 400, "BadDigest"},
		"another type":   {b.put(slot, raw, "Content-Type", "image/jpeg"), 403, "SignatureDoesNotMatch"},
		"no headers":     {b.putAt(url, nil, raw), 403, "SignatureDoesNotMatch"},
		"another file":   {b.putAt(strings.Replace(url, "asst_", "asst_0", 1), headers, raw), 403, "SignatureDoesNotMatch"},
		"a later end":    {b.putAt(strings.Replace(url, "Expires=3600", "Expires=9999", 1), headers, raw), 403, "SignatureDoesNotMatch"},
		"no date at all": {b.putAt(url[:strings.Index(url, "?")], headers, raw), 403, "SignatureDoesNotMatch"},
	} {
		if c.got.status != c.want || !strings.Contains(c.got.body, "<Code>"+c.code+"</Code>") {
			t.Errorf("%s: got %d %s, want %v and %q in it", name, c.got.status, c.got.body, c.want, "<Code>"+c.code+"</Code>")
		}
	}
	b.advance(bucketLifetime.Seconds())
	if got := b.put(slot, raw); got.status != 403 || !strings.Contains(got.body, "expired") {
		t.Errorf("late: %d %s", got.status, got.body)
	}
	b.do(http.MethodPost, "/v3/assets/"+slot.text("data", "asset_id")+"/complete", `{}`).want(409, "conflict")
}

func TestSlotsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for param, r := range map[string]reply{
		"filename":        b.slot("", "image/png", 1, ""),
		"content_type":    b.slot("a.exe", "application/x-msdownload", 1, ""),
		"size_bytes":      b.slot("a.mp4", "video/mp4", maxDirect+1, ""),
		"checksum_sha256": b.slot("a.mp4", "video/mp4", 1, `,"checksum_sha256":"abc"`),
		"files[1].size_bytes": b.do(http.MethodPost, "/v3/assets/direct-uploads/batches",
			`{"files":[{"filename":"a","content_type":"image/png","size_bytes":1},{"filename":"b","content_type":"image/png","size_bytes":0}]}`),
	} {
		if got := r.want(400, "invalid_parameter").text("error", "param"); got != param {
			t.Errorf("%q, want %q", got, param)
		}
	}
	b.slot("a.zip", media.TypeZip, maxZip, "").want(200, "")
	odd := b.slot("a.png", "image/png", 5, "").want(200, "")
	b.put(odd, []byte("words")).want(200, "")
	b.do(http.MethodPost, "/v3/assets/"+odd.text("data", "asset_id")+"/complete", `{}`).want(400, "invalid_parameter")
}

func TestABatchOfUploads(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.hook(`{"url":"` + in.url + `"}`)
	files := [][]byte{drawing(t), recording(t, 1), []byte("just words"), recording(t, 2)}
	kinds := []string{"image/png", "audio/wav", "image/png", "audio/wav"}
	var list []map[string]any
	for i, raw := range files {
		list = append(list, map[string]any{"filename": fmt.Sprint("f", i), "content_type": kinds[i], "size_bytes": len(raw)})
	}
	body, err := json.Marshal(map[string]any{"title": "Four", "files": list, "callback_url": in.url})
	if err != nil {
		t.Fatal(err)
	}
	made := b.do(http.MethodPost, "/v3/assets/direct-uploads/batches", string(body)).want(200, "")
	id := made.text("data", "batch_id")
	put := func(i int) {
		b.putAt(made.text("data", "items", i, "upload_url"), made.at("data", "items", i, "upload_headers"), files[i]).want(200, "")
	}
	for i := range 3 { // the last one is forgotten
		put(i)
	}
	complete := func() { b.do(http.MethodPost, "/v3/assets/complete/batches", `{"batch_id":"`+id+`"}`).want(202, "") }
	complete()
	b.advance(10)
	path := "/v3/assets/batches/" + id
	want := func(want ...string) {
		t.Helper()
		one := b.get(path).want(200, "")
		for i, w := range want {
			got := one.text("data", "items", i, "status")
			if problem := one.at("data", "items", i, "error"); problem != nil {
				got += " " + one.text("data", "items", i, "error", "code")
			}
			if got != w {
				t.Errorf("item %d: %s, want %s", i, got, w)
			}
		}
	}
	want("completed", "completed", "failed invalid_parameter", "failed resource_not_ready")
	put(3)
	complete()
	want("completed", "completed", "failed invalid_parameter", "processing")
	b.advance(10)
	complete()
	want("completed", "completed", "failed invalid_parameter", "completed")
	if got := b.get("/v3/assets?username=ana").want(200, ""); len(got.list("data")) != 3 {
		t.Error(got.body)
	}
	in.took(0) // uploads tell nobody
	b.do(http.MethodPost, "/v3/assets/complete/batches", `{"batch_id":"none"}`).want(404, "not_found")
}
