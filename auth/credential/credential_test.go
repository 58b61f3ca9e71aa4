package credential_test

import (
	"fmt"
	"testing"

	"heygen-mcp/auth/credential"
)

// TestCaller holds that the account decides who calls where it is known, and that a key and a token
// are two callers.
func TestCaller(t *testing.T) {
	t.Parallel()
	key := credential.Credential{Kind: credential.Key, Secret: "a"}
	other := credential.Credential{Kind: credential.Key, Secret: "b"}
	token := credential.Credential{Kind: credential.Token, Secret: "a"}
	if key.Caller("mia") != other.Caller("mia") {
		t.Error("two keys of one account are two callers")
	}
	for what, same := range map[string]bool{
		"two accounts":                   key.Caller("mia") == key.Caller("noa"),
		"two keys of no account":         key.Caller("") == other.Caller(""),
		"a key and a token of one":       key.Caller("mia") == token.Caller("mia"),
		"an account named like a secret": key.Caller("") == key.Caller("a"),
		"two fingerprints":               key.Fingerprint() == token.Fingerprint(),
	} {
		if same {
			t.Errorf("%s have one id", what)
		}
	}
	// Ids stand in records and logs, so they must not change.
	const want = "642adb4d137b65cdee35aab552d9b261797730acf93f18ada2e1cca0465668c0"
	if got := key.Caller("mia"); got != want {
		t.Errorf("the caller is %s, want %s", got, want)
	}
}

// TestNothingPrintsTheSecret holds that a credential in a log line says its kind alone.
func TestNothingPrintsTheSecret(t *testing.T) {
	t.Parallel()
	c := credential.Credential{Kind: credential.Token, Secret: "secret"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, c); got != "[token]" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
	if got := (credential.RejectedError{}).Error(); got != "HeyGen refuses this credential" {
		t.Errorf("the error says %q", got)
	}
}
