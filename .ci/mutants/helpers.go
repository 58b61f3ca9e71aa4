package main

// variable is where a binary reads which of its changes is switched on, and reachedVariable the file to which it writes
// those that its tests reach.
const (
	variable        = "HEYGEN_MCP_MUTANT"
	reachedVariable = "HEYGEN_MCP_MUTANTS_REACHED"
)

// noChange switches none on, and yet has each asked for.
const noChange = -1

// helpers is what changed code calls: each does what the operator does that it stands for, or what gremlins puts in its
// place.
const helpers = `
import (
	"cmp"
	"os"
	"strconv"
	"sync/atomic"
)

var mutantNow = func() int { n, _ := strconv.Atoi(os.Getenv("` + variable + `")); return n }()

var mutantReached = func() *os.File {
	if name := os.Getenv("` + reachedVariable + `"); name != "" {
		file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil { panic(err) }
		return file
	}
	return nil
}()

var mutantSeen [1 << 14]atomic.Bool // more than a package has; there is a test that counts allocations, so it is no map

func mutantOn(change int) bool {
	if mutantReached != nil && !mutantSeen[change].Load() && !mutantSeen[change].Swap(true) {
		mutantReached.WriteString(strconv.Itoa(change) + "\n")
	}
	return mutantNow == change
}

type mutantInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type mutantNumber interface { mutantInteger | ~float32 | ~float64 }

func mutantLss[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantOn(negated): return !(x < y); case mutantOn(bound): return x <= y }
	return x < y
}

func mutantLeq[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantOn(negated): return !(x <= y); case mutantOn(bound): return x < y }
	return x <= y
}

func mutantGtr[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantOn(negated): return !(x > y); case mutantOn(bound): return x >= y }
	return x > y
}

func mutantGeq[T cmp.Ordered](negated, bound int, x, y T) bool {
	switch { case mutantNow == 0: case mutantOn(negated): return !(x >= y); case mutantOn(bound): return x > y }
	return x >= y
}

func mutantAdd[T mutantNumber](change int, x, y T) T { if mutantOn(change) { return x - y }; return x + y }
func mutantSub[T mutantNumber](change int, x, y T) T { if mutantOn(change) { return x + y }; return x - y }
func mutantMul[T mutantNumber](change int, x, y T) T { if mutantOn(change) { return x / y }; return x * y }
func mutantQuo[T mutantNumber](change int, x, y T) T { if mutantOn(change) { return x * y }; return x / y }
func mutantRem[T mutantInteger](change int, x, y T) T { if mutantOn(change) { return x * y }; return x % y }
func mutantNeg[T mutantNumber](change int, x T) T { if mutantOn(change) { return x }; return -x }
func mutantStep[T mutantNumber](change int) T { if mutantOn(change) { var one T = 1; return -one }; return 1 }
`
