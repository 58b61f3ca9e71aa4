package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonrpc"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/transport/edge/message"
)

// Tasks tells of the work that calls left behind. Each function is given the id that its client was, and known is false
// where the caller in ctx has no such task, whoever else may have it. What cannot be answered is a Refusal.
type Tasks struct {
	// Get gives the task.
	Get func(ctx context.Context, id string) (out exchange.Outcome, known bool)
	// Update takes answers to what the task asks. Its outcome is empty.
	Update func(ctx context.Context, id string, answers mcp.InputResponses) (out exchange.Outcome, known bool)
	// Cancel stops what can be stopped. The outcome's note says what cannot.
	Cancel func(ctx context.Context, id string) (out exchange.Outcome, known bool)
	// ForbidsCancel gives the challenge for a caller who may not cancel, "" for one who may; nil forbids it to nobody.
	ForbidsCancel func(ctx context.Context) (challenge string)
}

// noteKey is the member of an acknowledgement's _meta that says what a cancel could not do: the extension leaves no
// other place for it.
const noteKey = "message"

// needsTasks is the refusal of what only a client that declared the extension may ask.
func needsTasks() *message.Fault {
	return &message.Fault{Code: mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, Text: "this needs the extension " + exchange.TasksExtension +
		", which the client did not declare",
		Data: map[string]any{"requiredCapabilities": map[string]any{"extensions": map[string]any{exchange.TasksExtension: map[string]any{}}}}}
}

// task answers a request of the Tasks extension, which mcp-go v1.2.1 does not have: what it calls tasks is the older
// protocol's, and keeps no two callers apart.
func (e *Edge) task(w http.ResponseWriter, r *http.Request, m incoming) {
	bad := m.ModernFault(r.Header)
	if bad == nil {
		bad = m.RPCFault()
	}
	var x *exchange.Exchange
	if bad == nil {
		x, bad = m.Exchange(r.Header)
	}
	switch {
	case bad != nil:
	case !x.TakesTasks():
		bad = needsTasks()
	default:
		bad = m.TaskFault()
	}
	if bad != nil {
		e.refuse(w, statusOf(true, bad.Code), m, bad)
		return
	}
	if m.Method == message.MethodCancel && e.cfg.Tasks.ForbidsCancel != nil {
		if challenge := e.cfg.Tasks.ForbidsCancel(r.Context()); challenge != "" {
			m.end.fail(codeForbidden)
			w.Header().Set("WWW-Authenticate", challenge)
			e.refuse(w, http.StatusForbidden, m, &message.Fault{Code: mcp.INVALID_REQUEST, Text: "this sign-in does not allow to stop what was begun; connect again and allow it"})
			return
		}
	}
	e.askTask(w, r, m, x)
}

// askTask asks for the task and answers.
func (e *Edge) askTask(w http.ResponseWriter, r *http.Request, m incoming, x *exchange.Exchange) {
	ctx, out, end := e.openReply(w, r)
	defer end()

	x.Notify = func(string, any) {}
	ctx = exchange.With(ctx, x)
	var got exchange.Outcome
	var known bool
	switch m.Method {
	case message.MethodTask:
		got, known = e.cfg.Tasks.Get(ctx, m.Params.TaskID)
	case message.MethodUpdate:
		got, known = e.cfg.Tasks.Update(ctx, m.Params.TaskID, x.InputResponses)
	case message.MethodCancel:
		got, known = e.cfg.Tasks.Cancel(ctx, m.Params.TaskID)
	}
	if r.Context().Err() != nil {
		return // the client has left; there is nobody to answer
	}
	switch refusal := got.Refusal; {
	case refusal != nil:
		m.end.failed(refusal.Code)
		out.answer(statusOf(true, refusal.Code), refused(refusal).Body(m.ID))
	case !known:
		bad := &message.Fault{Code: mcp.INVALID_PARAMS, Text: "there is no such task: it was made for another account, by another server, or too long ago"}
		m.end.failed(bad.Code)
		out.answer(statusOf(true, bad.Code), bad.Body(m.ID))
	case got.Task != nil:
		e.writeTask(out, m.ID, got.Task, false)
	default:
		e.acknowledge(out, m.ID, got.Note)
	}
}

// acknowledge answers with nothing but that the request was taken.
func (e *Edge) acknowledge(out *replyStream, id json.RawMessage, note string) {
	about := e.serverMeta
	if note != "" {
		meta := withServer(&mcp.Meta{AdditionalFields: map[string]any{noteKey: note}}, e.cfg.Server)
		if raw, err := json.Marshal(meta); err == nil {
			about = raw
		}
	}
	out.answer(http.StatusOK, []byte(`{"jsonrpc":"2.0","id":`+string(id)+`,"result":{"resultType":"complete","_meta":`+string(about)+`}}`))
}

// writeTask answers with a task: made, as the result of the call that it came from, otherwise with all there is.
func (e *Edge) writeTask(out *replyStream, id json.RawMessage, t *exchange.Task, made bool) {
	b := e.buffers.get()
	defer e.buffers.put(b)
	b.WriteString(`{"jsonrpc":"2.0","id":`)
	b.Write(id)
	b.WriteString(`,"result":`)
	if err := e.encodeTask(b, t, made); err != nil {
		bad := &message.Fault{Code: mcp.INTERNAL_ERROR, Text: "the task could not be written"}
		out.answer(statusOf(true, bad.Code), bad.Body(id))
		return
	}
	b.WriteByte('}')
	out.answer(http.StatusOK, b.Bytes())
}

// taskFields are the members that every task has.
type taskFields struct {
	ResultType string          `json:"resultType"`
	Meta       json.RawMessage `json:"_meta"`
	ID         string          `json:"taskId"`
	Status     string          `json:"status"`
	Message    string          `json:"statusMessage,omitempty"`
	Created    string          `json:"createdAt"`
	Updated    string          `json:"lastUpdatedAt"`
	Life       int64           `json:"ttlMs"`
	Poll       int64           `json:"pollIntervalMs,omitempty"`

	Questions mcp.InputRequests `json:"inputRequests,omitempty"`
	Error     *jsonrpc.Error    `json:"error,omitempty"`
	Result    json.RawMessage   `json:"result,omitempty"`
}

func (e *Edge) encodeTask(b *bytes.Buffer, t *exchange.Task, made bool) error {
	out := taskFields{
		ResultType: string(mcp.ResultTypeComplete), Meta: e.serverMeta, ID: t.ID, Status: t.Status, Message: t.Message,
		Created: isoTime(t.Created), Updated: isoTime(t.Seen), Life: t.Life.Milliseconds(), Poll: t.Poll.Milliseconds(),
	}
	if made {
		out.ResultType = "task"
	} else {
		out.Questions = t.Questions
		if t.Fault != nil {
			out.Error = &jsonrpc.Error{Code: t.Fault.Code, Message: t.Fault.Message, Data: t.Fault.Data}
		}
		if t.Result != nil {
			inside := e.buffers.get()
			defer e.buffers.put(inside)
			if err := e.encodeCall(inside, t.Result, true); err != nil {
				return err
			}
			out.Result = inside.Bytes()
		}
	}
	return jsonwrite.Append(b, out)
}

// isoTime writes a time as ISO 8601, to the millisecond.
func isoTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
