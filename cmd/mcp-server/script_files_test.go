package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
)

// addFile puts a file beside those of the archive, and keeps $size and $sum, its SHA-256: what an agent
// announces of a file before it uploads it. The archive itself is another play's as well.
func (a *actor) addFile(name string, data []byte) {
	a.script.files = maps.Clone(a.script.files)
	a.script.files[name] = data
	sum := sha256.Sum256(data)
	a.saved["size"], a.saved["sum"] = len(data), hex.EncodeToString(sum[:])
}

// pack zips files of the archive into a further one.
func (a *actor) pack(name string, members []string) error {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, member := range members {
		data, ok := a.script.files[member]
		if !ok {
			return fmt.Errorf("the archive has no file %s", member)
		}
		to, err := w.Create(member)
		if err == nil {
			_, err = to.Write(data)
		}
		if err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	a.addFile(name, b.Bytes())
	return nil
}
