package engine

import "testing"

func TestHostsOfTheSetting(t *testing.T) {
	t.Parallel()
	for given, ok := range map[string]bool{
		"hooks.example": true, "hooks.example:8443": true, "127.0.0.1": true, "[::1]:80": true, "::1": true, "bücher.example": true,
		"": false, "https://hooks.example": false, "hooks.example/x": false, "a@b": false, "*.example": false, "a b": false,
	} {
		if err := CheckCallbackHost(given); (err == nil) != ok {
			t.Errorf("%q: %v", given, err)
		}
	}
}
