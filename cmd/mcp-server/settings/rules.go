package settings

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"heygen-mcp/auth"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/tools"
)

// demoSpeed makes the demo's video take about three seconds: long enough to see the bar move.
const demoSpeed = 10

// FileSuffix ends the variable that names a file with a secret in it.
const FileSuffix = "_FILE"

// SandboxKey opens an account in the sandbox; single mode uses it there, so that a real key never
// travels to an imitation.
const SandboxKey = SandboxKeys + "demo"

// SandboxKeys begins the sandbox's keys; what follows is the account, and any name is one.
const SandboxKeys = "sk_sandbox_"

// shortToken is the length below which a token is worth a warning: 16 characters of a random
// alphabet are beyond guessing.
const shortToken = 16

// Secret is a setting that may not be a flag, because flags can be read in the list of processes.
type Secret struct {
	Variable string
	Meaning  string
	field    func(*Config) *string
}

// sealKeysVariable is the setting of the keys that seal what clients keep.
const sealKeysVariable = variablePrefix + "SEAL_KEYS"

// Secrets is the one list of secrets.
func Secrets() []Secret {
	return []Secret{
		{"HEYGEN_API_KEY", "HeyGen's API key for --auth single. Ignored, with a warning, elsewhere and with --sandbox.",
			func(c *Config) *string { return &c.APIKey }},
		{"HEYGEN_MCP_CLIENTS", "JSON array of the clients that --auth broker knows from the start: client_id, client_name, redirect_uris, and scope and client_secret where they have one.",
			func(c *Config) *string { return &c.clients }},
		{"HEYGEN_MCP_TOKEN", "Token that callers must bring in --auth single. Without one, single needs a loopback listener, and is closed to web pages of other origins than its own and those of --allowed-origins.",
			func(c *Config) *string { return &c.Token }},
		{sealKeysVariable, "Keys that seal what clients keep, such as the ids of tasks: the hexadecimal of 32 bytes each, the newest first; `openssl rand -hex 32` makes one. Unset, they are those of seal.keys in --data-dir, which is made with one key.",
			func(c *Config) *string { return &c.sealKeys }},
	}
}

// readSecrets takes the secrets from their variables or files. One that cannot be used may not be
// needed either, so whether that is a fault is for the rules to say.
func (c *Config) readSecrets(env map[string]string) (unusable map[string]error) {
	unusable, c.fromFile = map[string]error{}, map[string]bool{}
	for _, s := range Secrets() {
		c.fromFile[s.Variable] = env[s.Variable+FileSuffix] != ""
		value, err := s.read(env)
		if err != nil {
			unusable[s.Variable] = err
			continue
		}
		*s.field(c) = value
	}
	return unusable
}

// secretName is the variable that a secret came by, which is that of its file where it came from one.
func (c *Config) secretName(variable string) string {
	if c.fromFile[variable] {
		return variable + FileSuffix
	}
	return variable
}

// read takes one secret; "" is none.
func (s Secret) read(env map[string]string) (string, error) {
	value, path := env[s.Variable], env[s.Variable+FileSuffix]
	switch {
	case value != "" && path != "":
		return "", fmt.Errorf("%s and %s%s are both set; set one", s.Variable, s.Variable, FileSuffix)
	case path != "":
		var err error
		if value, err = readSecretFile(s.Variable, path); err != nil {
			return "", err
		}
	}
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, "[") || s.Variable == sealKeysVariable {
		return value, nil // no header carries these
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' }) {
		name := s.Variable
		if path != "" {
			name += FileSuffix
		}
		return "", fmt.Errorf("%s holds a character that no HTTP header may carry", name)
	}
	return value, nil
}

// ignore warns of a secret that is given, usable or not, and has no use.
func (c *Config) ignore(variable, value string, unusable map[string]error, why string) {
	if err := unusable[variable]; err != nil {
		why += "; nor could it be: " + err.Error()
	} else if value == "" {
		return
	}
	c.Warnings = append(c.Warnings, variable+" is ignored: "+why)
}

// serveRules checks what no single setting can say of itself.
func (c *Config) serveRules(env map[string]string) []error {
	local, faults := c.listenRules()
	faults = append(faults, c.traceRules(env)...)
	unusable := c.readSecrets(env)
	if fault := unusable[sealKeysVariable]; fault != nil {
		faults = append(faults, fault)
	}
	faults = append(faults, c.authRules(local, unusable)...)
	faults = append(faults, c.sandboxRules()...)
	faults = append(faults, c.upstreamRules()...)
	if c.ArgumentCase != snakeCase && c.ArgumentCase != CamelCase {
		faults = append(faults, fmt.Errorf("--argument-case %s: it is snake or camel", Shown(c.ArgumentCase)))
	}
	if !slices.Contains([]string{tools.ConfirmNever, tools.ConfirmDeletes, tools.ConfirmAll}, c.Confirm) {
		faults = append(faults, fmt.Errorf("--confirm %s: it is never, deletes or all", Shown(c.Confirm)))
	}
	if c.ConfirmStrict && c.Confirm == tools.ConfirmNever {
		c.Warnings = append(c.Warnings, "--confirm-strict is ignored with --confirm never")
	}
	if c.JobCallbacks != CallbacksAuto && c.JobCallbacks != CallbacksOff {
		faults = append(faults, fmt.Errorf("--job-callbacks %s: it is auto or off", Shown(c.JobCallbacks)))
	}
	if c.AuditArguments && c.AuditLog == "" {
		c.Warnings = append(c.Warnings, "--audit-arguments is ignored without --audit-log")
	}
	if u := c.PublicURL; u != nil && u.Scheme == "http" && !hosts.IsLoopback(u.Hostname()) {
		c.Warnings = append(c.Warnings, "--public-url begins with http://, so credentials cross the network in the clear")
	}
	return faults
}

// keyRules reads the keys, or makes them.
func (c *Config) keyRules() (faults []error) {
	var err error
	if c.Secret, err = idempotencySecret(c.DataDir); err != nil {
		faults = append(faults, err)
	}
	if c.Ring, err = sealRing(c.DataDir, c.sealKeys, c.secretName(sealKeysVariable)); err != nil {
		faults = append(faults, err)
	}
	return faults
}

// authRules settles the mode and checks it. local says that the listener is loopback.
func (c *Config) authRules(local bool, unusable map[string]error) (faults []error) {
	if c.Auth == "" && !c.Given["auth"] {
		c.Auth = string(auth.Direct)
		if c.PublicURL != nil {
			c.Auth = string(auth.Broker)
		}
		// A key that cannot be read was meant to be used: taking another mode then would hide it.
		if (c.APIKey != "" || unusable["HEYGEN_API_KEY"] != nil) && local && !c.Sandbox && c.PublicURL == nil {
			c.Auth = string(auth.Single)
		}
	}
	if auth.Mode(c.Auth) != auth.Broker {
		c.notBroker(unusable)
	}
	switch auth.Mode(c.Auth) {
	case auth.Broker:
		c.ignore("HEYGEN_API_KEY", c.APIKey, unusable, "it is used in --auth single alone")
		c.ignore("HEYGEN_MCP_TOKEN", c.Token, unusable, "it guards --auth single alone")
		c.APIKey, c.Token = "", ""
		return append(faults, c.brokerRules(unusable)...)
	case auth.Direct:
		c.ignore("HEYGEN_API_KEY", c.APIKey, unusable, "it is used in --auth single alone")
		c.ignore("HEYGEN_MCP_TOKEN", c.Token, unusable, "it guards --auth single alone")
		c.APIKey, c.Token = "", ""
	case auth.Single:
		switch fault := unusable["HEYGEN_API_KEY"]; {
		case c.Sandbox:
			c.ignore("HEYGEN_API_KEY", c.APIKey, unusable, "the sandbox has keys of its own")
			c.APIKey = SandboxKey
		case fault != nil:
			faults = append(faults, fault)
		case c.APIKey == "":
			faults = append(faults, errors.New("--auth single needs HEYGEN_API_KEY or HEYGEN_API_KEY_FILE"))
		}
		if fault := unusable["HEYGEN_MCP_TOKEN"]; fault != nil {
			return append(faults, fault)
		}
		// A public URL elsewhere means a proxy in front of the loopback listener, and then whoever
		// finds the URL could spend the operator's money.
		if open := local && (c.PublicURL == nil || hosts.IsLoopback(c.PublicURL.Hostname())); c.Token == "" && !open {
			faults = append(faults, errors.New("--auth single without HEYGEN_MCP_TOKEN needs a loopback listener and no "+
				"public URL elsewhere: anybody could spend the key's credits"))
		}
		if c.Token != "" && len(c.Token) < shortToken {
			c.Warnings = append(c.Warnings, "HEYGEN_MCP_TOKEN is short enough to guess; use 16 random characters or more")
		}
	default:
		faults = append(faults, fmt.Errorf("--auth %s: it is broker, direct or single", Shown(c.Auth)))
	}
	return faults
}

// sandboxRules checks the sandbox's settings and says which ones do nothing.
func (c *Config) sandboxRules() (faults []error) {
	if local, err := IsLoopback(c.SandboxListen); err != nil {
		faults = append(faults, fmt.Errorf("--sandbox-listen %s: %w", Shown(c.SandboxListen), err))
	} else if !local {
		// Anybody may enter any account of the sandbox and steer its faults.
		faults = append(faults, fmt.Errorf("--sandbox-listen %s is not loopback; the sandbox guards nothing, so it stays on this machine", c.SandboxListen))
	}
	if c.SandboxSpeed == 0 {
		c.SandboxSpeed = 1
	}
	faults = append(faults, c.catalogueRule()...)
	for _, flag := range []string{"heygen-url", "authorization-server"} {
		if c.Sandbox && c.Given[flag] {
			c.Warnings = append(c.Warnings, "--"+flag+" is ignored: --sandbox stands for it")
		}
	}
	for _, flag := range []string{"sandbox-listen", "sandbox-speed", "sandbox-catalogue"} {
		if !c.Sandbox && c.Given[flag] {
			c.Warnings = append(c.Warnings, "--"+flag+" is ignored without --sandbox")
		}
	}
	return faults
}

// catalogueRule checks the size of the sandbox's catalog.
func (c *Config) catalogueRule() []error {
	if c.SandboxCatalogue == smallCatalogue || c.SandboxCatalogue == LargeCatalogue {
		return nil
	}
	return []error{fmt.Errorf("--sandbox-catalogue %s: it is small or large", Shown(c.SandboxCatalogue))}
}

// upstreamRules checks where credentials are sent to.
func (c *Config) upstreamRules() (faults []error) {
	if u := c.HeyGenURL; u != nil && u.Scheme == "http" && !hosts.IsLoopback(u.Hostname()) {
		faults = append(faults, fmt.Errorf("--heygen-url %s: plain http would show callers' credentials to the network; use https, or a loopback address", u))
	}
	if u, err := url.Parse(c.AuthorizationServer); err == nil && u.Scheme == "http" && !hosts.IsLoopback(u.Hostname()) {
		faults = append(faults, fmt.Errorf("--authorization-server %s: plain http would show sign-ins to the network; use https, or a loopback address", u))
	}
	return faults
}

// demoRules is what the demo takes for granted: the sandbox, sign-in by OAuth, this machine only.
func (c *Config) demoRules(env map[string]string) (faults []error) {
	for flag, addr := range map[string]string{"listen": c.Listen, "sandbox-listen": c.SandboxListen} {
		if local, err := IsLoopback(addr); err != nil {
			faults = append(faults, fmt.Errorf("--%s %s: %w", flag, Shown(addr), err))
		} else if !local {
			faults = append(faults, fmt.Errorf("--%s %s is not loopback; the demo stays on this machine", flag, addr))
		}
	}
	if c.SandboxSpeed == 0 {
		c.SandboxSpeed = demoSpeed
	}
	faults = append(faults, c.catalogueRule()...)
	if err := CanSaveIn(c.Out); err != nil {
		faults = append(faults, fmt.Errorf("--out %s: %w", Shown(c.Out), err))
	}
	for _, s := range Secrets() {
		if env[s.Variable] != "" || env[s.Variable+FileSuffix] != "" {
			c.Warnings = append(c.Warnings, s.Variable+" is ignored: the demo uses the sandbox")
		}
	}
	c.Sandbox, c.Auth = true, string(auth.Broker)
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return faults
}

// CanSaveIn makes a directory, and a file in it: nothing else tells for sure that there can be one.
func CanSaveIn(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
