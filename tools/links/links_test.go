package links_test

import (
	"testing"

	"heygen-mcp/tools/links"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]links.Given{
		"https://a.example/b.mp4":                                    {Kind: links.URL, Value: "https://a.example/b.mp4"},
		" HTTPS://a.example/b.mp4 ":                                  {Kind: links.URL, Value: "HTTPS://a.example/b.mp4"},
		"files.acme.com/b.mp4":                                       {Kind: links.URL, Value: "https://files.acme.com/b.mp4"},
		"//files.acme.co.uk/b.mp4":                                   {Kind: links.URL, Value: "https://files.acme.co.uk/b.mp4"},
		"www.acme.com":                                               {Kind: links.URL, Value: "https://www.acme.com"},
		"acme.com:8443/b":                                            {Kind: links.URL, Value: "https://acme.com:8443/b"},
		"ast_0123":                                                   {Kind: links.ID, Value: "ast_0123"},
		"0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b":                           {Kind: links.ID, Value: "0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b"},
		"/home/mia/talk.mp4":                                         {Kind: links.Path, Value: "/home/mia/talk.mp4"},
		`C:\Users\Mia\talk.mp4`:                                      {Kind: links.Path, Value: `C:\Users\Mia\talk.mp4`},
		"c:/talk.mp4":                                                {Kind: links.Path, Value: "c:/talk.mp4"},
		`\\server\share\talk.mp4`:                                    {Kind: links.Path, Value: `\\server\share\talk.mp4`},
		"~/talk.mp4":                                                 {Kind: links.Path, Value: "~/talk.mp4"},
		"./talk":                                                     {Kind: links.Path, Value: "./talk"},
		"videos/talk.mp4":                                            {Kind: links.Path, Value: "videos/talk.mp4"},
		"talk.mov":                                                   {Kind: links.Path, Value: "talk.mov"},
		"my talk.MP4":                                                {Kind: links.Path, Value: "my talk.MP4"},
		"file:///home/mia/talk.mp4":                                  {Kind: links.Path, Value: "file:///home/mia/talk.mp4"},
		"s3://bucket/talk.mp4":                                       {Kind: links.Foreign, Value: "s3://bucket/talk.mp4", Host: "s3"},
		"data:image/png;base64,AAAA":                                 {Kind: links.Data, MediaType: "image/png", Base64: "AAAA"},
		"data:text/plain;charset=utf-8,a%20b":                        {Kind: links.Data, MediaType: "text/plain", Base64: "YSBi"},
		"1\n00:00:01,000 --> 00:00:02,000\nHello":                    {Kind: links.Text, Value: "1\n00:00:01,000 --> 00:00:02,000\nHello"},
		"https://www.youtube.com/watch?v=abc":                        {Kind: links.Page, Value: "https://www.youtube.com/watch?v=abc", Host: "youtube.com"},
		"(https://a.example/b.mp4)":                                  {Kind: links.URL, Value: "https://a.example/b.mp4"},
		"url: https://a.example/b.mp4":                               {Kind: links.URL, Value: "https://a.example/b.mp4"},
		"The talk: https://a.example/b.mp4.":                         {Kind: links.URL, Value: "https://a.example/b.mp4"},
		"My talk (see https://a.example/b_(1).mp4), please":          {Kind: links.URL, Value: "https://a.example/b_(1).mp4"},
		"https://a.example/b.mp4.":                                   {Kind: links.URL, Value: "https://a.example/b.mp4"},
		"https:/a.example/b.mp4":                                     {Kind: links.URL, Value: "https://a.example/b.mp4"},
		"https//a.example/b.mp4":                                     {Kind: links.URL, Value: "https://a.example/b.mp4"},
		`http:\\a.example\b.mp4`:                                     {Kind: links.URL, Value: "http://a.example/b.mp4"},
		"https://https://a.example/b.mp4":                            {Kind: links.URL, Value: "https://a.example/b.mp4"},
		"https://a.example/b.mp4, https://a.example/c.mp4":           {Kind: links.Several, Value: "https://a.example/b.mp4, https://a.example/c.mp4"},
		"https://a.example/b.mp4\nhttps://c.example":                 {Kind: links.Several, Value: "https://a.example/b.mp4\nhttps://c.example"},
		"https://a.example/?u=https://c.example":                     {Kind: links.URL, Value: "https://a.example/?u=https://c.example"},
		"blob:https://a.example/b":                                   {Kind: links.Path, Value: "blob:https://a.example/b"},
		"http://127.0.0.1:8080/v/0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b":   {Kind: links.Video, Value: "0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b", Host: "127.0.0.1"},
		"mcp.acme.com/heygen/v/0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b/":    {Kind: links.Video, Value: "0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b", Host: "mcp.acme.com"},
		"https://a.example/v/talk":                                   {Kind: links.URL, Value: "https://a.example/v/talk"},
		"https://gitlab.com/o/r/-/blob/main/t.mp4":                   {Kind: links.URL, Value: "https://gitlab.com/o/r/-/raw/main/t.mp4"},
		"https://gitlab.com/o/r":                                     {Kind: links.Page, Value: "https://gitlab.com/o/r", Host: "gitlab.com"},
		"https://imgur.com/a1B":                                      {Kind: links.Page, Value: "https://imgur.com/a1B", Host: "imgur.com"},
		"https://i.imgur.com/a1B.mp4":                                {Kind: links.URL, Value: "https://i.imgur.com/a1B.mp4"},
		"https://www.youtube.com/@acme":                              {Kind: links.Page, Value: "https://www.youtube.com/@acme", Host: "youtube.com"},
		"https://vimeo.com/acme":                                     {Kind: links.Page, Value: "https://vimeo.com/acme", Host: "vimeo.com"},
		"https://drive.google.com/file/d/1aB/view?usp=sharing":       {Kind: links.URL, Value: "https://drive.google.com/uc?export=download&id=1aB"},
		"https://drive.google.com/open?id=1aB":                       {Kind: links.URL, Value: "https://drive.google.com/uc?export=download&id=1aB"},
		"https://drive.google.com/uc?export=download&id=1aB":         {Kind: links.URL, Value: "https://drive.google.com/uc?export=download&id=1aB"},
		"https://drive.google.com/drive/folders/1aB":                 {Kind: links.Page, Value: "https://drive.google.com/drive/folders/1aB", Host: "drive.google.com"},
		"https://www.dropbox.com/scl/fi/x/talk.mp4?rlkey=k&dl=0":     {Kind: links.URL, Value: "https://www.dropbox.com/scl/fi/x/talk.mp4?dl=1&rlkey=k"},
		"https://www.dropbox.com/scl/fo/x/y?rlkey=k&dl=0":            {Kind: links.Page, Value: "https://www.dropbox.com/scl/fo/x/y?rlkey=k&dl=0", Host: "dropbox.com"},
		"https://github.com/o/r/blob/main/a/b.png":                   {Kind: links.URL, Value: "https://raw.githubusercontent.com/o/r/main/a/b.png"},
		"https://acme.sharepoint.com/:v:/s/team/Eabc?e=x":            {Kind: links.URL, Value: "https://acme.sharepoint.com/:v:/s/team/Eabc?download=1&e=x"},
		"https://1drv.ms/v/s!abc":                                    {Kind: links.Page, Value: "https://1drv.ms/v/s!abc", Host: "1drv.ms"},
		"https://app.heygen.com/videos/a-talk-0f9c1d3c":              {Kind: links.Video, Value: "0f9c1d3c", Host: "app.heygen.com"},
		"[the talk](https://a.example/b.mp4)":                        {Kind: links.URL, Value: "https://a.example/b.mp4"},
		`![x](https://a.example/b.png "A title")`:                    {Kind: links.URL, Value: "https://a.example/b.png"},
		"https://photos.app.goo.gl/x1Y2":                             {Kind: links.Page, Value: "https://photos.app.goo.gl/x1Y2", Host: "photos.app.goo.gl"},
		"https://acme.zoom.us/rec/share/x":                           {Kind: links.Page, Value: "https://acme.zoom.us/rec/share/x", Host: "zoom.us"},
		"https://app.heygen.com/share/0f9c1d3c":                      {Kind: links.Video, Value: "0f9c1d3c", Host: "app.heygen.com"},
		"https://dl.dropboxusercontent.com/s/x/talk.mp4":             {Kind: links.URL, Value: "https://dl.dropboxusercontent.com/s/x/talk.mp4"},
		"https://player.vimeo.com/progressive_redirect/download.mp4": {Kind: links.URL, Value: "https://player.vimeo.com/progressive_redirect/download.mp4"},
	} {
		if got := links.Read(given); got != want {
			t.Errorf("%q is %+v, want %+v", given, got, want)
		}
	}
}

// TestPageID holds which addresses are those of pages that show one thing, and what that is.
func TestPageID(t *testing.T) {
	t.Parallel()
	const id, uuid = "0f9c1d3c9d7d4b1f8f0a6c1f3f4f5a6b", "0f9c1d3c-9d7d-4b1f-8f0a-6c1f3f4f5a6b"
	for address, want := range map[string]string{
		"https://app.heygen.com/videos/" + id:                   id,
		"https://app.heygen.com/share/" + id + "?sid=rec#t=3":   id,
		"app.heygen.com/videos/my-first-film-" + id:             id,
		"https://app.heygen.com/videos/" + id + "/edit":         id,
		"https://app.heygen.com/templates/" + uuid:              uuid,
		"https://app.heygen.com/avatars/Ann_sitting_20250101":   "Ann_sitting_20250101",
		"https://mcp.acme.example/heygen/v/" + id:               id,
		"http://127.0.0.1:8080/v/" + id + "?lang=de":            id,
		"https://acme.example/videos/" + id:                     "",
		"https://files.heygen.ai/video/" + id + "/1080p.mp4":    "",
		"https://app.heygen.com/home":                           "",
		"https://app.heygen.com/":                               "",
		"https://heygen.com.evil.example/videos/" + id + ".mp4": "",
		"ftp://app.heygen.com/videos/" + id:                     "",
		"a/b":                                                   "",
		"..":                                                    "",
		id:                                                      "",
		"":                                                      "",
	} {
		if got := links.PageID(address); got != want {
			t.Errorf("%q is the page of %q, want %q", address, got, want)
		}
	}
}

// TestPlayers holds that all links to the page of one film are the same.
func TestPlayers(t *testing.T) {
	t.Parallel()
	for plain, forms := range map[string][]string{
		"https://www.youtube.com/watch?v=aB3_x-9": {
			"youtu.be/aB3_x-9", "https://youtu.be/aB3_x-9?si=share", "http://youtube.com/watch?v=aB3_x-9&t=3s",
			"https://www.youtube.com/watch?list=PL1&v=aB3_x-9", "https://m.youtube.com/watch?v=aB3_x-9#t=3",
			"www.youtube.com/shorts/aB3_x-9", "https://www.youtube.com/embed/aB3_x-9?start=3",
			"https://www.youtube.com/live/aB3_x-9", "https://music.youtube.com/watch?v=aB3_x-9",
			"https://www.youtube-nocookie.com/embed/aB3_x-9", "https://WWW.YouTube.com/v/aB3_x-9/",
		},
		"https://vimeo.com/1234": {
			"vimeo.com/1234", "http://www.vimeo.com/1234?share=copy", "https://player.vimeo.com/video/1234",
			"https://vimeo.com/channels/staffpicks/1234", "https://vimeo.com/groups/a/videos/1234",
		},
		"https://vimeo.com/1234/ab12": {"https://vimeo.com/1234/ab12?fl=pl", "https://player.vimeo.com/video/1234?h=ab12"},
	} {
		for _, form := range forms {
			if got := links.Read(form); got.Kind != links.Page || got.Value != plain || !links.ReadByHeyGen(got) {
				t.Errorf("%q is %+v, want the page %s", form, got, plain)
			}
		}
	}
}

// FuzzRead holds that what was read as a URL reads as the same URL again: keys are made of it.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a.com/b", "https://drive.google.com/open?id=1", "https://www.dropbox.com/s/x?dl=0", "https://app.heygen.com/videos/x", "https://youtu.be/a", "https://player.vimeo.com/video/1?h=b", "//x.de/ä"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		one := links.Read(s)
		if one.Kind != links.URL && one.Kind != links.Page {
			return
		}
		if again := links.Read(one.Value); again != one {
			t.Errorf("%q is %+v, and that is %+v", s, one, again)
		}
	})
}

// TestReadByHeyGen holds that HeyGen finds a film on its own page alone.
func TestReadByHeyGen(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]bool{
		"https://youtu.be/aB3": true, "https://www.youtube.com/shorts/aB3": true, "https://vimeo.com/12": true, "https://vimeo.com/12/ab": true,
		"https://www.youtube.com/playlist?list=PL1": false, "https://www.youtube.com/@acme": false, "https://vimeo.com/acme": false,
		"https://youtube.com/clip/Ugk1": false, "https://www.tiktok.com/@a/video/1": false,
	} {
		if got := links.ReadByHeyGen(links.Read(given)); got != want {
			t.Errorf("%s: got %v, want %v", given, got, want)
		}
	}
}
