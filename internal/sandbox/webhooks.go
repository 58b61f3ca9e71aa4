package sandbox

import (
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/delivery"
	"heygen-mcp/internal/sandbox/engine"
)

// hook is an endpoint of its owner's that is told of events.
type hook struct {
	id, url, secret string
	events          []string // nil for all
	entity          string   // only of this id; "" for any
	serial          int64
	created         time.Time
	endpoint        *delivery.Endpoint // to which url and secret are copied
}

func (s *Sandbox) webhookRoutes() []engine.Route {
	return []engine.Route{
		engine.On("GET", "/v3/webhooks/endpoints", s.listHooks),
		engine.On("POST", "/v3/webhooks/endpoints", s.createHook),
		engine.On("PATCH", "/v3/webhooks/endpoints/{endpoint_id}", s.updateHook),
		engine.On("DELETE", "/v3/webhooks/endpoints/{endpoint_id}", s.deleteHook),
		engine.On("POST", "/v3/webhooks/endpoints/{endpoint_id}/rotate-secret", s.rotateHook),
		engine.On("GET", "/v3/webhooks/event-types", s.listEventTypes),
		engine.On("GET", "/v3/webhooks/events", s.listEvents),
	}
}

// createHook answers POST /v3/webhooks/endpoints. Only here and after a rotation is the secret
// shown.
func (s *Sandbox) createHook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		URL      string   `json:"url"`
		Events   []string `json:"events"`
		EntityID *string  `json:"entity_id"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := checkHookURL(in.URL); apiErr != nil {
		return nil, apiErr
	}
	if holdingsOf(v.Account).hookAt(in.URL) != nil {
		return nil, engine.Refuse(http.StatusConflict, "conflict", "url", "A webhook endpoint with this URL is "+
			"already registered.")
	}
	s.Settle(v.Account, s.Now()) // what has ended by now is older than the endpoint
	h := &hook{url: in.URL, events: in.Events, entity: value(in.EntityID), serial: s.NextSerial(), created: s.Now()}
	h.id = "ep_" + s.NewID("webhook", v.Account.Name, h.serial)
	h.secret = s.hookSecret(v.Account, h)
	h.endpoint = delivery.NewEndpoint(h.url, h.secret)
	holdingsOf(v.Account).hooks = append(holdingsOf(v.Account).hooks, h)
	out := showHook(h)
	out["secret"] = h.secret
	return out, nil
}

// listHooks answers GET /v3/webhooks/endpoints, the newest first.
func (s *Sandbox) listHooks(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	newest := slices.Clone(holdingsOf(v.Account).hooks)
	slices.Reverse(newest)
	return engine.Paged(s.Engine, l, newest,
		func(_ int, h *hook) int64 { return h.serial },
		func(position, after int64) bool { return position < after },
		func(h *hook) any { return showHook(h) }), nil
}

// updateHook answers PATCH /v3/webhooks/endpoints/{endpoint_id}. The events given replace all those
// there were. v3 does not say what an URL does that another endpoint has; here it is refused, since
// one URL twice would be told twice.
func (s *Sandbox) updateHook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		URL    *string   `json:"url"`
		Events *[]string `json:"events"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	h, apiErr := holdingsOf(v.Account).hook(r)
	if apiErr != nil {
		return nil, apiErr
	}
	if in.URL == nil && in.Events == nil {
		return nil, engine.Invalid("", "At least one of 'url' or 'events' must be provided.")
	}
	s.Settle(v.Account, s.Now()) // what has ended by now goes by the old list
	if in.URL != nil {
		if apiErr := checkHookURL(*in.URL); apiErr != nil {
			return nil, apiErr
		}
		if other := holdingsOf(v.Account).hookAt(*in.URL); other != nil && other != h {
			return nil, engine.Invalid("url", "'url' is registered as another webhook endpoint.")
		}
		h.url = *in.URL
		s.Deliveries.Update(h.endpoint, h.url, h.secret)
	}
	if in.Events != nil {
		h.events = *in.Events
	}
	return showHook(h), nil
}

// deleteHook answers DELETE /v3/webhooks/endpoints/{endpoint_id}. What was not delivered yet never
// will be.
func (s *Sandbox) deleteHook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	h, apiErr := holdingsOf(v.Account).hook(r)
	if apiErr != nil {
		return nil, apiErr
	}
	s.Deliveries.Remove(h.endpoint)
	holdingsOf(v.Account).hooks = slices.DeleteFunc(holdingsOf(v.Account).hooks, func(other *hook) bool { return other == h })
	return map[string]any{"endpoint_id": h.id, "deleted": true}, nil
}

// rotateHook answers POST …/rotate-secret. The old secret ends at once, also for what waits to be
// sent again.
func (s *Sandbox) rotateHook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	h, apiErr := holdingsOf(v.Account).hook(r)
	if apiErr != nil {
		return nil, apiErr
	}
	h.secret = s.hookSecret(v.Account, h)
	s.Deliveries.Update(h.endpoint, h.url, h.secret)
	return map[string]any{"endpoint_id": h.id, "secret": h.secret}, nil
}

// hookSecret makes a signing secret that nobody can work out from the ids.
func (s *Sandbox) hookSecret(a *engine.Account, h *hook) string {
	mac := s.MAC()
	mac.Write([]byte("webhook\n" + a.Name + "\n" + h.id + "\n" + strconv.FormatInt(s.NextSerial(), 10)))
	return "whsec_" + hex.EncodeToString(mac.Sum(nil))
}

// hook finds the endpoint that a path names.
func (h *holdings) hook(r *http.Request) (*hook, *engine.Error) {
	id := chi.URLParam(r, "endpoint_id")
	for _, one := range h.hooks {
		if one.id == id {
			return one, nil
		}
	}
	return nil, engine.NotFound("webhook_not_found", "Webhook endpoint")
}

func (h *holdings) hookAt(address string) *hook {
	for _, one := range h.hooks {
		if one.url == address {
			return one
		}
	}
	return nil
}

// checkHookURL wants HTTPS, as v3 does. A receiver on this machine may do without, because the
// sandbox reaches no other.
func checkHookURL(address string) *engine.Error {
	at, err := url.Parse(address)
	if err != nil || at.Hostname() == "" || at.Scheme != "https" && (at.Scheme != "http" || !delivery.IsLocal(at.Hostname())) {
		return engine.Invalid("url", "'url' must be a publicly accessible HTTPS URL.")
	}
	return nil
}

func showHook(h *hook) map[string]any {
	out := map[string]any{
		"endpoint_id": h.id,
		"url":         h.url,
		"status":      "enabled", // v3 has another word and does not say what brings it about
		"events":      nil,
		"created_at":  h.created.UTC().Format(time.RFC3339),
	}
	if h.events != nil {
		out["events"] = h.events
	}
	return out
}
