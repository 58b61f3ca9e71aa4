package agreed

import (
	"slices"
	"testing"
)

// TestOriginsAreThoseThatAProgramWouldAsk holds that no character before the real host of a link
// hides it: each of these leads to evil.example in some program.
func TestOriginsAreThoseThatAProgramWouldAsk(t *testing.T) {
	t.Parallel()
	for _, link := range []string{
		"https://evil.example/x", "https://heygen.com@evil.example/x", "https://heygen.com\"@evil.example/x",
		"https://heygen.com'@evil.example/x", "https://heygen.com`@evil.example/x", "https://heygen.com<@evil.example/x",
		"https://heygen.com>@evil.example/x", "https://heygen.com @evil.example/x", "https://heygen.com\t@evil.example/x",
		"https://heygen.com\r@evil.example/x", "https://heygen.com\n@evil.example/x", `https://heygen.com\@evil.example/x`,
		"https:\\\\evil.example/x", "https:evil.example/x", "see https://evil.example, please", "HTTPS://EVIL.EXAMPLE./x",
	} {
		var hosts []string
		for _, o := range originsIn(link) {
			hosts = append(hosts, o.Host)
		}
		if !slices.Contains(hosts, "evil.example") {
			t.Errorf("%q: got the hosts %q, want evil.example among them", link, hosts)
		}
	}
	got := originsIn("https://heygen.com\t.evil.example/x")
	if !slices.ContainsFunc(got, func(o Origin) bool { return o.Host == "heygen.com.evil.example" }) {
		t.Errorf("got %v, want the host that is read where a tab is dropped", got)
	}
}
