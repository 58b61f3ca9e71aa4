// Command benchmark compares what a call through this server costs with what it costs through others: a bare reverse
// proxy, bare servers of mcp-go, of the Go SDK and of the TypeScript SDK, all in front of the same imitation of HeyGen,
// which answers at once.
//
//	go run -C cmd/benchmark .
//	go run -C cmd/benchmark . -part growth
//
// Other parts measure the product as it knows more, idle connections, first calls, starts, and replicas on one
// database.
//
// Each server is a process of its own with a processor of its own; the load and the imitation share the others. The
// servers take turns, round by round, so that whatever else the machine does falls on all alike, and each round gives
// one ratio to the proxy. It is a module of its own, so that the product's does not grow by what it is compared with.
//
// main.go reads the flags and runs the parts; loads.go has the requests; peers.go, sdk_go.go and typescript/ have the
// servers; rounds.go takes turns; growth.go, idle.go, cold.go, start.go, replicas.go and instructions.go are the other
// parts; wire.go is the client; process_linux.go reads clocks and memory; table.go prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// options are the flags.
type options struct {
	program     string   // the product's, built from this tree where it is empty
	peers       []string // which servers to compare
	loads       []string // what to send them
	rounds      int      // turns of each server at each load
	calls       int      // of a turn
	clients     int      // connections that call at once
	rate        int      // the most calls a second while waiting is measured
	profile     string   // directory for profiles of the product
	part        string   // what to measure
	database    string   // of replicas
	connections int      // that are idle at once
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 1 && args[0] == "serve" {
		return serve(ctx, args[1], args[2:])
	}
	var o options
	var peers, loads string
	flags := flag.NewFlagSet("benchmark", flag.ContinueOnError)
	flags.StringVar(&o.program, "program", "", "the product's `binary`; without it, one is built from this tree")
	flags.StringVar(&peers, "peers", strings.Join(peerNames(), ","), "servers to compare")
	flags.StringVar(&loads, "loads", strings.Join(loadNames(), ","), "what to send them")
	flags.IntVar(&o.rounds, "rounds", 11, "turns of each server at each load")
	flags.IntVar(&o.calls, "calls", 8000, "calls of a turn of the proxy's; slower servers get fewer")
	flags.IntVar(&o.clients, "clients", 16, "connections that call at once")
	flags.IntVar(&o.rate, "rate", 0, "most calls a second while waiting is measured; 0 is half of what a server carries")
	flags.StringVar(&o.profile, "profile", "", "`directory` for processor profiles of the product")
	flags.StringVar(&o.part, "part", "calls", "what to measure: calls of all servers; growth, the product as more is known; idle connections and their memory; cold, first calls; start, until a server is ready and has answered; replicas, three on one PostgreSQL; instructions, as valgrind counts them")
	flags.StringVar(&o.database, "database", os.Getenv("HEYGEN_MCP_TEST_DATABASE_URL"), "`URL` of a PostgreSQL database in which replicas get schemas of their own")
	flags.IntVar(&o.connections, "connections", 10_000, "idle connections")
	if err := flags.Parse(args); err != nil {
		return err
	}
	o.peers, o.loads = strings.Split(peers, ","), strings.Split(loads, ",")
	return measure(ctx, o)
}

// measure does what the flags say, in a directory of its own and in front of one HeyGen.
func measure(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "benchmark")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b, err := newBench(ctx, o, dir)
	if err != nil {
		return err
	}
	defer b.heygen.stop()
	parts := map[string]func(context.Context, io.Writer) error{"calls": b.compare, "growth": b.grow, "idle": b.idle, "cold": b.cold, "start": b.starts, "replicas": b.replicas, "instructions": b.instructions}
	part, ok := parts[o.part]
	if !ok {
		return fmt.Errorf("there is no part %q", o.part)
	}
	return part(ctx, os.Stdout)
}
