package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/delivery"
	"heygen-mcp/internal/sandbox/engine"
)

// maxEvents is how many events an account's history keeps; the oldest are forgotten first.
const maxEvents = 1000

const batchFinished = "batch.finished"

// event is something that an account's endpoints were told.
type event struct {
	id, name string
	entity   string // the id of the job or batch that it is about
	data     map[string]any
	serial   int64
	created  time.Time
}

// sent is what a receiver gets of an event.
func (e *event) sent() delivery.Event { return delivery.Event{ID: e.id, Type: e.name, Data: e.data} }

// tellEnd tells of a job that ended: the endpoints that want to know, and the job's own callback.
func (s *Sandbox) tellEnd(j *engine.Job) {
	if j.Kind.Event == "" && j.CallbackURL == "" {
		return
	}
	word := "success"
	if j.Fails {
		word = "fail"
	}
	e := &event{name: eventName(j.Kind) + "." + word, entity: j.ID, data: s.eventData(j), created: j.Ends}
	if j.Kind.Event != "" {
		s.tellHooks(j.Owner, e)
	}
	if j.CallbackURL != "" {
		s.Deliveries.AddCallback(e.sent(), j.CallbackURL)
	}
}

// tellBatch tells once that the last item of a batch has ended. v3 does not publish what it sends;
// this is the batch as GET shows it, without its items.
func (s *Sandbox) tellBatch(b *engine.Batch) {
	if b.Kind.Name == assetJobs().Name {
		return // v3 says that uploads tell nobody, whatever callback_url they were given
	}
	now := s.Now()
	e := &event{name: batchFinished, entity: b.ID, created: now, data: map[string]any{
		"batch_id": b.ID, "title": engine.OrNull(b.Title), "status": b.Status(now),
		"total_items": len(b.Items), "counts_by_status": b.Counts(now),
	}}
	s.tellHooks(b.Owner, e)
	if b.CallbackURL != "" {
		s.Deliveries.AddCallback(e.sent(), b.CallbackURL)
	}
}

// tellHooks sends an event to those endpoints of an account that want it. One that nobody wants is
// in no history.
func (s *Sandbox) tellHooks(a *engine.Account, e *event) {
	owner := holdingsOf(a)
	for _, h := range owner.hooks {
		if h.entity != "" && h.entity != e.entity || h.events != nil && !slices.Contains(h.events, e.name) {
			continue
		}
		if e.id == "" {
			e.serial = s.NextSerial()
			e.id = "evt_" + s.NewID("event", a.Name, e.serial)
			owner.events = append(owner.events, e)
			if len(owner.events) > maxEvents {
				owner.events = slices.Delete(owner.events, 0, maxEvents/10)
			}
		}
		s.Deliveries.Add(e.sent(), h.endpoint)
	}
}

// eventData is what an event says of a job, as far as v3 publishes it. Of a kind whose payload is
// not known it is the job's id under the event's name, and why it failed.
func (s *Sandbox) eventData(j *engine.Job) map[string]any {
	r := j.Owner.From
	reason := j.Reason(s.Now())
	var data map[string]any
	switch {
	case j.Kind.Event == "avatar_video" && j.Fails:
		data = map[string]any{"video_id": j.ID, "msg": reason}
	case j.Kind.Event == "avatar_video":
		shown, _ := s.showVideo(r, j).(map[string]any)
		data = map[string]any{
			"video_id": j.ID, "url": shown["video_url"], "gif_download_url": shown["gif_url"],
			"video_page_url": shown["video_page_url"], "video_share_page_url": nil, "folder_id": shown["folder_id"],
		}
	case j.Kind.Event == "video_translate":
		shown, _ := s.showTranslation(r, j).(map[string]any)
		data = map[string]any{"video_translate_id": j.ID, "output_language": shown["output_language"]}
		if j.Fails {
			data["message"] = reason
		} else if data["url"] = shown["video_url"]; shown["video_url"] == nil {
			data["url"] = shown["audio_url"]
		}
	case j.Kind.Event == eventClipping:
		data = s.showClipping(r, j)
	default:
		data = map[string]any{entityName(j.Kind): j.ID}
		if j.Fails {
			data["message"] = reason
		}
	}
	data["callback_id"] = engine.OrNull(j.CallbackID)
	return data
}

// eventName is v3's word for a kind, or one like it where v3 has none: then only callbacks carry
// it.
func eventName(kind engine.JobKind) string {
	if kind.Event != "" {
		return kind.Event
	}
	return strings.ReplaceAll(kind.Name, " ", "_")
}

// entityName is what the id of a job is called where v3 does not publish it.
func entityName(kind engine.JobKind) string {
	switch kind.Event {
	case "hyperframes_video":
		return "render_id"
	case "instant_avatar", "photo_avatar_generation":
		return "avatar_id"
	case "proofread_creation":
		return "proofread_id"
	}
	if kind.Name == modelVideoJobs().Name {
		return "video_id"
	}
	return eventName(kind) + "_id"
}

// listEvents answers GET /v3/webhooks/events, the newest first. v3 does not say whether it lists
// what no endpoint took; here it does, because those are the ones somebody looks for.
func (s *Sandbox) listEvents(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	s.Settle(v.Account, s.Now())
	q := r.URL.Query()
	name, entity := q.Get("event_type"), q.Get("entity_id")
	var found []*event
	for _, e := range slices.Backward(holdingsOf(v.Account).events) {
		if (name == "" || e.name == name) && (entity == "" || e.entity == entity) {
			found = append(found, e)
		}
	}
	return engine.Paged(s.Engine, l, found,
		func(_ int, e *event) int64 { return e.serial },
		func(position, after int64) bool { return position < after },
		func(e *event) any {
			return map[string]any{
				"event_id": e.id, "event_type": e.name, "event_data": e.data, "created_at": e.created.UTC().Format(time.RFC3339),
			}
		}), nil
}

// listEventTypes answers GET /v3/webhooks/event-types with the names of the contract, in its order.
func (s *Sandbox) listEventTypes(*http.Request, *engine.Request) (any, *engine.Error) {
	types := []any{}
	for _, name := range s.Contract.Schemas["WebhookEventType"].Enum {
		types = append(types, map[string]any{"event_type": name, "description": describeEvent(fmt.Sprint(name))})
	}
	return engine.Page{Data: types}, nil
}

// describeEvent says when an event happens, or nothing of one that it does not know.
func describeEvent(name string) string {
	switch name {
	case batchFinished:
		return "Every item of a batch has ended."
	case "personalized_video":
		return "A personalized video is ready."
	case "video_translate.preflight.validation_failed":
		return "The input of a translation was refused before the work began."
	case "video_translate.preflight.download_failed":
		return "The input of a translation could not be fetched."
	}
	subjects := map[string]string{
		"ai_clipping":             "A clipping job",
		"avatar_video":            "A video",
		"avatar_video_caption":    "A captioned video",
		"avatar_video_gif":        "The GIF of a video",
		"filler_word_removal":     "A removal of filler words",
		"hyperframes_video":       "A HyperFrames render",
		"instant_avatar":          "A digital twin",
		"live_avatar":             "A live avatar",
		"photo_avatar_add_motion": "The motion of a photo avatar",
		"photo_avatar_generation": "A photo avatar",
		"photo_avatar_train":      "The training of a photo avatar",
		"podcast":                 "A podcast",
		"proofread_creation":      "A proofread",
		"video_agent":             "A Video Agent session",
		"video_translate":         "A translation",
	}
	endings := map[string]string{"success": " is done.", "fail": " has failed."}
	subject, ending, _ := strings.Cut(name, ".")
	if subjects[subject] == "" || endings[ending] == "" {
		return ""
	}
	return subjects[subject] + endings[ending]
}
