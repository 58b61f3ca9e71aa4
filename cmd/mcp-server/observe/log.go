package observe

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mattn/go-isatty"
	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/settings"
)

// NewLog is the log of the program, each line with a time: JSON, or what people read.
func NewLog(w io.Writer, format string) zerolog.Logger {
	if isForPeople(w, format) {
		w = zerolog.ConsoleWriter{Out: w, TimeFormat: time.RFC3339, NoColor: !isTerminal(w), FormatMessage: ConsoleMessage}
	}
	return zerolog.New(zerolog.SyncWriter(w)).With().Timestamp().Logger()
}

// NewServerLog is NewLog for a server, which may write thousands of lines a second: in JSON they are written some
// milliseconds late where they come fast. flush writes what is kept, and must be called in the end.
func NewServerLog(w io.Writer, format string) (log zerolog.Logger, flush func()) {
	if isForPeople(w, format) {
		return NewLog(w, format), func() {}
	}
	together := &lines{w: w}
	return zerolog.New(together).With().Timestamp().Logger(), together.flush
}

// isForPeople says whether a log is text, and not JSON.
func isForPeople(w io.Writer, format string) bool {
	return format == settings.LogText || format == settings.LogConsole || format == settings.LogAuto && isTerminal(w)
}

// isTerminal says whether somebody reads what is written to w as it comes.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// ConsoleMessage quotes a message that would do something to the terminal. ConsoleWriter does so
// with the fields, and messages of libraries may quote a client.
func ConsoleMessage(message any) string {
	text := fmt.Sprint(message)
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

// FormatOf finds --log-format alone, for what is logged before the settings are read. What is
// wrong with it is said when they are.
func FormatOf(args, environ []string) string {
	format := settings.LogAuto
	if len(args) == 0 {
		return format
	}
	const flag = "log-format"
	if value := settings.Variables(environ)[(settings.Setting{Flag: flag}).Variable()]; value != "" {
		format = value
	}
	flags, _ := settings.ParseFlags(args[0], settings.Of(args[0]), args[1:])
	if value := flags[flag]; value != "" {
		format = value
	}
	return format
}
