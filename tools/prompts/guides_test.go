package prompts

import (
	"regexp"
	"testing"
)

// TestPricesOfGuides holds that every price in a guide is one of the table, put into its place.
func TestPricesOfGuides(t *testing.T) {
	t.Parallel()
	for _, g := range guides() {
		text := g.text()
		if left := regexp.MustCompile(`\{[a-z_0-9]+\}`).FindAllString(text, -1); len(left) > 0 {
			t.Errorf("%s has places that nothing fills: %v", g.name, left)
		}
		file, err := guideFiles.ReadFile("guides/" + g.name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		if prices := regexp.MustCompile(`\b0\.\d+\b|\d USD`).FindAllString(string(file), -1); g.name != "scripts" && len(prices) > 0 {
			t.Errorf("%s has prices of its own: %v", g.name, prices)
		}
	}
}
