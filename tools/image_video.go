package tools

// createImageVideo is the input of create_video_from_image.
type createImageVideo struct {
	imageVideo
	inFolder
	keyed
}

// imageVideo is a video of an image that speaks, alone or in a batch.
type imageVideo struct {
	Image *InlineMedia `json:"image" need:"yes" show:"object" doc:"{type: url, url}, {type: asset_id, asset_id} or {type: base64, media_type, data}."`
	spoken
	speaker
	videoOutput
}

// check holds v3's rules between the fields.
func (v *imageVideo) check(path string) *Refusal {
	if r := v.spoken.check(path); r != nil {
		return r
	}
	if r := v.checkVoice(path); r != nil {
		return r
	}
	return v.speaker.check(path)
}

// estimate adds what the video is likely to cost and take: an image is animated as avatar_iv does it.
func (v *imageVideo) estimate(res map[string]any) {
	estimate(res, &v.spoken, "avatar_iv", v.Resolution)
}
