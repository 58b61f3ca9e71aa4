package tools

import (
	"context"
	"strings"
	"time"

	"heygen-mcp/heygen"
)

// jobKind is a kind of asynchronous work: how its state is asked for, and which words end it. Each
// is declared in the file of its resource.
type jobKind struct {
	name string
	// get asks for one job; ref makes its input.
	get heygen.Op
	ref func(id string) any
	// statuses asks for many jobs at once; its zero value means that v3 cannot. ids makes its input.
	statuses heygen.Op
	ids      func(ids []string) any
	// ends are the statuses after which nothing changes.
	ends []string
	// asks are the statuses in which the job waits for a person, with what is asked and of whom.
	asks map[string]string
	// details is how many that have ended are given in full; 0 is mostDetails.
	details int
	// sum, where a kind has it, leaves of what its get answers what a wait needs: what is asked or went
	// wrong, in words. It may leave question, which goes with asks.
	sum func(state map[string]any)
	// fill, where a kind has it, adds to a job that is done what another call tells of it.
	fill func(ctx context.Context, c *call, full map[string]any)
	// idle says what a pending job may be waiting for that no wait brings about; "" for most.
	idle string
	// madeAs is the member of a create's answer that has the id, where it is called otherwise than in get.
	madeAs string
	// stop names the tool that stops such a job, "" where v3 has none.
	stop string
	// lister names the tool that shows which jobs there are, "" where v3 has none.
	lister string
}

// jobKinds are the kinds that can be waited for, in the order that the schema shows them.
func jobKinds() []jobKind {
	return []jobKind{
		videoJob(),
		videoBatchJob(),
		translationJob(),
		translationBatchJob(),
		proofreadJob(),
		lipsyncJob(),
		lipsyncBatchJob(),
		assetJob(),
		assetBatchJob(),
		aiClippingJob(),
		backgroundRemovalJob(),
		fillerRemovalJob(),
		renderJob(),
		voiceCloneJob(),
		modelVoiceJob(),
		avatarLookJob(),
		brandKitJob(),
		videoAgentJob(),
	}
}

// kindOf is the kind of job of a name.
func kindOf(name string) (*jobKind, bool) {
	for _, k := range jobKinds() {
		if k.name == name {
			return &k, true
		}
	}
	return nil, false
}

// jobName is the name of a kind of job.
type jobName string

func (jobName) Choices() []string {
	var names []string
	for _, k := range jobKinds() {
		names = append(names, k.name)
	}
	return names
}

const (
	// pollEvery is as often as HeyGen asks its own clients to poll, at the most.
	pollEvery = 5 * time.Second
	// usualWait is short of the 45 s that the least patient clients allow; mostSilent and mostHeard
	// bound a wait without and with progress, since clients that hear nothing give up after a minute.
	usualWait, mostSilent, mostHeard = 40, 55, 240
	// leastPoll is what even a wait of no time is given for its one look, longestPoll when a look is
	// given up for the next, so that progress is never more than 15 s apart. detailTime is for what
	// finished jobs say of themselves; with it the longest silent wait stays below a minute.
	leastPoll, longestPoll, detailTime = 5 * time.Second, 10 * time.Second, 3 * time.Second
	// mostDetails is how many finished jobs are given in full, the others by their status: ten
	// videos are some 3,000 tokens.
	mostDetails = 10
	// mostSingly is how many jobs are polled one by one where v3 has no call for many.
	mostSingly = 10
)

// waitForJobs is the input of wait_for_jobs.
type waitForJobs struct {
	Kind    jobName  `json:"kind" need:"yes" doc:"What the ids are of."`
	IDs     []string `json:"ids" in:"query" need:"yes" len:"1-100" doc:"1 to 100 ids."`
	Timeout *int     `json:"timeout_seconds" min:"0" max:"240" default:"40" doc:"0 to 240; above 55 counts only for a call with a progress token."`
}

// waited is what wait_for_jobs answers.
type waited struct {
	Finished bool  `json:"finished"`
	Done     []any `json:"done"`
	Pending  []any `json:"pending"`
	Asking   []any `json:"asking"`
	Unknown  []any `json:"unknown"`
}

func jobTools() []entry {
	ops := []heygen.Op{}
	for _, k := range jobKinds() {
		if k.statuses.Path != "" {
			ops = append(ops, k.statuses)
		}
		ops = append(ops, k.get)
	}
	return []entry{
		Tool[waitForJobs, waited]{
			Name:        "wait_for_jobs",
			Title:       "Wait for jobs",
			Description: "Waits until jobs are done or the time is up; then says which are done, with their links, and which are pending. Time being up is no failure: call again for the pending ones.",
			Also:        ops,
			AlsoIn:      []string{"agents", "assets", "avatars", "brand", "editing", "lipsyncs", "templates", "translations", "videos", "voices"},
			Run: func(ctx context.Context, c *call, in *waitForJobs) (map[string]any, error) {
				k, ok := kindOf(string(in.Kind))
				if !ok {
					return nil, invalid("kind", "kind must be one of the choices.", "Choose a kind of the schema.")
				}
				if !c.offers(k) {
					return nil, invalid("kind", "This server does not offer jobs of the kind "+k.name+".", "Use what tools/list shows.")
				}
				return c.wait(ctx, in, k)
			},
		}.entry(),
	}
}

// offers reports whether the operator's limit has any tool of what a kind of job is about: a wait must
// not read what no tool there may.
func (c *Catalog) offers(k *jobKind) bool {
	about, _, _ := strings.Cut(k.get.Path, "{")
	for i, e := range c.tools {
		if !c.limit.reaches[i] || e.info.Name == "wait_for_jobs" {
			continue
		}
		for _, op := range e.info.Operations {
			if strings.HasPrefix(op.Path+"/", about) {
				return true
			}
		}
	}
	return false
}

// check holds the bound of kinds that are polled one by one.
func (in *waitForJobs) check(string) *Refusal {
	if k, ok := kindOf(string(in.Kind)); ok && k.statuses.Path == "" && len(in.IDs) > mostSingly {
		return invalid("ids", "At most 10 jobs of this kind can be waited for at once.", "Wait for the others in a further call.")
	}
	return nil
}
