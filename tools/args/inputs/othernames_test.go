package inputs_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args/inputs"
)

// renamed has arguments that others call otherwise.
type renamed struct {
	Look  *string  `json:"avatar_id" doc:"x"`
	Voice *string  `json:"voice_id" doc:"x"`
	IDs   []string `json:"ids" doc:"x"`
	Title *string  `json:"title" doc:"x"`
}

// TestForeign holds which argument a name of another API means: the first of its group that there is.
func TestForeign(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[renamed]())
	for name, want := range map[string]string{
		"talkingPhoto": "avatar_id", "look_id": "avatar_id", "Speaker": "voice_id", "job-ids": "ids", "video_name": "title", "voice_id": "voice_id",
		"gain": "", "nothing": "", "": "",
	} {
		if got, known := p.Foreign(name); got != want || known != (want != "") {
			t.Errorf("%q is %q, %t; want %q", name, got, known, want)
		}
	}
}

// TestIDsUnderOtherNames holds under which names an object may give an id.
func TestIDsUnderOtherNames(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[renamed]())
	for name, others := range map[string]map[string]bool{
		"avatar_id": {"look_id": true, "talking_photo_id": true, "avatar_look_id": true, "voice_id": false, "presenter": false, "folder_id": false},
		"voice_id":  {"speaker_id": true, "avatar_id": false},
		"ids":       {"video_id": true, "whatever_id": true, "id": false, "jobs": false},
		"title":     {"look_id": false, "name": false},
	} {
		f, _ := p.Lookup(name)
		for other, want := range others {
			if got := f.IsIDUnder(other); got != want {
				t.Errorf("whether %s is an id under %s is %t, want %t", name, other, got, want)
			}
		}
	}
}
