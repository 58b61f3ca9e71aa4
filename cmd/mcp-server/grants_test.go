package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/auth"
)

// listed are the sign-ins that `grants list` tells.
func listed(t *testing.T, args ...string) []auth.Grant {
	t.Helper()
	code, out, wrong := runs(t, append([]string{"grants", "list", "--json"}, args...))
	var all []auth.Grant
	if err := json.Unmarshal([]byte(out), &all); code != exitOK || err != nil {
		t.Fatalf("status %d, %v:\n%s%s", code, err, out, wrong)
	}
	return all
}

// TestGrantsAreListedAndEnded has three people sign in and ends their sign-ins by account, by client and all, beside a
// server that runs on the same file.
func TestGrantsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	audit := filepath.Join(dir, "audit.log")
	at := []string{"--data-dir", dir}
	s := newStackWith(t, io.Discard, noPause, append(fastSandbox(), "--auth", "broker", "--data-dir", dir)...)
	s.bearers = &bearers{tokens: map[string]string{}}
	for _, who := range []string{"ana", "ben", "cai"} {
		s.tool(t, who, "get_current_user", `{}`)
	}
	all := listed(t, at...)
	if len(all) != 3 || all[0].Caller == all[1].Caller || all[0].Client == "" || !all[0].Key || all[0].Created.IsZero() {
		t.Fatalf("listed are %+v", all)
	}
	code, out, _ := runs(t, append([]string{"grants", "list"}, at...))
	if code != exitOK || strings.Count(out, "\n") != 4 || strings.Contains(out, "ana") || strings.Contains(out, "sk_") {
		t.Errorf("status %d:\n%s", code, out)
	}
	end := func(want string, args ...string) {
		t.Helper()
		code, out, wrong := runs(t, append(append([]string{"grants", "end"}, args...), at...), "HEYGEN_MCP_AUDIT_LOG="+audit)
		if code != exitOK || !strings.HasPrefix(out, want) {
			t.Errorf("%v: status %d: %s%s", args, code, out, wrong)
		}
	}
	end("0 ended.", "--account", "nobody")
	end("1 ended.", "--account", all[0].Caller)
	end("1 ended.", "--client="+all[1].Client)
	if left := listed(t, at...); len(left) != 1 || left[0].ID != all[2].ID {
		t.Errorf("left are %+v", left)
	}
	end("1 ended.", "--all")
	if lines, text := audited(t, audit); len(lines) != 3 || lines[0]["event"] != "end" || lines[0]["detail"] != "operator" || lines[0]["grant"] != all[0].ID {
		t.Errorf("the audit log holds %s", text)
	}
	// Whoever has a token that nobody remembers is refused.
	again := newStackWith(t, io.Discard, noPause, append(fastSandbox(), "--auth", "broker", "--data-dir", dir)...)
	status, _, err := (&stack{}).post(t.Context(), again.mcpURL, "Bearer "+strings.TrimPrefix(s.bearers.tokens["ana"], "Bearer "), rpc("get_current_user", "{}", ""))
	if err != nil || status != http.StatusUnauthorized {
		t.Errorf("an ended sign-in: %d, %v", status, err)
	}
}

func TestGrantsNeedAPlaceAndAChoice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for given, want := range map[string]string{
		"":                                "grants list or grants end",
		"show":                            "grants list or grants end",
		"list":                            "--database-url or --data-dir",
		"end --data-dir " + dir:           "needs --account, --client or --all",
		"end --all --client x":            "--all leaves nothing",
		"end --account":                   "--account needs a value",
		"end --account=":                  "--account is empty",
		"end --all --json":                "--json is for grants list",
		"list --data-dir " + dir + " --x": "--x is not a flag of grants",
	} {
		if code, _, wrong := runs(t, append([]string{"grants"}, strings.Fields(given)...)); code != exitUsage || !strings.Contains(wrong, want) {
			t.Errorf("%q: status %d: %s", given, code, wrong)
		}
	}
}

// TestGrantsOfNoServer holds that a mistyped directory is not told as one without sign-ins, and is not made.
func TestGrantsOfNoServer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mistyped")
	for _, command := range []string{"list", "end --all"} {
		code, out, wrong := runs(t, append([]string{"grants"}, strings.Fields(command+" --data-dir "+dir)...))
		if code != exitFailure || out != "" || !strings.Contains(wrong, "--data-dir: no server keeps sign-ins there") {
			t.Errorf("%s: status %d: %s%s", command, code, out, wrong)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the directory was made")
	}
}
