package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"unsafe"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
)

// Result is what a tool answers. O is its output struct, which names the members that this server
// knows of; whatever else HeyGen sent passes through as it came.
type Result[O any] struct {
	// Out is filled from what HeyGen sent. What is changed in it is answered in place of that.
	Out O
	Extras

	sent O // Out as it was filled
}

// Extras are what a result may have besides its output struct.
type Extras struct {
	// NextStep and Note are this server's own words, "" for none.
	NextStep, Note string
	// Pictures go after the text, for clients that show them to their model.
	Pictures []Picture
	// Kept are fields that a list keeps of each item besides its ListFields.
	Kept []string

	object map[string]any // what HeyGen sent, nil for a result that is all of this server's making
}

// result is a Result without its type.
type result interface {
	// outs are the output struct as it is and as it was filled.
	outs() (now, sent reflect.Value)
	// untouched reports that nothing was changed in the output struct since. It may miss that a change is none.
	untouched() bool
	extras() *Extras
	Data() map[string]any
}

func (r *Result[O]) outs() (now, sent reflect.Value) {
	return reflect.ValueOf(&r.Out).Elem(), reflect.ValueOf(&r.sent).Elem()
}

// untouched compares the memory of the two: most tools change nothing, and to find that field by field takes as long as
// to fill them.
func (r *Result[O]) untouched() bool {
	now, sent := (*byte)(unsafe.Pointer(&r.Out)), (*byte)(unsafe.Pointer(&r.sent)) //nolint:gosec // G103: read here, and of their own size
	size := unsafe.Sizeof(r.Out)
	return bytes.Equal(unsafe.Slice(now, size), unsafe.Slice(sent, size)) //nolint:gosec // G103: as above
}

func (r *Result[O]) extras() *Extras { return &r.Extras }

// outOf is the pointer to the output struct.
func outOf(r result) any {
	now, _ := r.outs()
	return now.Addr().Interface()
}

// Fetch makes one call to HeyGen, under the call's key, and gives its data: v3's own object, or the
// page of a list as items, has_more and next_token.
func Fetch[O any](ctx context.Context, c *Call, op heygen.Op, in any) (*Result[O], error) {
	return FetchUnder[O](ctx, c, op, in, c.key)
}

// FetchUnder is Fetch under a key of its own, for a further operation of a tool; KeyOf makes one.
func FetchUnder[O any](
	ctx context.Context, c *Call, op heygen.Op, in any, key string,
) (*Result[O], error) {
	object, err := c.engine.do(ctx, op, in, key, c.tool.verbatim)
	if err != nil {
		return nil, err
	}
	r := &Result[O]{Extras: Extras{object: object}}
	fillStruct(reflect.ValueOf(&r.Out).Elem(), object)
	r.sent = r.Out
	return r, nil
}

// Made is a result that is all of this server's making: every member is answered, but those that
// are empty and have the option omitempty.
func Made[O any](out O) *Result[O] { return &Result[O]{Out: out} }

// Told is a result of an object that has the names of the output struct.
func Told[O any](object map[string]any) *Result[O] {
	r := &Result[O]{Extras: Extras{object: object}}
	fillStruct(reflect.ValueOf(&r.Out).Elem(), object)
	r.sent = r.Out
	return r
}

// View reads the members of an object of HeyGen's that T names. What is missing, or of another
// type, is left at its zero value.
func View[T any](object map[string]any) T {
	var t T
	fillStruct(reflect.ValueOf(&t).Elem(), object)
	return t
}

// LeaveOut leaves members that HeyGen sent out of the answer.
func (r *Extras) LeaveOut(names ...string) {
	for _, name := range names {
		delete(r.object, name)
	}
}

// Data is the result as it is answered.
func (r *Result[O]) Data() map[string]any { return dataOf(r) }

// dataOf is Data for all types.
func dataOf(r result) map[string]any {
	x := r.extras()
	data := x.object
	if data == nil {
		data = map[string]any{}
	}
	if x.object == nil || !r.untouched() {
		now, sent := r.outs()
		writeMembers(data, now, sent, x.object == nil)
	}
	if x.NextStep != "" {
		data["next_step"] = x.NextStep
	}
	if x.Note != "" {
		data["note"] = x.Note
	}
	return data
}

// keepChanges takes what a Run has changed in the output struct for sent, so that what is done to a list is done to it.
func keepChanges(r result) {
	if x := r.extras(); x.object != nil && !r.untouched() {
		now, sent := r.outs()
		writeMembers(x.object, now, sent, false)
		sent.Set(now)
	}
}

// writeMembers writes the members of a struct into an object: all of them, or those that are no longer
// what was sent.
func writeMembers(data map[string]any, now, sent reflect.Value, all bool) {
	for i, field := range fieldtags.Fields(now.Type()) {
		tags := &field.Tags
		v, was := now.Field(i), sent.Field(i)
		switch {
		case tags.Inline:
			writeMembers(data, v, was, all)
		case !field.IsExported() || tags.Name == "":
		case !all && isUnchanged(v, was):
		case v.IsZero() && (tags.Optional || v.Kind() == reflect.Pointer):
		default:
			data[tags.Name] = v.Interface()
		}
	}
}

// isUnchanged reports whether a field still is what was sent.
func isUnchanged(v, was reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return v.String() == was.String()
	case reflect.Bool:
		return v.Bool() == was.Bool()
	case reflect.Int, reflect.Int64:
		return v.Int() == was.Int()
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
		if v.IsNil() && was.IsNil() {
			return true
		}
	}
	return reflect.DeepEqual(v.Interface(), was.Interface())
}

// fillStruct writes the members of an object into a struct, as far as they are of its types: HeyGen may
// send what it did not before, and that must not fail a call that it has done.
func fillStruct(to reflect.Value, object map[string]any) {
	for i, field := range fieldtags.Fields(to.Type()) {
		switch {
		case field.Tags.Inline:
			fillStruct(to.Field(i), object)
		case field.IsExported() && field.Tags.Name != "":
			if v, there := object[field.Tags.Name]; there {
				fillValue(to.Field(i), v)
			}
		}
	}
}

// fillValue writes one value, and reports whether it is of the type.
func fillValue(to reflect.Value, v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		if to.Kind() == reflect.String {
			to.SetString(v)
			return true
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(v)
			return true
		}
	case json.Number:
		if n, err := v.Int64(); err == nil && to.CanInt() {
			to.SetInt(n)
			return true
		}
		if n, err := v.Float64(); err == nil && to.CanFloat() {
			to.SetFloat(n)
			return true
		}
	case map[string]any:
		if to.Kind() == reflect.Struct {
			fillStruct(to, v)
			return true
		}
	case []any:
		if to.Kind() == reflect.Slice && to.Type().Elem().Kind() != reflect.Interface {
			list := reflect.MakeSlice(to.Type(), len(v), len(v))
			for i, one := range v {
				if !fillValue(list.Index(i), one) {
					return false
				}
			}
			to.Set(list)
			return true
		}
	}
	if to.Kind() == reflect.Pointer {
		one := reflect.New(to.Type().Elem())
		if fillValue(one.Elem(), v) {
			to.Set(one)
			return true
		}
		return false
	}
	if given := reflect.ValueOf(v); given.Type().AssignableTo(to.Type()) {
		to.Set(given)
		return true
	}
	return false
}

// Cost is of the outputs of tools that say what a call is likely to cost.
type Cost struct {
	CostUSD *float64 `json:"estimated_cost_usd"`
}

// estimate is the cost.
func (c Cost) estimate() *float64 { return c.CostUSD }

// facts are what the engine needs to know of a result.
type facts struct {
	jobs    []string // that have begun
	noParts bool     // it is of a call of many parts that has begun none
	unsure  bool     // some of them may have begun all the same
	costUSD *float64 // nil where it is not known
	note    string   // of the result
	link    string   // that the user may be offered, "" for none
	why     string   // the link is for
}

// factsOf finds them.
func (t *BoundTool) factsOf(r result) facts {
	f := facts{note: r.extras().Note}
	out := outOf(r)
	if b, ok := out.(JobBeginner); ok && t.Job != "" {
		f.jobs = slices.DeleteFunc(slices.Clone(b.JobIDs()), func(id string) bool { return id == "" })
		slices.Sort(f.jobs)
		f.jobs = slices.Compact(f.jobs)
	}
	if b, ok := out.(PartBeginner); ok && t.partJob != "" {
		f.jobs, f.unsure = b.PartJobs()
		f.noParts = len(f.jobs) == 0
	}
	if e, ok := out.(interface{ estimate() *float64 }); ok {
		f.costUSD = e.estimate()
	}
	if t.steps.consentLink != nil {
		f.link, f.why = t.steps.consentLink(out)
	}
	return f
}
