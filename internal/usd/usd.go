// Package usd owns how amounts of US dollars are rounded and written where they are compared with limits. It knows no
// price.
package usd

import (
	"math"
	"strconv"
	"strings"
)

// Up rounds an amount up to what is told of it, for an estimate must suffice: to cents, or to a hundredth of one below
// a dollar.
func Up(amount float64) float64 { return rounded(amount, math.Ceil) }

// Down rounds an amount down in the same way, for what is left must be there.
func Down(amount float64) float64 { return rounded(amount, math.Floor) }

const (
	// millionths of a dollar are what prices and records are kept in.
	millionths = 1e6
	// slip is what binary fractions are off by, in the last digit that is told.
	slip = 1e-6
)

func rounded(amount float64, to func(float64) float64) float64 {
	parts := 100.0
	if amount < 1 {
		parts = 10_000
	}
	n := math.Round(amount*millionths) / millionths * parts
	if near := math.Round(n); math.Abs(n-near) < slip {
		n = near
	}
	return max(0, to(n)/parts)
}

// Text writes an amount with all its digits, and two at least.
func Text(amount float64) string {
	text := strconv.FormatFloat(amount, 'f', -1, 64)
	if _, cents, _ := strings.Cut(text, "."); len(cents) < 2 {
		return strconv.FormatFloat(amount, 'f', 2, 64)
	}
	return text
}
