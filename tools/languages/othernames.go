package languages

// otherNames are everyday names that Unicode's locale data has not, each with the tag that it
// means: other English names of ISO 639 and of older data, and names of the Chinese languages in
// Chinese.
func otherNames() map[string]string {
	return map[string]string{
		"Bengali": "bn", "Bahasa Indonesia": "id", "Bahasa Malaysia": "ms", "Bahasa Melayu": "ms",
		"Bokmål": "nb", "Castilian": "es-ES", "Castellano": "es-ES", "Catalan Valencian": "ca",
		"Farsi": "fa", "Parsi": "fa", "Gaelic": "ga", "Irish Gaelic": "ga", "Scots Gaelic": "gd",
		"Guarani": "gn", "Haitian": "ht", "isiXhosa": "xh", "isiZulu": "zu", "Kirghiz": "ky",
		"Kiswahili": "sw", "Kurmanji": "ku", "Mandarin": "cmn", "Mandarin Chinese": "cmn",
		"Chinese Mandarin": "cmn", "Putonghua": "cmn", "Standard Chinese": "cmn", "普通话": "cmn",
		"普通話": "cmn", "国语": "cmn", "國語": "cmn", "汉语": "zh", "漢語": "zh", "Zhongwen": "zh",
		"Cantonese Chinese": "yue", "Yue": "yue", "Yue Chinese": "yue", "粤语": "yue", "广东话": "yue",
		"廣東話": "yue", "Hokkien": "nan", "Taiwanese": "zh-TW", "Taiwanese Mandarin": "zh-TW",
		"Myanmar": "my", "Myanmar language": "my", "Norwegian": "no", "Norsk": "no", "Nynorsk": "nn",
		"Oriya": "or", "Panjabi": "pa", "Pilipino": "fil", "Tagalog": "tl", "Pushto": "ps",
		"Sinhalese": "si", "Slovene": "sl", "Sorani": "ckb", "Uighur": "ug", "Uyghur": "ug",
		"Valencian": "ca", "Moldovan": "ro-MD", "Latino": "es-419", "Brazilian": "pt-BR",
		"Hochdeutsch": "de", "Schweizerdeutsch": "de-CH", "Schwyzerdütsch": "de-CH", "Österreichisch": "de-AT", "Nihongo": "ja", "にほんご": "ja",
		"Hangugeo": "ko", "Hangugo": "ko", "हिंदी": "hi", "Québécois": "fr-CA", "Quebec French": "fr-CA", "Vlaams": "nl-BE", "Aussie": "en-AU",
		"Aussie English": "en-AU", "Darija": "ar-MA", "Ivrit": "he", "Modern Hebrew": "he", "Modern Greek": "el",
		"台语": "nan", "台語": "nan", "Zhongguohua": "zh", "Huayu": "zh", "Russkiy": "ru", "Tieng Viet": "vi", "Phasa Thai": "th", "ภาษาไทย": "th",
		"Chinese Cantonese": "yue", "Hollands": "nl", "Holländisch": "nl", "po polsku": "pl", "magyarul": "hu", "по-русски": "ru", "ptbr": "pt-BR",
		"enus": "en-US", "engb": "en-GB", "esmx": "es-MX", "zhcn": "zh-CN", "zhtw": "zh-TW",
	}
}

// otherRegions are everyday names of regions that the locale data has not.
func otherRegions() map[string]string {
	return map[string]string{
		"Great Britain": "GB", "Britain": "GB", "England": "GB", "KSA": "SA", "PRC": "CN", "Mainland China": "CN", "Czech Republic": "CZ",
		"Holland": "NL", "LatAm": "419", "Burma": "MM", "Ivory Coast": "CI", "Persia": "IR", "UAE": "AE", "Emirates": "AE", "台灣": "TW", "台湾": "TW",
		"Republic of Korea": "KR", "Korea Republic": "KR", "Russian Federation": "RU", "Viet Nam": "VN", "Québec": "CA",
	}
}
