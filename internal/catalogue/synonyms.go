package catalogue

import (
	"slices"
	"strings"
	"sync"
)

// synonymLines are words that people use for one another: each line's words mean what it begins with, which
// is how catalogs have it. They are folded, and a blank parts them.
//
//nolint:misspell // in other languages
func synonymLines() []string {
	return []string{
		"female woman women lady girl feminine frau mujer femme donna mulher dame chica feminina femenina weiblich feminine she 女",
		"male man men guy boy gentleman masculine mann hombre homme uomo homem monsieur herr chico masculino mannlich 男",
		"portrait vertical upright tall 9x16 916 tiktok reel reels shorts story stories hochformat",
		"landscape horizontal wide widescreen 16x9 169 youtube querformat",
		"square quadratic 1x1",
		"doctor physician medic medical surgeon gp arzt arztin medico medica medecin docteur dottore doutor vet veterinarian dentist pediatrician paramedic 医生 医師 医者 врач",
		"nurse enfermera enfermero krankenschwester krankenpfleger infirmiere infermiera enfermeira midwife caregiver carer 护士 看護師",
		"clinic hospital surgery ward",
		"business corporate executive manager ceo professional businesswoman businessman negocios geschaft affaires affari geschaftsfrau geschaftsmann empresario empresaria 商务",
		"teacher professor educator tutor instructor lehrer lehrerin profesor profesora professora maestra maestro enseignant enseignante insegnante 老师 老師 教师 教師 kindergarten math professorin",
		"anchor newsreader newscaster reporter journalist presenter presentador presentadora moderator moderatorin nachrichten nachrichtensprecher giornalista host television tv broadcaster broadcast",
		"chef cook cooking baker koch kochin cocinero cocinera cuisinier cuisiniere cuoco cozinheiro cozinheira 厨师",
		"fitness gym workout trainer coach athlete athletic sport sporty sportswear fitnessstudio entrenador entrenadora entraineur allenatore treinador 教练 bodybuilder bodybuilding weightlifter weights lifting crossfit muscular",
		"lawyer attorney legal solicitor anwalt abogado abogada avocat avocate avvocato advogado advogada rechtsanwalt anwaltin 律师 judge notary",
		"construction builder worker hardhat bauarbeiter obrero ouvrier foreman carpenter architect",
		"scientist researcher science laboratory lab cientifica cientifico wissenschaftler wissenschaftlerin scientifique scienziato chemist biologist physicist 科学家",
		"farmer agriculture farm bauer landwirt granjero agriculteur agricultor",
		"student pupil college university campus estudante estudiante schuler etudiant etudiante studente 学生",
		"agent realtor broker estate realty property makler immobilien inmobiliaria immobilier",
		"gamer gaming streamer",
		"mechanic garage car repair auto automotive plumber electrician handyman technician craftsman mechaniker mecanico mecanicien",
		"pilot captain aviator airplane plane jet flight airline aircraft piloto pilote",
		"cafe coffee coffeehouse coffeeshop barista",
		"yoga meditation",
		"casual informal everyday relaxed",
		"santa christmas xmas weihnachten weihnachtsmann nikolaus navidad noel natale natal",
		"podcaster podcast microphone mic radio",
		"office desk workplace buro oficina escritorio bureau ufficio 办公室",
		"kitchen kuche cocina cuisine cucina cozinha 厨房",
		"sofa couch armchair settee",
		"classroom school klassenzimmer aula classe clase sala",
		"outdoor outdoors outside street park garden beach nature",
		"sitting seated sits sit sitzend sitzt sentado sentada assis assise seduto seduta 坐",
		"standing stands stand stehend steht pie debout piedi 站",
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

// alias is a word that may stand for another, and its stem.
type alias struct{ word, stem string }

// synonyms are the words that may stand for a word. They are read when somebody searches first.
var synonyms = sync.OnceValue(readSynonyms) //nolint:gochecknoglobals // read once, and never changed

func readSynonyms() map[string][]alias {
	all := map[string][]alias{}
	for _, line := range synonymLines() {
		var same []alias
		for word := range strings.FieldsSeq(line) {
			same = append(same, alias{word, stemOf(word)})
		}
		for i, one := range same {
			others := same[:1]
			if i == 0 {
				others = same[1:]
			}
			all[one.word] = append(all[one.word], others...)
			if one.stem != one.word { // meditating is meditation
				all[one.stem] = append(all[one.stem], append(slices.Clone(others), one)...)
			}
		}
	}
	return all
}
