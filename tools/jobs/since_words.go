package jobs

import (
	"strconv"
	"strings"
)

// inEnglish writes the words by which other languages name days and lengths of time in English. Words that it does
// not know stay as they are.
func inEnglish(words []string) []string {
	text := " " + plain(strings.Join(words, " ")) + " "
	for _, one := range timeWords() {
		for said := range strings.SplitSeq(one.said, ",") {
			text = strings.ReplaceAll(text, " "+said+" ", " "+one.means+" ")
		}
	}
	return strings.Fields(text)
}

// plain is a text without the marks on its letters.
func plain(s string) string {
	return strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "á", "a", "à", "a", "â", "a", "ã", "a", "é", "e", "è", "e",
		"ê", "e", "í", "i", "ì", "i", "î", "i", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ú", "u", "ù", "u", "û", "u", "ñ", "n", "ç", "c").Replace(s)
}

// timeWord is what several languages say, and what it means in English.
type timeWord struct{ said, means string }

// timeWords are in the order in which they are looked for: longer ones before those that they hold.
func timeWords() []timeWord {
	return []timeWord{
		{"vorgestern,avant hier,anteayer,antes de ayer,anteontem,l altro ieri,altroieri,ieri l altro", "day before yesterday"},
		{"gestern,hier,ayer,ontem,ieri,gisteren,wczoraj", "yesterday"},
		{"heute,aujourd hui,hoy,hoje,oggi,vandaag,dzisiaj,dzis", "today"},
		{"letzte woche,letzter woche,vorige woche,vergangene woche,la semaine derniere,semaine derniere,la semana pasada,semana pasada,semana passada,settimana scorsa,la settimana scorsa", "last week"},
		{"letzten monat,letzter monat,letztem monat,vorigen monat,le mois dernier,mois dernier,el mes pasado,mes pasado,mes passado,il mese scorso,mese scorso", "last month"},
		{"letztes jahr,l annee derniere,ano pasado,ano passado,anno scorso", "last year"},
		{"diese woche,dieser woche,cette semaine,esta semana,questa settimana", "this week"},
		{"diesen monat,diesem monat,dieser monat,ce mois,ce mois ci,este mes,questo mese", "this month"},
		{"seit,depuis,desde,dal,from", "since"},
		{"vor,il y a,hace,ha,fa,faz,atras", "ago"},
		{"letzte,letzten,letzter,letztem,dernier,derniers,derniere,dernieres,ultimo,ultimos,ultima,ultimas,ultimi,ultime,pasado,scorso", "last"},
		{"die,der,den,les,le,la,los,las,el,os,gli,i", "the"},
		{"einer,einem,eine,ein,une,un,una,um,uma,uno,one", "1"},
		{"minuten,minuto,minutos,minuti", "minutes"},
		{"stunde,stunden,heure,heures,hora,horas,ora,ore", "hours"},
		{"tag,tage,tagen,jour,jours,dia,dias,giorno,giorni", "days"},
		{"woche,wochen,semaine,semaines,semana,semanas,settimana,settimane", "weeks"},
		{"monat,monate,monaten,mois,mes,meses,mese,mesi", "months"},
		{"jahr,jahre,jahren,ans,annee,annees,ano,anos,anni,anno", "years"},
		{"montag,lundi,lunes,segunda,segunda feira,lunedi", "monday"},
		{"dienstag,mardi,martes,terca,terca feira,martedi", "tuesday"},
		{"mittwoch,mercredi,miercoles,quarta,quarta feira,mercoledi", "wednesday"},
		{"donnerstag,jeudi,jueves,quinta,quinta feira,giovedi", "thursday"},
		{"freitag,vendredi,viernes,sexta,sexta feira,venerdi", "friday"},
		{"samstag,sonnabend,samedi,sabado,sabato", "saturday"},
		{"sonntag,dimanche,domingo,domenica", "sunday"},
		{"am", ""},
	}
}

// numberOf reads a number in digits, or in the words that people use for small ones.
func numberOf(word string) (int, bool) {
	if n, err := strconv.Atoi(word); err == nil {
		return n, true
	}
	for i, said := range []string{
		"zero null", "one ein", "two zwei deux dos dois due couple", "three drei trois tres tre few", "four vier quatre cuatro quatro quattro",
		"five funf cinq cinco cinque", "six sechs seis sei", "seven sieben sept siete sete sette", "eight acht huit ocho oito otto",
		"nine neun neuf nueve nove", "ten zehn dix diez dez dieci", "eleven", "twelve zwolf douze doce doze dodici",
	} {
		for one := range strings.FieldsSeq(said) {
			if word == one {
				return i, true
			}
		}
	}
	return 0, false
}

// monthOf is the number of a month by its name or the beginning of that, 0 for what is none.
func monthOf(word string) int {
	for i, said := range []string{
		"january januar janvier enero janeiro gennaio", "february februar fevrier febrero fevereiro febbraio", "march marz mars marzo marco maerz",
		"april avril abril aprile", "may mai mayo maio maggio", "june juni juin junio junho giugno", "july juli juillet julio julho luglio",
		"august aout agosto", "september septembre septiembre setembro settembre", "october oktober octobre octubre outubro ottobre",
		"november novembre noviembre novembro",
		"december dezember decembre diciembre dezembro dicembre", //nolint:misspell // in other languages
	} {
		const least = 3 // letters of a shortened name
		if word == "ago" {
			break // which is English here
		}
		for one := range strings.FieldsSeq(said) {
			if word == one || len(word) >= least && len(word) <= least+1 && strings.HasPrefix(one, word) {
				return i + 1
			}
		}
	}
	return 0
}
