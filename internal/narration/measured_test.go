package narration

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// sample is a text that espeak-ng can read, and the voice to read it with. That of Chinese is the one that
// knows the signs; the usual one says the pinyin in English. That of Japanese knows kana alone.
type sample struct{ voice, text string }

func samples() map[string]sample {
	return map[string]sample{
		"English":    {"en", "Welcome to our new training program. In this short video we will show you how to set up your account, invite your colleagues and create your first project. It only takes a few minutes, and you do not need any technical knowledge. Let us begin with the main page."},
		"German":     {"de", "Willkommen zu unserem neuen Schulungsprogramm. In diesem kurzen Video zeigen wir Ihnen, wie Sie Ihr Benutzerkonto einrichten, Ihre Kolleginnen und Kollegen einladen und Ihr erstes Projekt anlegen. Es dauert nur wenige Minuten, und Sie benötigen keine technischen Vorkenntnisse."},
		"Finnish":    {"fi", "Tervetuloa uuteen koulutusohjelmaamme. Tässä lyhyessä videossa näytämme, miten voit luoda käyttäjätilin, kutsua työtoverisi mukaan ja aloittaa ensimmäisen projektisi. Siihen kuluu vain muutama minuutti, etkä tarvitse teknistä osaamista."},
		"Spanish":    {"es", "Bienvenidos a nuestro nuevo programa de formación. En este breve vídeo le mostraremos cómo configurar su cuenta, invitar a sus compañeros y crear su primer proyecto. Solo le llevará unos minutos y no necesita conocimientos técnicos."},
		"French":     {"fr", "Bienvenue dans notre nouveau programme de formation. Dans cette courte vidéo, nous allons vous montrer comment créer votre compte, inviter vos collègues et lancer votre premier projet. Cela ne prend que quelques minutes, et aucune connaissance technique n'est nécessaire."},
		"Italian":    {"it", "Benvenuti al nostro nuovo programma di formazione. In questo breve video vi mostreremo come impostare il vostro account, invitare i colleghi e creare il primo progetto. Bastano pochi minuti e non serve alcuna conoscenza tecnica."},
		"Portuguese": {"pt", "Bem-vindos ao nosso novo programa de formação. Neste pequeno vídeo vamos mostrar como configurar a sua conta, convidar os seus colegas e criar o seu primeiro projeto. Demora apenas alguns minutos e não são necessários conhecimentos técnicos."},
		"Russian":    {"ru", "Добро пожаловать в нашу новую программу обучения. В этом коротком видео мы покажем, как настроить учётную запись, пригласить коллег и создать первый проект. Это займёт всего несколько минут, и технические знания не нужны."},
		"Polish":     {"pl", "Witamy w naszym nowym programie szkoleniowym. W tym krótkim filmie pokażemy, jak założyć konto, zaprosić współpracowników i utworzyć pierwszy projekt. Zajmie to tylko kilka minut i nie wymaga wiedzy technicznej."},
		"Turkish":    {"tr", "Yeni eğitim programımıza hoş geldiniz. Bu kısa videoda hesabınızı nasıl kuracağınızı, iş arkadaşlarınızı nasıl davet edeceğinizi ve ilk projenizi nasıl oluşturacağınızı göstereceğiz. Yalnızca birkaç dakika sürer ve teknik bilgi gerekmez."},
		"Vietnamese": {"vi", "Chào mừng bạn đến với chương trình đào tạo mới của chúng tôi. Trong đoạn phim ngắn này, chúng tôi sẽ hướng dẫn bạn cách tạo tài khoản, mời đồng nghiệp và bắt đầu dự án đầu tiên. Việc này chỉ mất vài phút và không cần kiến thức kỹ thuật."},
		"Greek":      {"el", "Καλώς ήρθατε στο νέο μας πρόγραμμα εκπαίδευσης. Σε αυτό το σύντομο βίντεο θα σας δείξουμε πώς να ρυθμίσετε τον λογαριασμό σας, να προσκαλέσετε τους συναδέλφους σας και να δημιουργήσετε το πρώτο σας έργο. Χρειάζονται μόνο λίγα λεπτά."},
		"Chinese":    {"cmn-latn-pinyin", "欢迎参加我们的新培训课程。在这段简短的视频中，我们将向您展示如何设置账户、邀请同事并创建第一个项目。整个过程只需要几分钟，您不需要任何技术知识。让我们从主页开始吧。"},
		"Japanese":   {"ja", "わたしたちの あたらしい けんしゅうプログラムへ ようこそ。この みじかい ビデオでは、アカウントの せっていの しかた、どうりょうの しょうたいの しかた、そして さいしょの プロジェクトの つくりかたを ごあんない します。すうふんで おわり、せんもんちしきは いりません。"},
		"Korean":     {"ko", "새로운 교육 프로그램에 오신 것을 환영합니다. 이 짧은 영상에서는 계정을 설정하고 동료를 초대하고 첫 번째 프로젝트를 만드는 방법을 보여 드리겠습니다. 몇 분이면 충분하며 기술 지식은 필요하지 않습니다."},
		"Thai":       {"th", "ยินดีต้อนรับสู่โปรแกรมฝึกอบรมใหม่ของเรา ในวิดีโอสั้นนี้ เราจะแสดงวิธีตั้งค่าบัญชี เชิญเพื่อนร่วมงาน และสร้างโครงการแรกของคุณ ใช้เวลาเพียงไม่กี่นาที และไม่ต้องมีความรู้ทางเทคนิค"},
		"Hindi":      {"hi", "हमारे नए प्रशिक्षण कार्यक्रम में आपका स्वागत है। इस छोटे वीडियो में हम आपको दिखाएँगे कि अपना खाता कैसे बनाएँ, अपने साथियों को कैसे आमंत्रित करें और अपनी पहली परियोजना कैसे शुरू करें। इसमें केवल कुछ मिनट लगते हैं और किसी तकनीकी ज्ञान की आवश्यकता नहीं है।"},
		"Arabic":     {"ar", "مرحبا بكم في برنامجنا التدريبي الجديد. في هذا الفيديو القصير سنوضح لكم كيفية إعداد حسابكم ودعوة زملائكم وإنشاء مشروعكم الأول. لن يستغرق الأمر سوى بضع دقائق ولا تحتاجون إلى أي معرفة تقنية."},
		"Hebrew":     {"he", "ברוכים הבאים לתוכנית ההדרכה החדשה שלנו. בסרטון הקצר הזה נראה לכם כיצד להגדיר את החשבון, להזמין עמיתים וליצור את הפרויקט הראשון שלכם. זה לוקח רק כמה דקות ואין צורך בידע טכני."},
		"Bengali":    {"bn", "আমাদের নতুন প্রশিক্ষণ কর্মসূচিতে আপনাকে স্বাগতম। এই ছোট ভিডিওতে আমরা দেখাব কীভাবে আপনার অ্যাকাউন্ট তৈরি করবেন, সহকর্মীদের আমন্ত্রণ জানাবেন এবং প্রথম প্রকল্প শুরু করবেন। এতে মাত্র কয়েক মিনিট লাগে।"},
		"Tamil":      {"ta", "எங்கள் புதிய பயிற்சித் திட்டத்திற்கு உங்களை வரவேற்கிறோம். இந்தக் குறுகிய காணொளியில் உங்கள் கணக்கை எவ்வாறு அமைப்பது, உங்கள் சக பணியாளர்களை எவ்வாறு அழைப்பது என்பதைக் காட்டுவோம். இதற்குச் சில நிமிடங்கள் மட்டுமே ஆகும்."},
		"Burmese":    {"my", "ကျွန်ုပ်တို့၏ လေ့ကျင့်ရေး အစီအစဉ်သစ်မှ ကြိုဆိုပါသည်။ ဤဗီဒီယိုတိုတွင် သင့်အကောင့်ကို မည်သို့ဖွင့်ရမည်၊ လုပ်ဖော်ကိုင်ဖက်များကို မည်သို့ဖိတ်ခေါ်ရမည်ကို ပြသပါမည်။"},
		"Indonesian": {"id", "Selamat datang di program pelatihan baru kami. Dalam video singkat ini kami akan menunjukkan cara mengatur akun Anda, mengundang rekan kerja dan membuat proyek pertama Anda. Ini hanya memakan waktu beberapa menit dan tidak memerlukan pengetahuan teknis."},
		"Hungarian":  {"hu", "Üdvözöljük új képzési programunkban. Ebben a rövid videóban megmutatjuk, hogyan állíthatja be fiókját, hívhatja meg munkatársait és hozhatja létre első projektjét. Mindössze néhány percet vesz igénybe, és nem igényel műszaki ismereteket."},
	}
}

// measured is how long espeak-ng speaks a text at its usual speed, in its own seconds.
func measured(t *testing.T, s sample) float64 {
	t.Helper()
	const rate, sampleBytes = 22050, 2 // of every voice of espeak-ng: 16 bits, one channel
	cmd := exec.CommandContext(t.Context(), "espeak-ng", "-v", s.voice, "--stdin", "--stdout")
	cmd.Stdin = strings.NewReader(s.text)
	wav, err := cmd.Output()
	if err != nil {
		t.Fatalf("espeak-ng -v %s: %v", s.voice, err)
	}
	_, sound, ok := bytes.Cut(wav, []byte("data"))
	if !ok || len(sound) < 4 {
		t.Fatalf("espeak-ng -v %s gives no sound", s.voice)
	}
	return float64(len(sound)-4) / sampleBytes / rate
}

// TestSecondsIsWhatIsMeasured holds that what is said of a text is within a quarter of what a synthesizer
// takes for it. espeak-ng speaks faster than a narrator: its seconds are stretched by as much as makes
// its English two and a half words a second, and every other language by as much.
func TestSecondsIsWhatIsMeasured(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("espeak-ng"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("espeak-ng is needed in CI: %v", err)
		}
		t.Skip("SKIPPED: nothing is measured, since espeak-ng is not installed")
	}
	const wordsPerSecond, off = 2.5, 0.25
	english := samples()["English"]
	stretch := float64(len(strings.Fields(english.text))) / wordsPerSecond / measured(t, english)
	for language, s := range samples() {
		got, want := Seconds(s.text, 1), measured(t, s)*stretch
		t.Logf("%-10s %5.1f s, measured %5.1f s: %+.0f %%", language, got, want, (got/want-1)*100)
		if math.Abs(got/want-1) > off {
			t.Errorf("%s: %.1f s, and %.1f s were measured", language, got, want)
		}
	}
}
