package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"sync/atomic"
	"syscall"
)

// serveBench is the child: it runs until its input ends.
func serveBench(which string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	start := map[string]func(context.Context) (string, error){"whole": serveOurs, "silent": serveSilent, "observed": serveObserved,
		"sandbox": serveSandbox, "waits": serveWaits}[which]
	if start == nil {
		return errors.New("there is no server " + which)
	}
	url, err := start(ctx)
	if err != nil {
		return err
	}
	if name := os.Getenv(profileVariable); name != "" {
		profile, err := os.Create(name + "." + which) //nolint:gosec // G703: whoever runs the benchmark names the file
		if err != nil {
			return err
		}
		defer func() { _ = profile.Close() }()
		if err := pprof.StartCPUProfile(profile); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	fmt.Println(url)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		switch lines.Text() {
		case weigh:
			weight()
			if err := writeHeap(which); err != nil {
				return err
			}
			continue
		case tellAsked:
			fmt.Println(statusCalls.Load())
			continue
		}
		var used syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
			return err
		}
		fmt.Println((used.Utime.Nano() + used.Stime.Nano()) / 1000)
	}
	return nil
}

// weigh asks the child for what it holds, tellAsked for how often it has asked HeyGen for states.
const weigh, tellAsked = "weigh", "asked"

// upstreamVariable names the HeyGen of a child.
const upstreamVariable = "HEYGEN_MCP_BENCH_UPSTREAM"

var statusCalls atomic.Int64 //nolint:gochecknoglobals // of the one server that a child is

// weight prints the goroutines, the bytes that are in use and those of stacks once nothing more can be collected.
func weight() {
	var m runtime.MemStats
	for range 2 { // pools give up what they hold at the second
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	fmt.Println(runtime.NumGoroutine(), m.HeapAlloc, m.StackInuse)
}

// writeHeap writes what is in use, where a profile is wanted.
func writeHeap(which string) error {
	name := os.Getenv(profileVariable)
	if name == "" {
		return nil
	}
	profile, err := os.Create(name + "." + which + ".heap") //nolint:gosec // G703: whoever runs the benchmark names the file
	if err != nil {
		return err
	}
	defer func() { _ = profile.Close() }()
	return pprof.WriteHeapProfile(profile)
}
