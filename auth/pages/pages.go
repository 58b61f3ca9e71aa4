// Package pages owns what a person sees on the way in: a handful of pages, rendered here and working without a script.
// It knows what each page says, and nothing of how a sign-in is done; how pages look and are guarded in the browser is
// internal/frame's.
package pages

import (
	"embed"
	"fmt"
	"net/http"

	"heygen-mcp/internal/frame"
	"heygen-mcp/internal/words"
)

//go:embed html/*.html
var files embed.FS

// Page names one of the pages.
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
	// Place is where the person will be sent back to: a host, or this computer.
	Place words.Text
	// Local says that the place is this computer, where any program can be.
	Local bool
	// Device says that the request comes from another device, by its code.
	Device bool
}

// Kind says what kind of program asks, in the words that stand before its name.
func (c Client) Kind() words.Text {
	switch {
	case c.Known:
		return words.Of("kind.known")
	case c.Device:
		return words.Of("kind.device")
	case c.Local:
		return words.Of("kind.local")
	}
	return words.Of("kind.unknown")
}

// Hidden are the hidden fields of a form, which carry it from one page to the next.
type Hidden struct {
	Action, Flow, CSRF string
}

// SignInView is the first page: who asks for what, and the two ways in.
type SignInView struct {
	Hidden
	Client *Client // nil on the way to a page of this server's
	// Player says that the page is the player, and not the connections.
	Player bool
	// Asks is what the client asks for.
	Asks []words.Text
	// HeyGen is where Continue with HeyGen leads; empty leaves it out.
	HeyGen string
	// Cancel is where the person goes who does not want to; empty where nobody waits for an answer.
	Cancel string
	// Problem is why the person is here again; BadKey says that the key they typed is.
	Problem words.Text
	BadKey  bool
}

// ConsentView is the second: whose account it is, and whether they agree.
type ConsentView struct {
	Hidden
	Client   Client
	Scopes   []words.Text
	Account  words.Text
	Balance  words.Text
	Key      bool
	Remember bool
	Again    string // where another account is chosen
	// More is what is asked for beyond what the account allowed the client before.
	More        []words.Text
	Terms       Terms
	Connections string // where it can be changed and ended
}

// Choice is one radio button of a group.
type Choice struct {
	Value       string
	Label, Text words.Text
	Checked     bool
}

// Terms are the fields that say what a connection may do, each with what is wrong with it.
type Terms struct {
	// Key tells the fields from those of other forms on the page; "" where there is one.
	Key string
	// Access is to be chosen from; without any there is no choice, and nothing that is asked for costs money.
	Access        []Choice
	AccessProblem words.Text
	// SpendCap is an amount of USD a day as it was written, "" for none.
	SpendCap        string
	SpendCapProblem words.Text
	// OperatorCap is what the account may spend in a day, however many connections it has; nil is no limit.
	OperatorCap    words.Text
	Expires        []Choice
	ExpiresProblem words.Text
}

// AgainView asks whether a client that was allowed before may connect again.
type AgainView struct {
	Hidden
	Client  Client
	Scopes  []words.Text
	Account words.Text
	// Key says that the account was signed in to with an API key.
	Key bool
	// Cancel is where the person goes who does not want to.
	Cancel string
}

// DeviceView asks for the code that a device shows.
type DeviceView struct {
	Hidden
	Code    string
	Problem words.Text
}

// MessageView is a page with nothing to do but to read.
type MessageView struct {
	Title, Text words.Text
	// Detail is for the makers of the client, in English.
	Detail   string
	Link     string
	LinkText words.Text
}

// ConnectionsView lists what an account has connected, and what was done with it.
type ConnectionsView struct {
	Hidden
	Done words.Text
	// Account is its name, "" where it is not known.
	Account string
	// OperatorCap is what the account may spend in a day through this server; nil is no limit.
	OperatorCap words.Text
	// Note says what is not told of what was done, and why; nil is nothing.
	Note    words.Text
	Clients []ConnectedClient
	// Count is how many connections there are.
	Count int
}

// ConnectedClient is a client with all its connections.
type ConnectedClient struct {
	Name, Place words.Text
	LastUse     words.Text
	Calls       words.Text
	// Spent is what was reserved and spent; nil where there is no record.
	Spent       words.Text
	PaidCalls   []PaidCall
	Connections []Connection
}

// PaidCall is a call of a client's that made something. Link is where it can be seen, "" for nowhere.
type PaidCall struct {
	When, Text words.Text
	Link       string
}

// Connection is one connection of a client, which is one grant.
type Connection struct {
	ID string
	// Access, Spends and Ends are what holds.
	Access, Spends, Ends words.Text
	Way, Since, Used     words.Text
	// Terms are the fields to change it; Open shows them.
	Terms Terms
	Open  bool
}

// Set has the templates of all pages.
type Set struct {
	frame *frame.Frame
	pages map[Page]*frame.Page
}

// New is the set. base is the path below which the files of the frame will be served, with a slash at its end.
func New(base string) *Set {
	s := &Set{frame: frame.New(base), pages: map[Page]*frame.Page{}}
	for _, p := range []Page{SignIn, Consent, Again, Device, Message, Connections} {
		s.pages[p] = s.frame.Page(files, "html/parts.html", "html/terms.html", "html/"+string(p)+".html")
	}
	return s
}

// Write sends a page in the language of whoever sent the request. openForm lets its form lead to other sites by a
// redirect.
func (s *Set) Write(w http.ResponseWriter, r *http.Request, status int, p Page, view any, openForm bool) error {
	policy := frame.Policy{OpenForm: openForm}
	if p == Connections { // which is more than a form
		policy.Class = "wide"
	}
	if err := s.frame.Write(w, r, status, s.pages[p], view, policy); err != nil {
		return fmt.Errorf("pages: %s: %w", p, err)
	}
	return nil
}
