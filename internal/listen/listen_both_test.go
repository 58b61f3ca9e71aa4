package listen

import (
	"errors"
	"net"
	"testing"
)

// TestBothListeners holds that two listeners are one: whatever either accepts, and the end.
func TestBothListeners(t *testing.T) {
	t.Parallel()
	open := func() net.Listener {
		ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return ln
	}
	first, second := open(), open()
	all := listenBoth(first, second)
	if all.Addr() != first.Addr() {
		t.Errorf("the address is %v", all.Addr())
	}
	for _, ln := range []net.Listener{first, second, first} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		got, err := all.Accept()
		if err != nil || got.LocalAddr().String() != ln.Addr().String() {
			t.Errorf("got %v, %v, want a connection to %s", got, err, ln.Addr())
		}
		if err := errors.Join(conn.Close(), got.Close()); err != nil {
			t.Error(err)
		}
	}
	ended := make(chan error, 1)
	go func() { _, err := all.Accept(); ended <- err }()
	if err := all.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}
