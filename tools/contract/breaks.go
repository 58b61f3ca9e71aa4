package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/engine"
)

// judge says whether a change touches a tool that calls the operation, and why the tool breaks by
// it, "" where it does not.
func judge(
	t *engine.BoundTool, op openapi.OperationChanges, c openapi.Change,
) (touched bool, why string) {
	own := t.Op.Method == op.Was.Method && t.Op.Path == op.Was.Path
	switch c.Part {
	case openapi.Whole:
		if c.Kind == openapi.Removed || c.Kind == openapi.Renamed {
			return true, "it calls the operation"
		}
		return true, ""
	case openapi.Query, openapi.InPath, openapi.Body:
		if !own || c.Part == openapi.Body && isForm(op.Was) {
			return true, unseenRequest(c)
		}
		return request(t, c)
	case openapi.Header:
		return true, header(t, own, c)
	case openapi.Answer:
		if c.Word != "" {
			return true, answered(op.Is, c)
		}
		if !own || t.Op.Stream {
			return true, unseenAnswer(t, own, c)
		}
		return answer(t, op.Was, c)
	}
	return true, "" // permissions and error codes are told, and refuse no call by themselves
}

// isForm says whether the body of an operation is none in JSON: what is in it, a tool's Run alone
// knows.
func isForm(op *openapi.Operation) bool {
	_, plain := op.Bodies["application/json"]
	return len(op.Bodies) > 0 && !plain
}

// request judges a change of a request that is made of a tool's arguments.
func request(t *engine.BoundTool, c openapi.Change) (touched bool, why string) {
	s := sentBy(t)
	if len(c.Path) == 0 {
		return true, wholeBody(s, c)
	}
	around, at := lookUp(s.places[c.Part], c.Path[:len(c.Path)-1])
	if at == elsewhere || at == absent {
		return false, ""
	}
	own, here := lookUp(s.places[c.Part], c.Path)
	if here == elsewhere {
		return false, ""
	}
	name := c.Path[len(c.Path)-1]
	always := at == present && slices.Contains(around.Flat().Required, name)
	switch {
	case at == free || here == free:
		return true, "" // what is given is passed on
	case c.Kind == openapi.Required || c.Kind == openapi.Added && c.Is == string(openapi.Required):
		switch {
		case here == absent:
			why = "it has no such argument"
		case !always:
			why = "it does not always send it"
		}
	case here == absent:
		// A member that the tool never sends.
	case c.Kind == openapi.Removed:
		why = "it sends it"
	case c.Kind == openapi.VariantRemoved:
		variant := append(slices.Clone(c.Path), openapi.InVariant(c.Was))
		if _, has := lookUp(s.places[c.Part], variant); has == present {
			why = "it sends this variant"
		}
	default:
		why = value(own, c)
	}
	return true, why
}

// wholeBody judges a change of a body as a whole.
func wholeBody(s sent, c openapi.Change) string {
	switch {
	case c.Kind == openapi.Required && !s.body:
		return "it sends no body"
	case c.Kind == openapi.Removed && s.body && c.Word == "application/json":
		return "it sends this"
	case c.Kind == openapi.VariantRemoved:
		if _, has := lookUp(s.places[c.Part], openapi.Path{openapi.InVariant(c.Was)}); has == present {
			return "it sends this variant"
		}
	}
	return ""
}

// value says why a value that a tool may send is no longer taken.
func value(own *openapi.Schema, c openapi.Change) string {
	switch c.Kind {
	case openapi.TypeChanged:
		inURL := c.Part != openapi.Body // where everything is text
		if accepts(c.Now.Types, own.Types) || inURL && slices.Contains(c.Now.Types, "string") {
			return ""
		}
		return "it sends " + strings.Join(own.Types, " or ")
	case openapi.Choices:
		if len(c.Now.Enum) == 0 {
			return ""
		}
		may := words(own.Enum)
		if len(may) == 0 && len(c.Gone) > 0 {
			return "it may send " + strings.Join(c.Gone, ", ")
		}
		if len(may) == 0 && len(c.Old.Enum) == 0 {
			return "it may send anything"
		}
		now := words(c.Now.Enum)
		lost := slices.DeleteFunc(may, func(v string) bool {
			// What was not among the choices before is no news.
			return slices.Contains(now, v) || len(c.Old.Enum) > 0 && !slices.Contains(c.Gone, v)
		})
		if len(lost) > 0 {
			return "it may send " + strings.Join(lost, ", ")
		}
	case openapi.Bound:
		return bound(own, c)
	case openapi.Pattern:
		if c.Is != "" && c.Is != own.Pattern && c.Part != openapi.InPath {
			return "it may send what does not match"
		}
	}
	return ""
}

// accepts says whether values of all the types of a list are of one of others, of which none are
// all.
func accepts(now, sent []string) bool {
	return len(now) == 0 || len(sent) > 0 && !slices.ContainsFunc(sent, func(kind string) bool {
		return !slices.Contains(now, kind) && (kind != "integer" || !slices.Contains(now, "number"))
	})
}

// bound says why a narrower bound breaks a tool: its own is wider.
func bound(own *openapi.Schema, c openapi.Change) string {
	now, narrows := c.Now.Bounds[c.Word]
	was, had := c.Old.Bounds[c.Word]
	lower := strings.HasPrefix(c.Word, "min") || c.Word == "exclusiveMinimum"
	switch {
	case !narrows, c.Part == openapi.InPath: // ids in a path are HeyGen's own
		return ""
	case c.Word == "multipleOf":
		return "it may send what is no multiple"
	case lower && had && now <= was, !lower && had && now >= was:
		return "" // it is wider than it was
	}
	limit, limited := own.Bounds[c.Word]
	if !limited && c.Word == "minimum" {
		limit, limited = own.Bounds["exclusiveMinimum"]
	}
	switch {
	case !limited && lower:
		return "it may send less than " + c.Is
	case !limited:
		return "it may send more than " + c.Is
	case lower && limit < now, !lower && limit > now:
		return fmt.Sprintf("its own %s is %v", c.Word, limit)
	}
	return ""
}

// unseenRequest judges a change where a tool's Run alone knows what is sent: what had to be sent
// was.
func unseenRequest(c openapi.Change) string {
	must := c.Kind == openapi.Added && c.Is == string(openapi.Required) || c.Kind == openapi.Required
	gone := c.Kind == openapi.Removed && (c.Was == string(openapi.Required) || c.Word != "")
	switch {
	case must:
		return "it may not send it"
	case gone:
		return "it sends it"
	}
	return ""
}

// header judges a change of a header, of which a tool sends the key alone.
func header(t *engine.BoundTool, own bool, c openapi.Change) string {
	keyed := own && (t.Op.Key || t.Op.Durable) && len(c.Path) > 0 && c.Path[0] == "Idempotency-Key"
	must := c.Kind == openapi.Required || c.Kind == openapi.Added && c.Is == string(openapi.Required)
	switch {
	case keyed && c.Kind == openapi.Removed:
		return "it sends it so that a repeat is safe"
	case must && !keyed:
		return "it does not send it"
	}
	return ""
}

// answered judges that a status or a media type of an answer has gone.
func answered(now *openapi.Operation, c openapi.Change) string {
	if c.Kind != openapi.Removed || strings.HasPrefix(c.Word, "status") && len(now.Answers) > 0 {
		return "" // the client takes every status of success
	}
	return "it reads it"
}

// answer judges a change of the answer that a tool's output is filled from.
func answer(
	t *engine.BoundTool, was *openapi.Operation, c openapi.Change,
) (touched bool, why string) {
	reads, at := lookUp(readBy(t, success(was)), c.Path)
	switch {
	case c.Kind == openapi.Removed && at == present:
		return true, "it reads it"
	case c.Kind == openapi.TypeChanged && at == present && !fills(reads.Types, c.Now.Types):
		return true, "it reads " + cmp.Or(strings.Join(reads.Types, " or "), "it")
	}
	return true, ""
}

// fills says whether values of the types of an answer are all of those that an output takes.
func fills(output, answer []string) bool {
	return len(output) == 0 || accepts(output, answer)
}

// success is the first answer of an operation.
func success(op *openapi.Operation) *openapi.Schema {
	for _, status := range []string{"200", "201", "202"} {
		if node, ok := op.Answers[status]["application/json"]; ok {
			return node.Schema()
		}
	}
	return &openapi.Schema{}
}

// unseenAnswer judges a change of an answer that a tool's Run reads.
func unseenAnswer(t *engine.BoundTool, own bool, c openapi.Change) string {
	if c.Kind != openapi.Removed && c.Kind != openapi.TypeChanged || len(c.Path) == 0 {
		return ""
	}
	name := c.Path[len(c.Path)-1]
	if own || len(t.Reads) == 0 || name == "data" || slices.Contains(t.Reads, name) {
		return "it reads it"
	}
	return ""
}
