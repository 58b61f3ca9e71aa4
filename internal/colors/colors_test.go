package colors_test

import (
	"testing"

	"heygen-mcp/internal/colors"
)

func TestHex(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"#0F0": "#00FF00", "#00FF00": "#00FF00", " #00ff00 ": "#00FF00", "#0f0f": "#00FF00", "#00FF00ff": "#00FF00",
		"00ff00": "#00FF00", "0x00FF00": "#00FF00", "lime": "#00FF00", "LIME": "#00FF00", "Green Screen": "#00FF00",
		"rgb(0, 255, 0)": "#00FF00", "rgb(0 255 0 / 100%)": "#00FF00", "rgba(0,255,0,1)": "#00FF00", "hsl(120, 100%, 50%)": "#00FF00",
		"green": "#008000", "light-blue": "#ADD8E6", "dark gray": "#A9A9A9", "rgb(10%, 20%, 30%)": "#1A334D", "hsl(-120deg 100% 25%)": "#000080",
		"color: #00FF00;": "#00FF00", "background-color: lime": "#00FF00", "solid red": "#FF0000", "#FF0000;": "#FF0000", "color:": "",
		"fff": "", "#ff": "", "#ggg": "", "#00ff0080": "", "rgba(0,255,0,0.5)": "", "rgb(0,256,0)": "", "transparent": "", "forest": "",
		"": "", "rgb(1,2)": "", "123": "", "https://a.b/c.png": "",
	} {
		if got, ok := colors.Hex(given); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", given, got, ok, want)
		}
	}
}
