package contracttest

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func (d *Document) validate(pointer string, value any) error {
	d.mu.Lock()
	schema, err := d.compile(pointer)
	d.mu.Unlock()
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

func (d *Document) compile(pointer string) (*jsonschema.Schema, error) {
	if known, ok := d.schemas[pointer]; ok {
		return known, nil
	}
	schema, err := d.compiler.Compile(URL + pointer)
	if err != nil {
		return nil, fmt.Errorf("the contract has no schema here: %w", err)
	}
	d.schemas[pointer] = schema
	return schema, nil
}

// compileText compiles a schema that stands by itself.
func (d *Document) compileText(raw string) (*jsonschema.Schema, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.schemas[raw]; ok {
		return known, nil
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(raw))
	if err != nil {
		return nil, err
	}
	where := "https://v3.example/parameters/" + strconv.Itoa(len(d.schemas))
	if err := d.compiler.AddResource(where, value); err != nil {
		return nil, err
	}
	schema, err := d.compiler.Compile(where)
	if err != nil {
		return nil, err
	}
	d.schemas[raw] = schema
	return schema, nil
}

func pointerTo(operation string) string {
	method, path, _ := strings.Cut(operation, " ")
	return "#/paths/" + escape(path) + "/" + strings.ToLower(method)
}

// escape is a name inside a JSON pointer inside a URL.
func escape(name string) string {
	return url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
}
