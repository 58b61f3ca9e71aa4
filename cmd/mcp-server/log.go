package main

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
)

// newLog is the log of the program, each line with a time: JSON, or what people read.
func newLog(w io.Writer, format string) zerolog.Logger {
	terminal := isTerminal(w)
	if format == logText || format == logConsole || format == logAuto && terminal {
		w = zerolog.ConsoleWriter{Out: w, TimeFormat: time.RFC3339, NoColor: !terminal, FormatMessage: consoleMessage}
	}
	return zerolog.New(zerolog.SyncWriter(w)).With().Timestamp().Logger()
}

// isTerminal says whether somebody reads what is written to w as it comes.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// consoleMessage quotes a message that would do something to the terminal. ConsoleWriter does so
// with the fields, and messages of libraries may quote a client.
func consoleMessage(message any) string {
	text := fmt.Sprint(message)
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

// logFormatOf finds --log-format alone, for what is logged before the settings are read. What is
// wrong with it is said when they are.
func logFormatOf(args, environ []string) string {
	format := logAuto
	if len(args) == 0 {
		return format
	}
	const flag = "log-format"
	if value := variables(environ)[(setting{Flag: flag}).Variable()]; value != "" {
		format = value
	}
	flags, _ := parse(args[0], settingsOf(args[0]), args[1:])
	if value := flags[flag]; value != "" {
		format = value
	}
	return format
}
