package app

import (
	"context"
	"net/url"

	"heygen-mcp/internal/files"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/tools"
)

// lengths reads how long media files are. Where HeyGen is on this machine, as the sandbox is,
// nothing leaves the machine: only files that lie there are read.
func lengths(reader *files.Client, heygen *url.URL) func(context.Context, string) tools.Length {
	read := tools.LengthReader(reader)
	if !hosts.IsLoopback(heygen.Hostname()) {
		return read
	}
	return func(ctx context.Context, link string) tools.Length {
		if u, err := url.Parse(link); err != nil || !hosts.IsLoopback(u.Hostname()) {
			return tools.Length{}
		}
		return read(ctx, link)
	}
}
