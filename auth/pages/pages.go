// Package pages owns what a person sees: a handful of pages, rendered here and working without a
// script. It knows what each page says and how it is guarded in the browser, and nothing of how a
// sign-in is done.
package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed html/*.html html/style.css
var files embed.FS

// Page is one of the pages.
type Page string

// The pages.
const (
	SignIn      Page = "signin"      // takes a SignInView
	Consent     Page = "consent"     // takes a ConsentView
	Again       Page = "again"       // takes an AgainView
	Device      Page = "device"      // takes a DeviceView
	Message     Page = "message"     // takes a MessageView
	Connections Page = "connections" // takes a ConnectionsView
)

// Client is who asks. A page shows its name in an element of its own, so that no name can go on as
// a sentence of ours.
type Client struct {
	// Name is what this server calls a client that it knows, and what another one calls itself; ""
	// is no name.
	Name string
	// Known says that this server knows the client, by where the person will be sent back to or
	// from its settings.
	Known bool
	// Also is what a known client calls itself, where that is another name.
	Also string
	// Like is a well-known name that Name is or could be mistaken for, though nothing shows that
	// the client is of it.
	Like string
	// Host is where the client is on the web, as far as it says so; "" is nowhere.
	Host string
	// Place is where the person will be sent back to, in words: a host, or this computer.
	Place string
	// Local says that the place is this computer, where any program can be.
	Local bool
	// Device says that the request comes from another device, by its code.
	Device bool
}

// Hidden carries a form from one page to the next.
type Hidden struct {
	Action, Flow, CSRF string
}

// SignInView is the first page: who asks for what, and the two ways in.
type SignInView struct {
	Hidden
	Client *Client // nil on the way to the connections
	Scopes []string
	// HeyGen is where Continue with HeyGen leads; empty leaves it out.
	HeyGen string
	// Cancel is where the person goes who does not want to; empty where nobody waits for an answer.
	Cancel  string
	Problem string
}

// ConsentView is the second: whose account it is, and whether they agree.
type ConsentView struct {
	Hidden
	Client   Client
	Scopes   []string
	Account  string
	Balance  string
	Key      bool
	Remember bool
	Again    string // where another account is chosen
	// More is what is asked for beyond what the account allowed the client before.
	More        []string
	Terms       Terms
	Connections string // where it can be changed and ended
}

// Choice is one of those that exclude each other.
type Choice struct {
	Value, Label, Text string
	Checked            bool
}

// Terms are the fields that say what a connection may do, each with what is wrong with it.
type Terms struct {
	// Key tells the fields from those of other forms on the page; "" where there is one.
	Key string
	// Access is to be chosen from; without any there is no choice, and nothing that is asked for costs money.
	Access        []Choice
	AccessProblem string
	// SpendCap is an amount of USD a day as it was written, "" for none.
	SpendCap, SpendCapProblem string
	// OperatorCap is what the account may spend in a day, however many connections it has; "" is no limit.
	OperatorCap    string
	Expires        []Choice
	ExpiresProblem string
}

// AgainView asks whether a client that was allowed before may connect again.
type AgainView struct {
	Hidden
	Client  Client
	Scopes  []string
	Account string
	// Key says that the account was signed in to with an API key.
	Key bool
	// Cancel is where the person goes who does not want to.
	Cancel string
}

// DeviceView asks for the code that a device shows.
type DeviceView struct {
	Hidden
	Code, Problem string
}

// MessageView is a page with nothing to do but to read.
type MessageView struct {
	Title, Text string
	Detail      string
	Link        string
	LinkText    string
}

// ConnectionsView lists what an account has connected, and what was done with it.
type ConnectionsView struct {
	Hidden
	Done string
	// Account is its name, "" where it is not known.
	Account string
	// OperatorCap is what the account may spend in a day through this server; "" is no limit.
	OperatorCap string
	// Note says what is not told of what was done, and why; "" is nothing.
	Note    string
	Clients []ConnectedClient
	// Count is how many connections there are.
	Count int
}

// ConnectedClient is a client with all its connections. Times and amounts are in words.
type ConnectedClient struct {
	Name, Place string
	LastUse     string
	Calls       string
	// Spent is what was reserved and spent; "" where there is no record.
	Spent       string
	Deeds       []Deed
	Connections []Connection
}

// Deed is something that a client did. Link is where it can be seen, "" for nowhere.
type Deed struct {
	When, Text, Link string
}

// Connection is one of a client's.
type Connection struct {
	ID, Client string
	// Access, Spends and Ends are what holds, in words.
	Access, Spends, Ends string
	Way, Since, Used     string
	// Terms are the fields to change it; Open shows them.
	Terms Terms
	Open  bool
}

// Set is every page, parsed.
type Set struct {
	pages map[Page]*template.Template
	style []byte
	// styleURL is where the style is served; its version is part of it.
	styleURL string
}

// New parses the pages. stylePath is where the style will be served.
func New(stylePath string) (*Set, error) {
	style, err := files.ReadFile("html/style.css")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	s := &Set{pages: map[Page]*template.Template{}, style: style, styleURL: stylePath}
	for _, p := range []Page{SignIn, Consent, Again, Device, Message, Connections} {
		t, err := template.New("").ParseFS(files, "html/layout.html", "html/terms.html", "html/"+string(p)+".html")
		if err != nil {
			return nil, fmt.Errorf("pages: %w", err)
		}
		s.pages[p] = t
	}
	return s, nil
}

// Write sends a page. openForm lets its form lead to other sites by a redirect: browsers hold a
// form-action against every redirect that follows, and where a client sends people on to cannot be
// known.
func (s *Set) Write(w http.ResponseWriter, status int, p Page, view any, openForm bool) error {
	var body bytes.Buffer
	err := s.pages[p].ExecuteTemplate(&body, "layout", struct {
		Style string
		View  any
	}{s.styleURL, view})
	if err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return fmt.Errorf("pages: %s: %w", p, err)
	}
	policy := "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
	if !openForm {
		policy += "; form-action 'self'"
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Content-Security-Policy", policy)
	// For browsers that do not know frame-ancestors: a page laid under another one is clicked
	// unseen.
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	// The address holds the flow's id, which other sites are not told. no-referrer would do the
	// same, but with it browsers send forms with "Origin: null", even to the page's own server.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser has gone; there is nobody to tell
	return nil
}

// Style serves the style sheet.
func (s *Set) Style(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(s.style) // the browser has gone; there is nobody to tell
}
