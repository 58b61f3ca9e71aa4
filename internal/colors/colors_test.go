package colors_test

import (
	"testing"

	"heygen-mcp/internal/colors"
)

func TestHex(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"#0F0": "#00ff00", "#00FF00": "#00ff00", " #00ff00 ": "#00ff00", "#0f0f": "#00ff00", "#00FF00ff": "#00ff00",
		"00ff00": "#00ff00", "0x00FF00": "#00ff00", "lime": "#00ff00", "LIME": "#00ff00", "Green Screen": "#00ff00",
		"rgb(0, 255, 0)": "#00ff00", "rgb(0 255 0 / 100%)": "#00ff00", "rgba(0,255,0,1)": "#00ff00", "hsl(120, 100%, 50%)": "#00ff00",
		"green": "#008000", "light-blue": "#add8e6", "dark gray": "#a9a9a9", "rgb(10%, 20%, 30%)": "#1a334d", "hsl(-120deg 100% 25%)": "#000080",
		"fff": "", "#ff": "", "#ggg": "", "#00ff0080": "", "rgba(0,255,0,0.5)": "", "rgb(0,256,0)": "", "transparent": "", "forest": "",
		"": "", "rgb(1,2)": "", "123": "", "https://a.b/c.png": "",
	} {
		if got, ok := colors.Hex(given); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", given, got, ok, want)
		}
	}
}
