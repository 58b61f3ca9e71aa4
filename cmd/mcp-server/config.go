package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools"
	"heygen-mcp/transport"
)

// The values of --argument-case.
const snakeCase, camelCase = "snake", "camel"

// variablePrefix begins the variable of every setting.
const variablePrefix = "HEYGEN_MCP_"

// config is every setting, read and checked.
type config struct {
	Listen              string
	PublicURL           *url.URL // nil: derived from the listener
	Auth                string
	Sandbox             bool
	SandboxListen       string
	SandboxSpeed        float64
	HeyGenURL           *url.URL
	AuthorizationServer string
	AllowedOrigins      []string
	AllowedHosts        []string
	TrustedProxies      []netip.Prefix
	DataDir             string
	DatabaseURL         string
	HeyGenClientID      string
	RedirectHosts       []string
	OmitIssuer          bool
	NoDeviceGrant       bool
	AccessLifetime      time.Duration
	RefreshLifetime     time.Duration
	SpendCapDaily       float64 // USD; 0 is none
	LedgerDays          int
	LogFormat           string
	AuditLog            string
	AuditArguments      bool
	Toolsets            []string
	ReadOnly            bool
	Confirm             string
	ConfirmStrict       bool
	CallbackHosts       []string
	JobCallbacks        string // callbacksAuto or callbacksOff
	ArgumentCase        string
	Exit                bool
	Out                 string

	APIKey   string
	Token    string
	Clients  []auth.Client
	clients  string // as they are written
	Secret   []byte // of the keys of creates
	Ring     *seal.Ring
	sealKeys string   // as they are written
	Warnings []string // what was given and is not used, for the log
	given    map[string]bool

	// pause waits before a call to HeyGen is repeated, and clock tells the time; nil is the real thing. No
	// setting changes them: tests do, which must neither sleep nor meet the edge of a slot.
	pause func(context.Context, time.Duration) error
	clock func() time.Time
	// upstream answers in HeyGen's place; nil is the network. Benchmarks set it, which count our own work.
	upstream http.RoundTripper
	// watch is put before the sandbox; nil puts nothing there. Tests set it, which hold every request and
	// answer against HeyGen's document.
	watch func(http.Handler) http.Handler
	// poll is how long tools leave between two polls; 0 is what suits HeyGen or the sandbox. Tests set it.
	poll time.Duration
	// limits bound what is in flight; what is 0 is the default. Benchmarks set them.
	limits transport.Limits
}

// setting is one row of the settings: its flag, its default, what it means, and how it is read.
type setting struct {
	Flag     string
	Default  string
	Meaning  string
	Commands []string
	Boolean  bool
	read     func(c *config, value string) error
}

// Variable is the environment's name for the setting.
func (s setting) Variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(s.Flag, "-", "_"))
}

// settingTable is the one list of settings; help, the README and the reader all come from it.
func settingTable() []setting {
	serve, both, demo := []string{"serve"}, []string{"serve", "demo"}, []string{"demo"}
	return []setting{
		{Flag: "listen", Default: "127.0.0.1:8080", Commands: both, read: asWritten(func(c *config) *string { return &c.Listen }),
			Meaning: "Address to listen on. For 127.0.0.1, ::1 or localhost both loopback addresses are listened on, and the server answers by each of these names as by its own. An address that is not loopback needs --public-url."},
		{Flag: "public-url", Commands: serve, read: link(func(c *config) **url.URL { return &c.PublicURL }, transport.CheckPublicURL),
			Meaning: "Origin, with an optional path prefix, under which clients reach the server. The endpoint is this + /mcp. Unset, it is the listener's."},
		{Flag: "auth", Commands: serve, read: asWritten(func(c *config) *string { return &c.Auth }),
			Meaning: "Who may call. broker: people sign in here, with HeyGen or an API key, and clients get tokens of this server's. direct: each caller brings a HeyGen token or API key. single: all calls use HEYGEN_API_KEY. Unset, it is broker where --public-url is set, else single where HEYGEN_API_KEY is set, the listener is loopback and there is no --sandbox, else direct."},
		{Flag: "sandbox", Commands: serve, Boolean: true, read: yesNo(func(c *config) *bool { return &c.Sandbox }),
			Meaning: "Use a built-in imitation of HeyGen instead of HeyGen. Nothing leaves the machine and nothing costs; webhooks reach this machine only, and only while the server is for this machine only."},
		{Flag: "sandbox-listen", Default: "127.0.0.1:0", Commands: both, read: asWritten(func(c *config) *string { return &c.SandboxListen }),
			Meaning: "Loopback address of the sandbox; port 0 takes a free one."},
		{Flag: "sandbox-speed", Commands: both, read: speed,
			Meaning: "How many times faster than real ones the sandbox's jobs run. Unset, it is 1 in serve and 10 in demo."},
		{Flag: "heygen-url", Default: "https://api.heygen.com", Commands: serve, read: link(func(c *config) **url.URL { return &c.HeyGenURL }, nil),
			Meaning: "Where HeyGen's API is."},
		{Flag: "authorization-server", Default: "https://api2.heygen.com", Commands: serve, read: issuer,
			Meaning: "Issuer of HeyGen's OAuth server, which direct mode sends clients to and broker people. With --sandbox it is the sandbox."},
		{Flag: "allowed-origins", Commands: serve, read: list(func(c *config) *[]string { return &c.AllowedOrigins }, transport.CheckOrigin),
			Meaning: "Comma-separated origins of web pages that may call, besides the server's own. Where the server is for this machine only, pages of loopback addresses may too, but for --auth single without HEYGEN_MCP_TOKEN."},
		{Flag: "allowed-hosts", Commands: serve, read: list(func(c *config) *[]string { return &c.AllowedHosts }, transport.CheckHost),
			Meaning: "Comma-separated Host values to answer to, besides that of the public URL and those of loopback, such as host.docker.internal. The log of a refused request has its Host."},
		{Flag: "trusted-proxies", Commands: serve, read: proxies,
			Meaning: "Comma-separated addresses and networks, as in 10.0.0.0/8, of the proxies in front of this server. What they say in X-Forwarded-For or Forwarded is whom limits count by: an IPv4 address, or the /56 of an IPv6 one. Unset, that is the peer of the connection, and all who come through one proxy share one part of what strangers may do."},
		{Flag: "data-dir", Commands: serve, read: asWritten(func(c *config) *string { return &c.DataDir }),
			Meaning: "Directory for the database of sign-ins and of what was made, and for the keys that make a repeated create the same create, and a task known, after a restart and on other replicas. Unset, all of it lives as long as the process."},
		{Flag: "database-url", Commands: serve, read: asWritten(func(c *config) *string { return &c.DatabaseURL }),
			Meaning: "PostgreSQL database, which replicas share, in place of the one in --data-dir. A flag shows in the list of processes: put a password into the variable, or into PGPASSWORD or PGPASSFILE."},
		{Flag: "access-lifetime", Default: "8h", Commands: serve, read: lifetime(func(c *config) *time.Duration { return &c.AccessLifetime }),
			Meaning: "How long the broker's access tokens live, as in 8h or 30m. A revoked one ends at once whatever this says."},
		{Flag: "refresh-lifetime", Default: "1440h", Commands: serve, read: lifetime(func(c *config) *time.Duration { return &c.RefreshLifetime }),
			Meaning: "How long a client may be away before its person has to sign in to the broker again."},
		{Flag: "redirect-hosts", Commands: serve, read: list(func(c *config) *[]string { return &c.RedirectHosts }, auth.CheckRedirectHost),
			Meaning: "Comma-separated https hosts, schemes as name://, and whole redirect URIs, to which the broker may send people back besides this computer and the clients it knows: Claude, ChatGPT, VS Code, Cursor. Whoever is there counts as known."},
		{Flag: "heygen-client-id", Commands: serve, read: asWritten(func(c *config) *string { return &c.HeyGenClientID }),
			Meaning: "This server's client id at --authorization-server, for the broker's way in by HeyGen's sign-in. Its redirect URI is the public URL + /oauth/callback, and, where that is a loopback one, the same by each loopback name. Unset, the broker registers itself there on first use."},
		{Flag: "omit-iss", Commands: serve, Boolean: true, read: yesNo(func(c *config) *bool { return &c.OmitIssuer }),
			Meaning: "Leave iss out of the broker's redirects, for old clients that fail over it. It costs a protection: nothing then tells a client whose code it is handed, so one that talks to several servers can be led by a malicious one to give it a code of this server's."},
		{Flag: "device-grant", Default: "true", Commands: serve, Boolean: true, read: noYes(func(c *config) *bool { return &c.NoDeviceGrant }),
			Meaning: "Let programs without a browser sign in to the broker by a code that their person types (RFC 8628). Somebody can send people a code of their own to type, which no check can tell apart; --device-grant=false takes the grant out."},
		{Flag: "spend-cap-daily", Commands: serve, read: amount(func(c *config) *float64 { return &c.SpendCapDaily }),
			Meaning: "The most, in USD, that each account may spend in a day (UTC) through this server, as estimates reserve it and results settle it. A call that could pass it is refused before anything is sent, and so is one whose cost nobody can tell. Unset, there is no cap."},
		{Flag: "ledger-days", Default: "90", Commands: serve, read: count(func(c *config) *int { return &c.LedgerDays }, 1, 3650),
			Meaning: "How long the record of what was made and what it cost is kept, in days. It is in the database of --database-url or --data-dir; without either it is in memory and ends with the process."},
		{Flag: "log-format", Default: logAuto, Commands: both, read: logFormat,
			Meaning: "Form of the log on standard error: json for programs, console for people, or auto, which is console where standard error is a terminal and otherwise json."},
		{Flag: "audit-log", Commands: serve, read: asWritten(func(c *config) *string { return &c.AuditLog }),
			Meaning: "File to append audit lines to, or - for standard output: sign-ins, tokens, and each call of a tool with its caller's hash, outcome and cost; never an argument without --audit-arguments. It may be copied and truncated while the server runs (copytruncate), and is not opened again. Unset, there are none."},
		{Flag: "audit-arguments", Commands: serve, Boolean: true, read: yesNo(func(c *config) *bool { return &c.AuditArguments }),
			Meaning: "Add the arguments of each call of a tool to its audit line, as text of at most 8192 bytes. They hold what people have videos say, links with signatures, and files that are sent along."},
		{Flag: "toolsets", Commands: serve, read: list(func(c *config) *[]string { return &c.Toolsets }, checkToolset),
			Meaning: "Comma-separated sets of tools that may be used: " + strings.Join(tools.Toolsets(), ", ") + ". Unset, a client is given core and may choose any."},
		{Flag: "read-only", Commands: serve, Boolean: true, read: yesNo(func(c *config) *bool { return &c.ReadOnly }),
			Meaning: "Offer only the tools that change nothing."},
		{Flag: "confirm", Default: tools.ConfirmNever, Commands: serve, read: asWritten(func(c *config) *string { return &c.Confirm }),
			Meaning: "Which calls a person must agree to first: never, deletes (what cannot be taken back, and where webhooks lead) or all (whatever creates, changes or deletes). Clients that can ask are told to; others must add confirm: true to the call, which a model can do without asking anybody: see --confirm-strict."},
		{Flag: "confirm-strict", Commands: serve, Boolean: true, read: yesNo(func(c *config) *bool { return &c.ConfirmStrict }),
			Meaning: "Refuse the calls that --confirm is about to clients that cannot ask the user, in place of taking confirm: true from them. Clients that speak MCP 2026-07-28 and declare elicitation can ask."},
		{Flag: "callback-hosts", Commands: serve, read: list(func(c *config) *[]string { return &c.CallbackHosts }, tools.CheckCallbackHost),
			Meaning: "Comma-separated hosts, each with or without a port, to which callback_url arguments and webhook endpoints may lead; others are refused. Unset, they may lead to the host of this server's own URL, and wherever the user agrees when the client asks them; clients that cannot ask are refused."},
		{Flag: "job-callbacks", Default: callbacksAuto, Commands: serve, read: asWritten(func(c *config) *string { return &c.JobCallbacks }),
			Meaning: "auto asks HeyGen to call this server at --public-url + /hooks/ when a job has ended whose create names no callback_url of its own, so that waits end sooner; off does not. Such a call is never believed: it has the job looked at. Without --public-url there are none."},
		{Flag: "argument-case", Default: snakeCase, Commands: serve, read: asWritten(func(c *config) *string { return &c.ArgumentCase }),
			Meaning: "Spelling of the arguments in the tools' schemas: snake or camel, for clients that send names only as they read them. Both are understood anyway."},
		{Flag: "out", Default: ".", Commands: demo, read: asWritten(func(c *config) *string { return &c.Out }),
			Meaning: "Directory to save the video in."},
		{Flag: "exit", Commands: demo, Boolean: true, read: yesNo(func(c *config) *bool { return &c.Exit }),
			Meaning: "Stop once the video is saved, instead of serving on. The last line printed is the path of the video."},
	}
}

// settingsOf lists the settings of a command.
func settingsOf(command string) []setting {
	return slices.DeleteFunc(settingTable(), func(s setting) bool { return !slices.Contains(s.Commands, command) })
}

// load reads the settings of a command from flags, variables and defaults, and reports every fault
// it finds at once: mending one at a time wastes a start each.
func load(command string, args, environ []string) (*config, error) {
	c := &config{given: map[string]bool{}}
	env := variables(environ)
	rows := settingsOf(command)
	flags, faults := parse(command, rows, args)
	for _, s := range rows {
		value, name := s.Default, "--"+s.Flag
		if v := env[s.Variable()]; v != "" {
			value, name, c.given[s.Flag] = v, s.Variable(), true
		}
		if v, ok := flags[s.Flag]; ok {
			value, name, c.given[s.Flag] = v, "--"+s.Flag, true
		}
		if value == "" && !c.given[s.Flag] {
			continue
		}
		if err := s.read(c, value); err != nil {
			faults = append(faults, fmt.Errorf("%s %s: %w", name, shown(value), err))
		}
	}
	c.Warnings = append(c.Warnings, unknownVariables(env)...)
	if command == "demo" {
		faults = append(faults, c.demoRules(env)...)
	} else {
		faults = append(faults, c.serveRules(env)...)
	}
	var err error
	if c.Secret, err = idempotencySecret(c.DataDir); err != nil {
		faults = append(faults, err)
	}
	if c.Ring, err = sealRing(c.DataDir, c.sealKeys); err != nil {
		faults = append(faults, err)
	}
	return c, errors.Join(faults...)
}

// shown is a value as a fault may show it: one with an @ may hold a password before it.
func shown(value string) string {
	if strings.Contains(value, "@") {
		return "(not shown)"
	}
	return strconv.Quote(value)
}

// parse splits the arguments into flags. The standard flag package stops at the first fault, and
// all are wanted.
func parse(command string, rows []setting, args []string) (map[string]string, []error) {
	flags := map[string]string{}
	var faults []error
	for i := 0; i < len(args); i++ {
		name, value, hasValue := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(args[i], "-"), "-"), "=")
		at := slices.IndexFunc(rows, func(s setting) bool { return s.Flag == name })
		switch {
		case !strings.HasPrefix(args[i], "-"):
			faults = append(faults, fmt.Errorf("%s: %s takes flags only", shown(args[i]), command))
			continue
		case at < 0:
			faults = append(faults, fmt.Errorf("--%s is not a flag of %s in this version; `mcp-server help` lists those there are", name, command))
			if !hasValue && i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
				i++ // most likely its value, which is no second fault
			}
			continue
		case hasValue:
		case rows[at].Boolean:
			value = "true"
		case i+1 < len(args):
			i++
			value = args[i]
		default:
			faults = append(faults, fmt.Errorf("--%s needs a value", name))
			continue
		}
		if _, twice := flags[name]; twice {
			faults = append(faults, fmt.Errorf("--%s is given twice", name))
		}
		flags[name] = value
	}
	return flags, faults
}

// variables turns the environment into a map; as everywhere, the last of two equal names wins.
func variables(environ []string) map[string]string {
	env := make(map[string]string, len(environ))
	for _, line := range environ {
		if name, value, ok := strings.Cut(line, "="); ok {
			env[name] = value
		}
	}
	return env
}

// unknownVariables warns of variables that look like settings and are none. They are no fault, because
// Kubernetes makes such names of its own for a service called heygen-mcp.
func unknownVariables(env map[string]string) []string {
	known := map[string]bool{}
	for _, s := range settingTable() {
		known[s.Variable()] = true
	}
	for _, s := range secretTable() {
		known[s.Variable], known[s.Variable+fileSuffix] = true, true
	}
	var out []string
	for name := range env {
		if strings.HasPrefix(name, variablePrefix) && !known[name] {
			out = append(out, name+" is not a setting and is ignored")
		}
	}
	slices.Sort(out)
	return out
}
