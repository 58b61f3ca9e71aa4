package engine

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// streamBeat is how often a stream that is open looks for something new. The wait is real time, as
// the reader's is; what there is to send follows the clock of the sandbox.
const streamBeat = 20 * time.Millisecond

// Event is one event of a stream. An empty Name is the default event; Text is sent in place of Data
// where it is not empty.
type Event struct {
	Name string
	Data any
	Text string
}

// Stream is what an Endpoint returns to answer with server-sent events. It gives those from the
// n-th on that exist by now, and says whether there will be no more. It is called while the lock is
// held.
type Stream func(n int) (events []Event, over bool)

// Sent is a stream of events that all exist already.
func Sent(events []Event) Stream {
	return func(n int) ([]Event, bool) { return events[min(n, len(events)):], true }
}

// writeStream sends events as they come to exist, until there are no more or the reader has left.
func (e *Engine) writeStream(w http.ResponseWriter, r *http.Request, stream Stream) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusOK)
	ticker := time.NewTicker(streamBeat)
	defer ticker.Stop()
	for sent := 0; ; {
		e.mu.Lock()
		events, over := stream(sent)
		e.mu.Unlock()
		for _, one := range events {
			if err := writeEvent(w, one); err != nil {
				return // the reader has left
			}
		}
		sent += len(events)
		_ = http.NewResponseController(w).Flush() // a captured answer has nothing to flush
		if over {
			return
		}
		select {
		case <-ticker.C:
		case <-r.Context().Done():
			return
		}
	}
}

func writeEvent(w http.ResponseWriter, one Event) error {
	if one.Name != "" {
		if _, err := fmt.Fprintf(w, "event: %s\n", one.Name); err != nil {
			return err
		}
	}
	text := one.Text
	if text == "" {
		raw, err := json.Marshal(one.Data)
		if err != nil {
			return err
		}
		text = string(raw)
	}
	_, err := fmt.Fprintf(w, "data: %s\n\n", text)
	return err
}
