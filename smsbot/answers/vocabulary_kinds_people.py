"""Words about other people (folded patterns): a wish about what they do, and a plan that may not be safe."""

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
    r"hijo|hija|hijos|hijas|hermano|hermana|hermanos|familia|amigo|amiga|amigos|jefe|jefa|suegra|suegro|vecino|"
    r"vecina|"
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
    rf"^(?:that |for )?(?:my )?(?:\w+ )?{PERSON} (?:\w+ )?\w+ing (?:to )?(?:me|us|back)(?: \w+)? (?:for once|"
    rf"finally|more|again)$",
    rf"^(?:that |for )?{PERSON} (?:coming|to come|comes) (?:back|home)(?: to me)?$|^that {PERSON} (?:forgives?|"
    rf"loves?|hears?|"
    r"understands?|accepts?|believes?|chooses?|respects?|calls?) me$",
    r"^(?:ojala |quiero |espero )?que (?:el |ella |ellos )?(?:vuelva|regrese|me (?:quiera|ame|perdone|hable|"
    r"busque|entienda|"
    r"respete|pida perdon|haga caso|escuche|extrane))n?(?: conmigo| a mi lado| otra vez| de nuevo| por fin|"
    r" un dia)*$",
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
    rf"\b(?:love|like) it if {PERSON}\b|\bif only {PERSON}\b|^{PERSON} being (?:more|less|kinder|nicer|there|able)\b",
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
    r"\b(?:get|be|go|stand|got) (?:right )?(?:up )?in (?:his|her|their) face\b|\b(?:hit|punch|grab|push|shove|"
    r"slap|swing "
    r"at|kick|choke) (?:him|her|them) (?:back|first|harder|next time)\b|\b(?:hit|hitting|fight|fighting|swing|"
    r"swinging) back\b",
    r"\bdecirle (?:sus verdades|en su cara|lo que me hizo)\b|\b(?:ir a )?(?:buscarlo|buscarla|enfrentarlo|"
    r"enfrentarla) y "
    r"(?:decirle|reclamarle|gritarle)\b",
    r"\bdevolver(?:le|les|la|lo)? (?:\w+ )?(?:golpes?|cachetadas?|madrazos?|empujones?)\b|\bcuando (?:el |ella |"
    r"mi \w+ )?"
    r"(?:empiece|comience|se ponga)(?: a)? (?:aventar|golpear|pegar|romper|tirar|violent\w+|agresiv\w+|patear)\w*\b",
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
    r"\b(?:aviente?a?|avienta|tira|rompe|lanza|azota) (?:las |los |mis |sus )?(?:cosas|platos|puertas|paredes|"
    r"todo)\b",
    r"\b(?:irme|salirme|sacar a mis hijos|llevarme a mis hijos)(?: con mis hijos|"
    r" con los ninos)?(?: \w+){0,3} sin que "
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
