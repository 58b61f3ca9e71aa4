package heygen

import (
	"net/url"
	"strings"
	"testing"
)

// TestAt holds that a request goes where the base and the target say, written one after the other.
func TestAt(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"https://api.heygen.com", "https://api.heygen.com/", "http://127.0.0.1:8080/proxy", "http://[::1]/a%2Fb//", "https://h/ä"} {
		c, err := New(Config{BaseURL: base})
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range []string{"/v3/videos/a", "/v3/videos/a%20b", "/v3/videos/%C3%A4%3F", "/v3/videos?limit=20&token=a%2Fb", "/v3/a:b;c=d@e", "/v3/a%25"} {
			path, query, _ := strings.Cut(target, "?")
			want, err := url.Parse(withoutSlashes(base) + target)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := c.at(path, query); err != nil || got.String() != want.String() || got.RequestURI() != want.RequestURI() || got.Path != want.Path {
				t.Errorf("%s, %s: got %v, %v, want %v", base, target, got, err, want)
			}
		}
	}
}

func withoutSlashes(base string) string {
	for base[len(base)-1] == '/' {
		base = base[:len(base)-1]
	}
	return base
}
