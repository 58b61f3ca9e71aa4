package heygen

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
)

// Op names one operation of the API. It is plain data, so that tables,
// coverage and checks can read the very value that a call is made from.
type Op struct {
	// Method is the HTTP method, in capitals.
	Method string
	// Path is the template, such as "/v3/videos/{video_id}".
	Path string
	// Variant names the kind of body where one path takes several kinds; it is
	// added to the body as the member VariantIn. "" adds none.
	Variant string
	// VariantIn is the member of the body that Variant is sent as; "" is `type`.
	VariantIn string
	// Model is the `model` member added to the body, where an operation takes
	// several models and a tool is for one; "" adds none.
	Model string
	// Key says that v3 honours an Idempotency-Key here.
	Key bool
	// Durable says that v3 demands an Idempotency-Key here, keeps it for good, and refuses it for
	// another body. It has the meaning of Key besides.
	Durable bool
	// Stream says that v3 answers with server-sent events, which Client.Stream reads.
	Stream bool
	// Once says that v3 does a POST once however often it is asked, without a
	// key: by what it is, or by a member of its body.
	Once bool
	// Object says that v3 wants a JSON object as the body even where the input
	// puts nothing into it.
	Object bool
}

// String is the method and the template, as documentation writes them.
func (o Op) String() string { return o.Method + " " + o.Path }

// Member is a name and a value that an operation itself adds to the body.
type Member struct{ Name, Value string }

// Members are what the operation adds to the body, before what the input gives.
func (o Op) Members() []Member {
	var added []Member
	if o.Model != "" {
		added = append(added, Member{"model", o.Model})
	}
	if o.Variant != "" {
		added = append(added, Member{cmp.Or(o.VariantIn, "type"), o.Variant})
	}
	return added
}

// adds reports whether the operation itself gives the member of that name.
func (o Op) adds(name string) bool {
	return o.Model != "" && name == "model" || o.Variant != "" && name == cmp.Or(o.VariantIn, "type")
}

// TakesKey says that v3 takes an Idempotency-Key here.
func (o Op) TakesKey() bool { return o.Key || o.Durable }

// PathParams are the names in the braces of the path, in their order.
func (o Op) PathParams() []string {
	var names []string
	for rest := o.Path; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			return names
		}
		name, tail, _ := strings.Cut(after, "}")
		names, rest = append(names, name), tail
	}
}

// Check finds mistakes in the declaration, which no argument can mend. Whoever declares an Op calls
// it once, at start: Do does not.
func (o Op) Check() error {
	switch o.Method {
	case http.MethodGet, http.MethodHead, http.MethodDelete:
		if len(o.Members()) > 0 || o.Object {
			return fmt.Errorf("heygen: %s has a variant, a model or an object but no body to put it in", o)
		}
	case http.MethodPost, http.MethodPut, http.MethodPatch:
	default:
		return fmt.Errorf("heygen: %q is not a method of the API", o.Method)
	}
	if o.VariantIn != "" && o.Variant == "" {
		return fmt.Errorf("heygen: %s says where its variant goes and has none", o)
	}
	if o.Stream && o.TakesKey() {
		return fmt.Errorf("heygen: %s is a stream with a key, and no stream can be replayed", o)
	}
	if !strings.HasPrefix(o.Path, "/") || strings.ContainsAny(o.Path, "?#\\") || !balanced(o.Path) {
		return fmt.Errorf("heygen: %q is not a path template", o.Path)
	}
	return nil
}

// balanced reports whether each brace of a template is closed around a name.
func balanced(path string) bool {
	for {
		before, after, open := strings.Cut(path, "{")
		if strings.Contains(before, "}") {
			return false
		}
		if !open {
			return true
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed || name == "" || strings.Contains(name, "{") {
			return false
		}
		path = tail
	}
}

// reads tells the calls that change nothing from those that may.
func (o Op) reads() bool {
	return o.Method == http.MethodGet || o.Method == http.MethodHead
}

// repeatable says that doing the call twice has the effect of doing it once.
// A POST is only that under a key that v3 honours or where v3 says so of itself;
// PATCH never is.
func (o Op) repeatable(key string) bool {
	switch o.Method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete:
		return true
	case http.MethodPost:
		return o.settled(key)
	}
	return false
}

// settled says that a repeat of a POST brings the answer of the first.
func (o Op) settled(key string) bool { return o.Once || o.keyed(key) }

// keyed says that the call travels under a key that v3 honours.
func (o Op) keyed(key string) bool { return o.TakesKey() && key != "" }
