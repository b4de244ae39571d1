"""Number words, ordinals and the small talk around a rating, in English and Spanish (all folded: no accents)."""

from smsbot.answers.bags import bag, counted

DIGITS_EN = {
    **counted("zero one two three four five six seven eight nine ten", 0),
    **counted("eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 11),
    **{"hundred": 100, "thousand": 1000},
    **{"sevn": 7, "sevin": 7, "sven": 7, "eigth": 8, "eigt": 8, "thre": 3, "fuor": 4, "fiv": 5, "nien": 9},
}
TENS_EN = counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)

DIGITS_ES = {
    **counted("cero uno dos tres cuatro cinco seis siete ocho nueve diez", 0),
    **counted("once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte", 11),
    **{"veintiuno": 21, "veinticinco": 25, "cien": 100, "ciento": 100, "mil": 1000},
    **{"sinco": 5, "sies": 6, "nuebe": 9, "quatro": 4, "sero": 0, "siette": 7},
}
TENS_ES = counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)

SPELLED = DIGITS_EN | TENS_EN | DIGITS_ES | TENS_ES
TENS = TENS_EN | TENS_ES
OTHER_LANGUAGE = {"en": bag("once mil sies"), "es": bag("")}  # everyday English that is a number in Spanish
SHY = bag("one uno ten once mil")  # a number only when nothing else is said ("no one", "ten fe")

ORDINALS = {
    **counted("first second third fourth fifth sixth seventh eighth ninth", 1),
    **counted("primero segundo tercero cuarto quinto sexto septimo octavo noveno", 1),
    **counted("primera segunda tercera cuarta quinta sexta septima octava novena", 1),
    **{"primer": 1, "tercer": 3},
}
LAST = bag("last ultima ultimo")

# Words that may stand around a rating without changing it. "was" too: "it was a 7" answers a question about the week.
FILLER = bag(
    """
    a an the i im am ive id ill is its it was be been feel feeling felt feels mood score rating rate level
    number num no about around approx approximately roughly maybe perhaps probably prob probs like say said
    guess guessing think thinking suppose would put go going give giving call calling today tonight now right rn
    currently just still only solid strong sort of kind kinda sorta pretty much more or less at on so well um
    umm uh hmm hm er eh ok okay k yes yeah yep yup hi hey hello thanks thank thx ty you u please pls lol haha me
    my myself day for this morning evening afternoon week moment overall honestly honest tbh really very ish
    point points pts same again back to up closer between got hit reached gets went answer answers that thats
    sure idk not and reading sitting hovering un una el la los es esta este estoy estaba siento sentia sentir mi
    animo humor nivel numero puntaje puntuacion como casi quiza quizas tal vez creo que diria yo digo pondria
    pongo le doy seria sera hoy ahorita ahora mas o menos aprox aproximadamente alrededor de entre por ahi ando
    en fue era hola gracias favor si bueno buenas pues mmm jaja jajaja igual otra sigo todavia solo apenas punto
    puntos del dia noche manana tarde semana llego hasta subio y ni cerca respuesta supongo something algo here
    aqui either somewhere amaneci prolly lets ugh meh smh good low weak high decent big fat down whatever sorry ps
    masomenos nomas estaria andaria andare andaba verdad neta tirando tirandole anda pos perdon disculpa calculo facil
    dire sido ha bajo bajando subiendo sadly unfortunately mixed fair average avg steady safe shaky wobbly
    rough tough soft light tired tiny mere measly lousy crappy shitty nice generous clear bare full whole hopeful
    cautious
    flat wise peaked topped maxed out landed stuck
    """
)
# What may follow a leading rating ("7 but tired", "4 my dog died"): never a counted thing.
CONTINUES = bag(
    """
    i im ive id my we he she they it its is was had have feel feeling felt but because cuz cause bc since after
    today tonight now right better worse good bad great okay ok fine tired sad happy anxious calm meh rough hard
    low down up not no maybe thanks thank ty lol haha just still kinda pretty really very too slept woke couldnt
    cant didnt dont though tho although which probably overall mostly exhausted stressed numb angry lonely
    hopeful than pero porque hoy y estoy me mi mis con algo un poco muy cansado cansada triste bien mal mejor
    peor igual gracias ahora dormi tuve tengo fue ando siento aunque ya todavia porq xq pq tranquila tranquilo
    ansiosa ansioso best worst nothing nada mucho mucha ni sorry perdon sadly honestly cuz smh ugh meh nomas
    masomenos tops max maximo minimo
    estuve sigo anoche amaneci hoy
    """
)
# What may stand right before a closing rating ("slept badly so maybe a 4").
INTRODUCES = bag(
    """
    a an about around like is im am say guess think thinking suppose probably maybe perhaps be was approx
    roughly mood its today now solid closer call it un como es esta diria creo seria digo casi quiza quizas hoy
    ahora fue animo rating score answer number numero respuesta sigo ahorita prolly sorry ugh low high down andaria
    estaria
    """
)
# A number right after one of these is a date, a time, a count or somebody's limit.
NEVER_AFTER = bag(
    """
    from than under below over above since until till by after before in on for las desde hasta january february
    march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
    diciembre least most yesterday ayer every cada another otros otras age aged week weeks day days dia semana
    session sesion room step page year part chapter $ € £ > < ≥ ≤ near nowhere without
    """
)
# A number right before one of these is a count or a time.
UNITS = bag(
    """
    am pm oclock hour hours hr hrs min mins minute minutes sec secs second seconds day days week weeks month
    months year years yr yrs times time kid kids people percent mg pills beers drinks hora horas minuto minutos
    segundos ciento dia dias semana semanas mes meses ano anos vez veces hijos personas
    """
)
# Between a number and its unit: "2 bad days", "3 long hours".
COUNTED_AS = bag(
    """
    bad good rough hard long short tough great more different whole straight sleepless full solid awful terrible big
    little small young older other extra entire malos malas buenos buenas largos largas duros duras mas
    """
)
# Said after "a 7" these still leave it the answer ("an 8 when my mom called"); "7 when dad left" is an age.
RATED_CONTINUES = bag("when while during until at in on by once if cuando mientras durante en con por")
ABOUT_RATING = bag("mood animo score rating puntaje")
POLITE = bag("please pls plz thanks thx ty sorry porfa gracias")
THANKFUL = bag("sorry thanks thank ty thx good ready time wait waiting looking")  # "sorry 4 the wait"
EARLIER = bag(
    "yesterday earlier before previously was were started ayer antes antier anoche era estaba andaba fue amaneci"
)
NOW = bag("now today rn currently tonight ahora hoy ahorita")
# Between two numbers these make a choice of them: "7, 8 when I walk", "4 or 5 tops", "6 heading to 7".
EITHER = bag(", . / - or o u to a maybe even perhaps possibly heading almost casi quiza quizas tal vez tirando un an")
UNREAL = bag("wish wished wishing if unless ojala quisiera fuera")  # "wish it was a 10"
ARTICLES = bag("a an the un una el la")
POINTS_AT = bag("this that the no any every each which my last first another")  # "that one" is no number
SLANG = {
    2: bag("day nite night morrow much many be late get go do tired see"),
    4: bag("me u you ever the sure"),
}
NEGATES = bag(
    """
    not isnt aint wasnt never no ni nunca tampoco arent neither nor cant cannot dont doesnt didnt wont
    """
)
NEGATION_GAP = bag(
    """
    a an the even quite really exactly at like about say is be un una el la es era como otra reach hit get make llega
    llego llegue llegaria alcanza alcanzo pasa paso to
    """
)
PLACE_BEFORE_AT = bag(
    """
    im am i is mood peaked topped maxed out landed stuck still sitting feeling feel today now hovering about around
    stay staying its
    """
)
OF_AFTER = bag("mood score rating level animo nivel puntaje")
JOINS_HALF = frozenset({"and", "y", "a", "half", "medio", "media"})
OUT_OF = (("out", "of"), ("outta",), ("outa",), ("d",), ("of",), ("over",), ("de",), ("sobre",), ("on",))
CLAUSE_WORDS = bag("but because cuz cause bc so and though tho then pero porque aunque entonces")

# Around a choice by number: "I'll go with option 2 please", "la segunda".
CHOICE_FILLER = FILLER | bag(
    """
    option opt choice choose pick picking with want take select number item letter one ones press reply send
    opcion elijo escojo quiero prefiero la lo las eleccion respondo marco id like would rather definitely lets
    let us
    """
)
