// Package store keeps what the authorization server must not forget: clients, grants, tokens, and the few minutes
// between a request and its answer. It owns the shape of every record, how long it lives, and what has to happen
// in one step.
//
// It never sees a secret. Tokens, codes and cookies come in as hashes; credentials and wraps come in encrypted under
// keys that it does not have. Whoever reads all of a store learns who connected what, and can open nothing.
//
// There are two implementations, SQLite for one process and PostgreSQL for replicas, and one suite, storetest, that
// says what both must do. docs/store.md lists every record with its key, content and lifetime.
//
// Reading order: store.go (the interface and the records), sql.go (the statements of both databases), a file for each
// kind of record, such as grants.go, then sqlite.go and postgres.go (where they differ), sweep.go and migrations/.
package store

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrNotFound says that there is no such record, or that its time is over.
	ErrNotFound = errors.New("store: not found")
	// ErrUsed says that a code was exchanged before, or that a refresh token came back when it may not.
	ErrUsed = errors.New("store: used before")
	// ErrAgain says that a refresh token came back a third time while it could still be a lost answer.
	ErrAgain = errors.New("store: used twice a moment ago")
	// ErrTooSoon says that a device asks more often than it was told to.
	ErrTooSoon = errors.New("store: asked too soon")
)

// Hash is a hash of a secret, which is stored in its place.
type Hash [32]byte

// Client is somebody's program that may ask for tokens. What it says of itself is kept as one document.
type Client struct {
	ID string
	// Document is JSON that the package above reads.
	Document []byte
	// Secret is the hash of a confidential client's secret; zero for a public client.
	Secret Hash
	// Used says that a person has agreed to it; a client that was used stays so.
	Used    bool
	Expires time.Time
}

// Flow is one sign-in between the authorization request and the code. All of it is sealed to the browser's cookie.
type Flow struct {
	ID     Hash
	Sealed []byte
	// Used says that a person has signed in.
	Used    bool
	Expires time.Time
}

// Session is one browser. Account is the hash of who signed in last, zero where nobody did; until AccountUntil
// /connections and the player are open to them.
type Session struct {
	ID           Hash
	Account      Hash
	AccountUntil time.Time
	// AccountName is the account's name, sealed to the browser's cookie; empty where nobody signed in to /connections.
	AccountName []byte
	// Credential is what they signed in with, sealed to the browser's cookie, for as long as AccountUntil is ahead;
	// empty for none.
	Credential []byte
	Expires    time.Time
}

// Grant is what one person allowed one client, with HeyGen's credential sealed under the grant's own key.
type Grant struct {
	ID     string
	Client string
	// Account is the hash of whose HeyGen account it is.
	Account Hash
	// Audience is the resource that its tokens are for.
	Audience string
	Terms
	// Details is JSON that the package above reads: names to show, never a secret.
	Details []byte
	Sealed  []byte
	// Version counts the credentials that the grant has had.
	Version int64
	// RenewAt is when HeyGen's token ends; zero for a credential without an end.
	RenewAt time.Time
	Created time.Time
	// Used is when tokens were last given for it; GrantsOf and AllGrants alone tell.
	Used time.Time
}

// Terms are what a person may change of a grant.
type Terms struct {
	// Scopes bound those of the grant's tokens, whatever the tokens say.
	Scopes string
	// SpendCap is the most that may be spent through the grant in a day, in millionths of a USD; nil is no cap of its
	// own.
	SpendCap *int64
	// Expires is when the grant ends by itself; zero is never.
	Expires time.Time
}

// Ended says whether a grant has ended by itself.
func (t Terms) Ended(now time.Time) bool { return !t.Expires.IsZero() && !now.Before(t.Expires) }

// Kind is the kind of a token: code, access or refresh token.
type Kind string

// The kinds of tokens.
const (
	Code    Kind = "code"
	Access  Kind = "access"
	Refresh Kind = "refresh"
)

// Token is a code, an access token or a refresh token. Wrap is the grant's key, sealed to the token itself.
type Token struct {
	ID     Hash
	Kind   Kind
	Grant  string
	Wrap   []byte
	Scopes string
	// Parent is the refresh token or the code that this one was given for.
	Parent Hash
	// Pair is, for an access token, the refresh token that was given together with it.
	Pair Hash
	// Binding is JSON that a code must be met with: redirect URI and PKCE challenge.
	Binding []byte
	Created time.Time
	Expires time.Time
	Used    time.Time
}

// Wrap is a grant's key, sealed to a browser's cookie. Consent says that the same client need not be asked about again.
type Wrap struct {
	Session Hash
	Grant   string
	Sealed  []byte
	Consent bool
}

// Calls are how often a grant was used on the day of Last, and when last.
type Calls struct {
	Grant string
	Count int64
	Last  time.Time
}

// Device is a device flow (RFC 8628), from the request of the device to the user's answer.
type Device struct {
	ID       Hash // of the device's code
	UserCode Hash // of the code that the person types
	Client   string
	// Request is JSON that the package above reads: names, scopes, audience.
	Request []byte
	// Public is the key that locks the wrap for the device.
	Public   []byte
	Interval time.Duration
	Polled   time.Time
	Denied   bool
	// Grant and Wrap are set once the person has agreed.
	Grant   string
	Wrap    []byte
	Expires time.Time
}

// Renewal is a new credential of a grant.
type Renewal struct {
	Sealed  []byte
	RenewAt time.Time
}

// Caps are how many rows there may be of what strangers make. Each must be above zero.
type Caps struct {
	// Clients are those that no person has agreed to; the others are not counted.
	Clients int
	Flows   int
	Devices int
}

// The most rows of one grant, by what they are. What is older goes when new tokens are given. A client has one or two
// at a time; more are for one that connects again and again, and for recognizing a refresh token that was used.
const (
	MaxAccess = 16
	MaxUnused = 32
	MaxUsed   = 16
)

// Store keeps the records. Times are parameters, so that nothing here has a clock of its own; a record whose Expires
// is not after now is as good as gone.
type Store interface {
	// PutClient keeps a client, in place of one with the same id, whose life it does not shorten.
	PutClient(ctx context.Context, c Client) error
	Client(ctx context.Context, id string, now time.Time) (Client, error)

	// PutFlow keeps a flow, in place of one with the same id.
	PutFlow(ctx context.Context, f Flow) error
	Flow(ctx context.Context, id Hash, now time.Time) (Flow, error)
	DropFlow(ctx context.Context, id Hash) error
	// TakeFlow deletes a flow, whether or not its time is over, and is ErrNotFound where it is gone, or no longer holds
	// sealed if that is not nil: of all who end one flow, by this or with a grant, one succeeds.
	TakeFlow(ctx context.Context, id Hash, sealed []byte) error

	PutSession(ctx context.Context, s Session) error
	Session(ctx context.Context, id Hash, now time.Time) (Session, error)
	// ReplaceSession keeps a session in place of an old one, which ends with its wraps if it is there. wraps are those
	// that the new one has from then on; one of a grant that has ended is passed over.
	ReplaceSession(ctx context.Context, old Hash, n Session, wraps []Wrap) error
	// EndSessions ends every session of an account, with its wraps.
	EndSessions(ctx context.Context, account Hash) error
	// Wraps are the session's.
	Wraps(ctx context.Context, session Hash) ([]Wrap, error)

	// Connect ends a flow with a grant, a code for it and, unless nil, a wrap for the browser, all or nothing.
	// A flow that is gone is ErrNotFound, so that a form that is sent twice makes one grant.
	Connect(ctx context.Context, flow Hash, g Grant, code Token, w *Wrap, now time.Time) error
	// Reconnect ends a flow with a further code for a grant. ErrNotFound is for either that is gone.
	Reconnect(ctx context.Context, flow Hash, code Token, now time.Time) error
	// ConnectDevice ends a flow with a grant and the wrap that the device waits for.
	ConnectDevice(ctx context.Context, flow Hash, g Grant, device Hash, wrap []byte, w *Wrap, now time.Time) error

	// Grant is a grant, though it may have ended by itself.
	Grant(ctx context.Context, id string) (Grant, error)
	// GrantsOf are an account's, the newest first, with those that have ended by themselves.
	GrantsOf(ctx context.Context, account Hash) ([]Grant, error)
	// AllGrants are everybody's, the newest first, and CountGrants is how many there are. They are for the operator.
	AllGrants(ctx context.Context) ([]Grant, error)
	CountGrants(ctx context.Context) (int, error)
	// EndGrant deletes a grant with its tokens and wraps, and tells every watcher. An absent one is no error.
	EndGrant(ctx context.Context, id string) error
	// ChangeTerms keeps the terms that change makes of a grant, which nobody else changes meanwhile, and tells every
	// watcher. change must not call the store; its error is ChangeTerms's, and keeps what is there.
	ChangeTerms(ctx context.Context, grant string, change func(g Grant) (Terms, error)) error

	// AddCalls adds to the count of a grant's day; a grant that is gone is passed over. CallsOf are the counts of an
	// account's grants, by grant and day, of the last month at least.
	AddCalls(ctx context.Context, c Calls) error
	CallsOf(ctx context.Context, account Hash) ([]Calls, error)

	// Token is a token with its grant, used or not; ErrNotFound is also for one whose grant has ended by itself.
	Token(ctx context.Context, id Hash, now time.Time) (Token, Grant, error)
	// DropToken deletes one token, and tells every watcher.
	DropToken(ctx context.Context, id Hash) error
	// Redeem uses a code up and keeps the tokens given for it. A second try is ErrUsed. Here, and in Rotate and
	// RedeemDevice, a grant that has ended is ErrNotFound.
	Redeem(ctx context.Context, code Hash, tokens []Token, now time.Time) error
	// Rotate uses a refresh token and keeps the tokens given for it. A token that was used before is good once more
	// within grace of its first use, as long as no refresh token given for it has been used; after that it is ErrUsed.
	// A third try that would have been good otherwise is ErrAgain. The first use of one of two tokens that were given
	// for one ends the other, with its access token, after grace.
	Rotate(ctx context.Context, refresh Hash, tokens []Token, grace time.Duration, now time.Time) error

	// Renew lets one caller at a time, of all replicas, exchange a grant's credential. What renew returns is kept
	// before Renew returns; nil keeps what is there.
	Renew(ctx context.Context, grant string, renew func(ctx context.Context, g Grant) (*Renewal, error)) error

	PutDevice(ctx context.Context, d Device) error
	DeviceOfUser(ctx context.Context, userCode Hash, now time.Time) (Device, error)
	// PollDevice is the device's question whether the person has agreed. One that comes too soon is ErrTooSoon, and
	// slows the next by five seconds.
	PollDevice(ctx context.Context, id Hash, now time.Time) (Device, error)
	DenyDevice(ctx context.Context, id Hash) error
	// RedeemDevice ends a device flow with its tokens. A second try is ErrUsed.
	RedeemDevice(ctx context.Context, id Hash, tokens []Token, now time.Time) error

	// Setting is a value that all replicas share; Settle keeps the first that is given and returns what holds.
	Setting(ctx context.Context, name string) (string, error)
	Settle(ctx context.Context, name, value string) (string, error)
	DropSetting(ctx context.Context, name string) error

	// Trim deletes rows beyond the caps, the oldest first of those that nobody has used. It never deletes a client that
	// was used.
	Trim(ctx context.Context, caps Caps) error
	// Sweep deletes what has expired.
	Sweep(ctx context.Context, now time.Time) error
	// Watch calls changed with the id of each grant that ended or whose tokens or credential changed, wherever it
	// happened, and with "" when changes may have been missed. It returns what ends the watch.
	Watch(changed func(grant string)) (stop func())
	// Hears says whether changes made elsewhere reach Watch now.
	Hears() bool
	// Ping says whether the store can serve.
	Ping(ctx context.Context) error
	Close() error
}
