package mediainfo

import "strings"

// The fewest bytes that a second takes in files that people make. Speech has 4 kbit/s at the least, in codecs for radios and in the
// thinnest of WMA, while MP3 and AAC begin at 8 and Opus at 6. A video of somebody who speaks has that and a picture, of which a
// screen that does not change takes as much again.
const (
	leastSound   = 500.0
	leastPicture = 500.0
)

// Longest is the longest that a file of a size in bytes can plausibly be, in seconds: an upper bound for files whose length cannot
// be read. 0 is not known. A media type that is neither audio nor video may be either.
func Longest(size int64, mediaType string) float64 {
	least := leastSound
	if strings.HasPrefix(mediaType, "video/") {
		least += leastPicture
	}
	return max(0, float64(size)/least)
}
