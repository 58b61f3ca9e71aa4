package fastget

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// unzip has an answer read as it was before it was compressed, as net/http does where the compression is its own wish.
func unzip(res *http.Response, b *body) {
	if !strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") {
		return
	}
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Length")
	res.ContentLength, res.Uncompressed = -1, true
	res.Body = &zipped{body: b}
}

// zipped is a body that is compressed.
type zipped struct {
	body  *body
	plain *gzip.Reader
	err   error
}

// Read implements io.Reader.
func (z *zipped) Read(p []byte) (int, error) {
	if z.plain == nil && z.err == nil {
		z.plain, z.err = gzip.NewReader(z.body)
	}
	if z.err != nil {
		return 0, z.err
	}
	n, err := z.plain.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // a reader's end is this very value
		z.err = err
	}
	return n, err
}

// Close implements io.Closer.
func (z *zipped) Close() error { return z.body.Close() }
