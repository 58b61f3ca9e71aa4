package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// checkServerJSON compares the server.json in a directory of manifests with the schema that the MCP Registry's own
// program has of the revision that the file names. schemas is where that program's source has them.
func checkServerJSON(manifests, schemas string) error {
	raw, err := os.ReadFile(filepath.Join(manifests, "server.json"))
	if err != nil {
		return err
	}
	var says struct {
		Schema string `json:"$schema"`
	}
	if err := json.Unmarshal(raw, &says); err != nil {
		return err
	}
	revision := filepath.Base(filepath.Dir(says.Schema))
	text, err := os.ReadFile(filepath.Join(schemas, revision+".json"))
	if err != nil {
		return fmt.Errorf("server.json is of a revision that the registry has not: %w", err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(says.Schema, schema); err != nil {
		return err
	}
	compiled, err := compiler.Compile(says.Schema)
	if err != nil {
		return err
	}
	card, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return compiled.Validate(card)
}
