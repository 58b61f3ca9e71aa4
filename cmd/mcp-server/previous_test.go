package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"testing"
	"time"
)

// previousVariable names the binary of the previous release, which .ci/previous.sh builds.
const previousVariable = "HEYGEN_MCP_TEST_PREVIOUS"

// startPrevious serves one replica by the previous release's binary, and gives what ends it.
func (d *rolling) startPrevious(t *testing.T, binary string) (stop func()) {
	t.Helper()
	free, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	args := slices.Clone(d.args)
	args[slices.Index(args, "--listen")+1] = address
	if at := slices.Index(args, "--drain-delay"); at >= 0 {
		args = slices.Delete(args, at, at+2)
	}
	p := start(t.Context(), t, binary, append([]string{"serve"}, args...)...)
	d.door.add(t.Context(), &url.URL{Scheme: "http", Host: address})
	return func() {
		if err := p.cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = p.wait() // it says that it was killed
		d.door.look(t.Context())
	}
}

// TestANewVersionBesideThePrevious holds that migrations expand before they contract: the previous release goes on
// serving, signing in and renewing on a database that a replica of this version has migrated, each of them serves what
// the other began, and when the old one has gone nothing is missing.
func TestANewVersionBesideThePrevious(t *testing.T) {
	t.Parallel()
	binary := os.Getenv(previousVariable)
	if binary == "" {
		t.Skip(previousVariable + " names no binary; .ci/previous.sh builds it and runs this test")
	}
	d := newRolling(t)
	d.now = time.Now // as in the other process
	works := func(when, account string) {
		t.Helper()
		for range 4 { // the replicas take turns
			status, body, err := d.post(t.Context(), d.mcpURL, account, rpc("get_current_user", `{}`, ""))
			if err != nil || status != http.StatusOK || result(t, body)["username"] != account {
				t.Errorf("%s a call of %s: %d %s %v", when, account, status, body, err)
			}
		}
	}
	end := d.startPrevious(t, binary)
	works("before the update,", "ana")
	held := connectAtHeyGen(t, d.mcpURL)

	d.start(t)
	for i := range 4 {
		works("beside each other,", "ana")
		if status, body, err := held.tryRenew(t.Context()); err != nil || status != http.StatusOK {
			t.Errorf("beside each other, a renewal: %d %s %v", status, body, err)
		}
		works("beside each other,", fmt.Sprintf("new%d", i))
		if res := d.tool(t, "ana", "create_video_from_avatar", d.create(t, "ana")); res["video_id"] == nil {
			t.Errorf("beside each other, a create: %v", res)
		}
	}
	end()
	works("after the update,", "ana")
	works("after the update,", "new0")
	if status, body, err := held.tryRenew(t.Context()); err != nil || status != http.StatusOK {
		t.Errorf("after the update, a renewal: %d %s %v", status, body, err)
	}
}
