package settings

import (
	"errors"
	"net/url"
)

// takesTraces says whether the variables of OpenTelemetry name somebody who takes traces. The rest
// of them is read by its own code.
func takesTraces(env map[string]string) bool {
	if env["OTEL_SDK_DISABLED"] == "true" || env["OTEL_TRACES_EXPORTER"] == "none" {
		return false
	}
	return env["OTEL_EXPORTER_OTLP_ENDPOINT"] != "" || env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] != ""
}

// traceRules checks of OpenTelemetry's variables what its own code passes over in silence, or with a line
// in another form than the log's.
func (c *Config) traceRules(env map[string]string) (faults []error) {
	if !takesTraces(env) {
		return nil
	}
	for _, variable := range []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"} {
		u, err := url.Parse(env[variable])
		if env[variable] != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			// It may hold a password, and is not shown.
			faults = append(faults, errors.New(variable+" is not an absolute URL that begins with https:// or http://"))
		}
	}
	for _, variable := range []string{"OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"} {
		if given := env[variable]; given != "" && given != "http/protobuf" {
			c.Warnings = append(c.Warnings, variable+" is ignored: traces are sent by http/protobuf")
		}
	}
	return faults
}
