package mediainfo

import "strings"

// The fewest bytes that a second takes in files that people make: speech at 4 kbit/s, while AMR begins at 4.75, Opus at
// 6, and MP3 and AAC at 8; and a picture that does not change, five times a second.
const (
	leastSound   = 500.0
	leastPicture = 100.0
)

// Longest is the longest that a file of a size in bytes in which somebody speaks can plausibly be, in seconds: an upper
// bound for files whose length cannot be read. 0 is not known. A media type that is neither audio nor video may be
// either.
func Longest(size int64, mediaType string) float64 {
	least := leastSound
	if strings.HasPrefix(mediaType, "video/") {
		least += leastPicture
	}
	return max(0, float64(size)/least)
}
