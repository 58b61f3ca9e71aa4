package catalogue

import "strings"

// alike are words that people use for one another: each line's words mean what it begins with, which
// is how catalogs have it. They are folded, and a blank parts them.
func alike() []string {
	return []string{
		"female woman women lady girl feminine frau mujer femme donna mulher she",
		"male man men guy boy gentleman masculine mann hombre homme uomo homem",
		"portrait vertical upright tall 9x16 916 tiktok reel reels shorts story stories hochformat",
		"landscape horizontal wide widescreen 16x9 169 youtube querformat",
		"square quadratic 1x1",
		"doctor physician medic medical surgeon gp arzt arztin medico medica medecin docteur",
		"nurse enfermera enfermero krankenschwester infirmiere",
		"clinic hospital surgery ward",
		"business corporate executive manager ceo professional businesswoman businessman negocios geschaft",
		"teacher professor educator tutor instructor lehrer lehrerin profesor profesora professora", //nolint:misspell // in Spanish
		"anchor newsreader newscaster reporter journalist presenter presentador",
		"chef cook cooking baker koch cocinero cocinera",
		"fitness gym workout trainer coach athlete athletic sport sporty sportswear",
		"lawyer attorney legal solicitor anwalt abogado abogada",
		"construction builder worker hardhat",
		"scientist researcher science laboratory lab cientifica",
		"farmer agriculture farm",
		"student pupil college university campus estudante estudiante",
		"agent realtor broker estate",
		"gamer gaming streamer",
		"mechanic garage",
		"yoga meditation",
		"casual informal everyday relaxed",
		"santa christmas xmas weihnachten navidad",
		"podcaster podcast",
		"office desk workplace buro oficina escritorio",
		"sofa couch armchair settee",
		"classroom school",
		"outdoor outdoors outside street park garden beach nature",
		"sitting seated sits sit",
		"standing stands stand",
		"suit formal tie elegant",
		"20 twenties young twentysomething",
		"30 thirties",
		"40 forties middle",
		"50 fifties",
		"60 sixties senior elderly older",
		"british uk england gb english",
		"us american usa america",
		"australian australia aussie",
		"indian india",
		"irish ireland",
		"brazilian brazil brasil brasileiro brasileira",
		"portugal european",
		"mexican mexico latam latin",
		"castilian spain espana",
		"argentinian argentina argentine",
		"austrian austria",
		"swiss switzerland",
		"germany deutschland",
		"canadian canada quebec",
		"belgian belgium flemish",
		"mandarin china",
		"cantonese kong",
		"taiwan taiwanese",
		"egyptian egypt",
		"saudi arabia",
		"warm friendly kind gentle",
		"calm soothing relaxing relaxed soft quiet",
		"energetic excited upbeat lively dynamic",
		"cheerful happy bright joyful",
		"deep low bass",
		"serious authoritative",
		"narrator narration narrating audiobook",
		"announcer advert advertising ad commercial",
		"newsreader news anchor",
		"storyteller storytelling tale",
		"salesperson sales seller",
		"multilingual multi",
		"cinematic film movie",
		"handmade craft clay felt",
	}
}

// synonyms are the words that may stand for a word.
func synonyms() map[string][]string {
	all := map[string][]string{}
	for _, line := range alike() {
		same := strings.Fields(line)
		for i, word := range same {
			if i > 0 {
				all[word] = append(all[word], same[0])
			}
			if i == 0 {
				all[word] = append(all[word], same[1:]...)
			}
		}
	}
	return all
}
