package sandbox

import (
	"encoding/base64"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
)

// elsewhereSeconds is how long a recording is taken to last that lies elsewhere: the sandbox fetches nothing.
const elsewhereSeconds = 300.0

// fileInput is a file as v3 takes it: by its address, as an asset, or inside the call.
type fileInput struct {
	Type      string `json:"type"`
	URL       string `json:"url"`
	AssetID   string `json:"asset_id"`
	MediaType string `json:"media_type"`
	Data      string `json:"data"`
}

// open finds the file that an input leads to. kinds are the types it may be, or how they begin, such as "video/"; none
// is any. Of a file elsewhere nothing is known, and its kind is "".
func (s *Sandbox) open(r *http.Request, v *visit, in *fileInput, param string, kinds ...string) (*media, *apiError) {
	switch in.Type {
	case "asset_id":
		return s.findAsset(v, in.AssetID, below(param, "asset_id"), kinds...)
	case "base64":
		raw, err := base64.StdEncoding.DecodeString(in.Data)
		if err != nil || len(raw) == 0 {
			return nil, invalid(below(param, "data"), "'%s' is not base64.", below(param, "data"))
		}
		kind := detect(raw)
		one := &media{raw: raw, kind: kind, seconds: length(kind, raw)}
		return one, one.mustBe(below(param, "data"), kinds)
	}
	return s.openURL(r, in.URL, below(param, "url"), kinds)
}

// openURL says what is known of a file by its address. The files of the sandbox's own links are known, so that what one
// job made can go into the next.
func (s *Sandbox) openURL(r *http.Request, link, param string, kinds []string) (*media, *apiError) {
	at, err := url.Parse(link)
	if err != nil || at.Host == "" {
		return nil, invalid(param, "'%s' must be a public HTTPS URL.", param)
	}
	unreachable := refuse(http.StatusBadRequest, "download_failed", param, "The file at '%s' could not be downloaded.", param)
	if at.Host == r.Host && strings.HasPrefix(at.Path, "/files/") {
		id, _, _ := strings.Cut(path.Base(at.Path), ".")
		of := s.media[id]
		switch {
		case strings.HasPrefix(at.Path, "/files/samples/"):
			of = &media{seconds: sampleSeconds}
		case strings.HasPrefix(at.Path, "/files/previews/"):
			of = &media{raw: []byte{}, kind: "image/png"}
		}
		if of == nil || !s.opens(at.Path, at.Query()) {
			return nil, unreachable
		}
		known := *of
		if known.raw == nil {
			made, err := of.content(id, path.Ext(at.Path))
			if err != nil || made == nil {
				return nil, unreachable
			}
			known.kind = made.kind
		}
		return &known, known.mustBe(param, kinds)
	}
	if at.Scheme != "https" {
		return nil, invalid(param, "'%s' must be a public HTTPS URL.", param)
	}
	ending := strings.ToLower(path.Ext(at.Path))
	if private(at.Hostname()) || ending == ".html" || ending == ".htm" {
		return nil, unreachable
	}
	return &media{seconds: elsewhereSeconds}, nil
}

// private says that a host cannot be reached from outside.
func private(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && (at.IsLoopback() || at.IsPrivate() || at.IsLinkLocalUnicast() || at.IsUnspecified())
}

// mustBe refuses a file of another type.
func (m *media) mustBe(param string, kinds []string) *apiError {
	if len(kinds) == 0 || m.kind != "" && slices.ContainsFunc(kinds, func(kind string) bool { return strings.HasPrefix(m.kind, kind) }) {
		return nil
	}
	kind := m.kind
	if kind == "" {
		kind = "of a type that is not taken"
	}
	return invalid(param, "'%s' must be a file of type %s; it is %s.", param, quoted(kinds), kind)
}

// findAsset finds a file that the caller uploaded. One whose upload was not completed is not there yet, and another
// account's is as unknown as none.
func (s *Sandbox) findAsset(v *visit, id, param string, kinds ...string) (*media, *apiError) {
	j, apiErr := s.ownJob(v, assetJobs(), id)
	if apiErr != nil || j.media == nil || j.status(s.clock.Now()) == j.kind.failed {
		return nil, notFound(assetJobs().missing, "Asset").at(param)
	}
	return j.media, j.media.mustBe(param, kinds)
}
