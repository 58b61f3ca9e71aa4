package tools_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// maker makes up videos.
type maker struct {
	*rand.Rand
	photo, twin, studio, voice string
}

// oneOf is one of some texts.
func (m *maker) oneOf(all ...string) string { return all[m.IntN(len(all))] }

// script is a text of up to so many sentences.
func (m *maker) script(most int) string {
	var b strings.Builder
	for range 1 + m.IntN(most) {
		b.WriteString(m.oneOf("Welcome to our new training program. ", "In this short video we will show you how to set up your account. ",
			"Hello! ", "It only takes a few minutes, and you do not need any technical knowledge. ", "Let us begin with the main page, and go on from there. "))
	}
	return strings.TrimSpace(b.String())
}

// speaker are the members of somebody who speaks, with the engine that they can have.
func (m *maker) speaker() string {
	look := m.oneOf(m.photo, m.twin, m.studio)
	engine := "avatar_iv"
	if look == m.twin {
		engine = m.oneOf("avatar_iii", "avatar_iv", "avatar_v")
	}
	said := fmt.Sprintf(`"script":%q,"voice_id":%q`, m.script(8), m.voice)
	switch m.IntN(5) {
	case 0:
		said = `"audio_url":"https://example.com/a.mp3"`
	case 1:
		said += fmt.Sprintf(`,"voice_settings":{"speed":%.2f}`, 0.5+m.Float64())
	}
	return fmt.Sprintf(`"type":"avatar","avatar_id":%q,"engine":{"type":%q},%s`, look, engine, said)
}

// resolution asks for 4k, or does not.
func (m *maker) resolution() string { return m.oneOf(``, ``, `,"resolution":"4k"`) }

// scenes are the members of a video of some scenes.
func (m *maker) scenes() string {
	all := make([]string, 1+m.IntN(5))
	for i := range all {
		all[i] = `{"type":"avatar_video","input":{` + m.speaker() + `}}`
	}
	return `"scenes":[` + strings.Join(all, ",") + `]` + m.resolution()
}

// call is a call that makes one video or several.
func (m *maker) call() paidCall {
	switch m.IntN(3) {
	case 0:
		return paidCall{"create_video_from_avatar", `{` + strings.TrimPrefix(m.speaker(), `"type":"avatar",`) + m.resolution() + `}`}
	case 1:
		return paidCall{"create_video_from_studio", `{` + m.scenes() + `}`}
	}
	all := make([]string, 1+m.IntN(12))
	for i := range all {
		all[i] = `{` + m.speaker() + m.resolution() + `}`
		switch m.IntN(4) {
		case 0:
			all[i] = `{"type":"studio",` + m.scenes() + `}`
		case 1:
			all[i] = fmt.Sprintf(`{"type":"image","image":"https://example.com/face.png","voice_id":%q,"script":%q}`, m.voice, m.script(4))
		}
	}
	return paidCall{"create_video_batch", `{"videos":[` + strings.Join(all, ",") + `]}`}
}

// TestAnyVideoCostsWhatIsTold makes up videos of many scenes and prices, alone and in batches: each is charged no more
// than was estimated, not less than two thirds of it, and what it did cost is told to the cent. Where scenes have
// different prices, what each lasted is not told, so that the cost is right to half a percent.
func TestAnyVideoCostsWhatIsTold(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	m := &maker{
		Rand:  rand.New(rand.NewPCG(7, 9)), //nolint:gosec // G404: the same each time
		photo: look(t, b, "photo_avatar"), twin: look(t, b, "digital_twin"), studio: look(t, b, "studio_avatar"),
		voice: firstOf(t, b, "list_voices", `{"limit":1,"engine":"starfish"}`, "voice_id"),
	}
	worst := 0.0
	for range 80 {
		c := m.call()
		b.Control(t, "account", `{"account":"test","wallet_usd":1000}`)
		had := wallet(t, b)
		made := b.CallTool(t, c.tool, c.args)
		high, _ := made["estimated_cost_usd"].(float64)
		b.Pass(t, "36000")
		rows, _ := b.CallTool(t, "list_jobs", `{"limit":1}`)["items"].([]any)
		row, _ := rows[0].(map[string]any)
		spent := had - wallet(t, b)
		cost, told := row["cost_usd"].(float64)
		off := 0.005
		if strings.Contains(c.args, `"scenes"`) {
			off += spent / 200
		}
		worst = max(worst, math.Abs(cost-spent)/spent)
		if made["error"] != nil || !told || math.Abs(cost-spent) > off || spent > high+1e-9 || high > 1.5*spent {
			t.Errorf("%s %s:\n%v USD were estimated and %v charged, and the row is %v; the answer was %v", c.tool, c.args, high, spent, row, made)
		}
	}
	t.Logf("at the most %.2f %% beside what was charged", 100*worst)
}
