package settings

import (
	"encoding/json"
	"fmt"
	"strings"
)

// brokerRules checks what --auth broker needs.
func (c *Config) brokerRules(unusable map[string]error) (faults []error) {
	if fault := unusable["HEYGEN_MCP_CLIENTS"]; fault != nil {
		faults = append(faults, fault)
	}
	if c.clients != "" {
		name := c.secretName("HEYGEN_MCP_CLIENTS")
		dec := json.NewDecoder(strings.NewReader(c.clients))
		dec.DisallowUnknownFields()
		// What it says is not shown: it holds secrets.
		if err := dec.Decode(&c.Clients); err != nil {
			faults = append(faults, fmt.Errorf("%s is not a JSON array of objects with client_id, client_name, redirect_uris, scope and client_secret", name))
		}
		seen := map[string]bool{}
		for _, client := range c.Clients {
			if err := client.Check(); err != nil {
				faults = append(faults, fmt.Errorf("%s: client %s: %w", name, Shown(client.ID), err))
			} else if seen[client.ID] {
				faults = append(faults, fmt.Errorf("%s: client %s is there twice", name, Shown(client.ID)))
			}
			seen[client.ID] = true
		}
	}
	if c.DatabaseURL == "" && c.DataDir == "" {
		c.Warnings = append(c.Warnings, "there is neither --data-dir nor --database-url, so everybody must sign in again "+
			"after a restart")
	}
	if c.DatabaseURL != "" && c.DataDir == "" {
		c.Warnings = append(c.Warnings, "without --data-dir each replica has a key of its own, so a create that is "+
			"repeated at another replica is made twice")
	}
	return faults
}

// notBroker says which of the broker's settings do nothing in another mode.
func (c *Config) notBroker(unusable map[string]error) {
	for _, flag := range []string{"access-lifetime", "refresh-lifetime", "redirect-hosts", "heygen-client-id", "omit-iss", "device-grant"} {
		if c.Given[flag] {
			c.Warnings = append(c.Warnings, "--"+flag+" is ignored: it belongs to --auth broker")
		}
	}
	c.ignore("HEYGEN_MCP_CLIENTS", c.clients, unusable, "it belongs to --auth broker")
}
