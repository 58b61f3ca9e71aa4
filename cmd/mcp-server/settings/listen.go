package settings

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"heygen-mcp/internal/hosts"
)

// listenRules checks the addresses to listen on. local says that clients are on this machine only.
func (c *Config) listenRules() (local bool, faults []error) {
	local, err := IsLoopback(c.Listen)
	if err != nil {
		faults = append(faults, fmt.Errorf("--listen %s: %w", Shown(c.Listen), err))
	} else if !local && c.PublicURL == nil && !c.Given["public-url"] {
		faults = append(faults, fmt.Errorf("--listen %s is not loopback, so --public-url is needed: clients refuse a server whose metadata names another URL than the one they typed", c.Listen))
	}
	if c.MetricsListen == "" {
		return local, faults
	}
	if _, err := IsLoopback(c.MetricsListen); err != nil {
		faults = append(faults, fmt.Errorf("--metrics-listen %s: %w", Shown(c.MetricsListen), err))
	} else if c.MetricsListen == c.Listen && !strings.HasSuffix(c.Listen, ":0") {
		faults = append(faults, fmt.Errorf("--metrics-listen %s: it is the address of --listen; metrics need one of their own, which clients do not reach", c.MetricsListen))
	}
	return local, faults
}

// IsLoopback says whether an address to listen on can be reached from this machine only.
func IsLoopback(addr string) (bool, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return false, errors.New("it is HOST:PORT, as in 127.0.0.1:8080")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return false, errors.New("its port is a number from 0 to 65535")
	}
	return hosts.IsLoopback(host), nil
}
