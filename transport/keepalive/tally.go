package keepalive

import "bytes"

// unknown is the length of what has none that is known.
const unknown = -1

// tally follows the bytes of one request, to say whether net/http has read more than that request: of the head it finds
// the end by itself, and the length of the body is what net/http found. It gives up on heads of which HTTP's recipients
// may think differently: with a line that ends in no CR, or that begins with a space. A connection of which it has
// given up once stays net/http's.
type tally struct {
	read int64 // bytes of the request
	head int64 // of them, of the head; unknown is 0, since no head is empty
	line int   // bytes of the head's last line, which has not ended
	last byte  // the last byte of the head so far
	// begun is that the first line has ended, and lost that it has given up.
	begun, lost bool
}

// add takes note of bytes that were read.
func (t *tally) add(p []byte) {
	if t.head == 0 && !t.lost {
		t.find(p)
	}
	t.read += int64(len(p))
}

// find looks for the end of the head: an empty line after the first line. net/http passes over line ends before that.
func (t *tally) find(p []byte) {
	for i := 0; i < len(p); {
		if t.line == 0 && (p[i] == ' ' || p[i] == '\t') {
			t.lost = true
			return
		}
		end := bytes.IndexByte(p[i:], '\n')
		if end < 0 {
			t.line += len(p) - i
			t.last = p[len(p)-1]
			return
		}
		if end > 0 {
			t.last = p[i+end-1]
		}
		length := t.line + end // with its CR
		if length == 0 || t.last != '\r' {
			t.lost = true
			return
		}
		i += end + 1
		t.line, t.last = 0, '\n'
		if length > 1 {
			t.begun = true
		} else if t.begun {
			t.head = t.read + int64(i)
			return
		}
	}
}

// complete says whether what was read is one request with a body of so many bytes, and begins the next.
func (t *tally) complete(body int64) bool {
	if t.lost || body == unknown || t.head == 0 || t.read != t.head+body {
		t.lost = true
		return false
	}
	*t = tally{}
	return true
}
