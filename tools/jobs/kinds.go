package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// Kind is a kind of asynchronous work: how its state is asked for, and what HeyGen's words for it
// mean. Each is declared in the file of its resource.
type Kind struct {
	Name string
	// Get asks for one job; Ref makes its input. The id of such a job is called by the last name in
	// the path of Get, in every answer.
	Get heygen.Op
	Ref func(id string) any
	// Statuses asks for many jobs at once; its zero value means that v3 cannot. IDs makes its input.
	Statuses heygen.Op
	IDs      func(ids []string) any
	// States are HeyGen's statuses by what they mean, in the answers of all operations about such
	// jobs.
	States vocabulary.States
	// OtherIDs are HeyGen's names of the id besides that and "id".
	OtherIDs []string
	// Member is the member that holds such a job in answers about other things, "" for none.
	Member string
	// Also are the further operations that answer with such a job or a list of them: those that are
	// neither on the path of Get, nor Statuses, nor of the ListTool, nor of a tool that names the Job.
	Also []heygen.Op
	// Seconds is the member of what Get answers that says how long what was made is, in seconds; "" where it has no
	// length or HeyGen does not tell it.
	Seconds string
	// Items is, of a batch, the kind of its items.
	Items string
	// NeedsUser says what is asked and of whom in each status that means vocabulary.NeedsInput.
	NeedsUser map[string]string
	// DoneAsking says that what such a job makes is made, and paid for, where it needs input.
	DoneAsking bool
	// MaxDetailed is how many that have ended are given in full; 0 is defaultDetailed.
	MaxDetailed int
	// Summarize, where a kind has it, leaves of what Get answers what a wait needs: what is asked or
	// went wrong, in words. It may leave question, which goes with NeedsUser.
	Summarize func(state map[string]any)
	// Enrich, where a kind has it, adds to a job that is done what another call tells of it.
	Enrich func(ctx context.Context, e *engine.Engine, full map[string]any)
	// Charged, where a kind has it, finds out what a job has cost that is done, where the record of its create does not
	// tell it by Seconds. full is what Get answers. Of a batch it is the sum of its Items.
	Charged func(ctx context.Context, e *engine.Engine, full map[string]any) spend.Charge
	// Files are the members that have the link of the main file of a job that is done: the first of them
	// that is there is told by a wait for several, under its own name.
	Files []string
	// Main gives the part of what Get answers that is about the main file, where it is not all of it.
	Main func(full map[string]any) map[string]any
	// Tells are further members that a wait for several tells of each.
	Tells []string
	// IDForms are what ids of such jobs begin with, where HeyGen's do.
	IDForms []string
	// IdleHint says what a pending job may be waiting for that no wait brings about; "" for most.
	IdleHint string
	// StopTool names the tool that stops such a job, "" where v3 has none.
	StopTool string
	// ListTool names the tool that shows which jobs there are, "" where v3 has none.
	ListTool string
}

// idParam is what Get calls the id of a job.
func (k *Kind) idParam() string {
	if k == nil {
		return "id"
	}
	params := k.Get.PathParams()
	return params[len(params)-1]
}

// checkStates finds what contradicts itself in the statuses.
func (k *Kind) checkStates() error {
	if err := k.States.Check(); err != nil {
		return err
	}
	asking := k.States[vocabulary.NeedsInput]
	for _, status := range asking {
		if k.NeedsUser[status] == "" {
			return fmt.Errorf("NeedsUser does not say what the status %q asks", status)
		}
	}
	if len(k.NeedsUser) != len(asking) {
		return errors.New("NeedsUser has a status that does not mean vocabulary.NeedsInput")
	}
	return nil
}

// asks is what is asked, and of whom, in a status in which the job waits for a user.
func (k *Kind) asks(status any) string {
	word, _ := status.(string)
	for one, asked := range k.NeedsUser {
		if strings.EqualFold(one, word) {
			return asked
		}
	}
	return ""
}

// kindNamed is the kind of job of a name.
func (j *Jobs) kindNamed(name string) (*Kind, bool) {
	i := slices.IndexFunc(j.kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return nil, false
	}
	return &j.kinds[i], true
}

// names are the names of the kinds, in the order that the schema shows them.
func (j *Jobs) names() []string {
	names := make([]string, len(j.kinds))
	for i, k := range j.kinds {
		names[i] = k.Name
	}
	return names
}

// getTool is the tool that gets one job of a kind; a test holds by Check that it is there.
func (j *Jobs) getTool(k *Kind) *engine.BoundTool {
	tools := j.choice.Tools()
	i := slices.IndexFunc(tools, func(t engine.BoundTool) bool {
		return len(t.Operations) == 1 && t.Operations[0] == engine.Operation{Method: k.Get.Method, Path: k.Get.Path}
	})
	if i < 0 {
		return nil
	}
	return &tools[i]
}

// Check finds what contradicts itself between the kinds of jobs and the tools that are offered: a kind that no tool
// gets, a tool that begins an unknown kind, a tool named that is not there. Its error names the declaration.
func (j *Jobs) Check() error {
	seen := map[string]bool{}
	for i := range j.kinds {
		k := &j.kinds[i]
		fault := func(format string, a ...any) error {
			return fmt.Errorf("jobs: the job kind %q %s", k.Name, fmt.Sprintf(format, a...))
		}
		if k.Name == "" || seen[k.Name] {
			return fault("is declared twice, or has no name")
		}
		seen[k.Name] = true
		if err := k.Get.Check(); err != nil {
			return fault("is got by an operation that cannot be: %v", err)
		}
		if len(k.Get.PathParams()) == 0 || k.Ref == nil {
			return fault("has no id in the path of its get, or no Ref that makes its input")
		}
		if j.getTool(k) == nil {
			return fault("is got by %s, which no tool calls", k.Get)
		}
		if (k.Statuses == heygen.Op{}) != (k.IDs == nil) {
			return fault("needs Statuses and IDs together")
		}
		if err := k.Statuses.Check(); k.IDs != nil && err != nil {
			return fault("is looked at by an operation that cannot be: %v", err)
		}
		if err := k.checkStates(); err != nil {
			return fault("has wrong States: %v", err)
		}
		if _, ok := j.kindNamed(k.Items); k.Items != "" && !ok {
			return fault("has items of the kind %q, which is not declared", k.Items)
		}
		for what, tool := range map[string]string{"stopped": k.StopTool, "listed": k.ListTool} {
			if _, ok := j.choice.Find(tool); tool != "" && !ok {
				return fault("is %s by %s, which is not there", what, tool)
			}
		}
	}
	for _, t := range j.choice.Tools() {
		if t.Job != "" && !seen[t.Job] {
			return fmt.Errorf("jobs: %s begins jobs of the kind %q, which is not declared", t.Name, t.Job)
		}
	}
	return nil
}

// Texts are what is said of the kinds of jobs, by their names.
func (j *Jobs) Texts() map[string]string {
	texts := map[string]string{}
	for _, k := range j.kinds {
		texts[k.Name] = strings.Join([]string{k.IdleHint, k.ListTool, k.StopTool}, " ")
		for _, asked := range k.NeedsUser {
			texts[k.Name] += " " + asked
		}
	}
	return texts
}

// Offered reports whether the operator's limit has any tool of what a kind of job is about.
func (j *Jobs) Offered(kind string) bool {
	k, ok := j.kindNamed(kind)
	return ok && j.offered(k)
}

// offered reports whether the operator's limit has any tool of what a kind of job is about: a wait
// must not read what no tool there may.
func (j *Jobs) offered(k *Kind) bool {
	about, _, _ := strings.Cut(k.Get.Path, "{")
	for t := range j.choice.AllCallable() {
		if t.Name == WaitToolName {
			continue
		}
		for _, op := range t.Operations {
			if strings.HasPrefix(op.Path+"/", about) {
				return true
			}
		}
	}
	return false
}
