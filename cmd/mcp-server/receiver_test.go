package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
)

// receiver is a user's server that takes webhooks.
type receiver struct {
	mu     sync.Mutex
	status int
	queue  []delivered // that no step has looked at
	last   delivered
}

// delivered is one request as it came.
type delivered struct {
	header http.Header
	body   []byte
}

// newReceiver listens until the test ends, and gives its URL.
func newReceiver(t *testing.T) (in *receiver, url string) {
	t.Helper()
	in = &receiver{status: http.StatusOK}
	srv := httptest.NewServer(in)
	t.Cleanup(srv.Close)
	return in, srv.URL + "/hook"
}

func (in *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	in.mu.Lock()
	defer in.mu.Unlock()
	in.queue = append(in.queue, delivered{r.Header, body})
	w.WriteHeader(in.status)
}

// receiverStep does the steps that are about webhooks.
func (a *actor) receiverStep(verb, name, rest string) error {
	if verb == "listen" {
		in, url := newReceiver(a.t)
		a.receivers[name], a.saved[name] = in, url
		return nil
	}
	in, ok := a.receivers[name]
	if !ok {
		return fmt.Errorf("%s is not a step, or nobody listens as %s", verb, name)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	switch verb {
	case "answers":
		status, err := strconv.Atoi(rest)
		in.status = status
		return err
	case "received":
		if len(in.queue) == 0 {
			return fmt.Errorf("nothing came")
		}
		in.last, in.queue = in.queue[0], in.queue[1:]
		if err := json.Unmarshal(in.last.body, &a.last); err != nil {
			return err
		}
		return same(a.member("event_type"), rest)
	case "nothing":
		if len(in.queue) > 0 {
			return fmt.Errorf("%d came: %s", len(in.queue), in.queue[0].body)
		}
	case "signed", "forged":
		return in.last.verify(rest, verb == "signed")
	case "unsigned":
		if sent := in.last.header.Values("Heygen-Signature"); len(sent) > 0 {
			return fmt.Errorf("it is signed: %s", sent)
		}
	default:
		return fmt.Errorf("%s is not a step", verb)
	}
	return nil
}

// verify does what HeyGen's documents ask of a receiver: the signature is the HMAC of the body as it came.
func (d delivered) verify(secret string, want bool) error {
	if secret == "" || d.header.Get("Heygen-Event-Id") == "" || d.header.Get("Heygen-Timestamp") == "" {
		return fmt.Errorf("there is no secret, or no id and time: %v", d.header)
	}
	sent, err := hex.DecodeString(d.header.Get("Heygen-Signature"))
	if err != nil || len(sent) != sha256.Size {
		return fmt.Errorf("this is no signature: %q", d.header.Get("Heygen-Signature"))
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(d.body)
	if got := hmac.Equal(sent, mac.Sum(nil)); got != want {
		return fmt.Errorf("whether it is signed with that secret: %v", got)
	}
	return nil
}

// TestStrangersSendNoWebhooks holds that a sandbox whose server others can reach does not knock on this machine's ports
// for them.
func TestStrangersSendNoWebhooks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want int
	}{{nil, 1}, {[]string{"--public-url", "https://mcp.example"}, 0}} {
		s := newStack(t, c.args...)
		in, url := newReceiver(t)
		// Nothing of this batch can begin, so that it is over at once.
		body := `{"callback_url":"` + url + `","videos":[{"type":"avatar","avatar_id":"none","script":"Hi"}]}`
		status, answer, err := s.post(t.Context(), s.sandboxURL+"/v3/videos/batches", "ana", body)
		if err != nil || status != http.StatusAccepted {
			t.Fatalf("got %d %s %v, want no error and %v", status, answer, err, http.StatusAccepted)
		}
		if n := len(in.queue); n != c.want {
			t.Errorf("%v: %d deliveries", c.args, n)
		}
	}
}
