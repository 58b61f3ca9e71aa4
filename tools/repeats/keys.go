// Package repeats owns what makes two creates the same one: the keys that equal creates share, the creates that a
// process has sent and their answers, and what is told of one that was made before.
//
// HeyGen answers a create whose key it knows with what was made before, whatever the arguments are now, and takes no
// key for some creates at all. So each process remembers the creates that it has sent. A key that comes again with
// other arguments is refused, and an equal create for which HeyGen takes no key is answered with what the first one
// made: a client that lost the answer, or that sent the call twice, pays once. A process that was started since, or
// another replica, does not know the call.
//
// It does not know which tools there are or how HeyGen is called: whoever runs a call says what it means.
package repeats

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// SlotLength is how long equal creates count as one. Ten minutes outlast every client's own time
// limit and repeat, and are short enough that a wanted second take is rarely swallowed.
const SlotLength = 10 * time.Minute

// Slot names the slot in which a time lies: its number since 1970.
func Slot(at time.Time) string { return slot(at, 0) }

// Slots names the slots in which an equal create may have begun that counts as the same as one at now: first that of
// now, then the one before, and the one after, as somebody's clock goes ahead or somebody's wait for a lock was longer.
func Slots(now time.Time) []string { return []string{slot(now, 0), slot(now, -1), slot(now, 1)} }

func slot(at time.Time, further int64) string {
	return strconv.FormatInt(at.Unix()/int64(SlotLength.Seconds())+further, 10)
}

// Begins is when a slot begins, and false for what names none as Slot does.
func Begins(name string) (time.Time, bool) {
	n, err := strconv.ParseInt(name, 10, 32)
	begins := time.Unix(n*int64(SlotLength.Seconds()), 0)
	return begins, err == nil && n > 0 && Slot(begins) == name
}

// Keys are the keys of a create in some slots: equal creates of one caller with one tool share that of a slot, and
// meaning says which are equal. Servers with the same secret, of at least 16 bytes, derive the same.
func Keys(secret []byte, caller, tool string, slots []string, meaning ...string) []string {
	keys := make([]string, len(slots))
	mac := hmac.New(sha256.New, secret)
	var text []byte
	for i, slot := range slots {
		mac.Reset()
		text = text[:0]
		for _, part := range append([]string{caller, tool, slot}, meaning...) {
			// Lengths keep two different lists of parts from reading as one.
			text = append(strconv.AppendInt(text, int64(len(part)), 10), ':')
			text = append(text, part...)
		}
		mac.Write(text)
		keys[i] = "mcp-" + hex.EncodeToString(mac.Sum(nil))
	}
	return keys
}
