package tools

import (
	"cmp"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prices"
)

// newAvatar is what all avatars to be made have.
type newAvatar struct {
	Name    string  `json:"name" required:"true" len:"1-" doc:"Name of the look."`
	GroupID *string `json:"avatar_group_id" doc:"Avatar it becomes a look of; omitted: a new one."`
}

type createPromptAvatarInput struct {
	Prompt string `json:"prompt" required:"true" len:"1-1000" doc:"Person, clothes and place in words."`
	newAvatar
	AvatarID    *string       `json:"avatar_id" doc:"Own look to resemble; the new one joins its avatar."`
	Images      []InlineMedia `json:"reference_images" len:"0-3" opaque:"true" doc:"Up to 3 of {url} or {asset_id}."`
	AspectRatio *string       `json:"aspect_ratio" enum:"16:9,9:16,4:5,5:4,1:1,auto" sent:"auto" doc:"auto: a reference image's."`
	engine.Paid
	engine.Keyed
}

type createPhotoAvatarInput struct {
	File InlineMedia `json:"file" required:"true" opaque:"true" doc:"Photo: {url} or {asset_id}."`
	newAvatar
	engine.Paid
	engine.Keyed
}

type createDigitalTwinInput struct {
	File InlineMedia `json:"file" required:"true" opaque:"true" doc:"Footage, 15 to 600 s: {url} or {asset_id}."`
	newAvatar
	engine.Paid
	engine.Keyed
}

type createConsentInput struct {
	groupID
	Reroute *string      `json:"reroute_url" doc:"Where the person is sent afterwards."`
	Text    *string      `json:"consent_text" len:"0-1000" pattern:"^[^<>]*$" doc:"Own wording; Enterprise only."`
	Video   *InlineMedia `json:"consent_video" opaque:"true" doc:"{url} or {asset_id}: the person agreeing, instead of a link; Enterprise only."`
	engine.Keyed
}

// Check holds that a video is all there is to a consent by video.
func (in *createConsentInput) Check(string) *faults.Fault {
	if in.Video != nil && (in.Reroute != nil || in.Text != nil) {
		return faults.Invalid("consent_video", "consent_video takes neither reroute_url nor consent_text with it.", "Send it alone, or leave it out to get a link.")
	}
	return nil
}

// startedAvatar is the answer to a create whose training runs on.
type startedAvatar struct {
	LookID string         `json:"look_id"`
	Group  string         `json:"group_id"`
	Item   map[string]any `json:"avatar_item"`
	Avatar map[string]any `json:"avatar_group"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedAvatar) JobIDs() []string { return []string{o.LookID} }

// avatarConsent is what create_avatar_consent answers.
type avatarConsent struct {
	URL    string         `json:"url"`
	Avatar map[string]any `json:"avatar_group"`
}

// withGroup has the id of the look's avatar, which v3 gives within what it made.
func (o *startedAvatar) withGroup() { o.Group = cmp.Or(engine.View[group](o.Avatar).ID, o.Group) }

func avatarCreationTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createPromptAvatarInput, startedAvatar]{
			Name:  "create_prompt_avatar",
			Title: "Create an avatar from a prompt",
			Asked: "imaginary cartoon fictional character dream up robot wizard animal new look outfit clothes invent " +
				"fantasy mascot fictitious synthetic describe mythical alien superhero brand astronaut spaceman knight " +
				"dragon mascot",
			Description: "Invents a person, or a new look of an own avatar. Answers at once; wait_for_jobs tells when the " +
				"look_id can be the avatar_id of a video.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/avatars", Variant: "prompt", Key: true},
			Job:      "avatar_look",
			Estimate: unpriced[createPromptAvatarInput]("avatars made from words"),
			Augment:  func(_ *createPromptAvatarInput, r *engine.Result[startedAvatar]) { r.Out.withGroup() },
		}.Bind(),
		engine.Tool[createPhotoAvatarInput, startedAvatar]{
			Name:  "create_photo_avatar",
			Title: "Create an avatar from a photo",
			Asked: "selfie portrait headshot myself me into picture talk grandmother dog pet relative snapshot statue " +
				"painting jpg animate alive living",
			Description: "Makes an avatar of one photo. Answers at once; wait_for_jobs tells when the look_id can be the " +
				"avatar_id of a video. Charged once it is done.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/avatars", Variant: "photo", Key: true},
			Job:      "avatar_look",
			Estimate: flatPrice[createPhotoAvatarInput](prices.Avatar, "a photo avatar"),
			Augment:  func(_ *createPhotoAvatarInput, r *engine.Result[startedAvatar]) { r.Out.withGroup() },
		}.Bind(),
		engine.Tool[createDigitalTwinInput, startedAvatar]{
			Name:  "create_digital_twin",
			Title: "Create a digital twin from footage",
			Asked: "train recording footage clone myself me face colleague record film once reuse forever my double " +
				"virtual version of employee boss CEO instructor webcam filmed himself herself director he she",
			Description: "Trains an avatar on video of a real person, whose consent is needed before any video: " +
				"create_avatar_consent. Answers at once. Charged once it is done.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/avatars", Variant: "digital_twin", Key: true},
			Job:      "avatar_look",
			Estimate: flatPrice[createDigitalTwinInput](prices.Avatar, "a digital twin"),
			Augment: func(_ *createDigitalTwinInput, r *engine.Result[startedAvatar]) {
				r.Out.withGroup()
				r.NextStep = "The person shown must consent before any video: create_avatar_consent with this group_id makes a " +
					"link for them. wait_for_jobs tells when the twin is trained."
			},
		}.Bind(),
		engine.Tool[createConsentInput, avatarConsent]{
			Name:  "create_avatar_consent",
			Title: "Ask for consent to a digital twin",
			Asked: "agree permission allow release signature legal filmed person legally sign form rights likeness " +
				"authorize paperwork waiver okay blessing before we use her his",
			Description: "Makes a link, good for one use within 24 hours, by which the person shown agrees to their twin. " +
				"get_avatar_group tells by consent_status whether they did.",
			Effect: engine.Creates,
			Op:     createConsentOp(),
			Again:  true, // it makes nothing but another link
			Also:   []heygen.Op{getGroupOp()},
			Reads:  []string{"consent_status"},
			Run:    createConsent,
			Augment: func(_ *createConsentInput, r *engine.Result[avatarConsent]) {
				if r.Out.URL != "" {
					r.NextStep = "Give the url to the person shown: only they can consent. Once they have, the twin can be used."
				}
			},
			ConsentLink: func(out *avatarConsent) (link, why string) {
				return out.URL, "The person shown agrees to their digital twin on this page of HeyGen's. It is good for one use " +
					"within 24 hours."
			},
		}.Bind(),
	}
}

// avatarLookJob is a look in training.
func avatarLookJob() jobs.Kind {
	return jobs.Kind{
		Name:      "avatar_look",
		Get:       heygen.Op{Method: "GET", Path: "/v3/avatars/looks/{look_id}"},
		Ref:       func(id string) any { return &lookID{LookID: id} },
		Member:    "avatar_item",
		Files:     []string{"preview_image_url", "preview_video_url"},
		Tells:     []string{"group_id"},
		States:    trainingStates(),
		NeedsUser: map[string]string{"pending_consent": "It is trained, and the person shown must consent: create_avatar_consent with its group_id makes a link for them to open."},
		ListTool:  "list_avatar_looks",
		// The training is over, and paid for, whether or not they ever consent.
		DoneAsking: true,
	}
}
