package engine

import (
	"encoding/json"
	"reflect"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/consent"
)

// Info is what can be said of a tool without calling it. A BoundTool's own has no schemas, which Described adds.
type Info struct {
	Name         string             `json:"name"`
	Title        string             `json:"title"`
	Description  string             `json:"description"`
	Limits       string             `json:"limits,omitempty"`
	Effect       Effect             `json:"effect"`
	Annotations  mcp.ToolAnnotation `json:"annotations"`
	InputSchema  json.RawMessage    `json:"inputSchema"`
	OutputSchema json.RawMessage    `json:"outputSchema"`
	Toolsets     []string           `json:"toolsets"`
	Operations   []Operation        `json:"operations"`
	// What HeyGen demands of a caller of the tool's own operation: permissions of an API key, an account
	// that the preview is enabled for, an API key and no OAuth token.
	Permissions []string `json:"permissions,omitempty"`
	Preview     bool     `json:"preview,omitempty"`
	KeyOnly     bool     `json:"api_key_only,omitempty"`
	// Page is the URI of the page that shows what the tool answers, to clients that show pages. Helps says of a tool
	// that only pages call which tools have these pages; it is told to no model.
	Page  string   `json:"page,omitempty"`
	Helps []string `json:"helps,omitempty"`
}

// Operation is an endpoint of v3 that a tool calls.
type Operation struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Variant is the kind of body where one endpoint takes several, VariantIn the member that says so
	// where it is not type, and Model the model that the body names. They are those of heygen.Op.
	Variant   string `json:"-"`
	VariantIn string `json:"-"`
	Model     string `json:"-"`
}

// BoundTool is a Tool without its type parameters, so that all tools fit one list.
type BoundTool struct {
	Info
	// Output is the struct of its results. Of a list, ListFields are the members of an item that are kept, none for all.
	Output     reflect.Type
	ListFields []string
	// Op is the tool's own operation, the zero value where it has none; Reads are the members that it
	// looks at in the answers of its other operations.
	Op    heygen.Op
	Reads []string
	// Aliases are names that it had elsewhere.
	Aliases []string
	// Job is the kind of job that a success begins, "" for none. VerifyWith is the text that names
	// the tool that shows whether a write has happened, "" for none.
	Job, VerifyWith string
	// Free says why a tool that begins jobs costs nothing.
	Free string
	// Asked are further words in which users ask for the tool.
	Asked string

	also                    []heygen.Op
	partJob                 string // the kind of job that each part begins
	completes, parts, again bool
	verbatim                []string // the members of its results that are told as they came
	steps                   steps

	one     string // the id in whose place it takes a list, "" for none
	several string // that list
	bodyKey bool   // its key travels in the body
	keyed   bool   // HeyGen takes a key of it
	reading func() *reading
}

// ManyParts reports whether one call of the tool begins many jobs, each by a create of its own.
func (t *BoundTool) ManyParts() bool { return t.partJob != "" }

// CallsHeyGen reports whether the tool makes calls of its own, and does not only find or call others.
func (t *BoundTool) CallsHeyGen() bool { return len(t.Operations) > 0 }

// Described is what can be said of the tool, with its schemas.
func (t *BoundTool) Described() Info {
	info := t.Info
	info.InputSchema, info.OutputSchema = t.reading().schemas()
	return info
}

// Schema is the input schema of a tool as the engine takes it.
func (e *Engine) Schema(t *BoundTool) json.RawMessage {
	input := e.inputOf(t)
	switch {
	case e.cfg.CamelCase:
		return input.Schema(inputs.CamelCase)
	case input != t.Input():
		return input.Schema(inputs.SnakeCase)
	}
	schema, _ := t.reading().schemas()
	return schema
}

// inputOf is the input of a tool with the argument that says that the user has agreed, where it may say so.
func (e *Engine) inputOf(t *BoundTool) *inputs.Spec {
	if !e.checker.TakesConfirm(&t.reading().asked) {
		return t.Input()
	}
	return t.Input().WithFlag(consent.Field, "User agreed.")
}

// DeclareWithAttached is Declare for a client that hands over files of its conversation, as inputs.Spec's
// SchemaWithAttached has it; meta is the name under which its tools say which arguments these are. ok is false for
// a tool that takes no file.
func (e *Engine) DeclareWithAttached(t *BoundTool, attached *inputs.Spec, meta string) (declared mcp.Tool, ok bool) {
	declared = e.Declare(t)
	if len(t.Input().Files()) == 0 {
		return declared, false
	}
	spelling := inputs.SnakeCase
	if e.cfg.CamelCase {
		spelling = inputs.CamelCase
	}
	schema, names := e.inputOf(t).SchemaWithAttached(spelling, attached)
	declared.RawInputSchema = schema
	declared.Meta = mcp.NewMetaFromMap(map[string]any{meta: names})
	return declared, true
}

// Declare is a tool as tools/list shows it.
func (e *Engine) Declare(t *BoundTool) mcp.Tool {
	_, output := t.reading().schemas()
	return mcp.Tool{
		Name:            t.Name,
		Title:           t.Title,
		Description:     t.Description,
		RawInputSchema:  e.Schema(t),
		RawOutputSchema: output,
		Annotations:     t.Annotations,
	}
}
