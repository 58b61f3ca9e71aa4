package observe

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// Logs are JSON unless a terminal or the operator asks for what people read.
func TestLogFormats(t *testing.T) {
	t.Parallel()
	for format, isJSON := range map[string]bool{settings.LogAuto: true, settings.LogJSON: true, settings.LogText: false, settings.LogConsole: false} {
		var out bytes.Buffer
		log := NewLog(&out, format)
		log.Warn().Str("path", "/a\x1b[31m").Msg("two words")
		if got := json.Valid(out.Bytes()); got != isJSON {
			t.Errorf("%s: a line that is JSON: %t, want %t: %s", format, got, isJSON, &out)
		}
		if text := out.String(); !strings.Contains(text, "two words") || strings.Contains(text, "\x1b") {
			t.Errorf("%s: the line is %q, want the message and no control characters", format, text)
		}
	}
}

func TestLogsOnATerminalAreForPeople(t *testing.T) {
	t.Parallel()
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there is no terminal to open: %v", err)
	}
	defer func() { _ = terminal.Close() }()
	file, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for w, want := range map[io.Writer]bool{terminal: true, file: false, &bytes.Buffer{}: false} {
		if got := isTerminal(w); got != want {
			t.Errorf("%T: a terminal: %t, want %t", w, got, want)
		}
	}
}

// What a library says may quote a client, and must not reach the terminal as it is.
func TestConsoleMessagesDoNothingToTheTerminal(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"it is ready": "it is ready", "héllo": "héllo", "a\x1b[2Jb": `"a\x1b[2Jb"`, "a\nb": `"a\nb"`, "a\u202eb": `"a\u202eb"`} {
		if got := ConsoleMessage(given); got != want {
			t.Errorf("%q is written as %s, want %s", given, got, want)
		}
	}
}

func TestLogFormatIsKnownBeforeTheSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args, env []string
		want      string
	}{
		{nil, nil, "auto"},
		{[]string{"serve"}, nil, "auto"},
		{[]string{"version"}, nil, "auto"},
		{[]string{"serve"}, []string{"HEYGEN_MCP_LOG_FORMAT=json"}, "json"},
		{[]string{"serve", "--log-format", "console"}, []string{"HEYGEN_MCP_LOG_FORMAT=json"}, "console"},
		{[]string{"demo", "--log-format=json", "--nonsense"}, nil, "json"},
	} {
		if got := FormatOf(c.args, c.env); got != c.want {
			t.Errorf("%q with %q: got %s, want %s", c.args, c.env, got, c.want)
		}
	}
}
