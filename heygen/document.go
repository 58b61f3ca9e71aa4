package heygen

import _ "embed" // for document

// document is HeyGen's OpenAPI document as this server was made from it. It is embedded whole: it
// is a hundredth of the program, and a copy in another form would be one more thing to keep up to
// date.
//
//go:embed testdata/v3.json
var document string

// Document is HeyGen's OpenAPI document, in JSON, that this version of the server was made from.
func Document() string { return document }
