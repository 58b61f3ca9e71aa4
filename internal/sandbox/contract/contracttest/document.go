package contracttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// FaultHeader is on an answer that a planned fault has bent or made: it need not fit the contract.
const FaultHeader = "X-Sandbox-Fault"

// Document is the contract as a judge of requests and answers. Members that v3 does not declare are
// errors on both sides. It is safe for use by many goroutines.
type Document struct {
	doc        any
	operations map[string]map[string]any // by method and template

	mu       sync.Mutex // guards the compiler too
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

// Open reads the contract from a file.
func Open(file string) (*Document, error) {
	f, err := os.Open(file) //nolint:gosec // G304: a test names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return Read(f)
}

// Read reads the contract.
func Read(r io.Reader) (*Document, error) {
	compiler, doc, err := compiler(r)
	if err != nil {
		return nil, err
	}
	d := &Document{
		doc:        doc,
		compiler:   compiler,
		schemas:    map[string]*jsonschema.Schema{},
		operations: map[string]map[string]any{},
	}
	for path, methods := range Members(Part(doc, "paths")) {
		for method, op := range Members(methods) {
			d.operations[strings.ToUpper(method)+" "+path] = Members(op)
		}
	}
	return d, nil
}

// Operation is the operation that a request is for, as "GET /v3/videos/{video_id}"; "" for none. Of
// the templates that a path fits it is the one with the fewest parameters.
func (d *Document) Operation(method, path string) string {
	best, fewest := "", 0
	for name := range d.operations {
		of, template, _ := strings.Cut(name, " ")
		if n := strings.Count(template, "{"); of == method && fits(path, template) &&
			(best == "" || n < fewest) {
			best, fewest = name, n
		}
	}
	return best
}

func fits(path, template string) bool {
	return slices.EqualFunc(
		strings.Split(path, "/"),
		strings.Split(template, "/"),
		func(have, want string) bool {
			return have == want || have != "" && strings.HasPrefix(want, "{")
		},
	)
}

// CheckRequest returns all that is wrong with a request to an operation, nil for nothing:
// parameters that are unknown, missing or of another form, and a body that does not fit. The body
// is read whole; that of a form is only looked at as a whole.
func (d *Document) CheckRequest(operation string, r *http.Request, body []byte) error {
	op := d.operations[operation]
	var found []error
	query := r.URL.Query()
	declared := map[string]bool{}
	for _, p := range Elements(op["parameters"]) {
		at := p
		if ref, ok := Part(p, "$ref").(string); ok {
			at = Part(d.doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
		}
		name, _ := Part(at, "name").(string)
		values, there := query[name]
		if Part(at, "in") == "header" {
			values = r.Header.Values(name)
			there = len(values) > 0
		} else {
			declared[name] = true
		}
		switch {
		case Part(at, "in") == "path":
		case !there && Part(at, "required") == true:
			found = append(found, fmt.Errorf("%s is required", name))
		case there:
			found = append(found, d.checkText(name, Part(at, "schema"), values))
		}
	}
	for name := range query {
		if !declared[name] {
			found = append(found, fmt.Errorf("%s is no parameter", name))
		}
	}
	return errors.Join(append(found, d.checkBody(operation, r.Header.Get("Content-Type"), body))...)
}

// checkText checks a parameter, whose text is first read as what its schema says it is.
func (d *Document) checkText(name string, schema any, values []string) error {
	if len(values) != 1 {
		return fmt.Errorf("%s is given %d times", name, len(values))
	}
	var value any = values[0]
	switch Part(schema, "type") {
	case "integer", "number", "boolean":
		if json.Unmarshal([]byte(values[0]), &value) != nil {
			return fmt.Errorf("%s is %q, which is of another type", name, values[0])
		}
	}
	raw, err := json.Marshal(schema)
	if err != nil {
		return err
	}
	compiled, err := d.compileText(string(raw))
	if err != nil {
		return err
	}
	if err := compiled.Validate(value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// checkBody checks a body that is JSON.
func (d *Document) checkBody(operation, kind string, body []byte) error {
	declared := Members(d.operations[operation]["requestBody"])
	content := Members(declared["content"])
	kind, _, _ = strings.Cut(kind, ";")
	switch {
	case content == nil && len(body) > 0:
		return errors.New("it has a body, and v3 declares none")
	case content == nil, len(body) == 0 && declared["required"] != true:
		return nil
	case content[kind] == nil:
		return fmt.Errorf("its body is of type %q, which v3 does not declare", kind)
	case kind != "application/json":
		return nil
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return fmt.Errorf("its body is not JSON: %w", err)
	}
	return d.validate(pointerTo(operation)+"/requestBody/content/application~1json/schema", value)
}

// CheckAnswer returns what is wrong with an answer of an operation: a status or a type that v3 does
// not declare, data that does not fit, an error of another shape or with a code that v3 does not
// have there.
func (d *Document) CheckAnswer(
	operation string,
	status int,
	header http.Header,
	body []byte,
) error {
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	declared := Part(d.operations[operation], "responses", strconv.Itoa(status))
	pointer := fmt.Sprintf(
		"%s/responses/%d/content/%s/schema", pointerTo(operation), status, escape(kind))
	switch {
	case status >= 400:
		return d.checkError(operation, status, body)
	case declared == nil:
		return fmt.Errorf("v3 does not declare the status %d here", status)
	case Part(declared, "content", kind) == nil:
		return fmt.Errorf("an answer of type %q is not declared", kind)
	case kind == "text/event-stream":
		return d.checkEvents(pointer, body)
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return fmt.Errorf("the answer is not JSON: %w", err)
	}
	return d.validate(pointer, value)
}

// checkEvents checks the data of every event of a stream; what ends a stream of speech is none.
func (d *Document) checkEvents(pointer string, body []byte) error {
	for line := range strings.Lines(string(body)) {
		data, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "data:")
		if data = strings.TrimSpace(data); !ok || data == "[DONE]" {
			continue
		}
		var value any
		if err := json.Unmarshal([]byte(data), &value); err != nil {
			return fmt.Errorf("the data of an event is not JSON: %w", err)
		}
		if err := d.validate(pointer, value); err != nil {
			return err
		}
	}
	return nil
}

// checkError checks the shape of a refusal, and its code. The codes that an operation names for a
// 404 of the one resource in its path, or for a 409 beside that of every key, are all that it has.
// What it names of others are examples, beside the codes of the whole API.
func (d *Document) checkError(operation string, status int, body []byte) error {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return fmt.Errorf("the refusal is not JSON: %w", err)
	}
	if err := d.validate("#/components/schemas/ErrorEnvelope", value); err != nil {
		return err
	}
	name := map[int]string{
		400: "BadRequest", 401: "Unauthorized", 402: "PaymentRequired", 403: "Forbidden", 404: "NotFound",
		409: "Conflict",
		413: "PayloadTooLarge", 429: "TooManyRequests", 500: "InternalError",
	}[status]
	codes := Elements(Part(d.operations[operation], "x-error-codes", strconv.Itoa(status)))
	whole := status == http.StatusNotFound && !strings.HasPrefix(operation, http.MethodPost+" ") ||
		status == http.StatusConflict &&
			slices.ContainsFunc(codes, func(code any) bool { return code != "request_in_progress" })
	if len(codes) == 0 || !whole {
		codes = slices.Concat(
			codes,
			Elements(Part(d.doc, "components", "responses", name, "x-error-codes")),
			codesFromElsewhere(status),
		)
	}
	if code := Part(value, "error", "code"); !slices.Contains(codes, code) {
		return fmt.Errorf("v3 has no code %v of status %d here", code, status)
	}
	return nil
}

// codesFromElsewhere are codes that other sources than the document know.
func codesFromElsewhere(status int) []any {
	return map[int][]any{
		400: {"resource_limit_exceeded", "ephemeral_upload_disabled", "hyperframes_project_invalid"},
		410: {"gone"}, // the document names the status alone
		503: {"service_unavailable"},
	}[status]
}
