package sandbox

import (
	"encoding/base64"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// elsewhereSeconds is how long a recording is taken to last that lies elsewhere: the sandbox
// fetches nothing.
const elsewhereSeconds = 300.0

// fileInput is a file as v3 takes it: by its address, as an asset, or inside the call.
type fileInput struct {
	Type      string `json:"type"`
	URL       string `json:"url"`
	AssetID   string `json:"asset_id"`
	MediaType string `json:"media_type"`
	Data      string `json:"data"`
}

// open finds the file that an input leads to. kinds are the types it may be, or how they begin,
// such as "video/"; none is any. Of a file elsewhere nothing is known, and its kind is "".
func (s *Sandbox) open(
	r *http.Request, v *engine.Request, in *fileInput, param string, kinds ...string,
) (*media.File, *engine.Error) {
	switch in.Type {
	case "asset_id":
		return s.findAsset(v, in.AssetID, contract.Member(param, "asset_id"), kinds...)
	case "base64":
		raw, err := base64.StdEncoding.DecodeString(in.Data)
		if err != nil || len(raw) == 0 {
			return nil, engine.Invalid(contract.Member(param, "data"), "'%s' is not base64.", contract.Member(param, "data"))
		}
		kind := media.DetectType(raw)
		one := &media.File{Raw: raw, Type: kind, Seconds: media.Duration(kind, raw)}
		return one, mustBe(one, contract.Member(param, "data"), kinds)
	}
	return s.openURL(r, in.URL, contract.Member(param, "url"), kinds)
}

// openURL says what is known of a file by its address. The files of the sandbox's own links are
// known, so that what one job made can go into the next.
func (s *Sandbox) openURL(r *http.Request, link, param string, kinds []string) (*media.File, *engine.Error) {
	at, err := url.Parse(link)
	if err != nil || at.Host == "" {
		return nil, engine.Invalid(param, "'%s' must be a public HTTPS URL.", param)
	}
	unreachable := engine.Refuse(http.StatusBadRequest, "download_failed", param, "The file at '%s' could not be downloaded.", param)
	if at.Host == r.Host && strings.HasPrefix(at.Path, "/files/") {
		id, _, _ := strings.Cut(path.Base(at.Path), ".")
		of := s.File(id)
		switch {
		case strings.HasPrefix(at.Path, "/files/samples/"):
			of = &media.File{Seconds: media.SampleSeconds}
		case strings.HasPrefix(at.Path, "/files/previews/"):
			of = &media.File{Raw: []byte{}, Type: "image/png"}
		}
		if of == nil || !s.ValidLink(at.Path, at.Query()) {
			return nil, unreachable
		}
		known := *of
		if known.Raw == nil {
			made, err := of.Content(id, path.Ext(at.Path))
			if err != nil || made == nil {
				return nil, unreachable
			}
			known.Type = made.Type
		}
		return &known, mustBe(&known, param, kinds)
	}
	if at.Scheme != "https" {
		return nil, engine.Invalid(param, "'%s' must be a public HTTPS URL.", param)
	}
	ending := strings.ToLower(path.Ext(at.Path))
	if private(at.Hostname()) || ending == ".html" || ending == ".htm" {
		return nil, unreachable
	}
	return &media.File{Seconds: elsewhereSeconds}, nil
}

// private says that a host cannot be reached from outside.
func private(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && (at.IsLoopback() || at.IsPrivate() || at.IsLinkLocalUnicast() || at.IsUnspecified())
}

// mustBe refuses a file of another type.
func mustBe(m *media.File, param string, kinds []string) *engine.Error {
	if len(kinds) == 0 || m.Type != "" && slices.ContainsFunc(kinds, func(kind string) bool { return strings.HasPrefix(m.Type, kind) }) {
		return nil
	}
	kind := m.Type
	if kind == "" {
		kind = "of a type that is not taken"
	}
	return engine.Invalid(param, "'%s' must be a file of type %s; it is %s.", param, contract.Quoted(kinds), kind)
}

// findAsset finds a file that the caller uploaded. One whose upload was not completed is not there
// yet, and another account's is as unknown as none.
func (s *Sandbox) findAsset(v *engine.Request, id, param string, kinds ...string) (*media.File, *engine.Error) {
	j, apiErr := s.OwnJob(v, assetJobs(), id)
	if apiErr != nil || j.Media == nil || j.Status(s.Now()) == j.Kind.Failed {
		return nil, engine.NotFound(assetJobs().Missing, "Asset").WithParam(param)
	}
	return j.Media, mustBe(j.Media, param, kinds)
}
