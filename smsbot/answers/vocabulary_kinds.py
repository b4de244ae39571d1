"""What words-answers are made of: nothing, fine, vague wishes, too much at once, somebody else, an unsafe plan.

Everything is folded (no accents, no apostrophes). Tuples of patterns are regular expressions; the rest are plain words.
"""

from smsbot.answers.bags import bag, phrases

NONE = phrases(
    """
    none; nothing; nothing at all; nothing really; not really; nothing much; nothing comes; nothing comes up;
    nothing came up; nothing comes to mind; nothing i can think of; nothing in particular; nothing special;
    nothing today; nothing new; nothing right now; nothing for now; nothing to say; nothing to share; nothing to
    add; nothing to bring; nothing stands out; nothing stood out; nothing happened; nothing changed; nothing
    stuck; no; nope; nah; n a; na; nil; zilch; nada; no nada; nada de nada; no intention; no intentions; no
    intention really; i dont have one; i dont have any; dont have one; dont have any; i have none; i have
    nothing; ive got nothing; i got nothing; got nothing; i dont have an intention; no question; no questions;
    no hope; no hopes; cant think of anything; i cant think of anything; cant think of any; cant think of one; i
    cant think of one; not that i can think of; not that i know of; none that i can think of; none come to mind;
    no moments; no moment; no one moment; there wasnt one; there wasnt any; there werent any; there was none;
    there is nothing; theres nothing; not any; not one; not for me; not this time; not today; didnt notice
    anything; i didnt notice anything; didnt have any; didnt have one; ninguna; ninguno; ningun; ninguna cosa;
    nada en particular; nada en especial; nada especial; nada nuevo; nada por ahora; nada de momento; nada por
    el momento; nada la verdad; la verdad nada; pues nada; creo que nada; nada hoy; hoy nada; nada que decir;
    nada que contar; no hay nada; no hay; no hubo; no hubo nada; no hubo ninguno; no hubo ninguna; no tengo; no
    tengo ninguna; no tengo ninguno; no tengo nada; no tengo intencion; sin intencion; no tengo una intencion;
    no tengo preguntas; no se me ocurre nada; no se me ocurre; nada se me ocurre; no me viene nada; nada me
    viene; no viene nada; nada en mente; no tengo nada en mente; no note nada; no paso nada; ni idea de ninguna;
    esta vez no; esta vez nada; ninguna por ahora; ninguno por ahora; por ahora no; ahorita no; de momento no;
    por ahora nada; no thanks; no thank you; no gracias; not a thing; not a single thing; not one thing; no
    moment like that; nothing like that; nada de eso; nada asi
    """
)
NOTHING_YET = phrases(
    """
    nothing yet; not yet; none yet; nothing so far; none so far; not so far; not as of yet; nothing as of yet;
    nothing yet really; havent noticed anything yet; i havent noticed anything yet; havent noticed anything; i
    havent noticed anything; no changes yet; no change yet; no change; no changes; nothing has come up yet;
    nothing has come up; nothing came up yet; not that ive noticed; nothing that ive noticed; nothing ive
    noticed; dont feel anything yet; i dont feel anything yet; dont feel any different; i dont feel any
    different; no different; same as before; too soon to say; too soon to tell; too early to say; too early to
    tell; its too soon; its too early; still waiting; nada todavia; todavia nada; nada aun; aun nada; aun no;
    todavia no; nada hasta ahora; hasta ahora nada; no he notado nada; no he notado nada
    todavia; no he notado nada aun; todavia no he notado nada; sin cambios; sin cambios todavia; ningun cambio;
    no siento nada todavia; todavia no siento nada; aun no siento nada; es muy pronto; muy pronto para decir;
    demasiado pronto; igual que antes; nothing has changed; nothing has changed yet; nothing changed yet;
    nothings changed
    """
)
NONE_CORE = bag("nothing nothin none nope nah nada ninguna ninguno ningun")
NONE_AROUND = bag(
    """
    no not really at all this time moment for me right now today comes come up to mind so far yet still just
    sorry i have got ive thanks thank you in particular special specific new much honestly that can think of say
    add share hopes hope or questions question intentions intention any por ahora ahorita de momento el hoy pues
    la verdad se ocurre viene tengo hay todavia aun hasta en especial que decir contar gracias a mente cosa creo
    pregunta preguntas esta vez noticeable noticed compartir agregar noto notado traer llevar bring report
    """
)
STILL = bag("yet still todavia aun")
FINE_CORE = bag(
    "fine good well ok okay alright great bien genial excelente perfecto perfect tranquilo tranquila okey decent orden"
)
FINE_AROUND = bag(
    """
    i im ive am its is all just doing feeling feel pretty very really quite so far going been everything things
    are thanks thank you u ty thx everythings over aca por a and how about yourself today here now great oh
    yes yeah hi hey hello still
    totally completely right for asking over todo muy estoy ando va vamos me siento hoy gracias muchas y tu
    usted aqui por ahora suerte ahi vamos andamos estamos llevo llevamos preguntar checking asking hanging there over
    en uds gracias
    dios saludos buen dia q que tal pasandola buena noche morning hola si pues super mas ya sigo guess ustedes dios
    """
)
FINE_NEVER = bag("how hi hey hello hola yes yeah si thanks gracias")  # alone, these say nothing about being fine

VAGUE_CORE = bag(
    """
    better happy happier healed heal healing peace peaceful normal ok okay fine good great well calm calmer joy
    love relief idk dunno whatever something anything improve improvement progress change results clarity
    happiness growth closure hope free freedom mejor feliz felicidad sanar sana sano sanacion paz bien calma
    tranquila tranquilo alegria amor alivio algo cualquiera mejorar mejoria cambio cambiar claridad libre
    libertad crecer love vibes healing healthy healthier strong stronger wellness balance serenity saludable equilibrio
    """
)
VAGUE_AROUND = bag(
    """
    i im id just soon cool want wanna wants would like to be feel feeling get getting more a bit little lot the some and
    or hope hoping hopefully wish it its that really please maybe guess so much for my me myself in again become
    find have inner overall life yo solo quiero quisiera gustaria ser estar sentir sentirme sentirse tener
    encontrar un una poco mas la el y o que con mi misma mismo ojala espero en muy eso interior vida poder de of
    mind mental mente at about everything quiet light down person conmigo volver ver pretty time feels
    """
)
UNSURE = phrases(
    """
    idk; i dk; idk yet; i dont know; dont know; dunno; i dunno; i do not know; not sure; im not sure; i am not
    sure; no idea; no clue; who knows; i dont know what to say; i have no idea; ive no idea; hard to say; not
    sure yet; i dont know yet; im not sure yet; i dont really know; i really dont know; couldnt say; couldnt
    tell you; i couldnt say; i cant tell; cant tell; unsure; im unsure; beats me; no se; no lo se; no se que
    decir; no estoy segura; no estoy seguro; ni idea; quien sabe; no tengo idea; no se todavia; aun no se;
    todavia no se; no lo se todavia; no sabria decir; no sabria; no sabria que decir; no tengo ni idea; ni
    idea la verdad; la verdad no se; pues no se; no estoy muy segura; no estoy muy seguro; sepa; a saber; vete
    a saber
    """
)
VAGUE_WHOLE = phrases(
    """
    whatever; whatever comes; whatever comes up; anything; lo que sea; lo que venga; cualquier cosa
    """
)

# Only the effect of the medicine, not something for one's life.
DRUG_EFFECTS = bag(
    """
    high trip tripping float floating numb dissociate dissociated dissociation hallucinate hallucinations
    visuals colors khole k hole stoned buzzed fly escape ego death journey ride relax relaxed volar flotar
    viaje viajar viajecito alucinar alucinaciones colores disociar disociarme drogarme drogada drogado escapar
    relajarme relajada relajado
    """
)
DRUG_AROUND = VAGUE_AROUND | bag(
    """
    go away see hard really good nice out of body off take from everything nothing it all deep into through things
    irme ver cosas lejos fuera del cuerpo de todo nada profundo bueno buen lindo
    """
)

_TOTAL = (
    r"(?:fix|change|heal|solve|cure|repair|sort out|undo|forget|erase|figure out|process|resolve|let go of|get over|"
    r"deal with|get rid of|work through|work on|face|release|clear|understand) (?:absolutely |just |really )?"
)
HEAVY = (
    r"\b(?:heal|fix|mend|cure|erase) every (?:single )?(?:wound|scar|hurt|thing|part|mistake)\b|\b(?:my|"
    r"the) (?:whole|entire) life back\b|\bque todo (?:en mi vida |lo \w+ )?(?:cambie|mejore|"
    r"se arregle|sane)\b",
    r"\bmake (?:absolutely )?(?:everything|it all|all of it) (?:better|ok|okay|right|good|stop|different|perfect|"
    r"go away)\b|\bstop (?:suffering|"
    r"hurting|struggling) (?:forever|for good|completely|once and for all)\b",
    r"\bdejar de (?:sufrir|sentir|tener (?:miedo|ansiedad)|estar (?:triste|mal)) (?:para siempre|por completo|"
    r"de una vez|del todo)\b|\bque todo (?:cambie|"
    r"se arregle|mejore|pase|sea (?:diferente|distinto|perfecto))\b",
    r"\b(?:everything|it all|all of it|my (?:whole |entire )?life) to (?:change|be (?:different|ok|okay|"
    r"better|fixed|over))\b",
    r"\b(?:turn|flip|change) (?:my |this )?(?:whole |entire )?(?:life|world) (?:around|upside)\b|\bmake (?:it|"
    r"all) (?:all|of it|the "
    r"(?:pain|hurt|sadness)) go away\b",
    r"^(?:(?:i|want|to|just|get|be|completely|totally|fully) )*cured$|\bse me (?:quite|vaya|pase|borre) todo\b",
    rf"\b{_TOTAL}(?:everything|it all\b|all of (?:it|my|this)\b|all (?:my|the)\b|every (?:single|problem|issue|"
    rf"trauma|part|thing|bit)\b)",
    rf"\b(?!understand){_TOTAL}my (?:(?:whole|entire) \w+|life|brain|past|childhood)\b",
    r"\b(?:fix|change|heal|cure|repair) (?:me|myself|my mind|who i am)\b(?! (?:and|with|about))",
    r"^(?:just |i want |i need )*(?:everything|it all|all of it|all|my (?:whole |entire )?life|the whole thing|"
    r"a new life|a new me)$",
    r"\bnever (?:be|feel) (?:sad|anxious|depressed|afraid|scared|angry|pain|bad|this way|like this)\b",
    r"\b(?:completely|totally|entirely|whole) (?:different|new|other) (?:person|life|me|man|woman)\b",
    r"\ball (?:of )?(?:my|the) (?:trauma|traumas|problems|issues|pain|past|fears|depression|anxiety)\b"
    r"(?! (?:was|were|is|are|felt|feel|seemed|left|came|disappeared|melted|went|got|i)\b)",
    r"\b(?:heal|recover|move on) from (?:everything|it all|all of (?:it|this)|all (?:my|the) \w+|my whole \w+)\b",
    r"\b(?:my (?:whole|entire) life|everything(?: in my life| about me)?) (?:needs?|has|must|should|"
    r"have) (?:to )?(?:change|be "
    r"different|get better)\b",
    r"^(?:(?:i|want|id|like|to|just|become|be|being|need|wanna|feel|like) )*an? (?:whole |completely |totally |"
    r"brand )*new (?:person|"
    r"woman|man|me|life|human)$",
    r"\b(?:stop|quit|not|no longer) (?:being|feeling|be|feel) (?:so )?(?:sad|anxious|depressed|afraid|scared|"
    r"angry|numb|broken) "
    r"(?:forever|for good|ever again|anymore ever|permanently)\b|\bstart (?:my (?:whole )?life )?(?:all |"
    r"completely )?over "
    r"(?:completely|from (?:zero|scratch|nothing))\b",
    r"\bque (?:desaparezca|se vaya|se quite|se me quite|acabe|termine) todo\b|\bser (?:una persona|"
    r"alguien) (?:totalmente|completamente|"
    r"muy) (?:distint|diferent|nuev)\w+|\b(?:no|nunca) volver a (?:sentir(?:me)?|estar|tener) (?:\w+ )?(?:ansi\w+|"
    r"triste\w*|"
    r"miedo|mal|deprim\w+|dolor)\b|\bempezar (?:de cero|mi vida de nuevo)\b",
    r"\b(?:arregle|cambie|mejore|resuelva|solucione|cure) todo\b",
    r"^(?:(?:quiero|quisiera|necesito) )?todo$|\btodo lo (?:malo|que me paso|que he vivido)\b",
    r"\b(?:arreglar|cambiar|sanar|curar|resolver|solucionar|olvidar|borrar|entender|procesar|superar|soltar|"
    r"quitar|eliminar|"
    r"dejar atras)"
    r"(?:me|lo|la)? (?:de )?(?:todo|toda|todos|todas|mi vida|mi mente|mi pasado|mi cabeza|por completo)\b",
    r"^(?:(?:quiero|quisiera|necesito) )?(?:curarme|arreglarme)$",
    r"^(?:(?:quiero|quisiera|que|sanar|cambie|se|arregle|necesito) )*(?:mi vida entera|toda mi vida)$|"
    r"(?<!con )(?<!en )\btodo (?:mi|el) "
    r"(?:dolor|pasado|trauma)\b(?! (?:se|fue|era|estaba|me|que))|\btodos mis (?:problemas|traumas|"
    r"miedos)\b(?! (?:se|eran|me))",
    r"\bnunca (?:mas )?(?:volver a )?(?:estar|sentir|sentirme) (?:triste|mal|miedo|ansios\w|deprimid\w|asi)\b",
    r"\bser (?:otra persona|una persona (?:nueva|distinta|diferente))\b|\b(?:una vida nueva|una nueva vida)\b",
)

PERSON = (
    r"(?:(?:my|our|the) (?:own )?(?:ex|husband|wife|partner|boyfriend|girlfriend|fiance|fiancee|spouse|mom|mum|"
    r"mother|dad|father|"
    r"parent|son|daughter|kid|children|child|brother|sister|sibling|family|friend|best friend|boss|coworker|neighbor|"
    r"therapist|doctor|in law|mother in law|father in law|grandma|grandpa|grandmother|grandfather|aunt|uncle|"
    r"cousin|roommate|"
    r"bf|gf|ex husband|ex wife|ex boyfriend|ex girlfriend|baby|teenager|teen|"
    r"stepson|stepdaughter|stepdad|stepmom|stepfather|stepmother)s?"
    r"|him|her|them|he|she|they|people|everyone|everybody|others|someone)"
)
_PERSONA = (
    r"(?:(?:mi|mis|la|los|las|nuestro|nuestra) (?:ex|esposo|esposa|marido|mujer|pareja|novio|novia|mama|madre|"
    r"papas?|padre|padres|"
    r"hijo|hija|hijos|hijas|hermano|hermana|hermanos|familia|amigo|amiga|amigos|jefe|jefa|suegra|suegro|vecino|vecina|"
    r"abuela|abuelo|tia|tio|prima|primo|gente|demas|nino|nina|ninos)|ella|ellos|ellas|todos|alguien"
    # "el" is mostly "the"; before these words it is "he"
    r"|el(?= (?:me|se|te|le|no|ya|deje|cambie|pare|vuelva|entienda|quiera|sea|este|haga|venga|vaya|tiene|"
    r"deberia|debe)\b))"
)
_PLACES = r"(?:school|bed|sleep|practice|work|class|daycare|church|the|a|an|my|our|college|soccer)\b"
_OWN_MAKE = r"(?:laugh|smile|happy|proud|dinner|breakfast|lunch|a|the|some|coffee|tea|feel)\b"
_WOULD = (
    r"(?:to|would|could|will|stops?|loves?|changes?|gets?|comes?|sees?|understands?|leaves?|wasnt|werent|didnt|"
    r"finally)\b"
)
_OUGHT = r"(?:needs?|should|has|have|must|ought|would|could) (?:to )?(?:just )?"
_THEIR_ACT = (
    r"(?:stop|change|get|love|understand|leave|come|apologize|listen|be|see|quit|treat|respect|help|forgive|accept)\b"
)
_QUE = r"(?:quiero|quisiera|necesito|espero|deseo|lograr|logre|conseguir|hacer|pido|rezo|gustaria|para)"
# The lookaheads leave out what is the writer's own act: "get my kids to school", "make my mom laugh".
ABOUT_SOMEONE = (
    rf"\b(?:get|convince|force|persuade|push|motivate) {PERSON} to (?!{_PLACES})",
    rf"\bhave {PERSON} (?:say\b|{_THEIR_ACT})",
    rf"\b(?:make|making) {PERSON} (?!{_OWN_MAKE})[^\W\d_]+",
    rf"\b(?:want|need|wish|hope|hoping|pray|praying|would like|id like)(?: for| that)? {PERSON} {_WOULD}",
    rf"\b(?:stop|keep|prevent) {PERSON} from\b|\bwish (?:that )?{PERSON} (?!and\b)[^\W\d_]+",
    rf"^(?:for|that) {PERSON} {_WOULD}",
    rf"^{PERSON} {_OUGHT}{_THEIR_ACT}",
    rf"\bso (?:that )?{PERSON} (?:will|would|can|could|stops?|gets?|loves?|leaves?)\b",
    rf"\b{PERSON} (?:to )?(?:leave|leaving) me alone\b|\b(?:fix|change|heal|cure) {PERSON}$",
    rf"(?:^|\b{_QUE} )(?:a )?que {_PERSONA} (?!y yo)[^\W\d_]+",
    r"\b(?:quiero|quisiera|necesito|espero|ojala) que (?:me|nos) [^\W\d_]+[ae]n\b",
    rf"\bojala (?:que )?{_PERSONA} [^\W\d_]+",
    rf"\b(?:hacer|convencer|obligar|cambiar) a {_PERSONA}\b|\bque (?:me )?dejen? en paz (?:mi|mis|el|ella)\b",
    rf"\b(?:hope|hoping|wish) (?:that )?{PERSON} (?!and\b|is (?:ok|okay|well|safe)\b)[^\W\d_]+",
    rf"^(?:(?:for|i want|want|need) )?{PERSON} to (?!{_PLACES}|be (?:safe|ok|okay|well)\b)\w+",
    r"\b(?:want|need|get|getting|win) (?:him|her|them|my (?:ex|husband|wife|boyfriend|girlfriend|family|kids|"
    r"friend)) back\b",
    rf"^{PERSON} (?:should|would|could|needs? to|has to|have to|better) \w+",
    rf"^{_PERSONA} (?:tiene|tienen|deberian?|deben?|necesitan?) (?:que )?[^\W\d_]+",
)

_HURTS = (
    r"(?:hits?|hitting|beats?|beat|hurts?|hurting|chokes?|choked|threatens?|threatened|shoves?|slaps?|slapped|"
    r"punche[sd]|"
    r"rape[sd]?|abuse[sd]?|attacks?|attacked|grabs?|molested|assaulted)"
)
_LASTIMA = r"(?:peg[ao]|golpe[ao]|lastim[ao]|amenaz[ao]|maltrat[ao]|empuja|viol[ao]|abus[ao]|agrede)"
_CLOSE = (
    r"(?:him|her|(?:my|our) (?:ex|husband|wife|partner|boyfriend|girlfriend|dad|father|stepdad|mom|mother|"
    r"parents|family))"
)
_CUE = "".join(rf"(?<!\b{word} )" for word in ("when i", "before i", "after i", "as i", "once i", "time i", "until i"))
UNSAFE_PLAN = (
    r"\bpack (?:up|everything|it up|my stuff) and (?:go|leave|run)\b|\b(?:take|grab|get) the (?:kids|baby|"
    r"children) and (?:go|leave|run|get out)\b",
    rf"\b{_PERSONA} (?:\w+ ){{0,2}}(?:llegue|llega|este|esta|anda|venga) (?:tomad|borrach|drogad|ebri)[oa]\b|"
    rf"\bme (?:insulte|insulta|humille|humilla|"
    r"grite y|empuje|empuja|jalonee|cachetee)\b",
    rf"\b{PERSON} (?:\w+ ){{0,2}}{_HURTS} (?:me|us|the kids|my (?:kids|son|daughter|children))\b",
    rf"\b(?:who|that|when he|when she|if he|if she|if they) (?:\w+ )?{_HURTS} (?:me|us)\b",
    r"\b(?:gets?|is|was|being|got|turns?) (?:violent|physical with me|abusive)\b",
    rf"\b(?:tell|telling|remind|ask) {PERSON} (?:\w+ ){{0,4}}what (?:he|she|they) did\b",
    r"\b(?:he|she|they|dad|mom|husband|wife|partner|boyfriend|ex) (?:hits?|punch\w*|kicks?|throws?|breaks?) "
    r"(?:the |a |my |at me|"
    r"things|stuff|walls?|doors?)",
    r"\bse (?:pone|ponga|puso) (?:violent|agresiv|como loc)\w*\b|\b(?:dejarl[oa]|irme) (?:esta noche|hoy "
    r"mismo|sin que)\b",
    r"\bmy (?:abuser|rapist|attacker|molester|stalker|abusive \w+)s?\b",
    rf"\bthe (?:man|guy|woman|person|one) who {_HURTS}\b",
    rf"\bconfront(?:ing|ed)? (?:\w+ )?(?:{PERSON}|his|the person)\b",
    r"\b(?:hit|fight|punch|slap) (?:him|her|them|my \w+) back\b|\b(?:fight|hit|swing) back\b|\bget even\b",
    r"\bstarts? (?:swinging|throwing|hitting|punching|breaking|choking|shoving|pushing me|getting (?:violent|"
    r"physical))\b",
    rf"\b{PERSON} (?:comes?|gets?|came|is) (?:home )?(?:drunk|high) and (?:\w+ )?(?:start|hit|swing|yell|throw|"
    rf"break)\w*\b",
    r"\b(?:get|grab|bring|buy) (?:a|my|the|his) (?:gun|knife|weapon)\b(?! (?:safe|lock|show|shop))|"
    r"\bscare (?:him|her) off\b",
    r"\bme (?:vuelve|vuelva|vuelven) a (?:pegar|golpear|lastimar|amenazar)\b|\bme (?:pegue|golpee|pegar|golpear|"
    r"grite y me|jale|empuje|aviente|lastime|amenace)\b",
    r"\b(?:aviente?a?|avienta|tira|rompe|lanza|azota) (?:las |los |mis |sus )?(?:cosas|platos|puertas|paredes|todo)\b",
    r"\b(?:irme|salirme|sacar a mis hijos|llevarme a mis hijos)(?: con mis hijos| con los ninos)?(?: \w+){0,3} sin que "
    r"(?:se (?:de|den) cuenta|el|lo|me|nadie|mi)\b",
    rf"\b(?:stand up to|have it out with|face|call out) {_CLOSE}\b",
    rf"\b(?:leave|leaving|walk out on|run away from|escape|escaping|get away from) (?:{_CLOSE}|my marriage)\b"
    r"(?! (?:a|the|some|alone|be|notes?|messages?|voicemail|to)\b)",
    r"\b(?:move|moving) out\b(?! of (?:my )?(?:comfort|head|own|the way))|\b(?:run|running) away\b|"
    r"\bsneak(?:ing)? out\b",
    r"\bpack (?:my|a|our) (?:bags?|things|stuff) and (?:go|leave)\b|\bnot (?:go|come|going|coming) (?:back )?home\b",
    rf"{_CUE}\b(?:leave|leaving) (?:my )?(?:home|the house|this house)\b(?! (?:for (?!good|ever)|by|early|"
    rf"earlier|on time|at|in the|"
    r"to|a bit|ten|five|each|every|with|once|\d+)\b)",
    rf"\b{_PERSONA} (?:\w+ ){{0,2}}me {_LASTIMA}\b|\b(?:cuando|si|que) me {_LASTIMA}\b|\bse pone (?:violent|"
    rf"agresiv)\w\b",
    r"\bmi (?:abusador|agresor|violador|acosador|maltratador)\b|\bel que me (?:violo|abuso|pego|golpeo|lastimo)\b",
    r"\b(?:confrontar|enfrentar|encarar|reclamarle)(?:lo|la|los|me)?\b(?! (?:mis?|el|la|los|las|un|una|este|"
    r"esta) (?:miedo|dia|"
    r"manana|ansiedad|situacion|problema))|\b(?:pegarle|golpearl[oa]|vengarme)\b",
    r"\b(?:irme|salirme|escaparme|huir|fugarme|largarme|escapar) de (?:(?:la |mi |esta )?casa|mi (?:esposo|"
    r"marido|pareja|novio|"
    r"novia|ex)|el|ahi)\b|\bno volver a casa\b|\bmudarme\b",
    rf"\b(?:tell|telling) {PERSON} (?:that )?(?:im|i am|we are|were) (?:leaving|moving out)\b",
    r"\bwhat (?:he|she|they) did to me\b",
    r"\b(?:me voy|nos vamos) de (?:la |mi |esta )?casa\b",
    r"\bque (?:lo|la) (?:dejo|voy a dejar)\b|\blo que me hi(?:zo|cieron)\b",
    r"\b(?:persona|hombre|mujer) que me (?:lastim|peg|golpe|viol|abus|hizo)\w*",
    r"\b(?:dejar|abandonar) a mi (?:esposo|esposa|marido|pareja|novio|novia|familia|mujer)\b",
)

ROLLED_THREE = bag("jkl sdf dfg fgh ghj hjk lkj kjh zxc xcv vbn bnm asd qwe")
KEYBOARD_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
CONSONANT_WORDS = bag(
    "hmm hmmm hmmmm mmm mmmm mmhm mhm pfft psst shh shhh brb tbh idk thx pls plz nvm smh omg lmk rn xd jk btw tmrw"
)

# Shapes of whole short replies, for what no list holds.
NONE_SHAPES = (
    r"^(?:(?:really|honestly|sorry) )*nothing (?:new|else|more|different|further)(?: (?:since|from|to|on|with|for|"
    r"than|beyond)(?: \w+){1,3})?$|^i have no (?:hopes?|questions?|"
    r"intentions?|goals?|thoughts?|expectations?)(?: (?:this|time|today|really|for|it|right|now|tbh))*$|^(?:no |"
    r"none |nada |ninguna |por ahora |de momento )+(?:ninguna|ninguno|nada)$",
    r"^(?:(?:honestly|really|sorry|um|well|just|no|tbh) )*nothing (?:really |much )*(?:jumped out|came through|"
    r"id (?:put|want|say)|"
    r"i (?:can|could|would|want to|d) (?:put|name|say|share|describe|point)|that i (?:can|could|would) (?:put|"
    r"name|say|share))"
    r"(?: (?:at|to|for|into|in) (?:me|words|it))*$",
    r"^(?:(?:honestly|really|sorry|um|well|just|no|tbh) )*(?:i )?(?:dont|do not|didnt) (?:really )?(?:have|bring|"
    r"get) an? (?:real |good )?"
    r"(?:answer|intention|question|hope|response|thing|one)(?: (?:for|today|right|now|really|tbh|this|time|it|"
    r"that|in|mind))*$",
    r"^(?:i )?(?:cant|couldnt) (?:really )?say (?:that )?(?:anything|much)(?: (?:came|stood|jumped|comes|stands|"
    r"is) (?:up|out|there))?$|"
    r"^(?:im |i am )?not (?:really )?(?:bringing|carrying|holding|setting) (?:anything|much|an? \w+|"
    r"one)(?: (?:today|this time|really))?$",
    r"^no (?:particular|specific|special|real|clear|big) (?:hopes?|questions?|intentions?|goals?|expectations?|"
    r"reason)(?: \w+){0,2}$|"
    r"^(?:no|nope|nah|honestly|really) not (?:a|one|any)(?: single)? thing(?: (?:today|really|right now|yet))?$|"
    r"^just nothing$",
    r"^(?:(?:pues|la|verdad|hoy|ahorita|yo|creo|que|esta|vez) )*no (?:traigo|tengo|hay|me sale|"
    r"encuentro) ningun[oa]?(?: \w+)?(?: (?:hoy|"
    r"ahorita|la verdad|por ahora))*$",
    r"^(?:(?:honestly|really|sorry|um|well|just|no|tbh) )*(?:i )?(?:dont|do not|didnt) (?:really )?(?:have|"
    r"remember|recall|"
    r"bring|got|get) (?:anything|any|one|much|any (?:questions?|hopes?|intentions?|thoughts|ideas?))(?: (?:for|"
    r"today|right|"
    r"now|really|tbh|to|say|share|add|this|time|from|it|in|mind|specific|sorry))*$",
    r"^not (?:really |much of )?(?:anything|one)(?: (?:today|really|for me|right now))?$|"
    r"^(?:it )?didnt (?:really )?bring "
    r"(?:anything up|up anything)$|^nothing (?:at the moment|for (?:the|this) (?:moment|time)|for (?:today|"
    r"now)(?: thanks)?)$",
    r"^no (?:real )?(?:hopes?|questions?|intentions?|goals?|expectations?|requests?)(?: (?:or|and) (?:hopes?|"
    r"questions?|"
    r"intentions?|goals?))?(?: (?:from|me|today|right|now|really|for|this|time|at|all|thanks|here|yet|tbh|sorry))*$",
    r"^(?:(?:pues|la|verdad|hoy|ahorita|yo|creo|que) )*no (?:traigo|tengo|me (?:llega|viene|sale|nace)|hay|"
    r"recuerdo|siento|"
    r"encuentro|pienso en) nada(?: (?:hoy|ahorita|la verdad|por ahora|en mente|que (?:decir|contar|compartir)|"
    r"especial))*$",
    r"^(?:no tengo |sin )?(?:ningun[oa]? )?(?:preguntas?|expectativas?|intencion(?:es)?)(?: (?:hoy|por ahora|"
    r"la verdad))?$",
    r"\b(?:cant|couldnt|could not|cannot|can not) (?:really )?(?:think of|come up with|name|find|remember) "
    r"(?:anything|any|one|"
    r"a thing|something)\b",
    r"^(?:(?:honestly|really|sorry|um|well|just) )*nothing(?: (?:really|much|special|big|new|important|at all|"
    r"here|yet|today|"
    r"for me|sorry|tbh|honestly|on my mind|in mind|in particular|worth \w+|stands? out|stood out|stuck|stayed|"
    r"comes? up|came up|"
    r"(?:comes?|came) to mind|to (?:say|share|add|report|bring|tell|note)|to me|right now|with me|on my "
    r"(?:end|side|mind)|from me))+$",
    r"\b(?:drawing|drew|draw) (?:a|only) blanks?\b|^(?:(?:totally|total|my|mind|minds|is|just|a|completely|"
    r"went) )*blank$",
    r"^(?:(?:pues|la|verdad|creo|que|ahorita|hoy) )*nada(?: (?:importante|especial|de nada|relevante|nuevo|"
    r"interesante|por ahora|"
    r"en (?:especial|particular|mente)|que (?:decir|compartir|contar|agregar|traer|anotar)|de eso|la verdad|"
    r"hoy|ahorita))+$",
    r"\bno se me (?:ocurre|viene)(?: a la (?:mente|cabeza))? (?:nada|ninguna|ninguno)\b|^(?:(?:me|quede|estoy|"
    r"la|mente|tengo) )*en "
    r"blanco$",
)
YET_SHAPES = (
    r"^(?:i )?(?:dont|do not) (?:really )?have (?:one|any|anything|an? \w+) (?:yet|so far)$",
    r"^(?:(?:really|honestly|still) )*no (?:\w+ )?(?:shifts?|movement|effects?|signs?|results?|progress|insights?|"
    r"news|feelings?)(?: \w+)? "
    r"(?:yet|so far)$|^(?!.*\b(?:but|and|because)\b).*\b(?:nothing|none|nada) (?:yet|so far|todavia|aun)$",
    r"^(?:(?:todavia|aun|hasta ahora|la verdad) )*no (?:he|hemos) (?:sentido|notado|visto|tenido) (?:ningun |"
    r"muchos |grandes )?(?:cambios?|"
    r"diferencias?|efectos?|nada nuevo|mucho)(?: \w+)?$",
    r"^(?:(?:im|i am|really|honestly|still|just) )*not (?:feeling|noticing|seeing|sensing) (?:anything|much|"
    r"any (?:change|"
    r"changes|difference)|different)(?: (?:yet|so far|different|new))*$|^(?:im |i am |just )*still (?:waiting|"
    r"processing|"
    r"sorting)(?: (?:to|for|it|on) .{1,30})?$",
    r"^not yet (?:but|though|sorry|im|i|maybe)\b.{0,40}$|^so far (?:nothing|none|no)\b(?: \w+){0,2}$",
    r"^(?:es |esta |todavia (?:es )?|aun (?:es )?)?(?:muy|demasiado) pronto(?: para (?:saber|decir(?:lo)?|ver))?$",
    r"^(?:(?:still|so|far|todavia|aun|por|ahora|hasta) )*(?:nothing|nada|no (?:real |big )?(?:difference|"
    r"changes?|diferencia|"
    r"cambios?))\b.*\b(?:yet|so far|still|early|soon|todavia|aun|hasta ahora|pronto|temprano)\b",
    r"^(?:i )?(?:havent|have not|didnt|dont|do not) (?:really )?(?:noticed?|feel|felt|seen?|see) (?:a "
    r"(?:thing|difference|"
    r"change)|any(?:thing)?(?: (?:different|changes?|difference|new))?|different|much)(?: (?:yet|so|far|"
    r"really|tbh|honestly))*$",
    r"^(?:(?:hasta ahora|por ahora|todavia|aun|so far) )?(?:sin cambios|no changes?|nothing different)\b(?: \w+){0,2}$",
    r"^still nothing\b(?: \w+)?$|^(?:sigo|estoy|me siento|todo sigue|todo) igual(?: que antes)?$",
    r"^(?:todavia |aun )?no (?:noto|siento|he notado|he sentido|veo) (?:nada|ninguna? (?:diferencia|cambio)|"
    r"(?:la )?diferencia|"
    r"cambios?)(?: (?:todavia|aun|diferente|distinto))?$",
)
UNSURE_SHAPES = (
    r"^(?:(?:honestly|really|i|im|have|ive|got|still|just) )*(?:no (?:\w+ )?(?:idea|clue)|torn|undecided|"
    r"on the fence|stumped|lost for words|"
    r"at a loss)(?: (?:tbh|honestly|really|yet|sorry|on that|on this|about it|not sure))*$|"
    r"^(?:\w+ ){1,2}(?:not sure|no idea|i dont know|idk)$",
    r"^(?:(?:honestly|really|tbh|hmm|um|i|im|am|well|just|still|i have|havent|a|ive|got) )*(?:not (?:a clue|"
    r"certain|clear|100 sure|"
    r"totally sure|really sure|so sure|sure(?: (?:what|how|if|about)(?: \w+){0,3})?)|wish i knew|(?:have|"
    r"got)? ?no (?:clue|idea)|a clue|couldnt (?:say|tell)|cant say|"
    r"figured (?:that|it) out|figuring (?:that|it|things) out|decided|cant (?:really )?(?:say|tell|"
    r"decide))(?: (?:yet|really|tbh|honestly|either|right now|you|about that))*$",
    r"^(?:(?:la|neta|verdad|pues|mmm|yo|honestamente) )*(?:ni (?:la )?(?:(?:menor|mas minima|remota) )?idea|"
    r"no (?:lo )?tengo (?:muy )?"
    r"claro|no sabria(?: (?:decir\w*|que \w+))?|(?:todavia |aun )?no (?:lo )?se(?: bien)?|no estoy (?:muy |"
    r"tan )?segur[oa])(?: "
    r"(?:todavia|aun|la verdad|que decir|ahora|bien))*$",
)
