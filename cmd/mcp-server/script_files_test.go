package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
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

// put uploads a file with the headers that came with its URL.
func (a *actor) put(words []string) error {
	url, _ := a.saved[strings.TrimPrefix(words[0], "$")].(string)
	headers, _ := a.saved[strings.TrimPrefix(words[1], "$")].(map[string]any)
	data, ok := a.script.files[words[2]]
	if !ok {
		return fmt.Errorf("the archive has no file %s", words[2])
	}
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodPut, url, bytes.NewReader(data))
	if err != nil {
		return err
	}
	for name, value := range headers {
		req.Header.Set(name, fmt.Sprint(value))
	}
	return a.download(req)
}

// fetch downloads a link and checks what it is.
func (a *actor) fetch(url, kind string) error {
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if err := a.download(req); err != nil {
		return err
	}
	marks := map[string]string{
		"mp4": "....ftyp", "webm": "\x1a\x45\xdf\xa3", "wav": "RIFF....WAVE", "png": "\x89PNG", "gif": "GIF8",
		"srt": "1\n00:00:0", "vtt": "WEBVTT", "html": "<!DOCTYPE html>", "json": "{",
	}
	mark, ok := marks[kind]
	if !ok {
		return fmt.Errorf("%q is not a kind", kind)
	}
	if !begins(a.body, mark) {
		return fmt.Errorf("this is no %s: %.80q", kind, a.body)
	}
	return nil
}

// begins compares the first bytes of a file with a mark, in which a dot is any byte.
func begins(file []byte, mark string) bool {
	if len(file) < len(mark) {
		return false
	}
	for i := range len(mark) {
		if mark[i] != '.' && mark[i] != file[i] {
			return false
		}
	}
	return true
}

// open submits the one form of a page, to the page's own URL.
func (a *actor) open(url string) error {
	if err := a.fetch(url, "html"); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, url, strings.NewReader(""))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return a.download(req)
}

// download keeps the body of an answer, which must be a success.
func (a *actor) download(req *http.Request) error {
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if a.body, err = io.ReadAll(res.Body); err != nil {
		return err
	}
	if res.StatusCode > 299 {
		return fmt.Errorf("%s %s answered %d: %.300s", req.Method, req.URL.Path, res.StatusCode, a.body)
	}
	return nil
}
