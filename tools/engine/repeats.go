package engine

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// HeyGen answers a create whose key it knows with what was made before, whatever the arguments are now, and
// takes no key for some creates at all. So each process remembers the creates that it has sent. A key that
// comes again with other arguments is refused, and an equal create for which HeyGen takes no key is answered
// with what the first one made: a client that lost the answer, or that sent the call twice, pays once. A
// process that was started since, or another replica, does not know the call.

// maxSent and maxAnswerBytes bound what a process remembers, in entries of some 200 bytes and in bytes of
// answers. Where there is too much, all that has ended is forgotten.
const maxSent, maxAnswerBytes = 1 << 14, 16 << 20

// callID names a create: its caller, its operation and its key.
type callID = [sha256.Size]byte

// sentCalls are the creates that a process remembers. The zero value is empty.
type sentCalls struct {
	mu    sync.Mutex
	calls map[callID]*sentCall
	bytes int // of the answers
}

// sentCall is one of them.
type sentCall struct {
	sum   [sha256.Size]byte // of what was asked for
	at    time.Time         // when it was sent first
	until time.Time         // when it is forgotten
	over  chan struct{}     // closed once it has ended

	ended  bool
	answer []byte // of a create for which HeyGen takes no key, nil of others
	facts  facts
}

// claim remembers a create that is about to be sent, or finds the earlier one.
func (s *sentCalls) claim(id callID, sum [sha256.Size]byte, now time.Time, lasts time.Duration) (call *sentCall, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if call = s.calls[id]; call != nil && (!call.ended || now.Before(call.until)) {
		return call, false
	}
	if s.calls == nil {
		s.calls = map[callID]*sentCall{}
	}
	s.makeRoom(0)
	call = &sentCall{sum: sum, at: now, until: now.Add(lasts), over: make(chan struct{})}
	s.calls[id] = call
	return call, true
}

// makeRoom forgets what has ended where there is too much for an answer of so many bytes.
func (s *sentCalls) makeRoom(more int) {
	if len(s.calls) < maxSent && s.bytes+more <= maxAnswerBytes {
		return
	}
	for id, call := range s.calls {
		if call.ended {
			s.bytes -= len(call.answer)
			delete(s.calls, id)
		}
	}
}

// end says what became of a create that was claimed first. One that was not made is forgotten.
func (s *sentCalls) end(id callID, call *sentCall, made bool, answer []byte, f facts) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[id] == call && !made {
		delete(s.calls, id)
	}
	if made && len(answer) <= maxAnswerBytes {
		s.makeRoom(len(answer))
		call.answer, call.facts = answer, f
		s.bytes += len(answer)
	}
	call.ended = true
	close(call.over)
}

// forget forgets a create that has ended.
func (s *sentCalls) forget(id callID, call *sentCall) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[id] == call {
		s.bytes -= len(call.answer)
		delete(s.calls, id)
	}
}

// claimed is a create that this call is the first to send.
type claimed struct {
	call *sentCall
	end  func(made bool, data map[string]any, f facts)
}

// remembers reports whether the answers of a create are kept here, because HeyGen takes no key for it.
func (t *BoundTool) remembers() bool {
	return t.Effect == Creates && t.Op.Path != "" && !t.Op.TakesKey() && !t.Op.Once && !t.bodyKey && !t.again
}

// claim remembers the call before it is sent. It refuses a key that belongs to another call, and gives the
// outcome of an equal one where HeyGen would make it twice. All are nil where nothing is remembered.
func (t *BoundTool) claim(ctx context.Context, c *Call, canonical map[string]any) (*claimed, *Outcome, error) {
	if t.Effect != Creates || t.Op.Durable || c.key == "" && !t.remembers() {
		return nil, nil, nil // of what HeyGen keeps for good, it refuses another body itself
	}
	meant := c.tool.Input.Meaning(canonical)
	keyName := "idempotency_key"
	if c.tool.bodyKey {
		keyName = "request_id"
	}
	delete(meant, keyName)
	raw, err := jsonwrite.Marshal(meant)
	if err != nil {
		return nil, nil, fmt.Errorf("writing the arguments of %s: %w", t.Name, err)
	}
	key, lasts := c.key, spend.KeyLasts
	switch {
	case key != "":
	case c.repeatKey != "":
		key = "key " + c.repeatKey
	default:
		key, lasts = c.derivedKey(ctx, "sent "+c.agreedID, string(raw)), slotLength
	}
	e := c.engine
	id := sha256.Sum256([]byte(strings.Join([]string{e.cfg.Caller(ctx), t.Op.String(), key}, "\x00")))
	sum := sha256.Sum256(append([]byte(t.Name+"\x00"), raw...))
	for {
		call, first := e.sent.claim(id, sum, e.Now(), lasts)
		if first {
			return &claimed{call: call, end: func(made bool, data map[string]any, f facts) {
				var answer []byte
				if made && t.remembers() {
					answer, _ = jsonwrite.Marshal(data) // what cannot be written cannot be answered either
				}
				e.sent.end(id, call, made && (answer != nil || !t.remembers()), answer, f)
			}}, nil, nil
		}
		if call.sum != sum {
			return nil, nil, refusals.KeyReused(keyName, e.Now().Sub(call.at))
		}
		if !t.remembers() {
			return nil, nil, nil // HeyGen knows it again
		}
		select {
		case <-call.over:
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
		if out := t.earlier(ctx, c, call); out != nil {
			return nil, out, nil
		}
		e.sent.forget(id, call)
	}
}

// earlier is the outcome of an equal call that was made before; nil where that made nothing that is left, as
// when it failed or was deleted, so that this one is made.
func (t *BoundTool) earlier(ctx context.Context, c *Call, call *sentCall) *Outcome {
	e := c.engine
	var data map[string]any
	if v, err := jsonread.Decode(call.answer); err == nil {
		data, _ = v.(map[string]any)
	}
	if data == nil {
		return nil
	}
	if jobs := call.facts.jobs; len(jobs) > 0 && e.cfg.JobStates != nil {
		asking, cancel := context.WithTimeout(ctx, replayTime)
		defer cancel()
		if states, err := e.cfg.JobStates(asking, e, t.Job, jobs); err == nil && !anyLeft(states, jobs) {
			return nil
		}
	}
	data["replayed"] = true
	data["note"] = fmt.Sprintf("Nothing was made now: this is what an equal call made %s ago. "+
		"For another one, call with idempotency_key set to a new value.", refusals.Ago(e.Now().Sub(call.at)))
	return &Outcome{Data: data, facts: call.facts}
}

// anyLeft reports whether one of some jobs is there, and neither failed nor was stopped.
func anyLeft(states map[string]vocabulary.State, jobs []string) bool {
	for _, id := range jobs {
		if s := states[id]; s != "" && s != vocabulary.Failed && s != vocabulary.Canceled {
			return true
		}
	}
	return false
}

// withoutKey takes an idempotency_key out of the arguments of a create for which HeyGen takes none. It tells
// equal calls apart that are to be made twice.
func (t *BoundTool) withoutKey(c *Call, raw json.RawMessage) json.RawMessage {
	var members map[string]json.RawMessage
	if !t.remembers() || json.Unmarshal(raw, &members) != nil {
		return raw
	}
	for _, name := range []string{"idempotency_key", "idempotencyKey"} {
		var key string
		if members[name] == nil || json.Unmarshal(members[name], &key) != nil {
			continue
		}
		c.repeatKey = spelling.Trim(key)
		delete(members, name)
		if rest, err := json.Marshal(members); err == nil {
			raw = rest
		}
	}
	return raw
}
