package media

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// clipTrack is one track of the clip: how to decode it, and its samples in order.
type clipTrack struct {
	stsd    []byte   // the whole box, with avcC or esds inside, used again as it is
	samples [][]byte // parts of clipMP4, never copied
	key     []bool   // which samples are key frames
}

// errClip says that the committed clip is not what this reader was written for. It cannot happen to
// a caller of a program whose tests passed.
var errClip = errors.New("the clip is damaged")

// readClip finds both tracks in an mp4. It knows the boxes that ffmpeg writes into a plain (not
// fragmented) file and no more.
func readClip(data []byte) (video, audio clipTrack, err error) {
	moov, err := clipBox(data, "moov")
	if err != nil {
		return video, audio, err
	}
	for rest := moov; len(rest) > 0; {
		name, body, next, err := nextClipBox(rest)
		if err != nil {
			return video, audio, err
		}
		rest = next
		if name != "trak" {
			continue
		}
		hdlr, err := clipBox(body, "mdia", "hdlr")
		if err != nil {
			return video, audio, err
		}
		if len(hdlr) < 12 {
			return video, audio, fmt.Errorf("hdlr: %w", errClip)
		}
		t, err := readTrack(data, body)
		if err != nil {
			return video, audio, err
		}
		switch string(hdlr[8:12]) {
		case "vide":
			video = t
		case "soun":
			audio = t
		}
	}
	if len(video.samples) == 0 || !video.key[0] || len(audio.samples) < clipAudioSkip+clipAudioLoop {
		return video, audio, fmt.Errorf("tracks: %w", errClip)
	}
	audio.samples = audio.samples[clipAudioSkip : clipAudioSkip+clipAudioLoop]
	return video, audio, nil
}

// readTrack reads the sample table of one trak.
func readTrack(data, trak []byte) (clipTrack, error) {
	var t clipTrack
	stbl, err := clipBox(trak, "mdia", "minf", "stbl")
	if err != nil {
		return t, err
	}
	stsd, err := clipBox(stbl, "stsd")
	if err != nil {
		return t, err
	}
	t.stsd = mp4Box("stsd", stsd)
	sizes, err := clipTable(stbl, "stsz", 2, 1)
	if err != nil {
		return t, err
	}
	chunks, err := clipTable(stbl, "stco", 1, 1)
	if err != nil {
		return t, err
	}
	runs, err := clipTable(stbl, "stsc", 1, 3)
	if err != nil {
		return t, err
	}
	if t.samples, err = cutSamples(data, sizes, chunks, runs); err != nil {
		return t, err
	}
	t.key = make([]bool, len(t.samples))
	keys, err := clipTable(stbl, "stss", 1, 1)
	if err != nil { // no stss: every sample is one, as in audio
		for i := range t.key {
			t.key[i] = true
		}
		return t, nil
	}
	for _, k := range keys {
		if k[0] < 1 || int(k[0]) > len(t.key) {
			return t, fmt.Errorf("stss: %w", errClip)
		}
		t.key[k[0]-1] = true
	}
	return t, nil
}

// cutSamples takes the samples out of their chunks: runs says, from which chunk on, how many
// samples each chunk holds.
func cutSamples(data []byte, sizes, chunks, runs [][]uint32) ([][]byte, error) {
	samples := make([][]byte, 0, len(sizes))
	perChunk, run := 0, 0
	for i, c := range chunks {
		if run < len(runs) && int(runs[run][0]) == i+1 {
			perChunk = int(runs[run][1])
			run++
		}
		at := int(c[0])
		for range perChunk {
			if len(samples) == len(sizes) {
				return nil, fmt.Errorf("stsc: %w", errClip)
			}
			end := at + int(sizes[len(samples)][0])
			if at > end || end > len(data) {
				return nil, fmt.Errorf("stco: %w", errClip)
			}
			samples = append(samples, data[at:end])
			at = end
		}
	}
	if len(samples) != len(sizes) {
		return nil, fmt.Errorf("stsz: %w", errClip)
	}
	return samples, nil
}

// clipBox is the body of the box at path.
func clipBox(data []byte, path ...string) ([]byte, error) {
	for _, want := range path {
		found := false
		for rest := data; len(rest) > 0 && !found; {
			name, body, next, err := nextClipBox(rest)
			if err != nil {
				return nil, err
			}
			rest = next
			if name == want {
				data, found = body, true
			}
		}
		if !found {
			return nil, fmt.Errorf("no box %q: %w", want, errClip)
		}
	}
	return data, nil
}

// nextClipBox splits the first box off data.
func nextClipBox(data []byte) (name string, body, rest []byte, err error) {
	if len(data) < 8 {
		return "", nil, nil, fmt.Errorf("box: %w", errClip)
	}
	size := uint64(binary.BigEndian.Uint32(data))
	if size < 8 || size > uint64(len(data)) { // 64-bit sizes (1) are for files that are no clip
		return "", nil, nil, fmt.Errorf("box: %w", errClip)
	}
	return string(data[4:8]), data[8:size], data[size:], nil
}

// clipTable reads a table of big-endian 32-bit numbers: after the version word stand head words,
// the last of which counts the rows, and then the rows of width numbers.
func clipTable(stbl []byte, name string, head, width int) ([][]uint32, error) {
	body, err := clipBox(stbl, name)
	if err != nil {
		return nil, err
	}
	start := 4 + 4*head
	if len(body) < start {
		return nil, fmt.Errorf("%s: %w", name, errClip)
	}
	count := int(binary.BigEndian.Uint32(body[start-4:]))
	if count > (len(body)-start)/(4*width) {
		return nil, fmt.Errorf("%s: %w", name, errClip)
	}
	rows := make([][]uint32, count)
	for i := range rows {
		rows[i] = make([]uint32, width)
		for j := range rows[i] {
			rows[i][j] = binary.BigEndian.Uint32(body[start+4*(i*width+j):])
		}
	}
	return rows, nil
}
