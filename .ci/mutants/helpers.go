package main

// variable is where a binary reads which of its changes is switched on.
const variable = "HEYGEN_MCP_MUTANT"

// helpers is what changed code calls: each does what the operator does that it stands for, or what gremlins puts in its
// place.
const helpers = `
import (
	"cmp"
	"os"
	"strconv"
)

var mutantNow = func() int { n, _ := strconv.Atoi(os.Getenv("` + variable + `")); return n }()

type mutantInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type mutantNumber interface { mutantInteger | ~float32 | ~float64 }

func mutantLss[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantNow == negated: return !(x < y); case mutantNow == bound: return x <= y }
	return x < y
}

func mutantLeq[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantNow == negated: return !(x <= y); case mutantNow == bound: return x < y }
	return x <= y
}

func mutantGtr[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantNow == negated: return !(x > y); case mutantNow == bound: return x >= y }
	return x > y
}

func mutantGeq[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantNow == negated: return !(x >= y); case mutantNow == bound: return x > y }
	return x >= y
}

func mutantAdd[T mutantNumber](change int, x, y T) T { if mutantNow == change { return x - y }; return x + y }
func mutantSub[T mutantNumber](change int, x, y T) T { if mutantNow == change { return x + y }; return x - y }
func mutantMul[T mutantNumber](change int, x, y T) T { if mutantNow == change { return x / y }; return x * y }
func mutantQuo[T mutantNumber](change int, x, y T) T { if mutantNow == change { return x * y }; return x / y }
func mutantRem[T mutantInteger](change int, x, y T) T { if mutantNow == change { return x * y }; return x % y }
func mutantNeg[T mutantNumber](change int, x T) T { if mutantNow == change { return x }; return -x }
func mutantStep[T mutantNumber](change int) T { if mutantNow == change { var one T = 1; return -one }; return 1 }
`
