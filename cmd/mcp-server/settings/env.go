package settings

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// Variables turns the environment into a map; as everywhere, the last of two equal names wins.
func Variables(environ []string) map[string]string {
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
	for _, s := range Table() {
		known[s.Variable()], known[s.Variable()+FileSuffix] = true, s.Secret
	}
	for _, s := range Secrets() {
		known[s.Variable], known[s.Variable+FileSuffix] = true, true
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

// fromEnvironment is what the environment gives a setting, and the variable that it is in.
func (s Setting) fromEnvironment(env map[string]string) (value, variable string, err error) {
	variable = s.Variable()
	value = env[variable]
	path := env[variable+FileSuffix]
	switch {
	case !s.Secret || path == "":
		return value, variable, nil
	case value != "":
		return "", "", fmt.Errorf("%s and %s%s are both set; set one", variable, variable, FileSuffix)
	}
	value, err = readSecretFile(variable, path)
	return value, variable + FileSuffix, err
}

// readSecretFile is what a file that a variable names holds, without the space around it.
func readSecretFile(variable, path string) (string, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // G304: the operator names the file
	if err != nil {
		return "", fmt.Errorf("%s%s: %w", variable, FileSuffix, err)
	}
	value := strings.TrimSpace(string(raw))
	if value == "" {
		return "", fmt.Errorf("%s%s: %s is empty", variable, FileSuffix, path)
	}
	return value, nil
}

// givenError is a fault of a setting that was given by a variable.
type givenError struct {
	text string
	err  error
}

// Error implements error.
func (e *givenError) Error() string { return e.text }

// Unwrap gives the fault.
func (e *givenError) Unwrap() error { return e.err }

// AsGiven has a fault whose words begin with a flag begin with the variable where that was set:
// whoever set it looks for it by that name.
func (c *Config) AsGiven(fault error) error {
	if fault == nil {
		return nil
	}
	text := fault.Error()
	rest, ok := strings.CutPrefix(text, "--")
	if !ok {
		return fault
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') })
	if end < 0 {
		end = len(rest)
	}
	variable := c.named[rest[:end]]
	if variable == "" {
		return fault
	}
	return &givenError{variable + rest[end:], fault}
}
