package brokertest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/store"
)

// Failing is a store of which one method fails, from when Fail is called.
type Failing struct {
	auth.Store
	method atomic.Pointer[string]
}

// Fail makes a method fail from now on, by its name; "" is none.
func (own *Failing) Fail(method string) { own.method.Store(&method) }

func (own *Failing) err(method string) error {
	if m := own.method.Load(); m != nil && *m == method {
		return errors.New("the store fails")
	}
	return nil
}

// DeployFailing starts a deployment on a store that can be made to fail.
func DeployFailing(t testing.TB) (*Deployment, *Failing) {
	t.Helper()
	s := &Failing{}
	return Deploy(t, func() auth.Store {
		s.Store = Opened(t, "", "")
		return s
	}), s
}

// PutClient implements auth.Store.
func (own *Failing) PutClient(ctx context.Context, c store.Client) error {
	if err := own.err("PutClient"); err != nil {
		return err
	}
	return own.Store.PutClient(ctx, c)
}

// Client implements auth.Store.
func (own *Failing) Client(ctx context.Context, id string, now time.Time) (v0 store.Client, err error) {
	if err := own.err("Client"); err != nil {
		return v0, err
	}
	return own.Store.Client(ctx, id, now)
}

// PutFlow implements auth.Store.
func (own *Failing) PutFlow(ctx context.Context, f store.Flow) error {
	if err := own.err("PutFlow"); err != nil {
		return err
	}
	return own.Store.PutFlow(ctx, f)
}

// Flow implements auth.Store.
func (own *Failing) Flow(ctx context.Context, id store.Hash, now time.Time) (v0 store.Flow, err error) {
	if err := own.err("Flow"); err != nil {
		return v0, err
	}
	return own.Store.Flow(ctx, id, now)
}

// DropFlow implements auth.Store.
func (own *Failing) DropFlow(ctx context.Context, id store.Hash) error {
	if err := own.err("DropFlow"); err != nil {
		return err
	}
	return own.Store.DropFlow(ctx, id)
}

// TakeFlow implements auth.Store.
func (own *Failing) TakeFlow(ctx context.Context, id store.Hash, sealed []byte) error {
	if err := own.err("TakeFlow"); err != nil {
		return err
	}
	return own.Store.TakeFlow(ctx, id, sealed)
}

// PutSession implements auth.Store.
func (own *Failing) PutSession(ctx context.Context, s store.Session) error {
	if err := own.err("PutSession"); err != nil {
		return err
	}
	return own.Store.PutSession(ctx, s)
}

// Session implements auth.Store.
func (own *Failing) Session(ctx context.Context, id store.Hash, now time.Time) (v0 store.Session, err error) {
	if err := own.err("Session"); err != nil {
		return v0, err
	}
	return own.Store.Session(ctx, id, now)
}

// ReplaceSession implements auth.Store.
func (own *Failing) ReplaceSession(ctx context.Context, old store.Hash, n store.Session, wraps []store.Wrap) error {
	if err := own.err("ReplaceSession"); err != nil {
		return err
	}
	return own.Store.ReplaceSession(ctx, old, n, wraps)
}

// Wraps implements auth.Store.
func (own *Failing) Wraps(ctx context.Context, session store.Hash) (v0 []store.Wrap, err error) {
	if err := own.err("Wraps"); err != nil {
		return v0, err
	}
	return own.Store.Wraps(ctx, session)
}

// Connect implements auth.Store.
func (own *Failing) Connect(
	ctx context.Context, flow store.Hash, g store.Grant, code store.Token, w *store.Wrap, now time.Time,
) error {
	if err := own.err("Connect"); err != nil {
		return err
	}
	return own.Store.Connect(ctx, flow, g, code, w, now)
}

// Reconnect implements auth.Store.
func (own *Failing) Reconnect(ctx context.Context, flow store.Hash, code store.Token, now time.Time) error {
	if err := own.err("Reconnect"); err != nil {
		return err
	}
	return own.Store.Reconnect(ctx, flow, code, now)
}

// ConnectDevice implements auth.Store.
func (own *Failing) ConnectDevice(
	ctx context.Context, flow store.Hash, g store.Grant, device store.Hash, wrap []byte, w *store.Wrap, now time.Time,
) error {
	if err := own.err("ConnectDevice"); err != nil {
		return err
	}
	return own.Store.ConnectDevice(ctx, flow, g, device, wrap, w, now)
}

// Grant implements auth.Store.
func (own *Failing) Grant(ctx context.Context, id string) (v0 store.Grant, err error) {
	if err := own.err("Grant"); err != nil {
		return v0, err
	}
	return own.Store.Grant(ctx, id)
}

// GrantsOf implements auth.Store.
func (own *Failing) GrantsOf(ctx context.Context, account store.Hash) (v0 []store.Grant, err error) {
	if err := own.err("GrantsOf"); err != nil {
		return v0, err
	}
	return own.Store.GrantsOf(ctx, account)
}

// EndGrant implements auth.Store.
func (own *Failing) EndGrant(ctx context.Context, id string) error {
	if err := own.err("EndGrant"); err != nil {
		return err
	}
	return own.Store.EndGrant(ctx, id)
}

// ChangeTerms implements auth.Store.
func (own *Failing) ChangeTerms(
	ctx context.Context, grant string, change func(store.Grant) (store.Terms, error),
) error {
	if err := own.err("ChangeTerms"); err != nil {
		return err
	}
	return own.Store.ChangeTerms(ctx, grant, change)
}

// EndSessions implements auth.Store.
func (own *Failing) EndSessions(ctx context.Context, account store.Hash) error {
	if err := own.err("EndSessions"); err != nil {
		return err
	}
	return own.Store.EndSessions(ctx, account)
}

// AddCalls implements auth.Store.
func (own *Failing) AddCalls(ctx context.Context, c store.Calls) error {
	if err := own.err("AddCalls"); err != nil {
		return err
	}
	return own.Store.AddCalls(ctx, c)
}

// CallsOf implements auth.Store.
func (own *Failing) CallsOf(ctx context.Context, account store.Hash) (v0 []store.Calls, err error) {
	if err := own.err("CallsOf"); err != nil {
		return v0, err
	}
	return own.Store.CallsOf(ctx, account)
}

// Token implements auth.Store.
func (own *Failing) Token(
	ctx context.Context, id store.Hash, now time.Time,
) (v0 store.Token, v1 store.Grant, err error) {
	if err := own.err("Token"); err != nil {
		return v0, v1, err
	}
	return own.Store.Token(ctx, id, now)
}

// DropToken implements auth.Store.
func (own *Failing) DropToken(ctx context.Context, id store.Hash) error {
	if err := own.err("DropToken"); err != nil {
		return err
	}
	return own.Store.DropToken(ctx, id)
}

// Redeem implements auth.Store.
func (own *Failing) Redeem(ctx context.Context, code store.Hash, tokens []store.Token, now time.Time) error {
	if err := own.err("Redeem"); err != nil {
		return err
	}
	return own.Store.Redeem(ctx, code, tokens, now)
}

// Rotate implements auth.Store.
func (own *Failing) Rotate(
	ctx context.Context, refresh store.Hash, tokens []store.Token, grace time.Duration, now time.Time,
) error {
	if err := own.err("Rotate"); err != nil {
		return err
	}
	return own.Store.Rotate(ctx, refresh, tokens, grace, now)
}

// PutDevice implements auth.Store.
func (own *Failing) PutDevice(ctx context.Context, d store.Device) error {
	if err := own.err("PutDevice"); err != nil {
		return err
	}
	return own.Store.PutDevice(ctx, d)
}

// DeviceOfUser implements auth.Store.
func (own *Failing) DeviceOfUser(ctx context.Context, userCode store.Hash, now time.Time) (v0 store.Device, err error) {
	if err := own.err("DeviceOfUser"); err != nil {
		return v0, err
	}
	return own.Store.DeviceOfUser(ctx, userCode, now)
}

// PollDevice implements auth.Store.
func (own *Failing) PollDevice(ctx context.Context, id store.Hash, now time.Time) (v0 store.Device, err error) {
	if err := own.err("PollDevice"); err != nil {
		return v0, err
	}
	return own.Store.PollDevice(ctx, id, now)
}

// DenyDevice implements auth.Store.
func (own *Failing) DenyDevice(ctx context.Context, id store.Hash) error {
	if err := own.err("DenyDevice"); err != nil {
		return err
	}
	return own.Store.DenyDevice(ctx, id)
}

// RedeemDevice implements auth.Store.
func (own *Failing) RedeemDevice(ctx context.Context, id store.Hash, tokens []store.Token, now time.Time) error {
	if err := own.err("RedeemDevice"); err != nil {
		return err
	}
	return own.Store.RedeemDevice(ctx, id, tokens, now)
}
