package settings

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/peer"
	"heygen-mcp/tools"
)

// asWritten reads a setting as it is written.
func asWritten(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		*field(c) = value
		return nil
	}
}

// list reads a comma-separated setting whose every part passes check.
func list(field func(*Config) *[]string, check func(string) error) func(*Config, string) error {
	return func(c *Config, value string) error {
		var faults []error
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			if err := check(part); err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", Shown(part), err))
			}
			*field(c) = append(*field(c), part)
		}
		if len(*field(c)) == 0 && strings.TrimSpace(value) != "" {
			// A list of nothing must not be taken for no limit at all.
			faults = append(faults, errors.New("it names nothing"))
		}
		return errors.Join(faults...)
	}
}

// proxies reads the networks of proxies.
func proxies(c *Config, value string) error {
	var names []string
	field := func(*Config) *[]string { return &names }
	return list(field, func(part string) error {
		network, err := peer.ParseProxy(part)
		if err == nil {
			c.TrustedProxies = append(c.TrustedProxies, network)
		}
		return err
	})(c, value)
}

// logFormat reads the form of the log.
func logFormat(c *Config, value string) error {
	if value == LogConsole {
		value = LogText
	}
	if !slices.Contains([]string{LogAuto, LogJSON, LogText}, value) {
		return errors.New("it is auto, json or text")
	}
	c.LogFormat = value
	return nil
}

// logLevel reads the least that is logged.
func logLevel(c *Config, value string) error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, value) {
		return errors.New("it is debug, info, warn or error")
	}
	var err error
	c.LogLevel, err = zerolog.ParseLevel(value)
	return err
}

// atLeast reads a time of some length.
func atLeast(field func(*Config) *time.Duration, least time.Duration) func(*Config, string) error {
	return func(c *Config, value string) error {
		d, err := time.ParseDuration(value)
		if err != nil || d < least {
			return fmt.Errorf("it is a time of at least %v, as in 5s or 1m30s", least)
		}
		*field(c) = d
		return nil
	}
}

// checkToolset refuses what is no set of tools.
func checkToolset(name string) error {
	if names := tools.Toolsets(); !slices.Contains(names, name) {
		return fmt.Errorf("it is not a set of tools; there are %s", strings.Join(names, ", "))
	}
	return nil
}

// lifetime reads how long something lives.
func lifetime(field func(*Config) *time.Duration) func(*Config, string) error {
	return func(c *Config, value string) error {
		d, err := time.ParseDuration(value)
		if err != nil || d < time.Minute || d > 10*365*24*time.Hour {
			return errors.New("it is a time of at least a minute, as in 30m or 8h")
		}
		*field(c) = d
		return nil
	}
}

// amount reads an amount of USD.
func amount(field func(*Config) *float64) func(*Config, string) error {
	return func(c *Config, value string) error {
		usd, err := strconv.ParseFloat(value, 64)
		if err != nil || !(usd > 0 && usd <= 1e6) {
			return errors.New("it is an amount of USD above 0, as in 5 or 12.50")
		}
		*field(c) = usd
		return nil
	}
}

// count reads a whole number within bounds.
func count(field func(*Config) *int, least, most int) func(*Config, string) error {
	return func(c *Config, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < least || n > most {
			return fmt.Errorf("it is a whole number from %d to %d", least, most)
		}
		*field(c) = n
		return nil
	}
}

// yesNo reads a switch.
func yesNo(field func(*Config) *bool) func(*Config, string) error {
	return func(c *Config, value string) error {
		v, err := strconv.ParseBool(value)
		if err != nil {
			return errors.New("it is true or false")
		}
		*field(c) = v
		return nil
	}
}

// noYes reads a switch that is on unless it is set to false. The field says that it is off.
func noYes(field func(*Config) *bool) func(*Config, string) error {
	return func(c *Config, value string) error {
		on := false
		err := yesNo(func(*Config) *bool { return &on })(c, value)
		*field(c) = err == nil && !on
		return err
	}
}

// link reads an absolute URL that ends without a slash, since paths are added to it.
func link(field func(*Config) **url.URL, check func(*url.URL) error) func(*Config, string) error {
	return func(c *Config, value string) error {
		u, err := ParseURL(strings.TrimRight(value, "/"))
		if err == nil && check != nil {
			err = check(u)
		}
		if err == nil {
			*field(c) = u
		}
		return err
	}
}

// issuer reads an issuer's URL and keeps it as it is written: clients compare it byte by byte.
func issuer(c *Config, value string) error {
	u, err := ParseURL(value)
	switch {
	case err != nil:
		return err
	case u.String() != value:
		return fmt.Errorf("clients compare it byte by byte, so write it in its usual form: %s", u)
	}
	c.AuthorizationServer = value
	return nil
}

// ParseURL reads an http or https URL that is nothing but an origin and a path. What it refuses is
// not in its errors.
func ParseURL(value string) (*url.URL, error) {
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" || strings.HasSuffix(u.Host, ":") || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, errors.New("it is an absolute URL that begins with https:// or http://")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, errors.New("its port is a number from 1 to 65535")
		}
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, errors.New("it is an origin with an optional path: no user, query or fragment")
	}
	return u, nil
}

// speed reads the sandbox's speed.
func speed(c *Config, value string) error {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || !(v > 0) || v > 1e6 {
		return errors.New("it is a number above 0, at most 1000000")
	}
	c.SandboxSpeed = v
	return nil
}

// Open reports whether callers need no credential.
func (c *Config) Open() bool { return auth.Mode(c.Auth) == auth.Single && c.Token == "" }

// Now is the current time, by the clock of Config where a test gives one.
func (c *Config) Now() time.Time {
	if c.Clock != nil {
		return c.Clock()
	}
	return time.Now()
}
