package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// inEnglish writes a query in German, Spanish, French, Portuguese or Italian in the field's English words,
// as far as it has any: the words between them are left out, and those that nobody knows here stay. A
// query that is in none of these languages keeps its words. known says of a word whether it is one of the
// index in English.
func inEnglish(query string, known func(word string) bool) string {
	words := wordsOf(strings.NewReplacer("sous-titr", "soustitr", "sous titr", "soustitr").Replace(strings.ToLower(unaccented(query))))
	between := betweenWords()
	content, others := 0, 0
	for _, w := range words {
		switch {
		case known(w):
		case calledInEnglish(w) != "":
			content++
		case between[w]:
			others++
		}
	}
	if content == 0 && others < 2 {
		return strings.Join(words, " ")
	}
	var written []string
	for _, w := range words {
		switch called := calledInEnglish(w); {
		case called != "":
			written = append(written, called)
		case !between[w]:
			written = append(written, w)
		}
	}
	return strings.Join(written, " ")
}

// unaccented is a text without the marks on its letters: ü is u, and é is e.
func unaccented(s string) string {
	plain := strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFD.String(s))
	return strings.NewReplacer("ß", "ss", "œ", "oe").Replace(plain)
}

// calledInEnglish is what a word of another language is called here, "" for one that is not in the list.
func calledInEnglish(word string) string {
	for _, one := range foreignWords() {
		for said := range strings.FieldsSeq(one.said) {
			beginning, open := strings.CutSuffix(said, "-")
			if word == beginning || open && strings.HasPrefix(word, beginning) {
				return one.called
			}
		}
	}
	return ""
}

// foreignWords are words of the field without accents; one that ends with - is the beginning of others. Words that
// begin like an English one are given whole.
func foreignWords() []meaning {
	return []meaning{
		{"hinzufug- ajouter ajoute anadir anade adicionar adicione aggiungi- erstell- erzeug- generier- mach mache machen crear crea creo cree hacer haz hago generar creer creez faire fais generer generez criar crie fazer faca gerar gere creare creami fare generare produzier- producir produire produzir", "create"},
		{"losch- loesch- entfern- borr- elimin- supprim- effac- enlev- quitar quita quite retire- apagar apaga apague excluir exclua cancella-", "delete"},
		{"zeig- auflist- welche welcher welches liste listen mostrar muestra- listar lista cuales montre- affiche- quels quelles quais mostre mostrami elenca- quali", "list"},
		{"such- find- busc- encontr- cherch- trouv- procur- cercare cerca trova-", "find"},
		{"ubersetz- uebersetz- traduc- traduz- tradui- tradurre traduci doblar doblaje dobla doble doubler doublage dublar dublagem doppia- synchronisier-", "translate"},
		{"stimme- voz voces vozes voix voci", "voice"},
		{"filme film film- pelicula-", "video"},
		{"untertitel- subtitulo- subtitular legenda legendas legendar soustitr- sottotitol-", "subtitles"},
		{"hochlad- hochzulad- subir sube subo cargar televers- carregar caricare", "upload"},
		{"herunterlad- herunterzulad- descargar descarga- telecharg- baixar baixe scarica-", "download"},
		{"datei- archivo- fichero- fichier- arquivo- ficheiro-", "file"},
		{"bild bilder foto- imagen imagenes imagem imagens immagin-", "photo"},
		{"kosten kostet kostete preis preise cuesta- cuestan coste costara precio- coute couter coutera cout couts prix custa custam custo custara preco- costa costera prezz-", "estimate cost"},
		{"guthaben kontostand saldo solde reste restant restante restants creditos crediti", "credits balance"},
		{"ausgegeben ausgaben gastado gaste gastei gastos depense depenses gasto speso spese", "spent"},
		{"klon- clonar clona- cloner clonez clonage", "clone"},
		{"sprecher sprechern sprecherin sprecherinnen moderator- locutor- presentador-", "hosts"},
		{"sprech- sprich vorles- hablar habla leer parler parle parlant lire falar fala ler parlare parla", "speak"},
		{"texto textos texte textes testo testi skript guion", "script"},
		{"vorlage- plantilla- modele modeles modelo modelos gabarit", "template"},
		{"sprache- idioma idiomas langue langues lingua lingue", "language"},
		{"deutsch- aleman allemand alemao tedesco", "german"},
		{"englisch- ingles anglais inglese", "english language"},
		{"spanisc- espanol espagnol espanhol spagnolo", "spanish"},
		{"franzosisch- frances francais francese", "french"},
		{"ordner carpeta- dossier dossiers cartella", "folder"},
		{"hintergrund- fond fondo fondos arriere fundo sfondo", "background"},
		{"musik musica musique", "music"},
		{"benachrichtig- notificar avisar avisame notifier notifiez avise", "webhook notify"},
		{"fertig listo lista terminado termine pret prete pronto finito", "finished status"},
		{"warte- warten esperar espera attendre aguardar aspetta-", "wait"},
		{"konto cuenta compte conta", "account"},
		{"marke marken marca marcas marque marques", "brand"},
		{"lippen- labios levres labial labiale", "lipsync"},
		{"heute hoy aujourd hoje oggi", "today"},
		{"gestern ayer ontem ieri", "yesterday"},
		{"woche semana semaine settimana", "week"},
		{"monat mois mese", "month"},
		{"einwilligung- zustimmung- consentimiento consentement consentimento consenso", "consent"},
		{"aussprach- aussprech- pronunciaci- pronunciar prononc- pronuncia", "pronounce"},
		{"corrig- corrij- korrigier- verbesser- correg- corriger", "correct"},
		{"schneid- schnitt coup- decoup- cort- recort- taglia-", "cut"},
		{"ausschnitt- extrait- extracto- fragmento- trecho- estratt-", "clips"}, //nolint:misspell // it is Spanish
		{"sitzung- sesion sesiones seance seances sessao", "session"},
		{"entendre ecouter ecoute anhoren horen escuch- oir ouvir", "list"},
		{"agenten agente agentes", "agent"},
		{"brich breche", "cancel"},
		{"quand cuando quando sobald lorsque", "when"},
		{"sende schick- envia- envoi- envoy- manda- invia-", "send"},
		{"bescheid", "notify"},
		{"abbrech- abbruch stoppen stoppe cancela- anula- annul- arret- parar detener deten ferma-", "cancel"},
		{"umbenenn- renombr- renomm- renome- rinomina-", "rename"},
		{"bearbeit- andern andere aendern aendere cambiar cambia editar edita modific- modifie- changer changez mudar mude alterar altere", "update"},
		{"personen personas personnes pessoas jeden cada chaque ogni", "each"},
		{"geld dinero argent dinheiro soldi denaro", "money"},
		{"queda quedan ubrig verbleib-", "left"},
		{"farbe- color- couleur- cor cores colori", "colors"},
		{"transcri- transkri- trascri- trascrizione", "transcript"},
		{"laut haute alta aloud", "aloud"},
		{"firmenlogo markenlogo logotip-", "logo"},
		{"einladung- invitaci- convite- inviti", "invitation"},
		{"sprachausgabe vertonung locucion narracion narration narracao", "narration"},
	}
}

// betweenWords are words of those languages that say nothing of what is wanted.
func betweenWords() map[string]bool {
	const words = `ich du er wir ihr sie mein meine meinen meinem meiner dein unser unsere ein eine einen einem einer eines
		der die das den dem des und oder mit von vom zu zum zur im am auf aus fur fuer bei nach noch habe hat haben hast kann
		kannst konnen will mochte bitte wie viel viele ist sind war mir mich es alle allen letzte letzten letztes neues neue ins
		diese dieser dieses dafur minuten
		un una unos unas el la los las lo de del en con por para y o mi mis tu su sus me quiero quisiera puedo puedes necesito
		tengo que cual este esta estos estas ese esa al cuanto cuanta cuantos ha he hay todas todos
		le les une du l d j je il nous vous mon ma mes ton ta ce cet cette ces et ou avec pour par sur dans au aux veux
		voudrais peux puis est sont ai as combien t qui quel quelle partir s n toutes tous
		os um uma uns umas do da dos das no na nos nas em com e meu minha meus minhas eu quero preciso posso quanto isso ao
		gli uno di della dei per mio mia miei voglio vorrei questo questa`
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
