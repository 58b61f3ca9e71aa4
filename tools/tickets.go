package tools

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

const (
	// longestTicket keeps a task's id short enough for the header in which clients repeat it.
	longestTicket = 2000
	// ticketMark begins the id of a task, and says how the rest is written.
	ticketMark = "t1_"
	// ticketPurpose keeps a task's id from being anything else that the same keys have sealed.
	ticketPurpose = "task"
)

// ticket is what the id of a task seals. Its caller is bound to it from outside.
type ticket struct {
	Kind string   `json:"k"`
	Jobs []string `json:"j"`
	Tool string   `json:"t"`
	At   int64    `json:"a"` // UTC milliseconds
}

func (t *ticket) created() time.Time { return time.UnixMilli(t.At) }

// says tells of the jobs in a few words.
func (t *ticket) says(what string) string {
	which := t.Jobs[0]
	if n := len(t.Jobs); n > 1 {
		which = fmt.Sprintf("%s and %d more", which, n-1)
	}
	return strings.ReplaceAll(t.Kind, "_", " ") + " " + which + ": " + what
}

// sealed is the id of a task. There is none where no job was begun, or more than an id can hold.
func (c *Catalog) sealed(ctx context.Context, t *ticket) (id string, ok bool) {
	plain, err := json.Marshal(t)
	if err != nil || len(t.Jobs) == 0 || len(plain) > longestTicket {
		return "", false
	}
	raw, err := c.cfg.Ring.Seal(plain, ticketPurpose, c.cfg.Caller(ctx))
	return ticketMark + base64.RawURLEncoding.EncodeToString(raw), err == nil
}

// opened is what a task's id seals, if it was sealed for this caller. One that has had its time is refused by what to
// do instead.
func (c *Catalog) opened(ctx context.Context, id string) (t *ticket, expired *exchange.Refusal, ok bool) {
	rest, ok := strings.CutPrefix(id, ticketMark)
	if !ok {
		return nil, nil, false
	}
	sealed, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil {
		return nil, nil, false
	}
	plain, err := c.cfg.Ring.Open(sealed, ticketPurpose, c.cfg.Caller(ctx))
	if err != nil {
		return nil, nil, false
	}
	t = &ticket{}
	if err := json.Unmarshal(plain, t); err != nil {
		return nil, nil, false
	}
	_, hasKind := kindOf(t.Kind)
	if _, hasTool := c.byName[t.Tool]; !hasKind || !hasTool {
		return nil, nil, false // another version of this server made it
	}
	if c.cfg.Clock().Sub(t.created()) > taskLife {
		expired = &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: "this task has had its time; call wait_for_jobs with kind " + t.Kind + " and ids " + strings.Join(t.Jobs, ", ")}
	}
	return t, expired, true
}

// idMember is what get calls the id of a job.
func (k *jobKind) idMember() string {
	at := strings.LastIndex(k.get.Path, "{")
	return strings.TrimSuffix(k.get.Path[at+1:], "}")
}

// made are the ids of the jobs that the answer to a create tells of.
func (k *jobKind) made(res map[string]any) []string {
	var ids []string
	many, _ := res[k.idMember()+"s"].([]any)
	for _, v := range many {
		if id, ok := v.(string); ok && id != "" {
			ids = append(ids, id)
		}
	}
	for _, name := range []string{k.madeAs, k.idMember(), "id"} {
		if id, ok := res[name].(string); ok && id != "" && len(ids) == 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
