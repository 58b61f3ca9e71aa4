package jobs

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/engine"
)

const (
	// maxTokenBytes keeps a task's id short enough for the header in which clients repeat it.
	maxTokenBytes = 2000
	// taskIDPrefix begins the id of a task, and says how the rest is written.
	taskIDPrefix = "t1_"
	// taskPurpose keeps a task's id from being anything else that the same keys have sealed.
	taskPurpose = "task"
)

// taskToken is what the id of a task seals. Its caller is bound to it from outside.
type taskToken struct {
	Kind string   `json:"k"`
	Jobs []string `json:"j"`
	Tool string   `json:"t"`
	At   int64    `json:"a"` // UTC milliseconds
}

func (t *taskToken) created() time.Time { return time.UnixMilli(t.At) }

// statusText tells of the jobs in a few words.
func (t *taskToken) statusText(what string) string {
	which := plainWord(t.Jobs[0], maxIDBytes, "with an id of another form")
	if n := len(t.Jobs); n > 1 {
		which = fmt.Sprintf("%s and %d more", which, n-1)
	}
	return strings.ReplaceAll(t.Kind, "_", " ") + " " + which + ": " + what
}

// sealTaskID is the id of a task. There is none where no job was begun, or more than an id can
// hold.
func sealTaskID(ctx context.Context, e *engine.Engine, t *taskToken) (id string, ok bool) {
	plain, err := json.Marshal(t)
	if err != nil || len(t.Jobs) == 0 || len(plain) > maxTokenBytes {
		return "", false
	}
	raw, err := e.Seal(ctx, plain, taskPurpose)
	return taskIDPrefix + base64.RawURLEncoding.EncodeToString(raw), err == nil
}

// openTaskID is what a task's id seals, if it was sealed for this caller. One that has had its time
// is refused by what to do instead.
func (j *Jobs) openTaskID(
	ctx context.Context, e *engine.Engine, id string,
) (t *taskToken, expired *exchange.Refusal, ok bool) {
	rest, ok := strings.CutPrefix(id, taskIDPrefix)
	if !ok {
		return nil, nil, false
	}
	sealed, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil {
		return nil, nil, false
	}
	plain, err := e.Open(ctx, sealed, taskPurpose)
	if err != nil {
		return nil, nil, false
	}
	t = &taskToken{}
	if err := json.Unmarshal(plain, t); err != nil {
		return nil, nil, false
	}
	_, hasKind := j.kindNamed(t.Kind)
	if _, hasTool := j.choice.Find(t.Tool); !hasKind || !hasTool {
		return nil, nil, false // another version of this server made it
	}
	if e.Now().Sub(t.created()) > taskLife {
		ids := make([]string, len(t.Jobs))
		for i, id := range t.Jobs {
			ids[i] = plainWord(id, maxIDBytes, "(an id of another form)")
		}
		expired = &exchange.Refusal{Code: mcp.INVALID_PARAMS,
			Message: "this task has had its time; call wait_for_jobs with kind " + t.Kind + " and ids " + strings.Join(ids, ", ")}
	}
	return t, expired, true
}
