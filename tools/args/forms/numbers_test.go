package forms_test

import (
	"reflect"
	"strconv"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// measured has numbers of each kind that people write with a unit.
type measured struct {
	Cost     *float64 `json:"max_cost_usd" doc:"x"`
	Start    *float64 `json:"start_time" doc:"x"`
	Duration *int     `json:"duration" doc:"x"`
	Speed    *float64 `json:"speed" min:"0.5" max:"2" doc:"x"`
	Volume   *float64 `json:"volume" min:"0" max:"1" doc:"x"`
	Percent  *int     `json:"stability" min:"0" max:"100" doc:"x"`
	Rate     *int     `json:"fps" doc:"x"`
	Width    *int     `json:"width" doc:"x"`
	Count    *int     `json:"count" max:"3000000" doc:"x"`
	Ratio    *float64 `json:"ratio" max:"2.5" doc:"x"`
}

// TestNumbersAsPeopleWriteThem holds which units, clocks and commas are read.
func TestNumbersAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[measured]())
	for _, c := range []struct{ name, given, want string }{
		{"max_cost_usd", "$ 2.50", "2.5"}, {"max_cost_usd", "US$3", "3"}, {"max_cost_usd", "USD 4", "4"},
		{"max_cost_usd", "5 USD", "5"}, {"max_cost_usd", "6 dollars", "6"}, {"max_cost_usd", "1 Dollar", "1"}, {"max_cost_usd", "7$", "7"},
		{"max_cost_usd", "1,5", "1.5"}, {"max_cost_usd", "-1,25", "-1.25"},
		{"start_time", "1:30", "90"}, {"start_time", "01:02:03.5", "3723.5"}, {"start_time", "2 min", "120"}, {"start_time", "1.5 minutes", "90"},
		{"start_time", "1 minute", "60"}, {"start_time", "2 mins", "120"}, {"start_time", "3m", "180"}, {"start_time", "30 seconds", "30"},
		{"start_time", "1 second", "1"}, {"start_time", "4 secs", "4"}, {"start_time", "5sec", "5"}, {"start_time", "6s", "6"},
		{"duration", "0:59", "59"}, {"duration", "2m", "120"}, {"start_time", "1h", "3600"}, {"start_time", "1m30s", "90"},
		{"speed", "1.5x", "1.5"}, {"speed", "1,5×", "1.5"}, {"speed", "150%", "1.5"}, {"volume", "80 %", "0.8"}, {"volume", "33.3%", "0.333"},
		{"stability", "50%", "50"}, {"fps", "30 fps", "30"}, {"width", "1080px", "1080"}, {"width", "1,080 pixels", "1080"},
		{"count", "1,234,567", "1234567"}, {"count", "12,345", "12345"},
	} {
		got, fault := args.Check(p, map[string]any{c.name: c.given}, "")
		if fault != nil {
			t.Errorf("%s: %q was refused: %v", c.name, c.given, fault)
			continue
		}
		if raw, err := jsonwrite.Marshal(got[c.name]); err != nil || string(raw) != c.want {
			t.Errorf("%s: %q became %s, %v; want %s", c.name, c.given, raw, err, c.want)
		}
	}
}

// TestNumbersThatAreNone holds what has no one reading and is refused.
func TestNumbersThatAreNone(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[measured]())
	for _, c := range []struct{ name, given string }{
		{"start_time", "1:75"}, {"start_time", "1:2:3:4"}, {"width", "1:30"}, {"width", "50%"}, {"ratio", "50%"},
		{"count", "1,23"}, {"count", "1234,567"}, {"count", "1.234.567"}, {"max_cost_usd", "1,234"}, {"max_cost_usd", "2 €"},
		{"speed", "fast"}, {"speed", "0x1"}, {"fps", "fps 30"}, {"count", "٣"},
	} {
		if got, fault := args.Check(p, map[string]any{c.name: c.given}, ""); fault == nil || fault.Param != c.name {
			t.Errorf("%s: %q came to %v, %v; want a refusal of it", c.name, c.given, got, fault)
		}
	}
}

// TestTimesInWords holds what times and numbers are read as, in all the ways in which people write them, and that what
// is none is refused.
func TestTimesInWords(t *testing.T) {
	t.Parallel()
	type cut struct {
		Start *float64 `json:"start_time" doc:"Seconds."`
		Count *int     `json:"count" doc:"How many."`
	}
	p := inputs.SpecOf(reflect.TypeFor[cut]())
	for given, want := range map[string]string{
		"1m30s": "90", "1 min 30 sec": "90", "1.5 min": "90", "PT1M30S": "90", "1 hour, 2 minutes and 3 seconds": "3723",
		"2h": "7200", "90s": "90", "1:30": "90", "00:01:30": "90", "1500 ms": "1.5", "ten seconds": "10", "two minutes": "120",
		"1' 30\"": "90", "sixteen": "16", "sixty seconds": "60", "90": "90",
	} {
		got, fault := args.Check(p, argstest.Object(t, `{"start_time":`+strconv.Quote(given)+`}`), "")
		if raw, err := jsonwrite.Marshal(got); fault != nil || err != nil || string(raw) != `{"start_time":`+want+`}` {
			t.Errorf("%q became %s, %+v; want %s", given, raw, fault, want)
		}
	}
	for given, want := range map[string]string{"two": "2", "Twelve": "12", "thirty": "30"} {
		got, fault := args.Check(p, argstest.Object(t, `{"count":"`+given+`"}`), "")
		if raw, err := jsonwrite.Marshal(got); fault != nil || err != nil || string(raw) != `{"count":`+want+`}` {
			t.Errorf("%q became %s, %+v; want %s", given, raw, fault, want)
		}
	}
	for _, given := range []string{"sixhundred", "a few", "oneish", "pt", "m", "twentyfive"} {
		if got, fault := args.Check(p, argstest.Object(t, `{"start_time":"`+given+`","count":"`+given+`"}`), ""); fault == nil {
			t.Errorf("%q became %v", given, got)
		}
	}
}
