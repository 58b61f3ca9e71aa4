package refusals

import (
	"fmt"
	"net/http"
	"path"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/usd"
	"heygen-mcp/tools/args"
)

// codeNoCredit is HeyGen's code for an account that has too little left.
const codeNoCredit = "insufficient_credit"

// noCredit is what to do where the account has too little left for this call.
func (a Attempt) noCredit() string {
	step := "The account has too little left: get_current_user shows how much. "
	if a.CostUSD == nil {
		return step + "Ask the user to top up at " + billingPage + ", then call again."
	}
	return step + fmt.Sprintf("This call may cost %s USD. Ask the user to top up at %s, or make something shorter or "+
		"cheaper: estimate_cost tells beforehand what that costs.", usd.Text(usd.Up(*a.CostUSD)), billingPage)
}

// conflict is what to do where what is there stands in the way, by what the call was about.
func (a Attempt) conflict(e *heygen.Error) string {
	if get := a.Tools["GET "+e.Op.Path]; get != "" && len(e.Op.PathParams()) > 0 {
		return "Its state does not allow this now: " + get + " shows it. If something is under way there, wait for that, " +
			"then call again; otherwise choose another."
	}
	if len(e.Op.PathParams()) > 0 {
		// An action on a thing, such as /v3/things/{thing_id}/act.
		for at := path.Dir(e.Op.Path); at != "/" && at != "."; at = path.Dir(at) {
			if get := a.Tools["GET "+at]; get != "" {
				return "Its state does not allow this now: " + get + " shows it. If something is under way there, wait for that, " +
					"then call again; otherwise choose another."
			}
		}
	}
	if list := a.Tools["GET "+e.Op.Path]; list != "" {
		return "Something that exists stands in the way, such as one of the same name: " + list + " shows what there is. " +
			"Use that one, or send another name or source."
	}
	if a.VerifyWith != "" {
		return "What is there already stands in the way: " + a.VerifyWith + " shows it; then decide."
	}
	return "Something that exists or is under way stands in the way, as heygen_message says. Wait for it, or make " +
		"something else."
}

// elsewhere names, of an id that names nothing and that no argument has under its own name, the argument
// that HeyGen speaks of.
func (r *Refusal) elsewhere(e *heygen.Error, a Attempt) {
	if e.Status != http.StatusNotFound || a.Input == nil || e.Param == "" {
		return
	}
	at, ok := args.Locate(a.Input, e.Param, a.Given)
	if !ok {
		r.Param = ""
		return
	}
	r.Param = at.Path
	r.Message = fmt.Sprintf("HeyGen finds nothing under the given %s, %s.", at.Path, received(at.Given))
}
