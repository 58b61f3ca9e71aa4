package keepalive

import "testing"

// TestOnlyWholeRequestsLeaveNothing holds where a request is known to be all that was read, however it was cut.
func TestOnlyWholeRequestsLeaveNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		body       int64
		want       bool
	}{
		{"without a body", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, true},
		{"with a body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n\r\n\r\n", 4, true},
		{"after an empty line", "\r\nPOST / HTTP/1.1\r\n\r\nab", 2, true},
		{"and a byte of the next", "GET / HTTP/1.1\r\nHost: a\r\n\r\nG", 0, false},
		{"a byte too few", "POST / HTTP/1.1\r\n\r\na", 2, false},
		{"in chunks", "POST / HTTP/1.1\r\n\r\n0\r\n\r\n", unknown, false},
		{"a line that ends in no CR", "GET / HTTP/1.1\nHost: a\r\n\r\n", 0, false},
		{"an end without CR", "GET / HTTP/1.1\r\nHost: a\r\n\n", 0, false},
		{"a line of a space", "POST / HTTP/1.1\r\n \r\n\r\nab", 2, false},
		{"a line that goes on", "GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n", 0, false},
		{"half a head", "GET / HTTP/1.1\r\nHost: a\r\n", 0, false},
		{"nothing", "", 0, false},
	} {
		for cut := 0; cut <= len(test.text); cut++ {
			var whole tally
			whole.add([]byte(test.text[:cut]))
			whole.add([]byte(test.text[cut:]))
			if got := whole.complete(test.body); got != test.want {
				t.Errorf("%s, cut at %d: complete says %v, want %v", test.name, cut, got, test.want)
			}
			whole.add([]byte("GET / HTTP/1.1\r\n\r\n"))
			if got := whole.complete(0); got != test.want {
				t.Errorf("%s, cut at %d: the request after it: complete says %v, want %v", test.name, cut, got, test.want)
			}
		}
	}
}
