package media

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"heygen-mcp/internal/sandbox/seeded"
)

const (
	wavRate    = 24000 // samples a second
	wavHead    = 44    // bytes before the samples
	wavLoop    = 9600  // samples of a syllable, 0.4 s, in which every pitch below fits whole
	wavSample  = 2     // bytes
	wavMaximum = 6000  // of 32767, soft

	// SyllableSeconds is how long one swell of the tone lasts. It is loudest in the middle.
	SyllableSeconds = float64(wavLoop) / wavRate
)

// wavSize is the exact number of bytes that WriteWAV writes.
func wavSize(seconds float64) int64 {
	n := math.Round(min(max(seconds, 0), MaxSeconds) * wavRate)
	return wavHead + int64(n)*wavSample
}

// WriteWAV writes a recording of that length: mono PCM, a tone that swells like syllables do, at a
// pitch that the id decides.
func WriteWAV(w io.Writer, id string, seconds float64) error {
	data := wavSize(seconds) - wavHead
	head := make([]byte, 0, wavHead)
	head = append(head, "RIFF"...)
	head = binary.LittleEndian.AppendUint32(head, uint32(wavHead-8+data)) //nolint:gosec // within 32 bits by maxVideoSeconds
	head = append(head, "WAVEfmt "...)
	head = binary.LittleEndian.AppendUint32(head, 16)
	head = binary.LittleEndian.AppendUint16(head, 1) // PCM
	head = binary.LittleEndian.AppendUint16(head, 1) // mono
	head = binary.LittleEndian.AppendUint32(head, wavRate)
	head = binary.LittleEndian.AppendUint32(head, wavRate*wavSample)
	head = binary.LittleEndian.AppendUint16(head, wavSample)
	head = binary.LittleEndian.AppendUint16(head, 8*wavSample)
	head = append(head, "data"...)
	head = binary.LittleEndian.AppendUint32(head, uint32(data)) //nolint:gosec // as above
	if _, err := w.Write(head); err != nil {
		return fmt.Errorf("write the recording's head: %w", err)
	}
	syllable := wavSyllable(id)
	for data > 0 {
		n := min(data, int64(len(syllable)))
		if _, err := w.Write(syllable[:n]); err != nil {
			return fmt.Errorf("write the recording's samples: %w", err)
		}
		data -= n
	}
	return nil
}

// wavSyllable is what a recording repeats.
func wavSyllable(id string) []byte {
	pitches := []float64{120, 150, 160, 200} // Hz
	pitch := pitches[seeded.Pick(len(pitches), 0, id)]
	out := make([]byte, 0, wavLoop*wavSample)
	for i := range wavLoop {
		at := float64(i) / wavRate
		swell := 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/wavLoop)
		tone := 0.7*math.Sin(2*math.Pi*pitch*at) + 0.3*math.Sin(4*math.Pi*pitch*at)
		out = binary.LittleEndian.AppendUint16(out, uint16(int16(wavMaximum*swell*tone))) //nolint:gosec // two's complement is meant
	}
	return out
}
