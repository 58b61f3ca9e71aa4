package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// writeProfile calls for a while, and writes where the product spends its time meanwhile.
func (b *bench) writeProfile(ctx context.Context, l load, t *turn) (err error) {
	if b.o.profile == "" || t.subject.metrics == "" {
		return nil
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(t.subject.metrics, "/metrics")+"/debug/pprof/profile?seconds=10", nil)
	if err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(b.o.profile, t.subject.name+"-"+l.flag()+".pprof")) //nolint:gosec // G304: whoever runs it names the directory
	if err != nil {
		return err
	}
	calling, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		_, err := t.driver.each(calling, t.request, t.answer, 1<<30, 0)
		if calling.Err() != nil && ctx.Err() == nil {
			err = nil // it was told to stop
		}
		ended <- err
	}()
	defer func() {
		stop()
		err = errors.Join(err, file.Close(), <-ended)
	}()
	res, err := http.DefaultClient.Do(req) //nolint:gosec // G704: our own server
	if err != nil {
		return err
	}
	_, err = io.Copy(file, res.Body)
	return errors.Join(err, res.Body.Close())
}

// metricsURL finds the listener of profiles in the product's log.
func metricsURL(line string) string {
	var said struct{ URL, Message string }
	if json.Unmarshal([]byte(line), &said) != nil || said.Message != "metrics are served" {
		return ""
	}
	return said.URL
}
