package sandbox

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	consentPending  = "pending"
	consentAccepted = "approved"

	// reviewSeconds is how long a consent video is looked at; v3 publishes no number.
	reviewSeconds = 60.0
)

// consent is a link by which a person agrees to an avatar of them. It works once.
type consent struct {
	group         *group
	owner         *engine.Account
	text, reroute string
	used          bool
}

// consentPage stands for HeyGen's page and for the person: whoever submits it agrees.
const consentPage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox consent</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 15vh auto; padding: 0 1rem; color: #222 }
button { font: inherit; padding: .5rem .75rem; border-radius: .4rem; border: 1px solid #234; background: #234; color: #fff; width: 100%; cursor: pointer }
</style>
</head>
<body>
<h1>Sandbox consent</h1>
{{if .Open}}<p>The avatar {{.Name}} is to show you. Nobody is recorded here: to submit is to agree.</p>
{{if .Text}}<blockquote>{{.Text}}</blockquote>
{{end}}<form method="post">
<button type="submit">I agree</button>
</form>
{{else}}<p>{{.Name}}</p>
{{end}}</body>
</html>
`

// createConsent answers POST /v3/avatars/{group_id}/consent: with a link for the person, or none
// where a video of them agreeing came along.
func (s *Sandbox) createConsent(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Text    *string    `json:"consent_text"`
		Video   *fileInput `json:"consent_video"`
		Reroute *string    `json:"reroute_url"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	now := s.Now()
	g, apiErr := s.ownGroup(v, chi.URLParam(r, "group_id"))
	switch {
	case apiErr != nil:
		return nil, apiErr
	case in.Video != nil && (in.Text != nil || in.Reroute != nil):
		return nil, engine.Invalid("consent_video", "'consent_video' cannot be combined with 'consent_text' "+
			"or 'reroute_url'.")
	case strings.ContainsAny(value(in.Text), "<>"):
		return nil, engine.Invalid("consent_text", "'consent_text' must be plain text: < and > are not taken.")
	case in.Text != nil && !v.OnPlan(engine.EnterprisePlan):
		return nil, engine.Refuse(http.StatusForbidden, "forbidden", "consent_text", "A consent text is for Enterprise "+
			"accounts.")
	case in.Video != nil && !v.OnPlan(engine.EnterprisePlan):
		return nil, engine.Refuse(http.StatusForbidden, "forbidden", "consent_video", "A consent video is for Enterprise "+
			"accounts.")
	case !validReroute(in.Reroute):
		return nil, engine.Invalid("reroute_url", "'reroute_url' must be an HTTPS URL.")
	case g.consent == "":
		return nil, engine.Refuse(http.StatusConflict, "conflict", "", "This avatar group needs no consent.")
	case g.consentStatus(now) == consentAccepted:
		return nil, engine.Refuse(http.StatusConflict, "conflict", "", "The consent to this avatar group is "+
			"accepted already.")
	case in.Video != nil:
		if _, apiErr := s.open(r, v, in.Video, "consent_video", "video/"); apiErr != nil {
			return nil, apiErr
		}
		g.accepts = now.Add(s.After(reviewSeconds))
		return map[string]any{"url": nil, "avatar_group": s.showGroup(r, g)}, nil
	}
	id := s.NewID("consent", v.Account.Name, s.NextSerial())
	s.consents[id] = &consent{group: g, owner: v.Account, text: value(in.Text), reroute: value(in.Reroute)}
	return map[string]any{"url": s.SignedURL(r, "/avatar-consents/"+id), "avatar_group": s.showGroup(r, g)}, nil
}

func validReroute(link *string) bool {
	if link == nil {
		return true
	}
	at, err := url.Parse(*link)
	return err == nil && at.Scheme == "https" && at.Host != ""
}

// consentStatus is what a group's consent has come to; "" is none needed.
func (g *group) consentStatus(now time.Time) string {
	if g.consent == consentPending && !g.accepts.IsZero() && !now.Before(g.accepts) {
		return consentAccepted
	}
	return g.consent
}

// consentForm shows the page of a link.
func (s *Sandbox) consentForm(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	c := s.openConsent(r)
	view := consentView{Name: "This link was used, has expired or is none."}
	if c != nil {
		view = consentView{Open: true, Name: c.group.name, Text: c.text}
	}
	s.Unlock()
	view.write(w)
}

// giveConsent takes the form. The person is sent on to where the link's maker wants them.
func (s *Sandbox) giveConsent(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	c := s.openConsent(r)
	if c != nil {
		c.used, c.group.consent = true, consentAccepted
	}
	s.Unlock()
	switch {
	case c == nil:
		consentView{Name: "This link was used, has expired or is none."}.write(w)
	case c.reroute != "":
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, c.reroute, http.StatusSeeOther)
	default:
		consentView{Name: "Thank you: the avatar may be used now.", done: true}.write(w)
	}
}

// openConsent is what a link still stands for, or nil.
func (s *Sandbox) openConsent(r *http.Request) *consent {
	c := s.consents[chi.URLParam(r, "consent_id")]
	if c == nil || c.used || !s.ValidLink(r.URL.Path, r.URL.Query()) || holdingsOf(c.owner).private.groupByID[c.group.id] == nil {
		return nil
	}
	return c
}

// consentView is what the page says; Name is a sentence where there is nothing to submit.
type consentView struct {
	Open       bool
	Name, Text string
	done       bool
}

// write writes the page; html/template escapes what the account called its avatar.
func (view consentView) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	// Nobody may lay the page under another one (clickjacking), and the link must not leave with a
	// Referer.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "+
		"base-uri 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	if !view.Open && !view.done {
		w.WriteHeader(http.StatusGone)
	}
	_ = template.Must(template.New("consent").Parse(consentPage)).Execute(w, view) // the browser has gone; there is nobody to tell
}
