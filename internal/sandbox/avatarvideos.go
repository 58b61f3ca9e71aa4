package sandbox

import (
	"math"
	"net/http"
)

// planAvatarVideo makes the job of a video in which one look speaks.
func (s *Sandbox) planAvatarVideo(r *http.Request, v *visit, raw []byte) (*job, *apiError) {
	var in videoRequest
	if apiErr := decode(raw, &in); apiErr != nil {
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

// planImageVideo makes the job of a video in which a picture speaks. To every rule it is a photo avatar without a voice.
func (s *Sandbox) planImageVideo(r *http.Request, v *visit, raw []byte) (*job, *apiError) {
	var in videoRequest
	if apiErr := decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if _, _, apiErr := s.openPart(r, v, in.Image, "image", "image"); apiErr != nil {
		return nil, apiErr
	}
	one := &look{kind: photoAvatar, engines: []string{engineIV}, group: &group{}}
	return s.planSpeaker(r, v, &in, one, scene{element: fileElement("image", in.Image)})
}

// planSpeaker makes the job of a video of one scene.
func (s *Sandbox) planSpeaker(r *http.Request, v *visit, in *videoRequest, one *look, shown scene) (*job, *apiError) {
	said, apiErr := s.speech(r, v, "", &in.lineRequest, one, true)
	for _, check := range []func() *apiError{
		func() *apiError { return s.checkAct(v, "", &in.actRequest, one) },
		func() *apiError { return s.checkBackground(r, v, in, one) },
		func() *apiError { return s.checkOutput(r, v, &in.outputRequest) },
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
	return planOutput(&in.outputRequest, &job{
		price: videoPrice(in.engine(), one.kind, said.Seconds),
		media: said,
		data:  &video{format: in.format(), scenes: []scene{shown}},
	}), nil
}

// planOutput adds to the job of a video what is asked of it as a whole.
func planOutput(in *outputRequest, j *job) *job {
	j.kind, j.title, j.folder = videoJobs(), value(in.Title), value(in.FolderID)
	j.callbackURL, j.callbackID = value(in.CallbackURL), value(in.CallbackID)
	made := dataOf[video](j)
	made.asked, made.captions = *in, in.captions()
	return j
}

// videoPrice is v3's price of a video in millionths of a dollar.
func videoPrice(engine, kind string, length float64) int64 {
	perSecond := 0.0667
	switch {
	case engine == engineIII && kind == photoAvatar:
		perSecond = 0.0433
	case engine == engineIII:
		perSecond = 0.0167
	case engine == engineIV && kind == photoAvatar:
		perSecond = 0.05
	}
	return int64(math.Round(length * perSecond * microUSD))
}
