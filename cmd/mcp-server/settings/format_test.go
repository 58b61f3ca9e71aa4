package settings

import (
	"strings"
	"testing"
)

func TestLogFormatIsChecked(t *testing.T) {
	t.Parallel()
	_, err := Load("serve", []string{"--log-format", "xml"}, nil)
	if err == nil || !strings.Contains(err.Error(), `--log-format "xml": it is auto, json or text`) {
		t.Errorf("got %v, want that it is auto, json or text", err)
	}
	cfg, err := Load("serve", nil, nil)
	if err != nil || cfg.LogFormat != LogAuto {
		t.Errorf("got %+v, %v, want the format auto", cfg, err)
	}
}
