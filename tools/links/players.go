package links

import (
	"net/url"
	"slices"
	"strings"
)

// players are hosts whose pages play a film and are no file. HeyGen itself reads those of YouTube and Vimeo, where it
// takes a film.
func players() []string {
	return []string{
		"youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "tiktok.com", "instagram.com", "facebook.com", "fb.watch",
		"x.com", "twitter.com", "loom.com", "dailymotion.com", "twitch.tv", "linkedin.com", "reddit.com", "spotify.com",
		"soundcloud.com", "canva.com", "icloud.com", "wetransfer.com", "we.tl", "notion.so", "figma.com", "photos.app.goo.gl",
		"photos.google.com", "streamable.com", "mega.nz", "frame.io", "f.io", "zoom.us", "pcloud.link", "bilibili.com", "b23.tv",
		"rumble.com", "wistia.com", "wistia.net", "descript.com", "veed.io", "kick.com", "odysee.com", "ted.com", "panopto.com", "kaltura.com",
		"vidyard.com", "riverside.fm", "screencast.com", "tella.tv", "scribehow.com", "pinterest.com", "pin.it", "snapchat.com", "threads.net",
		"vk.com", "vk.video", "douyin.com", "xiaohongshu.com", "nicovideo.jp", "fireflies.ai", "teams.microsoft.com", "clips.twitch.tv",
		"synthesia.io", "elevenlabs.io", "capcut.com", "medium.com", "substack.com", "wikipedia.org", "imgur.com", "giphy.com", "tenor.com", "pexels.com",
		"pixabay.com", "unsplash.com", "t.me", "web.telegram.org", "web.whatsapp.com", "notion.site", "drive.proton.me", "pan.baidu.com", "mediafire.com",
		"gofile.io", "swisstransfer.com", "transfernow.net", "filemail.com", "sendspace.com", "smash.com", "fromsmash.com", "vidible.tv", "ok.ru", "rutube.ru", "weibo.com",
		"artlist.io", "envato.com", "shutterstock.com", "gettyimages.com", "istockphoto.com", "behance.net", "dribbble.com", "flickr.com", "miro.com",
	}
}

// ReadByHeyGen says of a page whether HeyGen finds the film on it: it is the page of one film, and not of a channel or
// a list of them.
func ReadByHeyGen(page Given) bool {
	film, ok := strings.CutPrefix(page.Value, "https://vimeo.com/")
	return ok && film != "" && film[0] >= '0' && film[0] <= '9' && page.Host == "vimeo.com" ||
		strings.HasPrefix(page.Value, "https://www.youtube.com/watch?v=") && page.Host == "youtube.com"
}

// playerPage is the page of a player that a URL leads to. The pages of one film are told in one form, whatever else
// their links say, such as where to begin or who has shared them.
func playerPage(name, s string, u *url.URL) Given {
	host, plain := name, ""
	switch name {
	case "youtube.com", "youtu.be", "youtube-nocookie.com":
		host = "youtube.com"
		if id := youTubeFilm(name, u); id != "" {
			plain = "https://www.youtube.com/watch?v=" + id
		}
	case "vimeo.com":
		if film := vimeoFilm(u); film != "" {
			plain = "https://vimeo.com/" + film
		}
	}
	if plain == "" {
		return Given{Kind: Page, Value: s, Host: name}
	}
	return Given{Kind: Page, Value: plain, Host: host}
}

// youTubeFilm reads youtu.be/ID, watch?v=ID, and ID behind shorts, embed, live, v or watch.
func youTubeFilm(name string, u *url.URL) string {
	id := u.Query().Get("v")
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch {
	case name == "youtu.be":
		id = parts[0]
	case len(parts) == 2 && slices.Contains([]string{"shorts", "embed", "live", "v", "e", "watch"}, parts[0]):
		id = parts[1]
	case parts[0] != "watch":
		return ""
	}
	if id == "" || id == "videoseries" || strings.ContainsFunc(id, noIDChar) {
		return ""
	}
	return id
}

// vimeoFilm reads vimeo.com/ID, the same with a key behind it, player.vimeo.com/video/ID?h=KEY, and ID at the end of a
// channel's or a group's path.
func vimeoFilm(u *url.URL) string {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	i := slices.IndexFunc(parts, func(part string) bool {
		return part != "" && !strings.ContainsFunc(part, func(c rune) bool { return c < '0' || c > '9' })
	})
	if i < 0 || len(parts) > i+2 {
		return ""
	}
	film, key := parts[i], u.Query().Get("h")
	if len(parts) == i+2 {
		key = parts[i+1]
	}
	if strings.ContainsFunc(key, noIDChar) {
		return ""
	}
	if key != "" {
		film += "/" + key
	}
	return film
}

// noIDChar reports whether a character is in no id of a film.
func noIDChar(c rune) bool {
	return (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') && c != '_' && c != '-'
}
