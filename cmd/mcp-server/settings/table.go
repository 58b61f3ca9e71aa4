package settings

import (
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/tools"
	"heygen-mcp/transport/origin"
)

// Table is the one list of settings; help, the README and the reader all come from it.
func Table() []Setting {
	serve, both, demo := []string{"serve", "check"}, []string{"serve", "check", "demo"}, []string{"demo"}
	kept := []string{"serve", "check", "grants"}     // where records lie
	named := []string{"serve", "check", "manifests"} // what clients are told
	return []Setting{
		{Flag: "listen", Default: "127.0.0.1:8080", Commands: append(both, "manifests", "health"), read: asWritten(func(c *Config) *string { return &c.Listen }),
			Meaning: "Address to listen on. For 127.0.0.1, ::1 or localhost both loopback addresses are listened on, and the " +
				"server answers by each of these names as by its own. An address that is not loopback needs --public-url."},
		{Flag: "public-url", Commands: named, read: link(func(c *Config) **url.URL { return &c.PublicURL }, origin.CheckPublicURL),
			Meaning: "Origin, with an optional path prefix, under which clients reach the server. The endpoint is this + " +
				"/mcp. Unset, it is the listener's."},
		{Flag: "auth", Commands: named, read: asWritten(func(c *Config) *string { return &c.Auth }),
			Meaning: "Who may call. broker: people sign in here, with HeyGen or an API key, and clients get tokens of this " +
				"server's. direct: each caller brings a HeyGen token or API key. single: all calls use HEYGEN_API_KEY. Unset, it " +
				"is broker where --public-url is set, else single where HEYGEN_API_KEY is set, the listener is loopback and " +
				"there is no --sandbox, else direct."},
		{Flag: "sandbox", Commands: serve, Boolean: true, read: yesNo(func(c *Config) *bool { return &c.Sandbox }),
			Meaning: "Use a built-in imitation of HeyGen instead of HeyGen. Nothing leaves the machine and nothing costs; " +
				"webhooks reach this machine only, and only while the server is for this machine only."},
		{Flag: "sandbox-listen", Default: "127.0.0.1:0", Commands: both, read: asWritten(func(c *Config) *string { return &c.SandboxListen }),
			Meaning: "Loopback address of the sandbox; port 0 takes a free one."},
		{Flag: "sandbox-speed", Commands: both, read: speed,
			Meaning: "How many times faster than real ones the sandbox's jobs run. Unset, it is 1 in serve and 10 in demo."},
		{Flag: "sandbox-catalogue", Default: smallCatalogue, Commands: both, read: asWritten(func(c *Config) *string { return &c.SandboxCatalogue }),
			Meaning: "What the sandbox has to choose from: small, which is a few looks and voices, or large, which is 10,000 " +
				"looks and 5,000 voices, as uneven as HeyGen's own and the same at every start."},
		{Flag: "heygen-url", Default: "https://api.heygen.com", Commands: serve, read: link(func(c *Config) **url.URL { return &c.HeyGenURL }, nil),
			Meaning: "Where HeyGen's API is."},
		{Flag: "authorization-server", Default: "https://api2.heygen.com", Commands: serve, read: issuer,
			Meaning: "Issuer of HeyGen's OAuth server, which direct mode sends clients to and broker people. With --sandbox " +
				"it is the sandbox."},
		{Flag: "allowed-origins", Commands: serve, read: list(func(c *Config) *[]string { return &c.AllowedOrigins }, origin.CheckOrigin),
			Meaning: "Comma-separated origins of web pages that may call, besides the server's own. Where the server is for " +
				"this machine only, pages of loopback addresses may too, but for --auth single without HEYGEN_MCP_TOKEN."},
		{Flag: "allowed-hosts", Commands: serve, read: list(func(c *Config) *[]string { return &c.AllowedHosts }, origin.CheckHost),
			Meaning: "Comma-separated Host values to answer to, besides that of the public URL and those of loopback, such as " +
				"host.docker.internal. The log of a refused request has its Host."},
		{Flag: "trusted-proxies", Commands: serve, read: proxies,
			Meaning: "Comma-separated addresses and networks, as in 10.0.0.0/8, of the proxies in front of this server. What " +
				"they say in X-Forwarded-For or Forwarded is whom limits count by: an IPv4 address, or the /56 of an IPv6 one. " +
				"Unset, that is the peer of the connection, and all who come through one proxy share one part of what " +
				"strangers may do."},
		{Flag: "data-dir", Commands: kept, read: asWritten(func(c *Config) *string { return &c.DataDir }),
			Meaning: "Directory for the database of sign-ins and of what was made, and for the keys that make a repeated " +
				"create the same create, and a task known, after a restart and on other replicas. Unset, all of it lives as long " +
				"as the process."},
		{Flag: "database-url", Commands: kept, Secret: true, read: asWritten(func(c *Config) *string { return &c.DatabaseURL }),
			Meaning: "PostgreSQL database, which replicas share, in place of the one in --data-dir. A flag shows in the list " +
				"of processes: put a password into the variable, or into a file that HEYGEN_MCP_DATABASE_URL_FILE names, or into " +
				"PGPASSWORD or PGPASSFILE."},
		{Flag: "access-lifetime", Default: "8h", Commands: serve, read: lifetime(func(c *Config) *time.Duration { return &c.AccessLifetime }),
			Meaning: "How long the broker's access tokens live, as in 8h or 30m. A revoked one ends at once whatever this says."},
		{Flag: "refresh-lifetime", Default: "1440h", Commands: serve, read: lifetime(func(c *Config) *time.Duration { return &c.RefreshLifetime }),
			Meaning: "How long a client may be away before its person has to sign in to the broker again."},
		{Flag: "redirect-hosts", Commands: serve, read: list(func(c *Config) *[]string { return &c.RedirectHosts }, auth.CheckRedirectHost),
			Meaning: "Comma-separated https hosts, schemes as name://, and whole redirect URIs, to which the broker may send " +
				"people back besides this computer and the clients it knows: Claude, ChatGPT, VS Code, Cursor. Whoever is there " +
				"counts as known."},
		{Flag: "heygen-client-id", Commands: serve, read: asWritten(func(c *Config) *string { return &c.HeyGenClientID }),
			Meaning: "This server's client id at --authorization-server, for the broker's way in by HeyGen's sign-in. Its " +
				"redirect URI is the public URL + /oauth/callback, and, where that is a loopback one, the same by each loopback " +
				"name. Unset, the broker registers itself there on first use."},
		{Flag: "omit-iss", Commands: serve, Boolean: true, read: yesNo(func(c *Config) *bool { return &c.OmitIssuer }),
			Meaning: "Leave iss out of the broker's redirects, for old clients that fail over it. It costs a protection: " +
				"nothing then tells a client whose code it is handed, so one that talks to several servers can be led by a " +
				"malicious one to give it a code of this server's."},
		{Flag: "device-grant", Default: "true", Commands: serve, Boolean: true, read: noYes(func(c *Config) *bool { return &c.NoDeviceGrant }),
			Meaning: "Let programs without a browser sign in to the broker by a code that their person types (RFC 8628). " +
				"Somebody can send people a code of their own to type, which no check can tell apart; --device-grant=false " +
				"takes the grant out."},
		{Flag: "max-calls-per-minute", Commands: serve, read: count(func(c *Config) *int { return &c.MaxCallsPerMinute }, 1, 100_000),
			Meaning: "The most calls of tools that each account may make in a minute, at each replica. A call beyond is " +
				"refused and says when the next may be made. Unset, there is no limit."},
		{Flag: "max-concurrent-calls", Commands: serve, read: count(func(c *Config) *int { return &c.MaxConcurrentCalls }, 1, 1000),
			Meaning: "The most calls of tools that each account may have at work at once, at each replica. Unset, requests " +
				"alone are limited, to 64."},
		{Flag: "spend-cap-daily", Commands: serve, read: amount(func(c *Config) *float64 { return &c.SpendCapDaily }),
			Meaning: "The most, in USD, that each account may spend in a day (UTC) through this server, as estimates reserve " +
				"it and results settle it. A call that could pass it is refused before anything is sent, and so is one whose " +
				"cost nobody can tell. Unset, there is no cap."},
		{Flag: "ledger-days", Default: "90", Commands: serve, read: count(func(c *Config) *int { return &c.LedgerDays }, 1, 3650),
			Meaning: "How long the record of what was made and what it cost is kept, in days. It is in the database of " +
				"--database-url or --data-dir; without either it is in memory and ends with the process."},
		{Flag: "operator-name", Commands: named, read: asWritten(func(c *Config) *string { return &c.OperatorName }),
			Meaning: "Who runs this server, as the page at its URL and the manifests tell people. Unset, they do not say."},
		{Flag: "operator-url", Commands: named, read: link(func(c *Config) **url.URL { return &c.OperatorURL }, nil),
			Meaning: "Where people find --operator-name."},
		{Flag: "privacy-url", Commands: named, read: link(func(c *Config) **url.URL { return &c.PrivacyURL }, nil),
			Meaning: "Where the privacy policy of whoever runs this server is. The page at its URL links to it, and so does " +
				"the manifest of the plugin, which directories of plugins ask for it. Unset, there is none."},
		{Flag: "log-format", Default: LogAuto, Commands: both, read: logFormat,
			Meaning: "Form of the log on standard error: json for programs, text for people, or auto, which is text where " +
				"standard error is a terminal and otherwise json."},
		{Flag: "log-level", Default: "info", Commands: both, read: logLevel,
			Meaning: "The least that is logged: debug, where health probes are too, info, where each request is one " +
				"line, warn or error."},
		{Flag: "slow-request", Commands: serve, read: atLeast(func(c *Config) *time.Duration { return &c.SlowRequest }, time.Millisecond),
			Meaning: "Log a request at warn that takes this long or longer, as in 5s, unless it waits for jobs or listens. " +
				"Unset, none is slow."},
		{Flag: "drain-delay", Commands: serve, read: atLeast(func(c *Config) *time.Duration { return &c.DrainDelay }, 0),
			Meaning: "How long after SIGTERM the server says that it is not ready and serves on, as in 5s, so that whoever " +
				"sends it requests has noticed before it closes. Then calls that run have 25 seconds more: a scheduler must wait " +
				"for both. Unset, it closes at once."},
		{Flag: "metrics-listen", Commands: serve, read: asWritten(func(c *Config) *string { return &c.MetricsListen }),
			Meaning: "Address of a listener of its own for /metrics, in Prometheus' format, and for Go's profiles at " +
				"/debug/pprof/. Neither asks for a credential: do not let the internet reach it. Unset, there is none."},
		{Flag: "audit-log", Commands: kept, read: asWritten(func(c *Config) *string { return &c.AuditLog }),
			Meaning: "File to append audit lines to, or - for standard output: sign-ins, tokens, and each call of a tool with " +
				"its caller's hash, outcome and cost; never an argument without --audit-arguments. It may be copied and " +
				"truncated while the server runs (copytruncate), or renamed: SIGHUP opens it again. Unset, there are none."},
		{Flag: "audit-arguments", Commands: serve, Boolean: true, read: yesNo(func(c *Config) *bool { return &c.AuditArguments }),
			Meaning: "Add the arguments of each call of a tool to its audit line, as text of at most 8192 bytes. They hold " +
				"what people have videos say, links with signatures, and files that are sent along."},
		{Flag: "toolsets", Commands: serve, read: list(func(c *Config) *[]string { return &c.Toolsets }, checkToolset),
			Meaning: "Comma-separated sets of tools that may be used: " + strings.Join(tools.Toolsets(), ", ") + ". Unset, a " +
				"client is given core and may choose any."},
		{Flag: "read-only", Commands: serve, Boolean: true, read: yesNo(func(c *Config) *bool { return &c.ReadOnly }),
			Meaning: "Offer only the tools that change nothing."},
		{Flag: "confirm", Default: tools.ConfirmNever, Commands: serve, read: asWritten(func(c *Config) *string { return &c.Confirm }),
			Meaning: "Which calls a person must agree to first: never, deletes (what cannot be taken back, and where webhooks " +
				"lead) or all (whatever creates, changes or deletes). Clients that can ask are told to; others must add confirm: " +
				"true to the call, which a model can do without asking anybody: see --confirm-strict."},
		{Flag: "confirm-strict", Commands: serve, Boolean: true, read: yesNo(func(c *Config) *bool { return &c.ConfirmStrict }),
			Meaning: "Refuse the calls that --confirm is about to clients that cannot ask the user, in place of taking " +
				"confirm: true from them. Clients that speak MCP 2026-07-28 and declare elicitation can ask."},
		{Flag: "callback-hosts", Commands: serve, read: list(func(c *Config) *[]string { return &c.CallbackHosts }, tools.CheckCallbackHost),
			Meaning: "Comma-separated hosts, each with or without a port, to which callback_url arguments and webhook " +
				"endpoints may lead; others are refused. Unset, they may lead to the host of this server's own URL, and wherever " +
				"the user agrees when the client asks them; clients that cannot ask are refused."},
		{Flag: "job-callbacks", Default: CallbacksAuto, Commands: serve, read: asWritten(func(c *Config) *string { return &c.JobCallbacks }),
			Meaning: "auto asks HeyGen to call this server at --public-url + /hooks/ when a job has ended whose create names " +
				"no callback_url of its own, so that waits end sooner; off does not. Such a call is never believed: it has the " +
				"job looked at. Without --public-url there are none."},
		{Flag: "argument-case", Default: snakeCase, Commands: serve, read: asWritten(func(c *Config) *string { return &c.ArgumentCase }),
			Meaning: "Spelling of the arguments in the tools' schemas: snake or camel, for clients that send names only as " +
				"they read them. Both are understood anyway."},
		{Flag: "out", Default: ".", Commands: demo, read: asWritten(func(c *Config) *string { return &c.Out }),
			Meaning: "Directory to save the video in."},
		{Flag: "exit", Commands: demo, Boolean: true, read: yesNo(func(c *Config) *bool { return &c.Exit }),
			Meaning: "Stop once the video is saved, instead of serving on. The last line printed is the path of the video."},
	}
}
