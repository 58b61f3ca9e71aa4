package heygen

import "net/http"

// codeUnavailable is HeyGen's own word for a 503, which no gateway in front of it uses.
const codeUnavailable = "service_unavailable"

// busy reports whether an answer says that HeyGen was too busy for a call that may be repeated,
// since nothing is done twice by that. Of a 503 in general that is not known: a gateway may have
// given up on a create that went on to finish. HeyGen's document says it of these operations alone.
func (o Op) busy(e *Error) bool {
	if e.Status != http.StatusServiceUnavailable || e.Code != codeUnavailable {
		return false
	}
	switch o.String() {
	case "POST /v3/models/audio/tts",
		"POST /v3/models/audio/tts/stream",
		"POST /v3/workflow-runs",
		"POST /v3/workflow-runs/{run_id}/cancel",
		"POST /v3/workflows/{workflow_id}/versions":
		return true
	}
	return false
}
