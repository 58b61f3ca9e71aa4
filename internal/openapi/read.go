package openapi

import (
	"errors"
	"fmt"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
)

// methods are the members of a path that are operations.
func methods() []string {
	return []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}
}

// readPaths reads every operation of v3.
func (d *Document) readPaths() error {
	base := d.basePath()
	for path, raw := range asObject(d.root["paths"]) {
		item, err := d.resolve(raw)
		if err != nil {
			return err
		}
		for _, method := range methods() {
			op := asObject(item[method])
			if op == nil {
				continue
			}
			o := &Operation{Method: strings.ToUpper(method), Path: base + path}
			if !strings.HasPrefix(o.Path, Prefix) {
				d.Aside++
				continue
			}
			if err := d.checkRefs([]any{op, item["parameters"]}, map[string]bool{}); err != nil {
				return fmt.Errorf("%s: %w", o, err)
			}
			d.readOperation(o, op, asList(item["parameters"]))
			d.Operations[o.String()] = o
		}
	}
	return nil
}

// basePath is what the URL of the server puts before every path.
func (d *Document) basePath() string {
	for _, server := range asList(d.root["servers"]) {
		if u, err := url.Parse(asText(asObject(server)["url"])); err == nil {
			return strings.TrimSuffix(u.Path, "/")
		}
	}
	return ""
}

// checkRefs holds that every reference leads to something, so that nothing later has to ask.
func (d *Document) checkRefs(v any, seen map[string]bool) error {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if err := d.checkRefs(one, seen); err != nil {
				return err
			}
		}
	case map[string]any:
		for name, one := range v {
			if name == "example" || name == "examples" {
				continue
			}
			if ref, ok := one.(string); ok && name == "$ref" {
				if seen[ref] {
					continue
				}
				seen[ref] = true
				target, err := d.follow(ref)
				if err != nil {
					return err
				}
				one = target
			}
			if err := d.checkRefs(one, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow finds what a reference is to.
func (d *Document) follow(ref string) (any, error) {
	pointer, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil, fmt.Errorf(
			"the reference %q leads out of the document; put all into one file first", ref)
	}
	var at any = d.root
	for part := range strings.SplitSeq(pointer, "/") {
		if plain, err := url.PathUnescape(part); err == nil {
			part = plain
		}
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		if at, ok = asObject(at)[part]; !ok {
			return nil, fmt.Errorf("the reference %q leads nowhere", ref)
		}
	}
	return at, nil
}

// maxHops bounds a chain of references, which could lead in a circle.
const maxHops = 32

// resolve follows references to the object that is meant.
func (d *Document) resolve(v any) (map[string]any, error) {
	for range maxHops {
		m := asObject(v)
		ref, ok := m["$ref"].(string)
		if !ok {
			return m, nil
		}
		var err error
		if v, err = d.follow(ref); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("a reference leads to itself")
}

// at is resolve for what checkRefs has been over.
func (d *Document) at(v any) map[string]any {
	m, err := d.resolve(v)
	if err != nil {
		return nil
	}
	return m
}

func (d *Document) readOperation(o *Operation, op map[string]any, shared []any) {
	o.ID, o.Source = asText(op["operationId"]), asText(op["x-source"])
	o.Deprecated = op["deprecated"] == true
	o.Scopes = asTexts(op["x-scopes"])
	slices.Sort(o.Scopes)
	o.Preview = op["x-preview"] == true
	d.Tells.Scopes = d.Tells.Scopes || op["x-scopes"] != nil
	d.Tells.Previews = d.Tells.Previews || op["x-preview"] != nil
	d.readSecurity(o, op)
	d.readParameters(o, slices.Concat(shared, asList(op["parameters"])))
	body := d.at(op["requestBody"])
	o.BodyRequired = body["required"] == true
	o.Bodies = d.content(body)
	o.Answers, o.Errors = map[string]map[string]Node{}, map[string][]string{}
	codes := asObject(op["x-error-codes"])
	d.Tells.Codes = d.Tells.Codes || codes != nil
	for status, raw := range asObject(op["responses"]) {
		answer := d.at(raw)
		if strings.HasPrefix(status, "2") {
			o.Answers[status] = d.content(answer)
			continue
		}
		o.Errors[status] = asTexts(codes[status])
		slices.Sort(o.Errors[status])
	}
}

// readSecurity finds operations that take an API key and nothing else.
func (d *Document) readSecurity(o *Operation, op map[string]any) {
	ways, ok := op["security"].([]any)
	if !ok {
		ways = asList(d.root["security"])
	}
	schemes := asObject(asObject(d.root["components"])["securitySchemes"])
	d.Tells.Security = d.Tells.Security || len(ways) > 0 && len(schemes) > 0
	isKey := func(way any) bool {
		for name := range asObject(way) {
			if asText(d.at(schemes[name])["type"]) != "apiKey" {
				return false
			}
		}
		return len(asObject(way)) > 0
	}
	o.KeyOnly = len(ways) > 0 && len(schemes) > 0
	for _, way := range ways {
		o.KeyOnly = o.KeyOnly && isKey(way)
	}
}

// readParameters gathers the parameters of each place into an object. Later ones stand for earlier
// ones of the same name, as those of an operation do for those of its path.
func (d *Document) readParameters(o *Operation, parameters []any) {
	o.Parameters = map[string]Node{}
	for _, place := range []string{"query", "path", "header"} {
		properties, required := map[string]any{}, []any{}
		for _, raw := range parameters {
			p := d.at(raw)
			name := asText(p["name"])
			if asText(p["in"]) != place || name == "" {
				continue
			}
			if place == "header" {
				name = textproto.CanonicalMIMEHeaderKey(name)
				switch name {
				case "Authorization", "X-Api-Key", "Accept", "Content-Type":
					continue // by OpenAPI these say nothing; security and media types have them
				}
			}
			schema := p["schema"]
			for _, content := range asObject(p["content"]) {
				schema = asObject(content)["schema"]
			}
			properties[name] = schema
			required = slices.DeleteFunc(required, func(other any) bool { return other == name })
			if p["required"] == true {
				required = append(required, name)
			}
		}
		o.Parameters[place] = Node{d, map[string]any{
			"type": "object", "properties": properties, "required": required,
		}}
	}
}

// content are the schemas of a body by media type, without what stands behind the type.
func (d *Document) content(body map[string]any) map[string]Node {
	out := map[string]Node{}
	for media, raw := range asObject(body["content"]) {
		media, _, _ = strings.Cut(media, ";")
		out[strings.ToLower(strings.TrimSpace(media))] = Node{d, asObject(raw)["schema"]}
	}
	return out
}
