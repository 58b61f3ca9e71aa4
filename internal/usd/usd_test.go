package usd_test

import (
	"testing"

	"heygen-mcp/internal/usd"
)

// TestRounded holds that what is told of a cost suffices for it, and that what is told to be left is there.
func TestRounded(t *testing.T) {
	t.Parallel()
	for amount, want := range map[float64][2]string{
		0: {"0.00", "0.00"}, 0.00004: {"0.0001", "0.00"}, 0.43482: {"0.4349", "0.4348"}, 0.43: {"0.43", "0.43"},
		0.06: {"0.06", "0.06"}, 0.311501: {"0.3116", "0.3115"}, 0.3115004: {"0.3115", "0.3115"}, 0.1 + 0.2: {"0.30", "0.30"}, 0.99999: {"1.00", "0.9999"}, 2.001: {"2.01", "2.00"},
		7: {"7.00", "7.00"}, 22.515: {"22.52", "22.51"}, -3: {"0.00", "0.00"}, 1e6: {"1000000.00", "1000000.00"},
	} {
		if got := [2]string{usd.Text(usd.Up(amount)), usd.Text(usd.Down(amount))}; got != want {
			t.Errorf("%v is told as %v, want %v", amount, got, want)
		}
	}
	if got := usd.Text(0.4348); got != "0.4348" {
		t.Errorf("a limit is told as %s", got)
	}
}
