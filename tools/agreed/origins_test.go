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

// TestOriginsAreShownWhole holds what a question shows of where a link leads: the port, the brackets of an address, and
// beside a name in other letters the one that is asked for.
func TestOriginsAreShownWhole(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://files.example/x":             "https://files.example",
		"HTTPS://Files.Example./x":            "https://files.example",
		"http://files.example:8080/x":         "http://files.example:8080",
		"https://[2001:DB8::1]:8443/x":        "https://[2001:db8::1]:8443",
		"https://[::ffff:192.0.2.1]/x":        "https://[::ffff:192.0.2.1] (192.0.2.1)",
		"https://b\u00fccher.example:99/":     "https://b\u00fccher.example:99 (xn--bcher-kva.example)",
		"ftp://a%20b.example/x":               "ftp://a b.example (no host that can be read)",
		"https://heygen.com:443@host.example": "https://host.example",
	} {
		got := OriginsAmong(link)
		if len(got) == 0 || got[0].String() != want {
			t.Errorf("%s is shown as %v, want %s", link, got, want)
		}
	}
}

// TestOriginsAtEveryDepth holds that no place in arguments hides a link, and that each origin is shown once.
func TestOriginsAtEveryDepth(t *testing.T) {
	t.Parallel()
	got := OriginsAmong(map[string]any{
		"a":                    []any{"https://one.example", map[string]any{"deep": "https://two.example/x"}, 7.0, nil, true},
		"b":                    "https://one.example/again",
		"https://name.example": "of a free map",
	})
	var shown []string
	for _, o := range got {
		shown = append(shown, o.String())
	}
	if want := []string{"https://one.example", "https://two.example", "https://name.example"}; !slices.Equal(shown, want) {
		t.Errorf("got %q, want %q", shown, want)
	}
}
