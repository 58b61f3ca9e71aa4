package heygen

// Access is what HeyGen demands of whoever calls an operation.
type Access struct {
	// Scopes are the permissions that an API key needs, all of them; none where any key will do.
	Scopes []string
	// Preview says that HeyGen must have enabled the operation for the account. It answers others
	// with 403 forbidden.
	Preview bool
	// KeyOnly says that an API key is taken and no OAuth token, which is answered with 401.
	KeyOnly bool
}

// Access says what HeyGen demands of whoever calls the operation, as its document has it. An
// operation that the document does not have demands nothing that is known.
func (o Op) Access() Access { return accessTable(o.Method + " " + o.Path) }
