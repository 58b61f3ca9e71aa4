package keepalive_test

import (
	"fmt"
	"testing"
	"time"
)

// FuzzCuts sends three requests, cut where it likes, and holds that all are answered.
func FuzzCuts(f *testing.F) {
	f.Add(uint16(10), uint16(70), "ab")
	f.Add(uint16(36), uint16(38), "\r\n\r\n")
	f.Fuzz(func(t *testing.T, first, second uint16, body string) {
		s := serve(t, 0, time.Minute)
		c := s.dial(t)
		text := fmt.Sprintf(get, 1) +
			fmt.Sprintf("POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", len(body), body) + fmt.Sprintf(get, 3)
		a, b := int(first)%(len(text)+1), int(second)%(len(text)+1)
		for _, part := range []string{text[:min(a, b)], text[min(a, b):max(a, b)], text[max(a, b):]} {
			c.send(t, part)
		}
		c.wants(t, "GET /1 ")
		c.wants(t, "POST /2 "+body)
		c.wants(t, "GET /3 ")
	})
}
