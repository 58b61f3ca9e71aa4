// Command conformance serves the fixtures of the official MCP conformance suite through
// transport.New, the product's own HTTP stack, without a credential. What the suite finds out about
// this server it finds out about the product: only tools, prompts and resources differ.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/transport"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

// run serves until ctx is done. Its first line on stdout is the URL.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("conformance", flag.ContinueOnError)
	flags.SetOutput(stderr)
	listen := flags.String("listen", "127.0.0.1:0", "`address` to listen on")
	to := flags.String("to", "", "`URL` of another server, to stand in front of in place of the fixtures")
	key := flags.String("key", "", "credential to add on the way there")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", *listen)
	if err != nil {
		return err
	}
	public := &url.URL{Scheme: "http", Host: ln.Addr().String()}
	defer func() { _ = ln.Close() }() // closed already, if anything was served
	fmt.Fprintln(stdout, public.String()+"/mcp")
	if *to != "" {
		return serveProxy(ctx, ln, *to, *key)
	}
	return serveFixtures(ctx, ln, public, stderr)
}

func serveFixtures(ctx context.Context, ln net.Listener, public *url.URL, stderr io.Writer) error {
	f, err := newFixtures()
	if err != nil {
		return err
	}
	s, err := transport.New(
		transport.Config{
			PublicURL: public, Name: "conformance", Version: "1",
			Instructions: "Fixtures of the MCP conformance suite.",
			Log:          zerolog.New(stderr).With().Timestamp().Logger(),
		},
		transport.Parts{Register: f.register, ParamHeaders: true, Call: f.call, Tasks: f.jobs.parts()},
	)
	if err != nil {
		return err
	}
	return s.Serve(ctx, ln)
}

func serveProxy(ctx context.Context, ln net.Listener, to, key string) error {
	target, err := url.Parse(to)
	if err != nil || target.Host == "" {
		return errors.New("--to is no URL of a server")
	}
	srv := &http.Server{Handler: proxy(target, key), ReadHeaderTimeout: 10 * time.Second}
	done := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer done()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
