package edge

import (
	"bytes"
	"encoding/json"
	"maps"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonwrite"
)

// bufferPool keeps the memory of replies for later ones.
type bufferPool struct{ pool *sync.Pool }

func newBufferPool() bufferPool {
	return bufferPool{&sync.Pool{New: func() any { return new(bytes.Buffer) }}}
}

func (p bufferPool) get() *bytes.Buffer {
	b, ok := p.pool.Get().(*bytes.Buffer)
	if !ok {
		return new(bytes.Buffer)
	}
	b.Reset()
	return b
}

func (p bufferPool) put(b *bytes.Buffer) {
	const largest = 64 << 10 // a rare long reply must not keep its memory for ever
	if b.Cap() <= largest {
		p.pool.Put(b)
	}
}

// encodeResult writes the reply to a call on one line, once. mcp-go's own way
// is a map that is sorted, marshalled, and compacted by the caller again.
func (e *Edge) encodeResult(b *bytes.Buffer, id json.RawMessage, res *mcp.CallToolResult, modern bool) error {
	b.WriteString(`{"jsonrpc":"2.0","id":`)
	b.Write(id)
	b.WriteString(`,"result":`)
	if err := e.encodeCall(b, res, modern); err != nil {
		return err
	}
	b.WriteByte('}')
	return nil
}

// encodeCall writes the result of a call as it stands in a reply, and in a task that is done.
func (e *Edge) encodeCall(b *bytes.Buffer, res *mcp.CallToolResult, modern bool) error {
	value := func(v any) error { return jsonwrite.Append(b, v) }
	b.WriteByte('{')
	if err := e.encodeMeta(b, value, res, modern); err != nil {
		return err
	}
	b.WriteString(`"content":[`)
	for i, c := range res.Content {
		if i > 0 {
			b.WriteByte(',')
		}
		if text, ok := c.(mcp.TextContent); ok && text.Meta == nil && text.Annotations == nil {
			b.WriteString(`{"type":"text","text":`)
			if err := value(text.Text); err != nil {
				return err
			}
			b.WriteByte('}')
		} else if err := value(c); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	switch {
	case len(res.RawStructuredContent) > 0:
		b.WriteString(`,"structuredContent":`)
		if err := oneLine(b, res.RawStructuredContent); err != nil {
			return err
		}
	case res.StructuredContent != nil:
		b.WriteString(`,"structuredContent":`)
		if err := value(res.StructuredContent); err != nil {
			return err
		}
	}
	if res.IsError {
		b.WriteString(`,"isError":true`)
	}
	b.WriteByte('}')
	return nil
}

// encodeMeta writes what stands before the content.
func (e *Edge) encodeMeta(b *bytes.Buffer, value func(any) error, res *mcp.CallToolResult, modern bool) error {
	if !modern {
		if res.Meta == nil {
			return nil
		}
		b.WriteString(`"_meta":`)
		err := value(res.Meta)
		b.WriteByte(',')
		return err
	}
	kind := res.ResultType
	if kind == "" {
		kind = mcp.ResultTypeComplete
	}
	b.WriteString(`"resultType":"` + string(kind) + `",`)
	b.WriteString(`"_meta":`)
	if res.Meta == nil {
		b.Write(e.serverMeta)
	} else if err := value(withServer(res.Meta, e.cfg.Server)); err != nil {
		return err
	}
	b.WriteByte(',')
	if len(res.InputRequests) > 0 {
		b.WriteString(`"inputRequests":`)
		if err := value(res.InputRequests); err != nil {
			return err
		}
		b.WriteByte(',')
	}
	if res.RequestState != "" {
		b.WriteString(`"requestState":`)
		if err := value(res.RequestState); err != nil {
			return err
		}
		b.WriteByte(',')
	}
	return nil
}

// withServer is a tool's own _meta and who we are, which every modern result says.
func withServer(given *mcp.Meta, server mcp.Implementation) *mcp.Meta {
	m := &mcp.Meta{ProgressToken: given.ProgressToken, AdditionalFields: map[string]any{}}
	maps.Copy(m.AdditionalFields, given.AdditionalFields)
	m.SetServerInfo(server)
	return m
}

// oneLine copies JSON as it is: an event's data ends with the line.
func oneLine(b *bytes.Buffer, raw []byte) error {
	if bytes.IndexByte(raw, '\n') >= 0 || bytes.IndexByte(raw, '\r') >= 0 {
		return json.Compact(b, raw)
	}
	b.Write(raw)
	return nil
}
