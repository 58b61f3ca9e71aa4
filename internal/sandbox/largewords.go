package sandbox

// What the large catalog is made of.

// person is a name that many share.
type person struct{ name, gender string }

// people are those of the large catalog, in many scripts.
func people() []person {
	const f, m = "female", "male"
	return []person{
		{"Amelia", f}, {"Abigail", f}, {"Annie", f}, {"Anna", f}, {"Aïcha", f}, {"Beatriz", f}, {"Bianca", f}, {"Brandy", f},
		{"Carlotta", f}, {"Chloé", f}, {"Daisy", f}, {"Diana", f}, {"Elena", f}, {"Emilia", f}, {"Esmé", f}, {"Fatima", f},
		{"Freya", f}, {"Gala", f}, {"Giulia", f}, {"Hana", f}, {"Imani", f}, {"Inès", f}, {"Iris", f}, {"Jocelyn", f},
		{"June", f}, {"Katya", f}, {"Kayla", f}, {"Leila", f}, {"Lina", f}, {"Lucía", f}, {"Maren", f}, {"Mei", f},
		{"Minh Anh", f}, {"Nadia", f}, {"Noémie", f}, {"Olivia", f}, {"Priya", f}, {"Renata", f}, {"Saga", f}, {"Sofía", f},
		{"Tamara", f}, {"Ursula", f}, {"Vanessa", f}, {"Wiktoria", f}, {"Yuki", f}, {"Zoë", f}, {"Zuri", f}, {"李娜", f},
		{"Наталья", f}, {"فاطمة", f}, {"さくら", f}, {"지은", f},
		{"Aditya", m}, {"Albert", m}, {"André", m}, {"Armando", m}, {"Björn", m}, {"Bruno", m}, {"Byron", m}, {"Conrad", m},
		{"Daniel", m}, {"Dmitri", m}, {"Edward", m}, {"Emeka", m}, {"Fabián", m}, {"Felix", m}, {"Gerardo", m}, {"Graham", m},
		{"Hiro", m}, {"Hugo", m}, {"Ibrahim", m}, {"Ivan", m}, {"Jamal", m}, {"Jörg", m}, {"José", m}, {"Joon", m},
		{"Kenji", m}, {"Kwame", m}, {"Lars", m}, {"Łukasz", m}, {"Marcus", m}, {"Mateo", m}, {"Milan", m}, {"Nikolai", m},
		{"Oskar", m}, {"Pierre", m}, {"Quentin", m}, {"Rafael", m}, {"Raúl", m}, {"Rashid", m}, {"Samuel", m}, {"Santiago", m},
		{"Søren", m}, {"Theo", m}, {"Tomás", m}, {"Tyler", m}, {"Uwe", m}, {"Viktor", m}, {"Wei", m}, {"Xavier", m},
		{"Yusuf", m}, {"张伟", m}, {"Алексей", m}, {"محمد", m},
	}
}

func surnames() []string {
	return []string{"Müller", "García", "Okafor", "Nguyen", "Rossi", "Kowalski", "Tanaka", "Silva", "O'Brien", "Haddad", "Lindqvist", "Patel"}
}

// lookScene is what somebody is shown as, where and how.
type lookScene struct {
	role                   string
	foreign                []string // the role as others have tagged it
	places, poses, clothes []string
}

func lookScenes() []lookScene {
	usual := []string{"Front", "Sitting", "Standing", "Side"}
	return []lookScene{
		{"Doctor", []string{"médica", "arzt"}, []string{"Office", "Clinic", "Hospital"}, []string{"Sitting", "Standing", "Front"}, []string{"white coat", "scrubs", "stethoscope"}},
		{"Nurse", []string{"enfermera"}, []string{"Hospital", "Clinic"}, []string{"Standing", "Walking", "Front"}, []string{"scrubs", "uniform"}},
		{"Business", []string{"negocios", "geschäft"}, []string{"Office", "Lobby", "Meeting Room", "Rooftop"}, usual, []string{"suit", "blazer", "dress shirt"}},
		{"Teacher", []string{"professora", "lehrer"}, []string{"Classroom", "Library", "Office"}, []string{"Standing", "Front", "Sitting"}, []string{"cardigan", "sweater", "shirt"}},
		{"News Anchor", []string{"presentador"}, []string{"Studio", "Newsroom"}, []string{"Sitting", "Front"}, []string{"suit", "blazer"}},
		{"Chef", []string{"koch", "cocinero"}, []string{"Kitchen", "Restaurant"}, []string{"Standing", "Cooking", "Front"}, []string{"apron", "chef jacket"}},
		{"Fitness Coach", []string{"entrenadora"}, []string{"Gym", "Park", "Beach"}, []string{"Standing", "Stretching", "Running"}, []string{"sportswear", "hoodie"}},
		{"Lawyer", []string{"abogado", "anwalt"}, []string{"Office", "Courtroom", "Library"}, usual, []string{"suit", "robe"}},
		{"Construction Worker", nil, []string{"Construction Site", "Workshop"}, []string{"Standing", "Walking"}, []string{"hard hat", "safety vest"}},
		{"Scientist", []string{"científica"}, []string{"Laboratory", "Office"}, []string{"Standing", "Front"}, []string{"lab coat", "goggles"}},
		{"Farmer", nil, []string{"Field", "Barn", "Garden"}, []string{"Standing", "Walking"}, []string{"overalls", "straw hat"}},
		{"Student", []string{"estudante"}, []string{"Campus", "Library", "Dorm"}, []string{"Sitting", "Walking", "Front"}, []string{"hoodie", "backpack", "t-shirt"}},
		{"Real Estate Agent", nil, []string{"Living Room", "House", "Street"}, []string{"Standing", "Walking"}, []string{"blazer", "dress"}},
		{"Gamer", nil, []string{"Gaming Room", "Bedroom"}, []string{"Sitting", "Front"}, []string{"headset", "hoodie"}},
		{"Pilot", nil, []string{"Cockpit", "Airport"}, []string{"Sitting", "Standing"}, []string{"uniform", "cap"}},
		{"Mechanic", nil, []string{"Garage", "Workshop"}, []string{"Standing", "Front"}, []string{"overalls", "gloves"}},
		{"Yoga Teacher", nil, []string{"Yoga Studio", "Garden", "Beach"}, []string{"Sitting", "Stretching"}, []string{"leggings", "tank top"}},
		{"Casual", []string{"informal"}, []string{"Sofa", "Café", "Street", "Kitchen", "Balcony"}, usual, []string{"t-shirt", "sweater", "jeans", "dress"}},
		{"Santa", nil, []string{"Christmas Room", "Snow"}, []string{"Sitting", "Standing"}, []string{"red suit"}},
		{"Podcaster", nil, []string{"Podcast Studio", "Bedroom"}, []string{"Sitting", "Front"}, []string{"headphones", "sweater"}},
	}
}

// spoken is a language that voices have.
type spoken struct {
	name    string
	locales []string
	accents []string
	people  []person
}

// spokenLanguages are those of the large catalog, the ones with most voices first.
func spokenLanguages() []spoken {
	const f, m = "female", "male"
	return []spoken{
		{english, []string{"en-US", "en-GB", "en-AU", "en-IN"}, []string{"US", "UK", "British", "Australian", "Indian", "Irish"}, nil},
		{"Spanish", []string{"es-ES", "es-MX", "es-AR"}, []string{"Spain", "Mexican", "Argentinian", "Castilian"}, []person{{"Lucía", f}, {"José", m}, {"Sofía", f}, {"Mateo", m}}},
		{"Portuguese", []string{"pt-BR", "pt-PT"}, []string{"Brazil", "Brazilian", "Portugal"}, []person{{"Beatriz", f}, {"André", m}, {"João", m}, {"Inês", f}}},
		{"German", []string{"de-DE", "de-AT", "de-CH"}, []string{"Germany", "Austrian", "Swiss"}, []person{{"Jörg", m}, {"Maren", f}, {"Uwe", m}, {"Annika", f}}},
		{"French", []string{"fr-FR", "fr-CA", "fr-BE"}, []string{"France", "Canadian", "Belgian"}, []person{{"Noémie", f}, {"Pierre", m}, {"Inès", f}, {"Quentin", m}}},
		{"Chinese", []string{"zh-CN", "zh-TW", "zh-HK"}, []string{"Mandarin", "Taiwan", "Cantonese"}, []person{{"李娜", f}, {"张伟", m}, {"Mei", f}, {"Wei", m}}},
		{"Japanese", []string{"ja-JP"}, []string{"Tokyo", "Osaka"}, []person{{"さくら", f}, {"Hiro", m}, {"Yuki", f}, {"Kenji", m}}},
		{"Hindi", []string{"hi-IN"}, []string{"India"}, []person{{"Priya", f}, {"Aditya", m}}},
		{"Italian", []string{"it-IT"}, []string{"Italy"}, []person{{"Giulia", f}, {"Bruno", m}}},
		{"Korean", []string{"ko-KR"}, []string{"Seoul"}, []person{{"지은", f}, {"Joon", m}}},
		{"Arabic", []string{"ar-SA", "ar-EG"}, []string{"Saudi", "Egyptian"}, []person{{"فاطمة", f}, {"محمد", m}}},
		{"Polish", []string{"pl-PL"}, []string{"Poland"}, []person{{"Wiktoria", f}, {"Łukasz", m}}},
		{"Russian", []string{"ru-RU"}, []string{"Russia"}, []person{{"Наталья", f}, {"Алексей", m}}},
		{"Turkish", []string{"tr-TR"}, []string{"Türkiye"}, []person{{"Elif", f}, {"Yusuf", m}}},
		{"Dutch", []string{"nl-NL", "nl-BE"}, []string{"Netherlands", "Flemish"}, []person{{"Lotte", f}, {"Daan", m}}},
		{"Swedish", []string{"sv-SE"}, []string{"Sweden"}, []person{{"Saga", f}, {"Björn", m}}},
		{"Vietnamese", []string{"vi-VN"}, []string{"Hanoi"}, []person{{"Minh Anh", f}, {"Minh", m}}},
		{"Indonesian", []string{"id-ID"}, []string{"Jakarta"}, nil},
		{"Danish", []string{"da-DK"}, []string{"Denmark"}, []person{{"Søren", m}, {"Freja", f}}},
		{"Greek", []string{"el-GR"}, []string{"Greece"}, []person{{"Eleni", f}, {"Nikos", m}}},
		{"Ukrainian", []string{"uk-UA"}, []string{"Ukraine"}, nil},
		{"Swahili", []string{"sw-KE"}, []string{"Kenya"}, []person{{"Zuri", f}, {"Kwame", m}}},
		{"Norwegian", []string{"nb-NO"}, []string{"Norway"}, []person{{"Ingrid", f}, {"Lars", m}}},
	}
}

func voiceMoods() []string {
	return []string{"Warm", "Calm", "Bright", "Deep", "Confident", "Friendly", "Serious", "Playful", "Cheerful", "Soothing", "Excited", "Natural", "Professional", "Whispering", "Energetic"}
}

func voiceRoles() []string {
	return []string{"narrator", "presenter", "teacher", "storyteller", "assistant", "newsreader", "salesperson", "guide", "coach", "announcer"}
}
