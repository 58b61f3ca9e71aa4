package tools_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestScriptsOfAllLanguages holds that speech costs no more than was estimated and not much less,
// in whatever script it is written. The sandbox has rules of its own.
func TestScriptsOfAllLanguages(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	voice := firstOf(t, b, "list_voices", `{"limit":1,"engine":"starfish"}`, "voice_id")
	for language, text := range map[string]string{
		"English":    "Welcome to our new training program. In this short video we will show you how to set up your account.",
		"German":     "Willkommen zu unserem neuen Schulungsprogramm. In diesem kurzen Video zeigen wir Ihnen, wie Sie Ihr Benutzerkonto einrichten.",
		"Finnish":    "Tervetuloa uuteen koulutusohjelmaamme. Tässä lyhyessä videossa näytämme, miten voit luoda käyttäjätilin ja aloittaa.",
		"Russian":    "Добро пожаловать в нашу новую программу обучения. В этом коротком видео мы покажем, как настроить учётную запись.",
		"Vietnamese": "Chào mừng bạn đến với chương trình đào tạo mới của chúng tôi. Chúng tôi sẽ hướng dẫn bạn cách tạo tài khoản.",
		"Chinese":    "欢迎参加我们的新培训课程。在这段简短的视频中，我们将向您展示如何设置账户。",
		"Japanese":   "わたしたちの あたらしい けんしゅうプログラムへ ようこそ。この みじかい ビデオでは せっていの しかたを ごあんない します。",
		"Korean":     "새로운 교육 프로그램에 오신 것을 환영합니다. 이 짧은 영상에서는 계정을 설정하는 방법을 보여 드리겠습니다.",
		"Thai":       "ยินดีต้อนรับสู่โปรแกรมฝึกอบรมใหม่ของเรา ในวิดีโอสั้นนี้ เราจะแสดงวิธีตั้งค่าบัญชี",
		"Lao":        "ຍິນດີຕ້ອນຮັບສູ່ໂຄງການຝຶກອົບຮົມໃໝ່ຂອງພວກເຮົາ",
		"Khmer":      "យើងខ្ញុំសូមស្វាគមន៍អ្នកមកកាន់កម្មវិធីបណ្តុះបណ្តាលថ្មី",
		"Burmese":    "ကျွန်ုပ်တို့၏ လေ့ကျင့်ရေး အစီအစဉ်သစ်မှ ကြိုဆိုပါသည်။",
		"Hindi":      "हमारे नए प्रशिक्षण कार्यक्रम में आपका स्वागत है। इस छोटे वीडियो में हम आपको दिखाएँगे कि अपना खाता कैसे बनाएँ।",
		"Arabic":     "مرحبا بكم في برنامجنا التدريبي الجديد. في هذا الفيديو القصير سنوضح لكم كيفية إعداد حسابكم.",
		"figures":    "In 2026 we sold 1250 units in 12 countries, and 300 more in the first week of the year.",
		"Amharic":    "እንኳን ወደ አዲሱ የስልጠና ፕሮግራማችን በደህና መጡ።",
		"Tibetan":    "ང་ཚོའི་སྦྱོང་བརྡར་གསར་པ་ལ་དགའ་བསུ་ཞུ།",
		"a mix":      "日本語とEnglishのmix テスト 123, مرحبا Hello 2026, 안녕하세요 12월 25일입니다.",
		"digits":     "٠١٢٣٤٥٦٧٨٩ १२३४ １２３",
		"numbers":    "Ⅳ and ½ and ② and ³ of all that there is",
		"an address": "Read https://example.com/path/to?x=1&y=2 or www.example.com, or write to a.b@example.com today.",
		"letters":    "A.B.C. and U.S.A. and NATO, HTML, C++, F#, H2O and CO2.",
		"signs":      "Tom & Jerry: 2+2=4, #hashtag @mention, 12% of $3.50, and/or, x-y-z, state-of-the-art.",
		"pictures":   "🎉🎉🎉 Wow 😀 great 👍🏽 and 👨‍👩‍👧 then ✨",
		"a list":     "- one\n- two\n- three\n… — !!! ???",
		"invisible":  "We\u200bare\u200bhere with\u00a0spaces\u2003of\u00a0all kinds.",
		"breaks":     `Hi <break time='3s' strength='weak'/> you <break/> and <break strength='strong' time='500ms'/> them.`,
		"a break":    `Welcome to this video. <break time='3s'/> Let us begin with the first page.`,
	} {
		had := wallet(t, b)
		said, err := json.Marshal(map[string]string{"voice_id": voice, "text": text})
		if err != nil {
			t.Fatal(err)
		}
		made := b.CallTool(t, "create_speech", string(said))
		high, _ := made["estimated_cost_usd"].(float64)
		if spent := had - wallet(t, b); made["error"] != nil || spent > high+1e-9 || high > 1.5*spent+1e-4 {
			t.Errorf("%s: %v USD were estimated and %v charged for %v s", language, high, spent, made["duration"])
		}
	}
}

// TestLengthsAreRead holds that the length of a given file is read from its header, by its link or
// as an asset, and that a file that cannot be read has none.
func TestLengthsAreRead(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	made := b.CallTool(t, "create_video_from_avatar", b.VideoArgs(t))
	b.Pass(t, "600")
	video := b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, made["video_id"]))
	link, want := video["video_url"], video["duration"].(float64)
	cost := func(source any) map[string]any {
		t.Helper()
		return b.CallTool(t, "estimate_cost",
			fmt.Sprintf(`{"tool":"create_video_translation","arguments":{"video":%q,"output_languages":["German (Germany)"]}}`, source))
	}
	if got, _ := cost(link)["estimated_duration_seconds"].(float64); math.Abs(got-want) > 0.1 {
		t.Errorf("the video at a link lasts %v s, want %v", got, want)
	}
	const wav = "UklGRigAAABXQVZFZm10IBAAAAABAAEAAQAAAAEAAAABAAgAZGF0YQQAAACAgICA" // four bytes, one a second
	asset := b.CallTool(t, "upload_asset", `{"filename":"a.wav","data":"`+wav+`"}`)
	heard := b.CallTool(t, "estimate_cost", fmt.Sprintf(
		`{"tool":"create_video_from_avatar","arguments":{"avatar_id":"A","audio_asset_id":%q}}`, asset["asset_id"]))
	if heard["estimated_duration_seconds"] != 4.0 {
		t.Errorf("an asset of 4 s is estimated with %v", heard)
	}
	for _, source := range []any{"https://a.example/unknown", "nothing"} {
		if out := cost(source); out["estimated_cost_usd"] != nil || out["error"] != nil || out["basis"] == "" {
			t.Errorf("%v: %v, want no cost, and what would tell it", source, out)
		}
	}
}

// TestALipsyncIsAsLongAsItsAudio holds that an audio that is longer than its video is estimated and charged, unless the
// length may not change.
func TestALipsyncIsAsLongAsItsAudio(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	made := b.CallTool(t, "create_video_from_avatar", b.VideoArgs(t))
	b.Pass(t, "600")
	video := b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, made["video_id"]))
	const audio, price = 90.0, 0.0333
	wav := "RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x08\x00data\x5a\x00\x00\x00" +
		strings.Repeat("\x80", audio) // bytes, one a second
	asset := b.CallTool(t, "upload_asset", fmt.Sprintf(`{"filename":"a.wav","data":%q}`, base64.StdEncoding.EncodeToString([]byte(wav))))
	for more, want := range map[string]float64{"": audio, `,"enable_dynamic_duration":false`: video["duration"].(float64)} {
		had := wallet(t, b)
		lips := b.CallTool(t, "create_lipsync", fmt.Sprintf(`{"video":%q,"audio":%q%s}`, video["video_url"], asset["asset_id"], more))
		b.Pass(t, "1800")
		high, _ := lips["estimated_cost_usd"].(float64)
		if spent := had - wallet(t, b); math.Abs(spent-want*price) > price || high < spent-1e-9 || high > 1.5*spent {
			t.Errorf("%s: %v USD were estimated and %v charged, want what %v s cost", more, lips, spent, want)
		}
	}
}
