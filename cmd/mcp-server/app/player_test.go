package app_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// person is somebody with a browser.
type person struct {
	web  *http.Client
	base string
}

func newPerson(t *testing.T, base string) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{&http.Client{Jar: jar}, base}
}

// opens gives a page, and signs in to an account where that is asked.
func (p *person) opens(t *testing.T, page, account string) (status int, text string) {
	t.Helper()
	ask := func(method, address string, form url.Values) {
		req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept", "text/html")
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := p.web.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		status, text = res.StatusCode, string(raw)
	}
	ask(http.MethodGet, page, nil)
	if strings.Contains(text, `name="api_key"`) {
		action, fields, err := demo.FillForm(text, page, account)
		if err != nil {
			t.Fatal(err)
		}
		ask(http.MethodPost, action, fields)
		ask(http.MethodGet, page, nil)
	}
	return status, text
}

// TestAPersonWatchesWhatWasMade holds that whoever had a video made sees it on its page, and its state, that somebody
// else sees neither, and that the page of their connections tells of the video.
func TestAPersonWatchesWhatWasMade(t *testing.T) {
	t.Parallel()
	a := serving(t, loaded(t, "--auth", "broker"), io.Discard)
	base := strings.TrimSuffix(a.MCPURL, "/mcp")
	id, page := makes(t, signedIn(t, a, "mia"))
	mia, noa := newPerson(t, base), newPerson(t, base)
	if status, text := mia.opens(t, page, "mia"); status != http.StatusOK || !strings.Contains(text, "A film") || !strings.Contains(text, "<video") {
		t.Errorf("mia sees %d %s", status, text)
	}
	if status, text := mia.opens(t, page+"/state", ""); status != http.StatusOK || !strings.Contains(text, `"under_way":false`) {
		t.Errorf("the state is %d %s", status, text)
	}
	if status, _ := mia.opens(t, base+"/v/nothing", ""); status != http.StatusNotFound {
		t.Errorf("a film that is not there: %d", status)
	}
	if status, text := noa.opens(t, page, "noa"); status != http.StatusNotFound || strings.Contains(text, "A film") {
		t.Errorf("noa sees %d %s", status, text)
	}
	if status, text := mia.opens(t, base+"/connections", "mia"); status != http.StatusOK || !strings.Contains(text, "A film") || !strings.Contains(text, "/v/"+id) {
		t.Errorf("the connections are %d %s", status, text)
	}
}
