package tools

import (
	"context"
	"net"
	"net/url"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

type createWebhookInput struct {
	URL      string   `json:"url" callback:"true" required:"true" len:"1-" doc:"Public HTTPS URL that takes POSTs."`
	Events   []string `json:"events" doc:"From list_webhook_event_types. Omitted: all."`
	EntityID *string  `json:"entity_id" doc:"Only events about this id."`
	engine.Keyed
}

type updateWebhookInput struct {
	EndpointID string   `json:"endpoint_id" in:"path" required:"true" doc:"From list_webhook_endpoints."`
	URL        *string  `json:"url" callback:"true" doc:"New HTTPS URL."`
	Events     []string `json:"events" doc:"The whole new list; what it leaves out ends."`
}

// webhookID is the input of a tool about one endpoint.
type webhookID struct {
	EndpointID string `json:"endpoint_id" in:"path" required:"true" doc:"From list_webhook_endpoints."`
}

type rotateWebhookInput struct {
	webhookID
	IdempotencyKey *string `json:"idempotency_key" in:"-" pattern:"^[A-Za-z0-9_:.-]{1,255}$" doc:"Same key within 24 h: replaced once, and the same secret answered. Omitted: every call replaces it."`
}

type listWebhooksInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"10" obvious:"true" doc:"Items a page."`
	pageToken
}

type listEventsInput struct {
	EventType *string `json:"event_type" in:"query" doc:"From list_webhook_event_types."`
	EntityID  *string `json:"entity_id" in:"query" doc:"Only about this id, e.g. a video's."`
	listWebhooksInput
}

// webhook is v3's endpoint. Its secret is there only when it is new.
type webhook struct {
	EndpointID string   `json:"endpoint_id"`
	URL        string   `json:"url"`
	Events     []string `json:"events"`
	Status     string   `json:"status"`
	Secret     string   `json:"secret"`
	CreatedAt  string   `json:"created_at"`
}

// rotatedWebhook is what a rotation answers.
type rotatedWebhook struct {
	EndpointID string `json:"endpoint_id"`
	Secret     string `json:"secret"`
}

// deletedWebhook is the answer to a deletion, of which v3 does not publish more.
type deletedWebhook struct {
	EndpointID string `json:"endpoint_id"`
}

func webhookTools() []engine.BoundTool {
	rotate := heygen.Op{Method: "POST", Path: "/v3/webhooks/endpoints/{endpoint_id}/rotate-secret", Key: true}
	return []engine.BoundTool{
		engine.Tool[listWebhooksInput, page]{
			Name:        "list_webhook_endpoints",
			Title:       "List webhook endpoints",
			Asked:       "which urls receive hooks registered callbacks",
			Description: "The URLs that HeyGen tells of events, and which events. Their secrets are not shown.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/webhooks/endpoints"},
			ListFields:  []string{"endpoint_id", "url", "events", "status", "created_at"},
		}.Bind(),
		engine.Tool[createWebhookInput, webhook]{
			Name:  "create_webhook_endpoint",
			Title: "Register a webhook endpoint",
			Asked: "notify tell my server when ready done ping push instead of polling POST ask us film slack zapier " +
				"make integration callback hook crm inform our backend automatically",
			Description: "Has HeyGen POST events to a URL of the user's. Answers with the secret that signs them, shown only " +
				"this once. A URL can be registered once.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/webhooks/endpoints", Key: true},
			VerifyWith: "list_webhook_endpoints",
			Augment: func(in *createWebhookInput, r *engine.Result[webhook]) {
				r.NextStep = secretStep(r.Out.Secret)
				if len(in.Events) == 0 { // also where an empty list was sent, as forms do
					r.Note = "It names no events, so the endpoint is told of all."
				}
			},
		}.Bind(),
		engine.Tool[updateWebhookInput, webhook]{
			Name:  "update_webhook_endpoint",
			Title: "Change a webhook endpoint",
			Asked: "move url stop some events other moved address hook",
			Description: "Changes an endpoint's URL, its events, or both. The events given replace the whole list. The " +
				"secret stays.",
			Effect:     engine.Changes,
			Op:         heygen.Op{Method: "PATCH", Path: "/v3/webhooks/endpoints/{endpoint_id}"},
			VerifyWith: "list_webhook_endpoints",
		}.Bind(),
		engine.Tool[webhookID, deletedWebhook]{
			Name:  "delete_webhook_endpoint",
			Title: "Delete a webhook endpoint",
			Asked: "unsubscribe hook crm stop calling cancel callbacks remove",
			Description: "Ends the deliveries to an endpoint for good. Registering its URL again soon after takes a new " +
				"idempotency_key.",
			Effect:     engine.Deletes,
			Op:         heygen.Op{Method: "DELETE", Path: "/v3/webhooks/endpoints/{endpoint_id}"},
			VerifyWith: "list_webhook_endpoints",
		}.Bind(),
		engine.Tool[rotateWebhookInput, rotatedWebhook]{
			Name:  "rotate_webhook_endpoint_secret",
			Title: "Replace a webhook endpoint's secret",
			Asked: "hook signature key signing leaked got out compromised new secret stolen",
			Description: "Makes a new signing secret, shown only this once. The old one ends at once: until the receiver has " +
				"the new one, it cannot verify deliveries.",
			Effect: engine.Deletes,
			Op:     rotate,
			Run: func(ctx context.Context, c *engine.Call, in *rotateWebhookInput) (*engine.Result[rotatedWebhook], error) {
				c.RandomKey(in.IdempotencyKey)
				return engine.Fetch[rotatedWebhook](ctx, c, rotate, in)
			},
			Augment: func(_ *rotateWebhookInput, r *engine.Result[rotatedWebhook]) { r.NextStep = secretStep(r.Out.Secret) },
		}.Bind(),
		engine.Tool[noArguments, page]{
			Name:        "list_webhook_event_types",
			Title:       "List webhook event types",
			Asked:       "listen subscribe available kinds choose which events can be notified",
			Description: "Every type of event that an endpoint can ask for, and when it happens.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/webhooks/event-types"},
		}.Bind(),
		engine.Tool[listEventsInput, page]{
			Name:  "list_webhook_events",
			Title: "List webhook events",
			Asked: "posted received sent deliveries who got notified arrived delivered hook log failed calls history",
			Description: "Events that the account's endpoints were sent, newest first. detail full adds event_data, what " +
				"each said.",
			Op:         heygen.Op{Method: "GET", Path: "/v3/webhooks/events"},
			ListFields: []string{"event_id", "event_type", "created_at"},
		}.Bind(),
	}
}

// secretStep says what to do with a secret that no later call shows, "" where there is none.
func secretStep(secret string) string {
	if secret == "" {
		return ""
	}
	return "Give the secret to the receiver now; nothing shows it again. Heygen-Signature is the hex HMAC-SHA256 of the " +
		"raw body under it."
}

// Check holds the URL.
func (in *createWebhookInput) Check(path string) *faults.Fault {
	return overHTTPS(faults.Join(path, "url"), in.URL)
}

// Check holds that something is changed.
func (in *updateWebhookInput) Check(path string) *faults.Fault {
	switch {
	case in.URL == nil && in.Events == nil:
		return faults.Invalid(faults.Join(path, "url"), "url or events is needed: this would change nothing.", "Send the new url, the whole new list of events, or both.")
	case in.URL != nil:
		return overHTTPS(faults.Join(path, "url"), *in.URL)
	}
	return nil
}

// overHTTPS refuses plain HTTP, over which HeyGen delivers nothing. A host of this machine passes: a sandbox takes it,
// and HeyGen refuses it by itself.
func overHTTPS(param, address string) *faults.Fault {
	at, err := url.Parse(address)
	if err != nil || !strings.EqualFold(at.Scheme, "http") {
		return nil // what is no URL at all is HeyGen's to judge
	}
	if ip := net.ParseIP(at.Hostname()); at.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return faults.Invalid(param, param+" must begin with https://: HeyGen delivers to no other.", "Send the receiver's "+
		"public HTTPS URL.")
}
