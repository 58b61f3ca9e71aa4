package jobs

import (
	"heygen-mcp/tools/vocabulary"
)

// AddTo adds to a vocabulary what the operations of all kinds answer with, once the tools are
// offered: those on the path of a kind's Get, its Statuses, its ListTool, the tools that begin such
// jobs, and its Also.
func (j *Jobs) AddTo(v *vocabulary.Vocabulary) {
	things := map[string]*vocabulary.Thing{}
	for i := range j.kinds {
		k := &j.kinds[i]
		things[k.Name] = &vocabulary.Thing{
			ID: k.idParam(), OtherIDs: k.OtherIDs, Member: k.Member, States: k.States,
			Kind: k.Name, Seconds: k.Seconds, DoneAsking: k.DoneAsking,
		}
		v.AddMember(things[k.Name])
	}
	for i := range j.kinds {
		k := &j.kinds[i]
		thing := things[k.Name]
		v.AddPath(j.choice.Methods(k.Get.Path), k.Get.Path, thing, things[k.Items])
		for _, op := range k.Also {
			a := vocabulary.Answered{Of: thing, Rows: thing, Paged: true}
			if k.Items != "" {
				a.Rows = things[k.Items]
			}
			v.Add(op.Method, op.Path, a)
		}
		if k.Statuses.Path != "" {
			v.Add(k.Statuses.Method, k.Statuses.Path, vocabulary.Answered{Rows: thing})
		}
		if lister, ok := j.choice.Find(k.ListTool); ok {
			op := lister.Operations[0]
			v.Add(op.Method, op.Path, vocabulary.Answered{Rows: thing, Paged: true})
		}
	}
	// These come last: POST /v3/templates/{template_id} begins a video, and answers with no template.
	for _, t := range j.choice.Tools() {
		if thing := things[t.Job]; thing != nil && len(t.Operations) > 0 {
			op := t.Operations[0]
			v.Add(op.Method, op.Path, vocabulary.Answered{Of: thing, Begins: true})
		}
	}
}
