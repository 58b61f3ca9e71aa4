package sandbox

import (
	"heygen-mcp/internal/sandbox/delivery"
	"heygen-mcp/internal/sandbox/seeded"

	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
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
func (s *Sandbox) tellEnd(j *job) {
	if j.kind.event == "" && j.callbackURL == "" {
		return
	}
	word := "success"
	if j.fails {
		word = "fail"
	}
	e := &event{name: eventName(j.kind) + "." + word, entity: j.id, data: s.eventData(j), created: j.ends}
	if j.kind.event != "" {
		s.tellHooks(j.owner, e)
	}
	if j.callbackURL != "" {
		s.deliveries.AddCallback(e.sent(), j.callbackURL)
	}
}

// tellBatch tells once that the last item of a batch has ended. v3 does not publish what it sends; this is the batch as
// GET shows it, without its items.
func (s *Sandbox) tellBatch(b *batch) {
	if b.kind.name == assetJobs().name {
		return // v3 says that uploads tell nobody, whatever callback_url they were given
	}
	now := s.clock.Now()
	e := &event{name: batchFinished, entity: b.id, created: now, data: map[string]any{
		"batch_id": b.id, "title": orNull(b.title), "status": b.status(now),
		"total_items": len(b.items), "counts_by_status": b.counts(now),
	}}
	s.tellHooks(b.owner, e)
	if b.callbackURL != "" {
		s.deliveries.AddCallback(e.sent(), b.callbackURL)
	}
}

// tellHooks sends an event to those endpoints of an account that want it. One that nobody wants is in no history.
func (s *Sandbox) tellHooks(a *account, e *event) {
	for _, h := range a.hooks {
		if h.entity != "" && h.entity != e.entity || h.events != nil && !slices.Contains(h.events, e.name) {
			continue
		}
		if e.id == "" {
			e.serial = s.next()
			e.id = "evt_" + seeded.HexID(s.seed, "event", a.name, e.serial)
			a.events = append(a.events, e)
			if len(a.events) > maxEvents {
				a.events = slices.Delete(a.events, 0, maxEvents/10)
			}
		}
		s.deliveries.Add(e.sent(), h.endpoint)
	}
}

// eventData is what an event says of a job, as far as v3 publishes it. Of a kind whose payload is not known it is the
// job's id under the event's name, and why it failed.
func (s *Sandbox) eventData(j *job) map[string]any {
	r := j.owner.from
	reason := j.reason(s.clock.Now())
	var data map[string]any
	switch {
	case j.kind.event == "avatar_video" && j.fails:
		data = map[string]any{"video_id": j.id, "msg": reason}
	case j.kind.event == "avatar_video":
		shown, _ := s.showVideo(r, j).(map[string]any)
		data = map[string]any{
			"video_id": j.id, "url": shown["video_url"], "gif_download_url": shown["gif_url"],
			"video_page_url": shown["video_page_url"], "video_share_page_url": nil, "folder_id": shown["folder_id"],
		}
	case j.kind.event == "video_translate":
		shown, _ := s.showTranslation(r, j).(map[string]any)
		data = map[string]any{"video_translate_id": j.id, "output_language": shown["output_language"]}
		if j.fails {
			data["message"] = reason
		} else if data["url"] = shown["video_url"]; shown["video_url"] == nil {
			data["url"] = shown["audio_url"]
		}
	case j.kind.event == eventClipping:
		data = s.showClipping(r, j)
	default:
		data = map[string]any{entityName(j.kind): j.id}
		if j.fails {
			data["message"] = reason
		}
	}
	data["callback_id"] = orNull(j.callbackID)
	return data
}

// eventName is v3's word for a kind, or one like it where v3 has none: then only callbacks carry it.
func eventName(kind jobKind) string {
	if kind.event != "" {
		return kind.event
	}
	return strings.ReplaceAll(kind.name, " ", "_")
}

// entityName is what the id of a job is called where v3 does not publish it.
func entityName(kind jobKind) string {
	switch kind.event {
	case "hyperframes_video":
		return "render_id"
	case "instant_avatar", "photo_avatar_generation":
		return "avatar_id"
	case "proofread_creation":
		return "proofread_id"
	}
	return eventName(kind) + "_id"
}

// listEvents answers GET /v3/webhooks/events, the newest first. v3 does not say whether it lists what no endpoint took;
// here it does, because those are the ones somebody looks for.
func (s *Sandbox) listEvents(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	s.settle(v.account, s.clock.Now())
	q := r.URL.Query()
	name, entity := q.Get("event_type"), q.Get("entity_id")
	var found []*event
	for _, e := range slices.Backward(v.account.events) {
		if (name == "" || e.name == name) && (entity == "" || e.entity == entity) {
			found = append(found, e)
		}
	}
	return paged(s, l, found,
		func(_ int, e *event) int64 { return e.serial },
		func(position, after int64) bool { return position < after },
		func(e *event) any {
			return map[string]any{
				"event_id": e.id, "event_type": e.name, "event_data": e.data, "created_at": e.created.UTC().Format(time.RFC3339),
			}
		}), nil
}

// listEventTypes answers GET /v3/webhooks/event-types with the names of the contract, in its order.
func (s *Sandbox) listEventTypes(*http.Request, *visit) (any, *apiError) {
	types := []any{}
	for _, name := range s.contract.Schemas["WebhookEventName"].Enum {
		types = append(types, map[string]any{"event_type": name, "description": describeEvent(fmt.Sprint(name))})
	}
	return page{Data: types}, nil
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
