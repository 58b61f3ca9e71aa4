package files

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// span is what is wanted of a file: n bytes from the byte at from, or all of it, which may be no more
// than n.
type span struct {
	from, n int64
	whole   bool
}

// read makes one request.
func (c *Client) read(ctx context.Context, link string, want span) (*File, error) {
	req, err := c.request(ctx, link)
	if err != nil {
		return nil, err
	}
	if !want.whole {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", want.from, want.from+want.n-1))
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, unreachable(ctx, err)
	}
	defer func() { _ = res.Body.Close() }()
	file := &File{Size: res.ContentLength, Type: mediaType(res.Header.Get("Content-Type"))}
	if err := file.fits(res, want); err != nil {
		return nil, err
	}
	file.Data, err = io.ReadAll(io.LimitReader(res.Body, want.n+1))
	if int64(len(file.Data)) > want.n {
		if want.whole {
			return nil, tooLarge(want.n)
		}
		return file.cut(want.n), nil // the host gave more than it was asked for
	}
	if err != nil {
		return nil, broken(ctx, err)
	}
	if want.whole {
		file.Size = int64(len(file.Data))
	}
	return file, nil
}

// request is one for a file, if its link is one to follow.
func (c *Client) request(ctx context.Context, link string) (*http.Request, error) {
	u, err := url.Parse(link)
	if err != nil {
		return nil, &Error{Reason: errNotHTTPS.Error()} // the error of the parser shows the link
	}
	if err := c.check(u); err != nil {
		return nil, &Error{Reason: err.Error(), cause: err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &Error{Reason: errNotHTTPS.Error()}
	}
	req.Header.Set("Accept", "*/*")
	return req, nil
}

// fits says why an answer is not what was asked for, and reads of its head how large the file is.
func (f *File) fits(res *http.Response, want span) error {
	switch {
	case res.StatusCode == http.StatusOK && want.whole:
		if res.ContentLength > want.n {
			return tooLarge(want.n)
		}
	case res.StatusCode == http.StatusOK && want.from == 0: // the whole, of which the first part is read
	case res.StatusCode == http.StatusPartialContent && !want.whole:
		from, size, ok := contentRange(res.Header.Get("Content-Range"))
		if !ok || from != want.from {
			return &Error{Reason: "its host gives another part of it"}
		}
		f.Size = size
	case res.StatusCode == http.StatusOK:
		return &Error{Reason: "its host gives no parts of it"}
	case res.StatusCode == http.StatusRequestedRangeNotSatisfiable:
		return &Error{Reason: "it ends before that part"}
	default:
		return &Error{Reason: fmt.Sprintf("its host answers with status %d", res.StatusCode)}
	}
	return nil
}

// cut keeps the first n bytes.
func (f *File) cut(n int64) *File {
	f.Data = f.Data[:n:n]
	return f
}

// contentRange reads "bytes 0-99/1234": where a part begins, and the size of the whole, -1 for a star.
func contentRange(header string) (from, size int64, ok bool) {
	part, whole, _ := strings.Cut(strings.TrimPrefix(header, "bytes "), "/")
	first, _, _ := strings.Cut(part, "-")
	from, err := strconv.ParseInt(strings.TrimSpace(first), 10, 64)
	if err != nil {
		return 0, 0, false
	}
	size, err = strconv.ParseInt(strings.TrimSpace(whole), 10, 64)
	if err != nil || size < 0 {
		size = -1
	}
	return from, size, true
}

// mediaType is a Content-Type in lower case and without parameters.
func mediaType(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		return ""
	}
	return kind
}
