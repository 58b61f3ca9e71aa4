package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// No answer outgrows its request: what a caller sends comes back once at the most, and what is ours in an
// answer is bounded. Results of tools, which tell of the caller's account, are left out.
const (
	answerTimes = 4
	answerOwn   = 64 << 10
)

// exchangeOf sends a message and gives what came back; of a stream, which has no end, the beginning.
func (s *stack) exchangeOf(ctx context.Context, m sentMessage) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.mcpURL, bytes.NewReader(m.body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	req.Header.Set("X-Api-Key", "sk_sandbox_bounds")
	for name, value := range map[string]string{"Mcp-Protocol-Version": m.version, "Mcp-Method": m.method, "Mcp-Name": m.name} {
		if value != "" {
			req.Header.Set(name, headerValue(value))
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if bytes.Contains(m.body, []byte("subscriptions/listen")) && res.Header.Get("Content-Type") == "text/event-stream" {
		return res.StatusCode, firstEvent(res.Body), nil // it has no end
	}
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// firstEvent is what a stream begins with.
func firstEvent(r io.Reader) []byte {
	var event []byte
	piece := make([]byte, 64<<10)
	for !bytes.Contains(event, []byte("\n\n")) {
		n, err := r.Read(piece)
		event = append(event, piece[:n]...)
		if err != nil {
			break
		}
	}
	return event
}

// headerValue is a text as the protocol has it in a header.
func headerValue(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fmt.Sprintf("=?base64?%s?=", base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return text
}

// holdAnswer holds an answer to what its request may draw.
func holdAnswer(t *testing.T, m sentMessage, status int, answer []byte) {
	t.Helper()
	if status >= http.StatusInternalServerError {
		t.Errorf("%.300s: got %d %.300s, want status below %v", m.body, status, answer, http.StatusInternalServerError)
	}
	told := bytes.Contains(answer, []byte(`"structuredContent"`)) && !bytes.Contains(answer, []byte(`"isError":true`))
	if most := answerTimes*len(m.body) + answerOwn; len(answer) > most && !told {
		t.Errorf("%.300s… of %d bytes drew %d: %.300s", m.body, len(m.body), len(answer), answer)
	}
}

// Every method of both eras is sent long and strange texts in every place that holds text, and in the names
// of members, and values that nest.
func TestAnswersDoNotOutgrowRequests(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	texts := append(nasty(300), nasty(14_000)[:4]...)
	var group sync.WaitGroup
	for _, one := range samples() {
		group.Go(func() {
			for _, modern := range []bool{false, true} {
				m := one.in(modern)
				try := func() { s.try(t, one.sent(m, modern)) }
				try()
				for _, text := range texts {
					places(m, text, try)
				}
				places(m, deep(5000), try)
			}
		})
	}
	group.Wait()
}

// try sends a message and holds the answer.
func (s *stack) try(t *testing.T, m sentMessage) {
	t.Helper()
	status, answer, err := s.exchangeOf(t.Context(), m)
	if err != nil {
		t.Errorf("%.200s: got %v, want no error", m.body, err)
	}
	holdAnswer(t, m, status, answer)
}

func TestLongArgumentsComeBackOnce(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, one := range samples() {
		if one.method != "prompts/get" && one.method != "tools/call" {
			continue
		}
		m := one.in(false)
		for _, text := range nasty(150_000)[:4] {
			places(m, text, func() { s.try(t, one.sent(m, false)) })
		}
	}
}

// FuzzAnswers sends any bytes under any of the headers that decide.
func FuzzAnswers(f *testing.F) {
	added := 0
	for _, one := range samples() {
		for _, modern := range []bool{false, true} {
			m := one.in(modern)
			add := func() {
				sent := one.sent(m, modern)
				f.Add(sent.body, sent.version, sent.method, sent.name)
			}
			add()
			places(m, "a,<\x00\u2028"+strings.Repeat("é", 250), func() {
				if added++; added%8 == 0 { // to read them all takes minutes
					add()
				}
			})
		}
	}
	f.Add([]byte("{\"jsonrpc\":\"2.0\",\"id\":\"\xff\xfe\",\"method\":\"prompts/get\",\"params\":{\"name\":\"\xff\",\"arguments\":{\"\xff\":\"\xff\"}}}"), "", "", "")
	s := newStackWith(f, io.Discard, noPause, fastSandbox()...)
	f.Fuzz(func(t *testing.T, body []byte, version, method, name string) {
		sent := sentMessage{body, version, method, name}
		status, answer, err := s.exchangeOf(t.Context(), sent)
		if err != nil {
			t.Skip("not every text can be a header")
		}
		holdAnswer(t, sent, status, answer)
	})
}

// What a caller sends comes back once at the most. A refusal of a tool, which is sent as text and as data, names
// an unknown argument in its words and in its param.
func TestNothingIsRepeatedTwice(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, one := range samples() {
		for _, modern := range []bool{false, true} {
			m := one.in(modern)
			for _, text := range []string{"qzmarkqz", "English (United States),qzmarkqz", "heygen://videos/qzmarkqz", "https://qzmarkqz.example/"} {
				places(m, text, func() {
					sent := one.sent(m, modern)
					_, answer, err := s.exchangeOf(t.Context(), sent)
					if err != nil {
						t.Fatal(err)
					}
					most := 1
					if bytes.Contains(answer, []byte(`"structuredContent"`)) {
						most = 4
					}
					if n := bytes.Count(answer, []byte("qzmarkqz")); n > most {
						t.Errorf("%s drew it %d times: %s", sent.body, n, answer)
					}
				})
			}
		}
	}
}
