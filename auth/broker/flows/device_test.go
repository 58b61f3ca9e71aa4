package flows_test

import (
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/auth/broker/flows"
)

// TestUserCodes holds the form of a code that a device shows, and that it is found however it is
// typed.
func TestUserCodes(t *testing.T) {
	t.Parallel()
	seen, letters := map[string]bool{}, map[rune]bool{}
	for range 200 {
		code := flows.NewUserCode()
		if len(code) != flows.UserCodeLength+1 || code[4] != '-' || strings.Trim(code, "BCDFGHJKLMNPQRSTVWXZ-") != "" || seen[code] {
			t.Fatalf("the code is %q", code)
		}
		seen[code] = true
		for _, letter := range code {
			letters[letter] = true
		}
		for _, typed := range []string{strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + "\n"} {
			if flows.HashUserCode(typed) != flows.HashUserCode(code) {
				t.Errorf("%q is not found as %q", typed, code)
			}
		}
	}
	if len(letters) != 21 { // with the hyphen; that one of 20 is not among 1600 is as good as impossible
		t.Errorf("the codes are of %d characters, want 21", len(letters))
	}
	if flows.HashUserCode("BCDF-GHJK") == flows.HashUserCode("BCDF-GHJL") {
		t.Error("two codes have one hash")
	}
}

// TestADevicesFlow holds that a sign-in for a device goes through the same records.
func TestADevicesFlow(t *testing.T) {
	t.Parallel()
	brokertest.Device(brokertest.OnSQLite(t))
}
