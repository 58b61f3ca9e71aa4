package settings

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

	"github.com/rs/zerolog"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"heygen-mcp/auth"
	"heygen-mcp/internal/seal"
	"heygen-mcp/transport"
)

// The values of --argument-case.
const (
	snakeCase = "snake"
	CamelCase = "camel"
)

// The values of --sandbox-catalogue.
const (
	smallCatalogue = "small"
	LargeCatalogue = "large"
)

// The values of --job-callbacks.
const (
	CallbacksAuto = "auto"
	CallbacksOff  = "off"
)

// The values of --log-format. LogConsole is an older name of LogText.
const (
	LogAuto    = "auto"
	LogJSON    = "json"
	LogText    = "text"
	LogConsole = "console"
)

// variablePrefix begins the variable of every setting.
const variablePrefix = "HEYGEN_MCP_"

// Config is every setting, read and checked.
type Config struct {
	Listen              string
	PublicURL           *url.URL // nil: derived from the listener
	Auth                string
	Sandbox             bool
	SandboxListen       string
	SandboxSpeed        float64
	SandboxCatalogue    string
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
	OperatorName        string
	OperatorURL         *url.URL // nil: not told
	PrivacyURL          *url.URL // likewise
	LogFormat           string
	LogLevel            zerolog.Level
	SlowRequest         time.Duration // 0 calls nothing slow
	MetricsListen       string        // "" is no listener
	Traces              bool          // OpenTelemetry's variables name somebody who takes them
	DrainDelay          time.Duration
	MaxCallsPerMinute   int // of one caller; 0 is no limit
	MaxConcurrentCalls  int // likewise
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
	Warnings []string // settings that were given and have no effect, for the log
	Given    map[string]bool
	fromFile map[string]bool   // of the variables of secrets, those whose file was given
	named    map[string]string // the variables that settings were given by, by flag

	// Pause waits before a call to HeyGen is repeated, and clock tells the time; nil is the real thing. No
	// setting changes them: tests do, which must neither sleep nor meet the edge of a slot.
	Pause func(context.Context, time.Duration) error
	Clock func() time.Time
	// Upstream answers in HeyGen's place; nil is the network. Benchmarks set it, which count our own work.
	Upstream http.RoundTripper
	// Watch is put before the sandbox; nil puts nothing there. Tests set it, which hold every request and
	// answer against HeyGen's document.
	Watch func(http.Handler) http.Handler
	// Spans takes traces; nil is whoever OTEL_EXPORTER_OTLP_ENDPOINT names. Tests set it.
	Spans sdktrace.SpanExporter
	// Poll is how long tools leave between two polls; 0 is what suits HeyGen or the sandbox. Tests set it.
	Poll time.Duration
	// Limits bound what is in flight; what is 0 is the default. Benchmarks set them.
	Limits transport.Limits
}

// Setting is one row of the settings: its flag, its default, what it means, and how it is read.
type Setting struct {
	Flag     string
	Default  string
	Meaning  string
	Commands []string
	Boolean  bool
	Secret   bool // its value may be in a file, which the variable + _FILE names
	read     func(c *Config, value string) error
}

// Variable is the environment's name for the setting.
func (s Setting) Variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(s.Flag, "-", "_"))
}

// Of lists the settings of a command.
func Of(command string) []Setting {
	return slices.DeleteFunc(Table(), func(s Setting) bool { return !slices.Contains(s.Commands, command) })
}

// Load reads the settings of a command from flags, variables and defaults, and reports every fault
// it finds at once: mending one at a time wastes a start each.
func Load(command string, args, environ []string) (*Config, error) {
	c := &Config{Given: map[string]bool{}, named: map[string]string{}}
	env := Variables(environ)
	rows := Of(command)
	flags, faults := ParseFlags(command, rows, args)
	for _, s := range rows {
		value, name := s.Default, "--"+s.Flag
		v, variable, err := s.fromEnvironment(env)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if v != "" {
			value, name, c.Given[s.Flag], c.named[s.Flag] = v, variable, true, variable
		}
		if v, ok := flags[s.Flag]; ok {
			value, name, c.Given[s.Flag] = v, "--"+s.Flag, true
			delete(c.named, s.Flag)
		}
		if value == "" && !c.Given[s.Flag] {
			continue
		}
		if err := s.read(c, value); err != nil {
			faults = append(faults, fmt.Errorf("%s %s: %w", name, Shown(value), err))
		}
	}
	c.Warnings = append(c.Warnings, unknownVariables(env)...)
	switch command {
	case "demo":
		faults = append(faults, c.demoRules(env)...)
		faults = append(faults, c.keyRules()...)
	case "serve", "check":
		c.Traces = takesTraces(env)
		faults = append(faults, c.serveRules(env)...)
		c.warnOdd(env)
		faults = append(faults, c.keyRules()...)
	}
	for i, fault := range faults {
		faults[i] = c.AsGiven(fault)
	}
	for i, warning := range c.Warnings {
		c.Warnings[i] = c.AsGiven(errors.New(warning)).Error()
	}
	// What two settings need, such as a directory, is wrong once.
	same := func(a, b error) bool { return a.Error() == b.Error() }
	return c, errors.Join(slices.CompactFunc(faults, same)...)
}

// Shown is a value as a fault may show it: one with an @ may hold a password before it.
func Shown(value string) string {
	if strings.Contains(value, "@") {
		return "(not shown)"
	}
	return strconv.Quote(value)
}

// ParseFlags splits the arguments into flags. The standard flag package stops at the first fault, and
// all are wanted.
func ParseFlags(command string, rows []Setting, args []string) (map[string]string, []error) {
	flags := map[string]string{}
	var faults []error
	for i := 0; i < len(args); i++ {
		name, value, hasValue := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(args[i], "-"), "-"), "=")
		at := slices.IndexFunc(rows, func(s Setting) bool { return s.Flag == name })
		switch {
		case !strings.HasPrefix(args[i], "-"):
			faults = append(faults, fmt.Errorf("%s: %s takes flags only", Shown(args[i]), command))
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
