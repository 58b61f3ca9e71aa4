package listen

import (
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
)

// TestOnNamesTheFlag holds that what cannot be listened on is told with the flag and the system's reason, and that the
// URL has the host that was asked for.
func TestOnNamesTheFlag(t *testing.T) {
	t.Parallel()
	ln, u, err := On(t.Context(), "listen", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	if _, port, _ := net.SplitHostPort(ln.Addr().String()); u.String() != "http://localhost:"+port {
		t.Errorf("the URL is %s, want localhost and port %s", u, port)
	}
	_, _, err = On(t.Context(), "listen", ln.Addr().String())
	if failed := new(Error); !errors.As(err, &failed) || failed.Flag != "listen" || !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("an address that is taken: %v", err)
	}
	for _, addr := range []string{"", "127.0.0.1", "127.0.0.1:no-such-port"} {
		if _, _, err := On(t.Context(), "ui-listen", addr); err == nil || !strings.HasPrefix(err.Error(), "--ui-listen: ") {
			t.Errorf("%q: %v", addr, err)
		}
		if _, _, _, err := Local(t.Context(), "ui-listen", addr); err == nil || !strings.HasPrefix(err.Error(), "--ui-listen: ") {
			t.Errorf("%q on both networks: %v", addr, err)
		}
	}
}

// reaches says whether an address is connected to what a listener accepts.
func reaches(t *testing.T, ln net.Listener, addr string) bool {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	got, err := ln.Accept()
	if err != nil {
		return false
	}
	defer func() { _ = got.Close() }()
	return got.RemoteAddr().String() == conn.LocalAddr().String()
}

// TestLocalIsBothLoopbacks holds that a program which listens on one loopback network is found in the other too, and
// that any other address is taken as it is.
func TestLocalIsBothLoopbacks(t *testing.T) {
	t.Parallel()
	for one, other := range map[string]string{"127.0.0.1": "::1", "::1": "127.0.0.1"} {
		ln, _, missing, err := Local(t.Context(), "listen", net.JoinHostPort(one, "0"))
		if one == "::1" && err != nil {
			t.Skipf("there is no IPv6: %v", err)
		}
		if err != nil || missing != nil {
			t.Fatal(err, missing)
		}
		_, port, _ := net.SplitHostPort(ln.Addr().String())
		for _, host := range []string{one, other} {
			if _, isBoth := ln.(*bothListener); isBoth && !reaches(t, ln, net.JoinHostPort(host, port)) {
				t.Errorf("on %s, %s does not lead to it", one, host)
			}
		}
		if err := ln.Close(); err != nil {
			t.Error(err)
		}
	}
	ln, _, missing, err := Local(t.Context(), "listen", "127.0.0.2:0")
	if err != nil {
		t.Skipf("127.0.0.2 is no address of this machine: %v", err)
	}
	defer func() { _ = ln.Close() }()
	if _, isBoth := ln.(*bothListener); isBoth || missing != nil {
		t.Errorf("127.0.0.2 is listened on as %T, with %v missing", ln, missing)
	}
}

// TestLocalSaysWhatIsMissing holds that a port which another program has in the other network is told: localhost would
// lead some clients there.
func TestLocalSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	taken, _, err := On(t.Context(), "other", "[::1]:0")
	if err != nil {
		t.Skipf("there is no IPv6: %v", err)
	}
	defer func() { _ = taken.Close() }()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	ln, _, missing, err := Local(t.Context(), "listen", "127.0.0.1:"+port)
	if errors.Is(err, syscall.EADDRINUSE) {
		t.Skip("another program has the port in both networks")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	if !errors.Is(missing, syscall.EADDRINUSE) {
		t.Errorf("missing is %v, want that the port is taken", missing)
	}
}
