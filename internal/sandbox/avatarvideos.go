package sandbox

import (
	"math"
	"net/http"

	"heygen-mcp/internal/sandbox/engine"
)

// planAvatarVideo makes the job of a video in which one look speaks.
func (s *Sandbox) planAvatarVideo(r *http.Request, v *engine.Request, raw []byte) (*engine.Job, *engine.Error) {
	var in videoRequest
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if in.spoken() != 1 { // what is wrong with the request itself goes before what is not there
		_, apiErr := s.speech(r, v, "", &in.lineRequest, nil, true)
		return nil, apiErr
	}
	one, apiErr := s.usableLook(v, "avatar_id", in.AvatarID)
	if apiErr != nil {
		return nil, apiErr
	}
	return s.planSpeaker(r, v, &in, one, scene{element: avatarElement(one.id, &in.actRequest)})
}

// planImageVideo makes the job of a video in which a picture speaks. To every rule it is a photo
// avatar without a voice.
func (s *Sandbox) planImageVideo(r *http.Request, v *engine.Request, raw []byte) (*engine.Job, *engine.Error) {
	var in videoRequest
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if _, _, apiErr := s.openPart(r, v, in.Image, "image", "image"); apiErr != nil {
		return nil, apiErr
	}
	one := &look{kind: photoAvatar, engines: []string{engineIV}, group: &group{}}
	return s.planSpeaker(r, v, &in, one, scene{element: fileElement("image", in.Image)})
}

// planSpeaker makes the job of a video of one scene.
func (s *Sandbox) planSpeaker(
	r *http.Request, v *engine.Request, in *videoRequest, one *look, shown scene,
) (*engine.Job, *engine.Error) {
	said, apiErr := s.speech(r, v, "", &in.lineRequest, one, true)
	for _, check := range []func() *engine.Error{
		func() *engine.Error { return s.checkAct(v, "", &in.actRequest, one) },
		func() *engine.Error { return s.checkBackground(r, v, in, one) },
		func() *engine.Error { return s.checkOutput(r, v, &in.outputRequest) },
	} {
		if apiErr == nil {
			apiErr = check()
		}
	}
	if apiErr != nil {
		return nil, apiErr
	}
	shown.script = in.show(one.voiceID)
	if b := in.Background; b != nil {
		shown.background = b.show()
	}
	return planOutput(&in.outputRequest, &engine.Job{
		Price: videoPrice(in.engine(), one.kind, in.in4K(), said.Seconds),
		Media: said,
		Data:  &video{format: in.format(), scenes: []scene{shown}},
	}), nil
}

// planOutput adds to the job of a video what is asked of it as a whole.
func planOutput(in *outputRequest, j *engine.Job) *engine.Job {
	j.Kind, j.Title, j.Folder = videoJobs(), value(in.Title), value(in.FolderID)
	j.CallbackURL, j.CallbackID = value(in.CallbackURL), value(in.CallbackID)
	made := engine.DataOf[video](j)
	made.asked, made.captions = *in, in.captions()
	return j
}

// videoPrice is v3's price of a video in millionths of a dollar. in4K has prices of its own, but not of a photo on
// Avatar III, which has no 4k, and on Avatar V, for which none is published.
func videoPrice(model, kind string, in4K bool, length float64) int64 {
	photo := kind == photoAvatar
	perSecond := 0.0667
	switch {
	case model == engineV:
		perSecond = 0.12 // the newest that was published
	case model == engineIII && photo:
		perSecond = 0.0433
	case model == engineIII && in4K:
		perSecond = 0.02
	case model == engineIII:
		perSecond = 0.0167
	case photo && !in4K:
		perSecond = 0.05
	case !photo && in4K:
		perSecond = 0.0833
	}
	return int64(math.Round(length * perSecond * engine.MicroUSD))
}

// in4K reports whether a video is to be in 4K.
func (in *outputRequest) in4K() bool { return value(in.Resolution) == "4k" }
