package tools

import (
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

// plainStates are the statuses of most kinds of jobs: those of their get, and those by which
// creates, batches and lists of statuses tell of the same jobs.
func plainStates() vocabulary.States {
	return vocabulary.States{
		vocabulary.Pending: {"pending", "waiting", "queued"},
		vocabulary.Running: {"running", "processing"},
		vocabulary.Done:    {"completed"},
		vocabulary.Failed:  {"failed"},
	}
}

// memberOf is a member that is an object, nil where there is none.
func memberOf(object map[string]any, name string) map[string]any {
	member, _ := object[name].(map[string]any)
	return member
}

// trainingStates are the statuses of avatars and their looks.
func trainingStates() vocabulary.States {
	return vocabulary.States{
		vocabulary.Running:    {"processing"},
		vocabulary.NeedsInput: {"pending_consent"},
		vocabulary.Done:       {"completed", ""}, // a public look has no status
		vocabulary.Failed:     {"failed"},
	}
}

// otherThing is what is no job and is called by several names in HeyGen's answers.
type otherThing struct {
	vocabulary.Thing
	path     string // of its get
	listTool string
	created  string // the path of its create, "" where that answers in another form
}

func otherThings() []otherThing {
	group := vocabulary.Thing{ID: "group_id", Member: "avatar_group", States: trainingStates()}
	return []otherThing{
		{group, "/v3/avatars/{group_id}", "list_avatar_groups", ""},
		{vocabulary.Thing{ID: "template_id"}, "/v3/templates/{template_id}", "list_templates", ""},
		{vocabulary.Thing{ID: "workflow_id"}, "/v3/workflows/{workflow_id}", "list_workflows", "/v3/workflows"},
	}
}

// wordsOfAnswers is in which words the answers of all operations are told, once the tools are offered.
func wordsOfAnswers(ch *choice.Choice, j *jobs.Jobs) *vocabulary.Vocabulary {
	v := &vocabulary.Vocabulary{}
	for _, other := range otherThings() {
		v.AddMember(&other.Thing)
		v.AddPath(ch.Methods(other.path), other.path, &other.Thing, nil)
		if other.created != "" {
			v.Add("POST", other.created, vocabulary.Answered{Of: &other.Thing})
		}
		if lister, ok := ch.Find(other.listTool); ok {
			op := lister.Operations[0]
			v.Add(op.Method, op.Path, vocabulary.Answered{Rows: &other.Thing})
		}
	}
	j.AddTo(v)
	return v
}
