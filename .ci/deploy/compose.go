package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// loadCompose reads deploy/compose.yaml as docker compose does, for a domain.
func loadCompose(repository, domain string) (*types.Project, error) {
	options, err := cli.NewProjectOptions([]string{filepath.Join(repository, "deploy", "compose.yaml")},
		cli.WithEnv([]string{"HEYGEN_MCP_DOMAIN=" + domain}), cli.WithResolvedPaths(true))
	if err != nil {
		return nil, err
	}
	return options.LoadProject(context.Background())
}

// checkCompose holds what the schema of compose files does not: that what parts are given is there, that one that waits
// for another's health waits for something, and that the file says what it needs.
func checkCompose(repository string) (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("compose: "+format, args...)) }
	if _, err := loadCompose(repository, ""); err == nil || !strings.Contains(err.Error(), "HEYGEN_MCP_DOMAIN") {
		fault("without a domain it is taken, or refused without its name: %v", err)
	}
	p, err := loadCompose(repository, "mcp.example.com")
	if err != nil {
		return append(faults, fmt.Errorf("compose: %w", err))
	}
	for name, s := range p.Services {
		for other, how := range s.DependsOn {
			if how.Condition == types.ServiceConditionHealthy && p.Services[other].HealthCheck == nil {
				fault("%s waits for %s to be healthy, which nobody asks it", name, other)
			}
			shared := false
			for network := range s.Networks {
				_, there := p.Services[other].Networks[network]
				shared = shared || there
			}
			if !shared {
				fault("%s needs %s and shares no network with it", name, other)
			}
		}
		for variable, value := range s.Environment {
			if value == nil {
				fault("%s: %s has no value", name, variable)
				continue
			}
			if secret, ok := strings.CutPrefix(*value, "/run/secrets/"); ok && !slices.ContainsFunc(s.Secrets, func(c types.ServiceSecretConfig) bool { return c.Source == secret }) {
				fault("%s: %s reads the secret %s, which it is not given", name, variable, secret)
			}
		}
		for _, v := range s.Volumes {
			if _, err := os.Stat(v.Source); v.Type == types.VolumeTypeBind && err != nil {
				fault("%s: %w", name, err)
			}
		}
	}
	return faults
}

// writeEnvironments writes the variables of each part into a file, a line each, and its check of health into another.
func writeEnvironments(repository, domain, into string) error {
	p, err := loadCompose(repository, domain)
	if err != nil {
		return err
	}
	for name, s := range p.Services {
		var lines []string
		for variable, value := range s.Environment {
			if value == nil {
				return fmt.Errorf("%s: %s has no value", name, variable)
			}
			lines = append(lines, variable+"="+*value+"\n")
		}
		slices.Sort(lines)
		if err := os.WriteFile(filepath.Join(into, name+".env"), []byte(strings.Join(lines, "")), 0o600); err != nil {
			return err
		}
		if s.HealthCheck == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(into, name+".health"), []byte(strings.Join(s.HealthCheck.Test, " ")+"\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}
