package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/text"
)

// grantsCommand is what `grants` was asked for.
type grantsCommand struct {
	end             bool
	json, all       bool
	account, client string
}

// grants lists the sign-ins of a deployment, or ends some of them.
func grants(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	asked, rest, err := readGrants(args)
	var cfg *settings.Config
	if err == nil {
		cfg, err = settings.Load("grants", rest, env)
	}
	if err == nil && cfg.DatabaseURL == "" && cfg.DataDir == "" {
		err = errors.New("--database-url or --data-dir must say where the sign-ins are")
	}
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server grants: %v\n", err)
		return exitUsage
	}
	if err := asked.run(ctx, cfg, stdout); err != nil {
		fmt.Fprintf(stderr, "mcp-server grants: %v\n", cfg.AsGiven(err))
		return exitFailure
	}
	return exitOK
}

// readGrants takes the command's own arguments out of those of a setting.
func readGrants(args []string) (c grantsCommand, rest []string, err error) {
	if len(args) == 0 || args[0] != "list" && args[0] != "end" {
		return c, nil, errors.New("it is grants list or grants end")
	}
	c.end = args[0] == "end"
	for i := 1; i < len(args); i++ {
		name, value, hasValue := strings.Cut(args[i], "=")
		var field *string
		switch name {
		case "--json":
			c.json = true
			continue
		case "--all":
			c.all = true
			continue
		case "--account":
			field = &c.account
		case "--client":
			field = &c.client
		default:
			rest = append(rest, args[i])
			continue
		}
		if !hasValue {
			if i++; i >= len(args) {
				return c, nil, fmt.Errorf("%s needs a value", name)
			}
			value = args[i]
		}
		if *field = value; value == "" {
			return c, nil, fmt.Errorf("%s is empty", name)
		}
	}
	chosen := c.all || c.account != "" || c.client != ""
	switch {
	case c.end && !chosen:
		return c, nil, errors.New("grants end needs --account, --client or --all")
	case c.all && (c.account != "" || c.client != ""):
		return c, nil, errors.New("--all leaves nothing for --account or --client to choose")
	case c.end && c.json:
		return c, nil, errors.New("--json is for grants list")
	}
	return c, rest, nil
}

// run does what was asked for.
func (c grantsCommand) run(ctx context.Context, cfg *settings.Config, stdout io.Writer) (err error) {
	if file := cfg.DatabaseFile(); cfg.DatabaseURL == "" {
		// One would be made, and whoever mistyped the directory would read that all sign-ins have ended.
		if _, err := os.Stat(file); err != nil { //nolint:gosec // G703: the operator names the directory
			return fmt.Errorf("--data-dir: no server keeps sign-ins there: %w", err)
		}
	}
	db, err := app.OpenDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	store, err := auth.OpenStore(ctx, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	all, err := auth.Grants(ctx, store)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(g auth.Grant) bool { return !c.chooses(g) })
	if !c.end {
		return c.list(all, stdout)
	}
	log, err := observe.OpenAuditLog(cfg.AuditLog, false, cfg.Now)
	if err != nil {
		return err
	}
	defer log.Close()
	for _, g := range all {
		if err := store.EndGrant(ctx, g.ID); err != nil {
			return err
		}
		log.SignIns(ctx, auth.Event{What: auth.EventEnded, Client: g.Client, Grant: g.ID, Caller: g.Caller, Detail: "operator"})
	}
	note := ""
	if len(all) > 0 && !db.Shared {
		note = " A server that runs on this file may take their access tokens for ten minutes more; one that is " +
			"restarted does not."
	}
	_, err = fmt.Fprintf(stdout, "%d ended.%s\n", len(all), note)
	return err
}

// chooses says whether a sign-in is among those that are asked for.
func (c grantsCommand) chooses(g auth.Grant) bool {
	return (c.account == "" || c.account == g.Caller) && (c.client == "" || c.client == g.Client)
}

// list prints sign-ins: a table for people, JSON for programs.
func (c grantsCommand) list(all []auth.Grant, stdout io.Writer) error {
	if c.json {
		if all == nil {
			all = []auth.Grant{}
		}
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	}
	w := tabwriter.NewWriter(stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ACCOUNT\tCLIENT\tNAME\tBY\tCREATED\tUSED\tSCOPES")
	for _, g := range all {
		by := "sign-in"
		if g.Key {
			by = "key"
		}
		const longest = 80 // bytes of what a client calls itself
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", g.Caller, observe.ConsoleMessage(text.Clip(g.Client, longest)),
			observe.ConsoleMessage(text.Clip(g.Name, longest)), by, g.Created.UTC().Format(time.RFC3339), g.Used.UTC().Format(time.RFC3339), g.Scopes)
	}
	return w.Flush()
}
