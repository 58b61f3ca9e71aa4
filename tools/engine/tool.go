package engine

import (
	"context"
	"reflect"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/spend"
)

// Tool is a tool as a literal. I is its input struct, whose tags make the schema and the checks,
// and whose Check method, where it has one, holds the rules between fields; O is its output struct,
// which makes the output schema and is filled from what HeyGen sends.
type Tool[I, O any] struct {
	Name        string
	Title       string
	Description string
	// Limits are what is often asked of the tool and it cannot do, with the way round. search_tools and
	// describe_tool tell them; in a list of tools they would cost every session their tokens.
	Limits string
	// Asked are words in which users ask for the tool and that its name and texts do not have. Nobody is
	// told them: search_tools finds by them.
	Asked  string
	Effect Effect
	// Completes says of a tool that Changes that it only adds to what exists or completes it: it
	// overwrites, redirects and ends nothing.
	Completes bool
	Op        heygen.Op
	// Also lists the further operations of a tool with a Run of its own.
	Also []heygen.Op
	// KeyOnly says of a tool that it makes no sense without an API key. HeyGen's document says it of
	// operations, which need no word here.
	KeyOnly bool
	// Reads names the members, at any depth, that the Run looks at in the answers of Also: a newer
	// document of HeyGen's without one of them would break the tool.
	Reads []string
	// Aliases are names that this tool had elsewhere and that agents still call. They are never listed.
	Aliases []string
	// ListFields names the fields that a list keeps of each item unless the full form is asked for.
	// The id and the state of what the vocabulary knows are kept besides.
	ListFields []string
	// Verbatim names members of the result that are told as they came: what the account's own user has
	// written as data and sends back changed. Everything else is told with the names of its members mended,
	// and without what is null.
	Verbatim []string
	// Choices gives the words that arguments may be where these are made by the catalog, by the
	// names of the arguments.
	Choices map[string][]string
	// VerifyWith names the tool, and what of it to look at, that shows whether a write without a key
	// has happened.
	VerifyWith string
	// BodyKey gives the member of the body in which v3 takes the key of a create, where it takes no
	// header.
	BodyKey func(in *I) **string
	// Parts says that a call makes many things, each by the first operation of Also under a key of its
	// own, which PartKey gives.
	Parts bool
	// PartJob is the kind of job that each part begins. The output tells which have begun, by a method PartJobs.
	PartJob string
	// About says what a call comes to, for a user who is asked whether to make it; nil says nothing
	// but the arguments.
	About func(ctx context.Context, c *Call, in *I) (string, error)
	// ConsentLink gives the link in a result that a client may open for its person, and why; nil has
	// none.
	ConsentLink func(out *O) (link, why string)
	// Job is the kind of job that a success begins, "" for none: the result then says how to wait for
	// it, and a client that takes tasks gets one.
	Job string
	// Estimate is what a call is expected to cost, before it is sent; nil for a tool that costs nothing. It may look at
	// what the arguments name, and makes nothing. The input embeds Paid.
	Estimate func(ctx context.Context, c *Call, in *I) (spend.Estimate, error)
	// Free says why a tool that begins jobs costs nothing, in words that go on "HeyGen charges nothing for this: "; ""
	// where it has an Estimate.
	Free string
	// Again says of a create without a key that doing it again is another thing, such as a word in a conversation. Any
	// other is made once however often an equal call comes within ten minutes.
	Again bool
	// LookUp puts into checked arguments what only HeyGen knows, before a key is made of them; changed says whether it
	// did, and they are then checked again. It makes nothing.
	LookUp func(ctx context.Context, c *Call, in *I, canonical map[string]any) (changed bool, err error)
	// Augment adds to the result of the default run what v3 does not say.
	Augment func(in *I, r *Result[O])
	// Run replaces the one call of Op that the default run makes.
	Run func(ctx context.Context, c *Call, in *I) (*Result[O], error)
	// PassOn replaces Run in a tool that calls another: the outcome is that of the other.
	PassOn func(ctx context.Context, c *Call, in *I) Outcome
}

// Bind settles the types, without reading them. A literal that contradicts itself panics here, at start.
//
// This, with steps below, is all that is compiled for each tool anew: what runs a call knows an input as an any.
func (t Tool[I, O]) Bind() BoundTool {
	b := BoundTool{
		Info: Info{
			Name: t.Name, Title: t.Title, Description: t.Description, Limits: t.Limits, Effect: t.Effect,
			Annotations: t.Effect.hints(t.Title, t.Completes), KeyOnly: t.KeyOnly,
		},
		Output:     reflect.TypeFor[O](),
		ListFields: t.ListFields,
		Op:         t.Op,
		Reads:      t.Reads,
		Aliases:    t.Aliases,
		Job:        t.Job,
		partJob:    t.PartJob,
		VerifyWith: t.VerifyWith,
		Free:       t.Free,
		Asked:      t.Asked,
		also:       t.Also,
		completes:  t.Completes,
		parts:      t.Parts,
		again:      t.Again,
		verbatim:   t.Verbatim,
		steps:      t.steps(),
	}
	b.complete()
	b.readLater(reflect.TypeFor[I](), t.Choices)
	return b
}

// steps are the functions of the literal, without its types.
func (t Tool[I, O]) steps() steps {
	s := steps{newInput: func() any { return new(I) }}
	if t.BodyKey != nil {
		s.bodyKey = func(in any) **string { return t.BodyKey(in.(*I)) }
	}
	if t.About != nil {
		s.about = func(ctx context.Context, c *Call, in any) (string, error) { return t.About(ctx, c, in.(*I)) }
	}
	if t.ConsentLink != nil {
		s.consentLink = func(out any) (link, why string) { return t.ConsentLink(out.(*O)) }
	}
	if t.Estimate != nil {
		s.estimate = func(ctx context.Context, c *Call, in any) (spend.Estimate, error) { return t.Estimate(ctx, c, in.(*I)) }
	}
	if t.LookUp != nil {
		s.lookUp = func(ctx context.Context, c *Call, in any, canonical map[string]any) (bool, error) {
			return t.LookUp(ctx, c, in.(*I), canonical)
		}
	}
	if t.Augment != nil {
		s.augment = func(in any, r result) { t.Augment(in.(*I), r.(*Result[O])) }
	}
	if t.PassOn != nil {
		s.passOn = func(ctx context.Context, c *Call, in any) Outcome { return t.PassOn(ctx, c, in.(*I)) }
	}
	s.ownRun = t.Run != nil
	s.run = func(ctx context.Context, c *Call, in any) (result, error) {
		run := t.Run
		if run == nil {
			run = func(ctx context.Context, c *Call, in *I) (*Result[O], error) { return Fetch[O](ctx, c, t.Op, in) }
		}
		r, err := run(ctx, c, in.(*I))
		if err != nil {
			return nil, err
		}
		return r, nil
	}
	return s
}

// steps are what a tool does. An input is a *I and an output a *O of its literal.
type steps struct {
	newInput    func() any
	bodyKey     func(in any) **string
	about       func(ctx context.Context, c *Call, in any) (string, error)
	consentLink func(out any) (link, why string)
	estimate    func(ctx context.Context, c *Call, in any) (spend.Estimate, error)
	lookUp      func(ctx context.Context, c *Call, in any, canonical map[string]any) (changed bool, err error)
	augment     func(in any, r result)
	passOn      func(ctx context.Context, c *Call, in any) Outcome
	run         func(ctx context.Context, c *Call, in any) (result, error)
	ownRun      bool // it is the literal's, and not the one call of its operation
}
