package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// fromEast writes a query in Japanese, Chinese or Korean, which have no blanks between words or none to go
// by, in the field's English words: those that it has, in its order. What is written in other letters stays,
// and what nobody knows here is left out. Any other query stays as it is.
func fromEast(query string) string {
	if !strings.ContainsFunc(query, isEastern) {
		return query
	}
	words := easternWords()
	var written []string
	for rest := query; rest != ""; {
		if i := slices.IndexFunc(words, func(w meaning) bool { return strings.HasPrefix(rest, w.said) }); i >= 0 {
			written, rest = append(written, words[i].called), rest[len(words[i].said):]
			continue
		}
		end := strings.IndexFunc(rest, isEastern)
		if end != 0 {
			if end < 0 {
				end = len(rest)
			}
			written, rest = append(written, rest[:end]), rest[end:]
			continue
		}
		for i := range rest { // one character further
			if end = i; i > 0 {
				break
			}
		}
		if end == 0 {
			end = len(rest)
		}
		rest = rest[end:]
	}
	return strings.Join(written, " ")
}

// isEastern reports whether a character is of a script of Japanese, Chinese or Korean.
func isEastern(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || c == 'ー'
}

// easternWords are words of the field, the longest first: 音声 is no 声.
func easternWords() []meaning {
	var all []meaning
	for _, one := range []meaning{
		{"動画 ビデオ 映像 视频 視頻 影片 비디오 동영상 영상", "video"},
		{"翻訳 翻译 翻譯 吹き替え 吹替 配音 번역 더빙", "translate"},
		{"日本語 日语 일본어", "japanese"},
		{"英語 英语 영어", "english"},
		{"中国語 中文 중국어", "chinese"},
		{"韓国語 韩语 한국어", "korean"},
		{"ドイツ語 德语 독일어", "german"},
		{"スペイン語 西班牙语 스페인어", "spanish"},
		{"フランス語 法语 프랑스어", "french"},
		{"アバター 数字人 虚拟人 人物 아바타", "avatar"},
		{"一覧 リスト どんな どの 列表 哪些 有什么 목록 어떤", "list"},
		{"音声 声 ボイス 语音 声音 음성 목소리", "voice"},
		{"読み上げ 読んで 朗読 朗读 읽어", "speech"},
		{"作成 作っ 作り 作る 生成 制作 创建 生成 만들", "create"},
		{"削除 消し 消す 消去 删除 刪除 삭제", "delete"},
		{"字幕 자막", "subtitles"},
		{"直し 直す 修正 訂正 校正 改正 수정", "correct"},
		{"変更 変え 更改 修改 변경", "change"},
		{"写真 画像 照片 图片 圖片 사진 이미지", "photo"},
		{"しゃべ 喋 話す 話し 話さ 说话 說話 말하", "speak"},
		{"背景 배경", "background"},
		{"音楽 音乐 音樂 음악", "music"},
		{"料金 費用 値段 いくら 费用 价格 多少钱 비용 가격 얼마", "estimate cost"},
		{"残高 クレジット 余额 積分 积分 잔액 크레딧", "credits balance"},
		{"使った 支出 花了 썼", "spent"},
		{"終わ 完了 完成 できた 出来上が 完了 好了吗 끝났 완료", "finished status"},
		{"待っ 待つ 等待 기다", "wait"},
		{"アップロード 上传 上傳 업로드", "upload"},
		{"ダウンロード 下载 下載 다운로드", "download"},
		{"テンプレート ひな形 模板 템플릿", "template"},
		{"クローン 複製 克隆 복제", "clone"},
		{"口の動き リップシンク 唇 口型 对口型 립싱크 입모양", "lipsync"},
		{"ブランド ロゴ 品牌 브랜드 로고", "brand"},
		{"通知 알림 통지", "notify webhook"},
		{"フォルダ 文件夹 폴더", "folder"},
		{"同意 동의", "consent"},
		{"発音 发音 발음", "pronounce"},
		{"中止 キャンセル 取消 취소", "cancel"},
		{"衣装 服装 服 옷", "outfit"},
		{"ショート 切り抜き 短视频 剪辑 쇼츠 클립", "shorts"},
		{"言語 语言 언어", "language"},
		{"検索 探し 探す 查找 搜索 검색 찾", "find"},
		{"見せて 表示 显示 보여", "show"},
		{"ファイル 文件 파일", "file"},
		{"ポッドキャスト 播客 팟캐스트", "podcast"},
		{"ワークフロー 工作流 워크플로", "workflow"},
		{"エージェント 智能体 에이전트", "agent"},
		{"アカウント 账户 帐号 계정", "account"},
	} {
		for said := range strings.FieldsSeq(one.said) {
			all = append(all, meaning{said, one.called})
		}
	}
	slices.SortStableFunc(all, func(a, b meaning) int { return cmp.Compare(len(b.said), len(a.said)) })
	return all
}
