package files

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Stream is a file of any size that is handed on as it comes.
type Stream struct {
	// Type and Size are those of a File.
	Type string
	Size int64

	body  io.ReadCloser
	quiet *time.Timer // ends the request
	done  context.CancelFunc
}

// Stream opens a file, which its caller closes. It is bounded in time by what its host lets pass without a byte: how
// fast it is read is its caller's affair. The errors are those of Get.
func (c *Client) Stream(ctx context.Context, link string) (*Stream, error) {
	held, done := context.WithCancel(ctx)
	req, err := c.request(held, link)
	if err != nil {
		done()
		return nil, err
	}
	quiet := time.AfterFunc(timeLimit, done)
	client := &http.Client{Transport: c.http.Transport, CheckRedirect: c.follow}
	res, err := client.Do(req)
	quiet.Stop()
	if err != nil {
		done()
		return nil, unreachable(ctx, err)
	}
	file := &File{}
	if err := file.fits(res, span{n: res.ContentLength, whole: true}); err != nil {
		done()
		_ = res.Body.Close()
		return nil, err
	}
	return &Stream{Type: mediaType(res.Header.Get("Content-Type")), Size: res.ContentLength, body: res.Body, quiet: quiet, done: done}, nil
}

// Read implements io.Reader.
func (s *Stream) Read(p []byte) (int, error) {
	s.quiet.Reset(timeLimit)
	defer s.quiet.Stop()
	return s.body.Read(p) //nolint:wrapcheck // io.EOF must stay what it is
}

// Close implements io.Closer.
func (s *Stream) Close() error {
	s.quiet.Stop()
	s.done()
	return s.body.Close() //nolint:wrapcheck // nobody can do anything about it
}
