package refusals

import (
	"net/http"
	"strings"

	"heygen-mcp/heygen"
)

// KeyRequired refuses a call that HeyGen takes with an API key alone, of a caller who has signed in
// without one. hint says how to come with a key here, "" where that is not known.
func KeyRequired(what, hint string) *Refusal {
	step := "Ask the user to connect again with an API key, which they find at " + keysPage + "."
	if hint != "" {
		step = "Ask the user for an API key, which they find at " + keysPage + ". " + hint
	}
	return &Refusal{
		IsError: true, Code: CodeKeyRequired, NextStep: step,
		Message: what + " works with an API key of HeyGen's alone, and this user has signed in " +
			"without one.",
	}
}

// forbidden is what to do about a 403, which never says what is missing: HeyGen's document says
// which permission the operation needs of a key, and whether it is a preview.
func (a Attempt) forbidden(e *heygen.Error) string {
	const (
		preview = "This is a preview, which HeyGen enables for each account by itself: the user can " +
			"ask HeyGen for it."
		noKey    = "The user has signed in without an API key, so no permission is missing"
		rest     = "the plan (" + billingPage + ") or the user's role in the workspace does not allow it."
		readOnly = "The API key must not be one that only reads (get_current_api_key shows it; " +
			"other keys: " + keysPage + ")."
		otherKey = ": get_current_api_key shows whether it has that. If not, ask the user for a key " +
			"that does, from " + keysPage + "."
	)
	access := e.Op.Access()
	var steps []string
	if step := NextSteps()[e.Code+" "+e.Op.String()]; step != "" {
		steps = append(steps, a.Tools.fill(step))
	}
	if access.Preview {
		steps = append(steps, preview)
	}
	switch {
	case a.OAuth && access.Preview:
		steps = append(steps, noKey+".")
	case a.OAuth:
		steps = append(steps, noKey+": "+rest)
	case len(access.Scopes) > 0:
		need := "The API key needs the permission "
		if len(access.Scopes) > 1 {
			need = "The API key needs the permissions "
		}
		steps = append(steps, need+strings.Join(access.Scopes, " and ")+otherKey)
		if !access.Preview {
			steps = append(steps, "If it does, "+rest)
		}
	case e.Op.Method != http.MethodGet:
		steps = append(steps, readOnly)
	case !access.Preview:
		steps = append(steps, "Ask the user: "+rest)
	}
	return strings.Join(steps, " ")
}
