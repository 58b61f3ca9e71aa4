// Package heygen makes one call to HeyGen's v3 API and makes it properly: it
// builds the request from a tagged struct, keeps to time and size limits,
// repeats what is safe to repeat, and turns every answer into a Response, a
// Stream of events or an *Error.
//
// It does not know which operations exist, who is calling or with which
// credential: operations are data (Op) that its callers hold, and the
// credential is added by the http.Client that it is given.
//
// Reading order: client.go (one call), op.go (what is called), encode.go with value.go and form.go (the request),
// try.go (one try) and retry.go (when there is another), envelope.go (the answer), errors.go with details.go and
// busy.go, stream.go (answers that are events), access.go and document.go (what HeyGen's document says of operations).
package heygen
