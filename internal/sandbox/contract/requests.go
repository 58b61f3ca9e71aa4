// Package contract checks requests against what v3 declares of them (requests.json, made from the
// committed contract). It owns the checks that follow from a schema; it knows nothing of what an
// operation does.
//
// Read requests.go, which is the contract, and then validate.go.
package contract

import (
	_ "embed" // for requestsJSON
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// requestsJSON is what v3 declares of its requests, taken from heygen/testdata/v3.json by the test
// that compares the two; go test ./internal/sandbox/contract -run TestRequestsFile -update writes
// it.
//
//go:embed requests.json
var requestsJSON []byte

// Contract is every operation by "METHOD /path", and the schemas that their bodies refer
// to.
type Contract struct {
	Operations map[string]*Operation `json:"operations"`
	Schemas    map[string]*Schema    `json:"schemas"`
}

// Operation is what v3 declares of one request.
type Operation struct {
	Keyed   bool                `json:"keyed"`    // takes an Idempotency-Key
	Durable bool                `json:"durable"`  // needs an Idempotency-Key, which never expires
	Status  int                 `json:"status"`   // of a success, 0 for 200
	KeyOnly bool                `json:"key_only"` // takes an API key, and no access token
	Preview bool                `json:"preview"`  // for accounts that HeyGen has enabled it for
	Scopes  []string            `json:"scopes"`   // the permissions that an API key needs, all of them
	Codes   map[string][]string `json:"codes"`    // of errors, by status
	Media   string              `json:"media"`    // of a body that is not JSON
	Query   []parameter         `json:"query"`
	Body    *Schema             `json:"body"`
}

type parameter struct {
	Name     string  `json:"name"`
	Required bool    `json:"required"`
	Schema   *Schema `json:"schema"`
}

// Schema holds those keywords of JSON Schema that v3's requests use; the test that makes the file
// refuses any other.
type Schema struct {
	Ref              string             `json:"$ref"`
	Type             kinds              `json:"type"`
	Enum             []any              `json:"enum"`
	Const            any                `json:"const"`
	Default          any                `json:"default"` // of query parameters only
	MinLength        *int               `json:"minLength"`
	MaxLength        *int               `json:"maxLength"`
	Pattern          string             `json:"pattern"`
	Minimum          *float64           `json:"minimum"`
	Maximum          *float64           `json:"maximum"`
	ExclusiveMinimum *float64           `json:"exclusiveMinimum"`
	MultipleOf       *float64           `json:"multipleOf"`
	Properties       map[string]*Schema `json:"properties"`
	Required         []string           `json:"required"`
	Additional       additional         `json:"additionalProperties"`
	Items            *Schema            `json:"items"`
	MinItems         *int               `json:"minItems"`
	MaxItems         *int               `json:"maxItems"`
	UniqueItems      bool               `json:"uniqueItems"`
	OneOf            []*Schema          `json:"oneOf"`
	AnyOf            []*Schema          `json:"anyOf"`
	Discriminator    *discriminator     `json:"discriminator"`

	pattern *regexp.Regexp
}

type discriminator struct {
	PropertyName string            `json:"propertyName"`
	Mapping      map[string]string `json:"mapping"`
}

// additional says which members an object takes beyond those it names: any, none, or those that fit
// a schema.
type additional struct {
	any    bool
	schema *Schema
}

// UnmarshalJSON takes a boolean or a schema.
func (a *additional) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &a.any) == nil {
		return nil
	}
	return json.Unmarshal(raw, &a.schema)
}

// kinds is a type or a list of types.
type kinds []string

// UnmarshalJSON takes both spellings.
func (k *kinds) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*k = kinds{one}
		return nil
	}
	var several []string
	if err := json.Unmarshal(raw, &several); err != nil {
		return fmt.Errorf("a type of a schema: %w", err)
	}
	*k = several
	return nil
}

// Read reads the embedded file and follows every reference once, so that a gap in it shows at
// start. All that call it share what was read first: nothing changes it, and a test makes many
// sandboxes.
func Read() (*Contract, error) { return shared() }

var shared = sync.OnceValues(read) //nolint:gochecknoglobals // it is constant

func read() (*Contract, error) {
	c := &Contract{}
	if err := json.Unmarshal(requestsJSON, c); err != nil {
		return nil, fmt.Errorf("contract: read requests.json: %w", err)
	}
	for name, one := range c.Schemas {
		if err := c.prepare(one); err != nil {
			return nil, fmt.Errorf("contract: requests.json: schema %s: %w", name, err)
		}
	}
	for name, op := range c.Operations {
		if err := c.prepare(op.Body); err != nil {
			return nil, fmt.Errorf("contract: requests.json: %s: %w", name, err)
		}
	}
	return c, nil
}

func (c *Contract) prepare(s *Schema) error {
	if s == nil {
		return nil
	}
	if s.Ref != "" && c.Resolve(s) == nil {
		return fmt.Errorf("%s is nowhere", s.Ref)
	}
	if s.Pattern != "" {
		var err error
		if s.pattern, err = regexp.Compile(s.Pattern); err != nil {
			return fmt.Errorf("pattern: %w", err)
		}
	}
	if s.Discriminator != nil {
		for _, ref := range s.Discriminator.Mapping {
			if c.Schemas[refName(ref)] == nil {
				return fmt.Errorf("%s is nowhere", ref)
			}
		}
	}
	for _, inner := range s.Properties {
		if err := c.prepare(inner); err != nil {
			return err
		}
	}
	for _, inner := range slices.Concat(s.OneOf, s.AnyOf, []*Schema{s.Items, s.Additional.schema}) {
		if err := c.prepare(inner); err != nil {
			return err
		}
	}
	return nil
}

// Resolve follows references to the schema that is meant.
func (c *Contract) Resolve(s *Schema) *Schema {
	for s != nil && s.Ref != "" {
		s = c.Schemas[refName(s.Ref)]
	}
	return s
}

func refName(ref string) string { return strings.TrimPrefix(ref, "#/components/schemas/") }

// DefaultLimit is how long a page of a list is when nobody asks for another.
func (o *Operation) DefaultLimit() int {
	for _, p := range o.Query {
		if n, ok := p.Schema.Default.(float64); ok && p.Name == "limit" {
			return int(n)
		}
	}
	return 100 // v3's largest page, for lists that take no limit
}
