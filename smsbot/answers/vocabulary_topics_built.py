"""More of how topics are brought up, built from parts (folded patterns): beside the lists of vocabulary_topics."""

from smsbot.answers.vocabulary_topics_life import KIN, KIN_ES

_LATELY = (
    r"(?:today|tonight|yesterday|last night|this (?:morning|week|weekend|month)|last (?:week|month)|"
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_SINCE = (
    r"(?:since|after|from|desde) (?:the |my |our |that |la |el |mi )?(?:last |ultima )?(?:session|visit|"
    r"appointment|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|sesion|visita|cita|ayer|anoche|lunes|martes|"
    r"miercoles|"
    r"jueves|viernes|sabado|domingo)"
)
_ILL = (
    r"(?:rash|hives|itch\w*|fever|chills|nausea|nauseous|diarrhea|cramps?|double vision|blurry vision|blurred vision|"
    r"shaking|tremors?|ringing in my ears|palpitations)"
)
_MAL = (
    r"(?:ronchas|sarpullido|comezon|fiebre|escalofrios|nauseas?|diarrea|calambres|vista doble|temblores|zumbido|"
    r"mareos?)"
)

PREGNANCY = (
    r"\b(?:two lines on (?:the|my|a) test|test (?:came (?:back|out) )?(?:was )?positive for pregnancy|"
    r"took a pregnancy test)\b|"
    r"\bme salio positiv[oa] (?:la prueba|el test)\b|\bla prueba (?:me )?salio positiva\b",
    r"\bmy period (?:is|was|s)? ?(?:\w+ ){0,3}late\b|\b(?:missed|skipped|late on) my period\b|\bpositive pregnancy\b|"
    r"\b(?:we re|were|we are|im|i am) having a baby\b",
    r"\b(?:tengo|llevo) (?:un )?retraso\b(?! en (?:el )?(?:trabajo|pago|tarea))|\bno me ha (?:bajado|"
    r"venido)(?: la regla| este mes| el periodo| todavia| aun)?$|\bvoy a tener un bebe\b",
)
SUBSTANCE = (
    rf"^(?:i )?(?:got|was|been) (?:really |so |very )?(?:drunk|wasted|hammered|high|stoned)(?: {_LATELY}| again|"
    rf" for the first time\b.*)?$|"
    r"\b(?:took|had) (?:a hit|a few hits|a puff|a toke|a drag|a line|a bump)\b(?! (?:from|to my|on my)\b)",
    r"^(?:\w+ )?(?:me )?(?:emborrache|drogue|puse una borrachera)\b",
    rf"^(?:i )?(?:smoked|vaped|snorted|dropped|took) (?:some |a little |too much )?(?:weed|pot|crack|meth|coke|"
    rf"cocaine|molly|acid|"
    rf"edibles?|mushrooms|shrooms|xanax|pills|oxy)\b(?: {_LATELY})?",
    r"^(?:yo )?(?:fume|probe|consumi|inhale|tome) (?:mota|marihuana|yerba|hierba|cocaina|coca|cristal|drogas?|"
    r"pastillas de mas)\b",
)
RUNNING_OUT = (
    r"\b(?:down to|only have|on) (?:my |the )?last (?:pills?|tablets?|one|few|couple|two|refill)\b|\b(?:pills?|"
    r"meds?|tablets?|"
    r"medicine|medication) (?:is|are|s|re) (?:almost |nearly )?(?:running out|gone|finished)\b",
    r"\bse me (?:acaban?|acabaron|estan acabando|terminan?|van a acabar) (?:las |la |mis? )?(?:pastillas?|"
    r"medicinas?|medicamentos?|"
    r"gotas|tabletas)\b",
)
SIDE_EFFECT = (
    rf"\b(?:stomach|gut|bowels|head|bladder|heart|vision|balance) (?:has|have|s|"
    rf"is) been (?:\w+ ){{0,4}}{_SINCE}\b|\bblood in my "
    r"(?:pee|urine|stool|poop)\b|\b(?:i |ive )(?:\w+ )?(?:passed out|blacked out|fainted)\b(?! from (?:joy|laughing))",
    r"\bme desmaye\b|\bsangre en (?:la orina|la pipi|mi orina|el popo)\b",
    rf"\b(?:ive|i have|i)(?: had| got| been having| been getting| have| get)? (?:a |an |some |bad |really bad |"
    rf"this |weird )*{_ILL}\b|"
    rf"\b{_ILL} (?:\w+ ){{0,3}}{_SINCE}\b|\b(?:my skin|i|im|i am) (?:\w+ ){{0,2}}itchy\b|\bbeen seeing double\b",
    r"\b(?:keep|kept|been|cant stop|wont stop) (?:throwing up|vomiting|puking|fainting|shaking)\b(?! (?:words|"
    r"my))|\b(?:no paro|no dejo|"
    r"no puedo parar|sigo) (?:de )?(?:vomitar|vomitando|temblar|temblando)\b",
    rf"\b(?:tengo|me (?:salio|salieron|dio|dieron|da)|ando con|estoy con) (?:\w+ )?{_MAL}\b|\bme (?:pica|arde|"
    rf"duele) (?:\w+ ){{0,3}}"
    rf"{_SINCE}\b|\b{_MAL} {_SINCE}\b",
)
COST = (
    r"\bwhat (?:do|will|would|did) i owe\b(?! (?:you|him|her|them|myself)\b)|\bhow much (?:do|will|"
    r"would) i owe\b(?! (?:him|her|them|myself))",
    r"\b(?:my )?insurance (?:\w+ ){0,2}(?:wont|doesnt|didnt|denied|refused|isnt|not|dropped|rejected)\b|"
    r"\bpay (?:it |for it |this )?in "
    r"(?:installments|parts|payments)\b|\bpayment plans?\b",
    r"\b(?:el|mi) seguro (?:no|ya no|nego|rechazo)\b|\bpagar (?:\w+ )?(?:en|a) (?:partes|plazos|abonos|cuotas|meses)\b",
)
GRIEF = (
    rf"\b(?:its|it is|today is|today makes|its been) (?:a|one|two|three|four|five|ten|"
    rf"\d+) years? (?:today )?(?:since|that) (?:my|our) "
    rf"(?:\w+ )?(?:{KIN}) (?:died|passed)\b",
    rf"\b(?:buried|burying|cremated|said goodbye to) (?:my|our) (?:\w+ )?(?:{KIN}|best friend|friend)\b|\b(?:i |"
    rf"we )?lost (?:my|our) "
    rf"(?:\w+ )?(?:{KIN}|best friend|friend|baby) {_LATELY}\b|^(?:i |we )lost (?:the|our|a) baby\b",
    r"\b(?:put|putting) (?:my|our|the) (?:\w+ )?(?:dog|cat|horse|pet|puppy|kitty) (?:down|to sleep)\b(?! (?:in|"
    r"at|for a nap))",
    rf"\b(?:enterramos|enterre|velamos|sepultamos|despedimos) a (?:mi|nuestr[oa]) (?:{KIN_ES}|mejor amig[oa]|"
    rf"amig[oa])\b|\bperdi(?:mos)? "
    r"(?:al|el|a mi|a nuestro) bebe\b|\btuvimos que dormir a (?:mi|nuestr[oa]) (?:perr|gat)\w+",
)
EMERGENCY = (
    rf"\b(?:{KIN}) (?:just )?(?:had|is having) (?:a |an )?(?:heart attack|stroke|seizure|emergency surgery)\b|"
    rf"\bmi (?:{KIN_ES}) se puso "
    r"(?:muy )?(?:grave|mal|enferm[oa])\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}) (?:was|is|has been|got|were) (?:\w+ )?(?:in|into) (?:a |"
    rf"an )?(?:\w+ )?(?:accident|crash|wreck|icu|"
    r"surgery)\b",
    rf"\bmi (?:{KIN_ES}) (?:tuvo|sufrio|esta en|tiene) (?:un )?(?:accidente|choque|cirugia|operacion|"
    rf"terapia intensiva)\b",
)
NIGHTMARE = (
    r"\bwoke up (?:\w+ )?(?:screaming|in a (?:cold )?sweat|sobbing from a dream|terrified)\b|\b(?:terrible|"
    r"horrible|awful|bad|scary|"
    r"violent) (?:dreams?|nightmares?) (?:all night|again|last night|every night)\b",
    r"\b(?:me )?desperte (?:gritando|sudando|aterrad[oa])\b|\b(?:suenos?|pesadillas?) (?:horribles?|feos?|feas?|"
    r"terribles?) (?:toda la noche|"
    r"otra vez|anoche|de nuevo)\b",
)
RECORDS = (
    r"\b(?:erase|delete|remove) (?:what|everything|all) (?:that )?i (?:told|wrote|sent|said to|texted) (?:you|"
    r"yall|here)\b",
    r"\b(?:everything|all|whatever) (?:that )?(?:you|yall|you guys) (?:have |ve )?(?:saved|stored|kept|recorded|"
    r"written|got) (?:about|on) "
    r"me\b|\bcopy of (?:all )?(?:of )?(?:my|these|our) (?:\w+ )?(?:messages|texts|answers|notes|records|data)\b",
    r"\bcopia de (?:todos )?mis (?:mensajes|textos|respuestas|notas|datos)\b",
)
MISUSE = (
    r"^(?:you|u) sound (?:hot|sexy)\b",
    r"^(?:wanna|want to|lets|can we|send) (?:sext|sexting|have sex|hook up|fuck)\b|"
    r"\btake (?:off )?your (?:clothes|shirt|bra|pants)(?: off)?$",
)
ANGRY = (
    r"\b(?:you people|you guys|yall|no one|nobody|they|office|staff|clinic) (?:at your office |there |"
    r"at the clinic |over there )?(?:never|"
    r"dont|doesnt|wont|ever)? ?(?:answers?|picks? up|pick up)(?: (?:the|your|their))?(?: (?:phone|phones|"
    r"calls))?$|\b(?:was|been|got|am) "
    r"(?:treated|spoken to) (?:\w+ )?(?:badly|terribly|poorly|like \w+|rudely|awfully)\b",
    r"^(?:ustedes |ahi )?(?:nunca|nadie|jamas) (?:me )?(?:contesta|contestan|responde|responden|"
    r"atienden?)(?: (?:el|los|mis|las|al))?"
    r"(?: (?:telefono|llamadas?|mensajes))$|\bme (?:trataron|atendieron) (?:muy |super )?(?:mal|feo|horrible|"
    r"grosero)\b",
)
THERAPIST = (
    r"\b(?:does|will|can|do|would) my (?:\w+ )?(?:therapist|counselor|psychologist|psychiatrist|"
    r"shrink) (?:\w+ )?(?:get|see|read|receive|know|"
    r"have access)\b",
    r"\b(?:mi (?:terapeuta|psicolog[oa]|consejer[oa]|psiquiatra)) (?:ve|lee|recibe|tiene acceso|puede ver|"
    r"puede leer|sabe)\b|\b(?:le|se lo) "
    r"(?:van a|pueden|podrian) (?:contar|decir|mandar|pasar|avisar) a mi (?:terapeuta|psicolog[oa]|consejer[oa]|"
    r"psiquiatra)\b",
)
FRIEND = (
    r"\bmy (?:friends?|family|coworkers|parents) (?:keeps?|are|is|always|all) ask(?:ing|s)? (?:me )?(?:what|"
    r"about|why|how) (?:im|i am|i|the|my|this)\b",
    r"\bwhat (?:should|do|can|would) i (?:say|tell) (?:to )?(?:my )?(?:friends?|family|coworkers|people|them|"
    r"everyone)(?: \w+){0,4} "
    r"(?:when they ask|if they ask|about (?:this|it|the sessions?))\b",
)
REVELATION = (
    r"^i (?:see|know|get|understand) (?:it )?(?:now|finally|clearly) (?:that )?i (?:must|have to|need to|"
    r"should) (?:leave|divorce)\b",
    r"^(?:i (?:think|know|see|realize[d]?|guess) )?(?:that )?i (?:have to|need to|must|should|am going to|"
    r"gotta) (?:leave|divorce|end) my "
    r"(?:husband|wife|marriage|partner|relationship|boyfriend|girlfriend|job|career)\b",
    r"^(?:creo que |se que |me di cuenta de que )?(?:tengo que|debo|necesito|voy a) (?:dejar|terminar|"
    r"divorciarme|separarme)(?: de| con| a)? mi "
    r"(?:marido|esposo|esposa|mujer|matrimonio|pareja|novio|novia|trabajo|relacion)\b",
)
MOVING_AWAY = (
    r"\bfound (?:a|another) (?:\w+ )?clinic (?:closer|nearer|near|in|cheaper)\b",
    r"\b(?:transferring|switching|changing|going|moving) (?:over )?to (?:a |another |a different |a new )clinic\b",
)
TRAVEL = (
    r"^(?:im |i am |ill be |we re |were )?(?:on (?:vacation|holiday|a trip)|out of town) (?:until|til|till|"
    r"through|for|from)\b",
    r"\b(?:estare|voy a estar|andare|ando|estoy) (?:de vacaciones|de viaje|fuera)? ?(?:en \w+ )?(?:hasta|por|"
    r"toda|la proxima|la otra|esta|"
    r"unos|dos|tres) (?:el |la )?(?:semana|proxima semana|\d+|dias|mes|lunes|martes|miercoles|jueves|viernes|"
    r"sabado|domingo)\b",
)
TIME_OF_DAY = (
    r"^(?:texts?|messages|check ?ins?|these) (?:at night|in the (?:mornings?|evenings?|afternoons?)|later|"
    r"earlier) (?:would|will|d) (?:be|work|suit) "
    r"(?:me )?(?:better|best|easier|good)\b",
    r"\b(?:mornings?|evenings?|afternoons?|nights?|noon|lunchtime) (?:\w+ ){0,3}(?:suits?|works?|fits?|is|are|"
    r"would be) (?:me )?(?:better|"
    r"best|easier|good)?(?: for me)? ?(?:for (?:texts?|messages|these|the texts|check ins?))\b",
    r"^(?:please |pls )?(?:text|message|write)(?: me)? (?:in the (?:mornings?|evenings?|afternoons?)|"
    r"at (?:night|noon|lunch)|later in the day|"
    r"earlier in the day)(?: instead| from now on| please)*$|^mejor (?:escriban|escribanme|escribeme|manden|"
    r"mandenme) (?:por|en|a) la "
    r"(?:manana|tarde|noche)$",
)
