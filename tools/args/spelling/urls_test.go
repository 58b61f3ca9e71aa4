package spelling

import "testing"

// TestPlainURL holds that addresses of one meaning have one spelling, and that what a server may tell apart stays.
func TestPlainURL(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{ //nolint:gosec // G101: it is nobody's
		"HTTPS://A.B":           "https://a.b/",
		"https://a.b:443/X?Y#Z": "https://a.b/X?Y#Z",
		"http://a.b:80":         "http://a.b/",
		"http://a.b:443/":       "http://a.b:443/",
		"https://a.b:":          "https://a.b/",
		"https://a.b?q=1":       "https://a.b/?q=1",
		"https://a.b#c":         "https://a.b/#c",
		"https://[::1]:8443/c":  "https://[::1]:8443/c",
		"https://u:P@A.b/c":     "https://u:P@A.b/c",
		"https:///C":            "https:///C",
		"https://A b/c":         "https://A b/c",
		"ftp://A.b":             "ftp://A.b",
		"A.b/c":                 "A.b/c",
		"https:///":             "https:///",
		"https://?q":            "https://?q",
	} {
		if got := URL(given); got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
}
