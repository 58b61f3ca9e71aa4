package tools

import (
	"context"
	"fmt"
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/vocabulary"
)

type avatarCreatorInput struct {
	From *string `json:"from" enum:"photo,prompt,footage" doc:"What it is made of; omitted: the user chooses."`
	Name *string `json:"name" doc:"Name of the avatar."`
}

// avatarCreator is what open_avatar_creator answers: what an avatar can be made of.
type avatarCreator struct {
	From string      `json:"from,omitempty"`
	Name string      `json:"name,omitempty"`
	Ways []avatarWay `json:"ways"`
}

// avatarWay is a way to make an avatar.
type avatarWay struct {
	From    string   `json:"from"`
	Needs   string   `json:"needs"`
	Tool    string   `json:"tool"`
	CostUSD *float64 `json:"cost_usd,omitempty"`
}

// avatarWays are all of them.
func avatarWays() []avatarWay {
	price := prices.Avatar
	return []avatarWay{
		{"photo", "one clear photo of a face, PNG or JPEG", "create_photo_avatar", &price},
		{"prompt", "a person, clothes and place in words", "create_prompt_avatar", nil},
		{"footage", "15 to 600 s of video of one person, who must consent", "create_digital_twin", &price},
	}
}

// openAvatarCreatorTool makes nothing: its page does, once its user has chosen.
func openAvatarCreatorTool() engine.BoundTool {
	return engine.Tool[avatarCreatorInput, avatarCreator]{
		Name:  "open_avatar_creator",
		Title: "Open the avatar creator",
		Asked: "wizard form page",
		Description: "Lets the user make an avatar of a photo, words or footage on a page, where the client has one; else " +
			"says what each needs. Makes nothing itself.",
		Run: func(_ context.Context, _ *engine.Call, in *avatarCreatorInput) (*engine.Result[avatarCreator], error) {
			r := engine.Made(avatarCreator{From: valueOf(in.From), Name: valueOf(in.Name), Ways: avatarWays()})
			r.NextStep = "If the user sees a page, wait for what they do there. Otherwise ask what the avatar is made of; a " +
				"file is uploaded with create_asset_upload first."
			return r, nil
		},
	}.Bind()
}

type createAvatarInput struct {
	From    string  `json:"from" required:"true" enum:"photo,prompt,footage" doc:"What it is made of."`
	Name    string  `json:"name" required:"true" len:"1-" doc:"Name of the avatar."`
	AssetID *string `json:"asset_id" doc:"The photo or footage, once uploaded."`
	Prompt  *string `json:"prompt" len:"1-1000" doc:"The person in words."`
}

// createAvatarTool makes an avatar for the page on which its user has decided to.
func createAvatarTool(ch *choice.Choice) engine.BoundTool {
	return engine.Tool[createAvatarInput, startedAvatar]{
		Name:  "create_avatar",
		Title: "Create an avatar",
		Description: "Makes an avatar as create_photo_avatar, create_prompt_avatar and create_digital_twin do, for the " +
			"page of open_avatar_creator.",
		Effect: engine.Creates,
		PassOn: func(ctx context.Context, c *engine.Call, in *createAvatarInput) engine.Outcome {
			arguments, needs := map[string]any{"name": in.Name}, ""
			switch {
			case in.From == "prompt" && in.Prompt == nil:
				needs = "prompt"
			case in.From == "prompt":
				arguments["prompt"] = *in.Prompt
			case in.AssetID == nil:
				needs = "asset_id"
			default:
				arguments["file"] = map[string]any{"type": "asset_id", "asset_id": *in.AssetID}
			}
			if needs != "" {
				return refusedOutcome(faults.Invalid(needs, needs+" is required for an avatar from "+in.From+".", "Send it."))
			}
			ways := avatarWays()
			way := ways[slices.IndexFunc(ways, func(w avatarWay) bool { return w.From == in.From })] // the choices of from
			return passOn(ctx, c, ch, way.Tool, arguments)
		},
	}.Bind()
}

type avatarStatusInput struct {
	LookID string `json:"look_id" required:"true" len:"1-255" doc:"From the create."`
}

// Translate reads the other names of the id.
func (avatarStatusInput) Translate(object map[string]any) {
	adoptName(object, "look_id", "lookId", "avatar_id", "avatarId", "id")
}

// avatarStatusTool tells how far an avatar is.
func avatarStatusTool(ch *choice.Choice) engine.BoundTool {
	return engine.Tool[avatarStatusInput, look]{
		Name:        "get_avatar_creation_status",
		Title:       "Get how far a new avatar is",
		Description: "Whether an avatar in the making can be used yet. Answers as get_avatar_look does.",
		PassOn: func(ctx context.Context, c *engine.Call, in *avatarStatusInput) engine.Outcome {
			return passOn(ctx, c, ch, "get_avatar_look", map[string]any{"look_id": in.LookID})
		},
	}.Bind()
}

type prepareVideoInput struct {
	AvatarID string  `json:"avatar_id" required:"true" len:"1-255" doc:"A look's id."`
	Script   string  `json:"script" required:"true" len:"1-5000" doc:"What is said."`
	VoiceID  *string `json:"voice_id" in:"-" doc:"Omitted: the look's own."`
	Title    *string `json:"title" in:"-" doc:"Title of the video."`
}

// Translate reads the other name of the id.
func (prepareVideoInput) Translate(object map[string]any) {
	adoptName(object, "avatar_id", "look_id", "lookId")
}

// preparedVideo is what prepare_avatar_video answers: a video that can be made, and what it comes to.
type preparedVideo struct {
	LookID string `json:"look_id"`
	Name   string `json:"name"`
	State  string `json:"state,omitempty"`
	Image  string `json:"preview_image_url,omitempty"`
	engine.Cost
	Seconds *float64 `json:"estimated_duration_seconds,omitempty"`
	// Arguments are those of create_video_from_avatar.
	Arguments map[string]any `json:"arguments"`
}

// prepareAvatarVideoTool makes nothing: it says what a video of an avatar would be.
func prepareAvatarVideoTool(ch *choice.Choice) engine.BoundTool {
	return engine.Tool[prepareVideoInput, preparedVideo]{
		Name:        "prepare_avatar_video",
		Title:       "Prepare a video of an avatar",
		Asked:       "check first",
		Description: "Arguments ready for create_video_from_avatar for a look and a script, and their cost. Makes nothing.",
		Also:        []heygen.Op{lookOp()},
		Reads:       []string{"name", "default_voice_id", "preview_image_url", "status"},
		Run: func(ctx context.Context, c *engine.Call, in *prepareVideoInput) (*engine.Result[preparedVideo], error) {
			return prepareVideo(ctx, c, ch, in)
		},
	}.Bind()
}

func prepareVideo(
	ctx context.Context, c *engine.Call, ch *choice.Choice, in *prepareVideoInput,
) (*engine.Result[preparedVideo], error) {
	data, err := c.Engine().Do(ctx, lookOp(), &lookID{LookID: in.AvatarID})
	if err != nil {
		return nil, err
	}
	of := engine.View[look](data)
	out := preparedVideo{LookID: in.AvatarID, Name: of.Name, State: of.State, Image: of.Image, Arguments: map[string]any{
		"avatar_id": in.AvatarID, "script": in.Script,
	}}
	for name, given := range map[string]*string{"voice_id": in.VoiceID, "title": in.Title} {
		if given != nil {
			out.Arguments[name] = *given
		}
	}
	if out.Arguments["voice_id"] == nil && of.Voice != "" {
		out.Arguments["voice_id"] = of.Voice
	}
	r := engine.Made(out)
	create, ok := ch.Find("create_video_from_avatar")
	if !ok {
		return r, nil
	}
	raw, err := jsonwrite.Marshal(out.Arguments)
	if err != nil {
		return nil, fmt.Errorf("writing the arguments of a video: %w", err)
	}
	e, err := c.Engine().EstimateOf(ctx, create, raw)
	if err != nil {
		return nil, err
	}
	if e != nil {
		told := map[string]any{}
		e.Tell(told)
		r.Out.CostUSD, r.Out.Seconds = numberIn(told, "estimated_cost_usd"), numberIn(told, "estimated_duration_seconds")
	}
	r.NextStep = "Show the user what it costs, then call create_video_from_avatar with the arguments."
	if of.State != "" && of.State != string(vocabulary.Done) {
		r.NextStep = "The look is not ready yet: get_avatar_creation_status tells when. Then call create_video_from_avatar " +
			"with the arguments."
	}
	return r, nil
}
