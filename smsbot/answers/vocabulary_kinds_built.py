"""More of how kinds of words are built, from parts (folded patterns): what the lists of single phrases leave out."""

from smsbot.answers.vocabulary_kinds_people import PERSON

_SAID_FIRST = r"(?:(?:honestly|really|sorry|um|uh|well|just|no|nope|nah|tbh|ok|hmm|pues|la verdad|hoy|yo) )*"
_TODAY = (
    r"(?: (?:today|tonight|really|for me|right now|this time|this one|to me|at all|tbh|honestly|sorry|in there|"
    r"here|hoy|la verdad))*"
)
_MY_PAST = r"my (?:\w+ )?(?:past|childhood|trauma|traumas|history|youth|twenties|marriage|life|self)"
_ILL = (
    r"(?:anxiety|anxious|depression|depressed|pain|sadness|sad|fear|afraid|panic|trauma|suffering|worry|"
    r"worried|hurt|angry|anger|sickness|illness|disease)"
)
_FOR_GOOD = r"(?:ever|forever|for good|ever again|at all|for ever|once and for all|completely|permanently)"

NONE_SHAPES = (
    r"^(?:pass|skip|no) nothing to (?:share|say|add|report)$|^not (?:at|for) the moment$",
    r"^(?:(?:sorry|hmm|um|honestly) )*(?:id |i would |i )?(?:rather|prefer|d rather) not(?: to)?(?: (?:say|share|"
    r"answer|"
    r"tell|talk about (?:it|that)|get into (?:it|that)))?(?: (?:this time|today|now|thanks|thank you|sorry|"
    r"if thats ok))*$|"
    r"^(?:yo )?(?:prefiero|mejor) no (?:decir|decirlo|contestar|contar|contarlo|compartir|compartirlo|hablar de eso)"
    r"(?: hoy| ahora| por ahora| gracias)*$",
    rf"^{_SAID_FIRST}nothing to (?:put|write|bring|give|say|report|note|mention|tell)(?: down| in| here|"
    rf" about)?{_TODAY}$|^(?:hmm |um |"
    rf"well |ok )*no nothing{_TODAY}$|^(?:i )?(?:havent|have not|ve not) got (?:one|any|anything){_TODAY}$",
    rf"^{_SAID_FIRST}no (?:me acuerdo|recuerdo|supe|pude) (?:de )?nada{_TODAY}$|^{_SAID_FIRST}no (?:encuentro|"
    rf"hallo|tengo) que "
    rf"(?:decir|contar|poner|escribir){_TODAY}$|^(?:its |it is )?(?:just |all )?(?:quiet|empty|"
    rf"silent) in (?:there|here){_TODAY}$",
    rf"^{_SAID_FIRST}(?:theres |there is |i have |its |got )*(?:just |really |literally )*nothing (?:there|here|"
    rf"(?:id|i would|i) "
    rf"(?:want|care|need|wish) to (?:write|say|share|put|add)(?: down| out)?){_TODAY}$|^(?:i |it )*(?:came|come|"
    rf"coming) up (?:empty|"
    rf"blank|short|dry){_TODAY}$",
    r"^(?:i )?(?:cant|couldnt|cannot) (?:really )?(?:put|pin|point|get|place|find) (?:\w+ ){0,4}(?:on|to|at|"
    r"for)? ?anything$|^no me "
    r"(?:salio|vino|llego|nacio|dijo|quedo) nada$|^se me (?:fue|olvido|borro) todo$",
    rf"^{_SAID_FIRST}nothing (?:jumps|jumped|jumping|pops|popped|sticks|surfaced|surfaces|landed|lands|shows|"
    rf"showed|worth|much|"
    r"extra|big|noteworthy|interesting|clear|came|comes|really)(?: (?:out|up|up for me|came|comes|through|to me|"
    r"writing|sharing|"
    rf"mentioning|saying|telling|noting|reporting|about|mind)){{0,2}}{_TODAY}$",
    rf"^{_SAID_FIRST}(?:my |the )?(?:mind|head|brain|page)(?: is| was|s| went| goes)? (?:just |totally |"
    rf"completely |kind of )?"
    rf"(?:empty|blank|a blank){_TODAY}$|^{_SAID_FIRST}(?:empty|blank|zero|zilch|nothin){_TODAY}$",
    rf"^{_SAID_FIRST}(?:i have |ive got |i got )?no (?:thoughts|thought|words|ideas|comments?|"
    rf"answers?)(?: (?:for|on|about) "
    rf"(?:it|that|this|these))?{_TODAY}$",
    rf"^{_SAID_FIRST}(?:i )?(?:didnt|dont|did not|do not|wasnt|isnt) (?:really )?(?:get|have|see|find|notice|"
    rf"hear|feel|got) "
    rf"(?:anything|a thing|any|one){_TODAY}$|^{_SAID_FIRST}there (?:wasnt|isnt|was|is|"
    rf"werent) (?:really )?(?:anything|nothing|"
    rf"any|one){_TODAY}$",
    rf"^{_SAID_FIRST}no (?:saque|traje|obtuve|encontre|hallo|vi|hubo|halle|me lleve|me quedo|salio|"
    rf"llego) nada{_TODAY}$|"
    rf"^{_SAID_FIRST}(?:no tengo|sin|me faltan|no hay) palabras{_TODAY}$|^(?:la )?mente en blanco$",
)
YET_SHAPES = (
    r"^(?:nothing|nothings|none|no one thing)(?: has| ha)? (?:come|came|shown|hit|landed|surfaced)(?: up| to me|"
    r" for me)*(?: yet| so "
    r"far)$",
    r"^(?:i )?(?:havent|have not|dont have|didnt get|cant think of|dont see) (?:(?:got|found|had|come up with|"
    r"picked|chosen|"
    r"thought of|decided on) )?(?:one|any|anything|it|a thing)? ?(?:just )?yet$",
    r"^(?:(?:im|i am|just|well|hmm) )*still (?:thinking|deciding|working on (?:it|that)|mulling it "
    r"over)(?: about (?:it|that)| on it| it over)?$|^(?:(?:lo|la|aun|todavia|yo) )*(?:sigo|estoy|"
    r"ando) (?:todavia |aun )?"
    r"(?:pensando|decidiendo|dandole vueltas)(?:lo|la)?(?: todavia| aun| en eso)?$",
    r"^(?:aun |todavia )?no (?:ha|me ha|he) (?:salido|llegado|venido|surgido|pasado|encontrado|pensado|decidido|"
    r"tenido)(?: "
    r"nada)?(?: todavia| aun)$",
    r"^not so far\b(?: \w+){0,4}$|^(?:its |it is |a bit |way |still )*too (?:soon|early)(?: (?:sorry|yet|really|"
    r"to \w+))*$|^(?:por ahora |"
    r"hasta ahora |todavia |aun )+no (?:ha )?(?:salido|sale|llegado|venido|hay|aparecido)(?: nada)?$",
    r"^(?:im |i am |just |still )*waiting (?:for|on) (?:it|something|anything|that|an answer)\b(?: \w+){0,4}$|"
    r"^(?:todavia |aun )?no "
    r"ha (?:llegado|salido|venido|pasado|aparecido|surgido) nada(?: todavia| aun)?$",
    rf"^{_SAID_FIRST}(?:it |that |nothing |anything )?(?:hasnt|has not|havent|has yet to|have not) (?:come|came|"
    rf"shown|show|"
    r"happened|surfaced|landed|arrived|come up|shown up|hit me)(?: (?:up|out|yet|so far|to me))*$",
    r"^(?:no|nope|nah) (?:not )?(?:yet|so far)$|^no (?:answer|word|words|clue|thread|theme|insight|one|"
    r"sense) (?:\w+ )?yet$",
    r"^(?:maybe|perhaps) later (?:nothing|not|none) (?:now|yet|today|for now|so far)$|^not yet maybe later$|"
    r"^nothing now maybe "
    r"later$|^nothing (?:\w+ )?yet but (?:ok|okay|fine|thats ok|im ok)$",
    r"^(?:todavia|aun) (?:no )?(?:me )?(?:llega|viene|sale|pasa|hay|aparece|nada|surge)(?: (?:nada|quiza|luego|"
    r"tal vez|quizas|"
    r"pero|bien))*$",
)
UNSURE_SHAPES = (
    r"^(?:your guess is as good as mine|search me|youve got me|you got me|anyones guess|"
    r"could be anything(?: i dont know)?)$|"
    r"^no tengo (?:la (?:menor|mas minima|minima) idea|ni la menor idea)$",
    r"^(?:i )?(?:cant|cannot|couldnt|dont know how to) (?:really |quite )?(?:put (?:it|this|that) (?:in|into|"
    r"to) words|"
    r"explain(?: (?:it|that))?|describe(?: (?:it|that))?|name it)$|^no (?:se como|puedo|"
    r"sabria como) (?:ponerlo en palabras|"
    r"explicar(?:lo)?|describir(?:lo)?|decirlo)$",
    r"^(?:(?:i|have|ive|got|honestly|really|sorry) )*no (?:idea|clue) (?:what|how|where|which|"
    r"about)(?: \w+){0,4}$|^(?:la verdad |pues )*ni "
    r"idea (?:de )?(?:que|como|cual|si)(?: \w+){0,3}$|\bquestion mark$",
    r"^(?:(?:i|id|ill|would|will|have|need|let me|got|gotta|to|want|time|really|honestly) )+think (?:about it|"
    r"on it|on that|about "
    r"that|more|some more|first)(?: \w+){0,2}$|^(?:its|it is|it was)? ?(?:all )?a (?:blur|bit fuzzy|"
    r"mystery)(?: \w+){0,2}$|^not "
    r"(?:much of )?(?:a|the) (?:clue|idea|foggiest|faintest)$",
    r"^(?:(?:tendria|tengo|quiero|necesito|deja|dejame|hay|que|lo|voy a) )+pensar(?:lo|le)?(?: \w+){0,2}$|"
    r"^(?:es |esta )?dificil (?:de )?"
    r"(?:decir|saber|explicar)(?:lo)?$",
    r"^(?:(?:im|i am|honestly|really|just|still|kind of|kinda|sort of|a bit|a little|quite|pretty|"
    r"feeling) )*(?:lost|stuck|"
    r"stumped|torn|confused|unsure|undecided)(?: (?:on|about|with|for) (?:this|that|it|what)(?: \w+){0,3})?$",
    r"^(?:(?:im|i am|i|really|honestly|just|still|well|tbh|so) )*(?:not|dont|do not) (?:really |quite |totally |"
    r"actually )?(?:sure|"
    r"know|certain)(?: (?:what|if|which|about)(?: \w+){0,4})?(?: (?:yet|honestly|tbh|really))*$",
    r"^(?:dunno|idk|beats me|search me|no clue)(?: (?:honestly|really|tbh|yet|sorry|man|lol))*$",
    r"^(?:(?:la|verdad|pues|yo|honestamente|todavia|aun) )*no (?:lo )?(?:se|estoy (?:muy )?segur[oa])(?: (?:que|"
    r"si|bien|de|cual|aun|"
    r"todavia)(?: \w+){0,3})?$|^(?:solo )?(?:sabe dios|dios sabe|dios sabra|vaya usted a saber|sepa dios)$",
)

HEAVY = (
    rf"\b(?:delete|destroy|be done with|be rid of|done with|free of|rid of) (?:(?:my|the|all|this) )*(?:{_ILL}|"
    rf"ptsd|grief|shame|"
    rf"guilt) {_FOR_GOOD}|\b(?:turn into|become|wake up|be) (?:a |an )?(?:whole )?new (?:me|person|man|"
    rf"woman) (?:overnight|"
    r"tomorrow|right away|instantly)\b",
    rf"\b(?:get rid of|end|erase|kill|remove|lose|cure|beat|stop|make) (?:(?:my|the|all|this|of|"
    rf"that) )*(?:{_ILL}|ptsd|ocd|"
    rf"bipolar|addiction|grief|shame|guilt|flashbacks)(?: (?:go away|disappear|leave|vanish|stop))? {_FOR_GOOD}",
    r"^(?:(?:i|want|to|just|be|feel|stay|always) )+(?:happy|calm|at peace|normal|okay|well|fine) (?:forever|"
    r"all the time|"
    r"every single day|from now on|for the rest of my life)$",
    r"\b(?:quitar|borrar|eliminar|acabar con|curar|arrancar|sacar)(?:me|lo|la)? (?:de )?(?:(?:la|el|mi|esta|este|"
    r"toda|todo) )*"
    r"(?:depresion|ansiedad|dolor|tristeza|miedo|trauma|culpa|verguenza) (?:para siempre|por completo|de una vez|"
    r"del todo|"
    r"de raiz)\b|\bque (?:nunca|jamas) (?:(?:mas|me|nada|vuelva a|vuelvan a) )*(?:duela|sufra|sienta|pase|"
    r"lastime\w*)\b",
    r"\b(?:get rid of|erase|forget|delete) "
    r"(?:every|all (?:of )?(?:my|the)) (?:bad |painful |single )?(?:memory|memories|thought|thoughts|feelings?)\b",
    r"\b(?:wipe the slate|clean slate|start (?:all )?over from|start from scratch)\b|\b(?:complete|total|full|"
    r"whole) (?:reset|reboot|"
    r"makeover|overhaul|do over|transformation)\b|\bempezar (?:\w+ ){0,2}de cero\b|\bborron y cuenta nueva\b",
    r"\bno (?:tener|sentir|sufrir)(?: mas)? (?:ansiedad|miedo|tristeza|dolor|depresion)(?: mas)? (?:nunca|"
    r"jamas)\b|\bnunca mas (?:tener"
    r"|sentir|sufrir) (?:ansiedad|miedo|tristeza|dolor|depresion)\b",
    r"^(?:(?:i|want|to|just|get|be|being|become|feel) )*(?:completely|totally|fully|finally all) (?:cured|"
    r"healed|fixed)\b|"
    r"\b(?:cured|healed|fixed) (?:(?:of|from) (?:it all|everything|all (?:of )?(?:it|this|that)|all this)|"
    r"completely|totally|"
    r"forever|for good)$",
    rf"^(?:(?:i|want|just|to|have|feel) )*no more {_ILL}(?: {_FOR_GOOD})?$|\b(?:stop|quit|no longer|not|"
    rf"never) (?:be|being|feel|"
    rf"feeling|having|have) (?:so |any )?{_ILL} {_FOR_GOOD}\b",
    rf"\bmake (?:all )?(?:of )?(?:my|the|this) {_ILL} (?:disappear|go away|vanish|stop|leave)\b",
    rf"\b(?:get over|erase|forget|undo|rewrite|wipe out|wipe|delete|fix|redo|figure out|"
    rf"solve) (?:all )?(?:of )?(?:{_MY_PAST})$",
    r"\b(?:fix|change|heal|redo) (?:my )?(?:whole|entire) self\b|\b(?:change|fix) everything (?:about|in|"
    r"with) (?:me|my \w+)\b",
    r"\b(?:borrar|olvidar|cambiar|arreglar|curar|sanar|resolver|superar|rehacer|deshacer) (?:toda |todo |"
    r"por completo )?(?:mi|de) "
    r"(?:infancia|pasado|historia|vida|trauma|existencia|ser)\b|\bcambiar todo (?:de|en|lo de) (?:mi|mi vida|"
    r"mi persona)$",
    r"\b(?:curar|sanar|arreglar|componer)(?:me|lo|la)? (?:por completo|del todo|para siempre|completamente|"
    r"de una vez)\b",
    r"\bdejar de (?:tener|sentir|estar|ser|sufrir)(?: \w+){0,2} (?:para siempre|por completo|del todo|de una vez)\b",
)

_STRIKES = (
    r"(?:hits?|hitting|slaps?|shoves?|pushes|punche?s?|kicks?|chokes?|grabs?|corners|swings?|swinging|comes at|"
    r"lunges|throws?|"
    r"throwing|breaks?|breaking|smashe?s?)"
)
_SOMEONE = (
    rf"(?:{PERSON}|dad|mom|mum|(?:my|his|her) (?:\w+ )?(?:boyfriend|girlfriend|husband|uncle|cousin|stepfather|"
    rf"stepdad|ex|landlord))"
)
_AWAY = (
    r"(?:is |s |are |re )?(?:sleeps?|asleep|sleeping|out|at work|away|not (?:home|there|looking)|gets? (?:home|"
    r"back|up|in)|comes? "
    r"(?:home|back)|wakes?|finds? out|notices?|realizes?)"
)
UNSAFE_PLAN = (
    rf"\b(?:slip|sneak|get|climb|run|creep) (?:out|away)\b.*\b(?:he|she|they) (?:\w+ )?(?:passes out|passed out|"
    rf"drunk|drinks|sleeps|"
    rf"asleep)\b|\b{_SOMEONE} (?:\w+ ){{0,2}}(?:grabs|pulls|twists|yanks|squeezes|pins|"
    rf"holds me down)\b(?: \w+)? (?:my|me|us)\b|"
    rf"\b{_SOMEONE} (?:gets?|got|is|being|turns?) (?:rough|violent|physical|aggressive|abusive)\b",
    r"\b(?:me|nos) (?:jala|jale|jalonea|jalonee|agarra|agarre|sacude|avienta|tira|pellizca|cachetea|patea|ahorca)\b"
    r"(?! (?:el|la|un|una)\b)",
    r"\b(?:he|she|they|my \w+) (?:\w+ )?(?:kills?|murders?|hurts?|finds?|catches|beats?) (?:me|us)\b|\b(?:he|she|"
    r"they) "
    r"(?:cant|wont|doesnt|dont) find (?:me|us)\b|\b(?:get|getting) out of (?:this|my|the) (?:marriage|"
    r"relationship)\b",
    rf"\b{_SOMEONE} (?:\w+ ){{0,3}}(?:drinking|drinks|drunk|high) and (?:\w+ )?(?:throwing|hitting|swinging|"
    rf"yelling|breaking|"
    rf"screaming|pushing|punching|kicking)\b|\b(?:scream|yell|shout|swing|hit|lash out) (?:back )?at (?:him|"
    rf"her) (?:when|if)\b|\b"
    rf"(?:when|if) (?:he|she) (?:swings|hits|strikes|lunges)\b",
    r"\b(?:ya no|que no|no vuelva a|nunca mas) (?:me (?:vuelva a )?(?:toque|tocar|pegue|pegar|grite)|tocarme|"
    r"pegarme)\b|\b(?:irme|"
    r"salirme|escaparme)\b.*\bcuando (?:el|ella|mi \w+) no este\b|\bque (?:mi \w+|el|ella) (?:confiese|admita|"
    r"pague|reconozca|se "
    r"arrepienta)\b",
    rf"\b{_SOMEONE} (?:\w+ ){{0,3}}{_STRIKES} (?:\w+ )?(?:me|us|at me|things|stuff|it|plates|walls?|doors?|dishes)\b",
    rf"\b{_SOMEONE} (?:\w+ ){{0,2}}(?:raises?|lifts?|puts?) (?:his|her|their|a|up) (?:hands?|fists?|"
    rf"hands on)\b(?! (?:in|at) (?:class|"
    r"school))|\b(?:he|she) puts (?:his |her )?hands on me\b",
    rf"\b{_SOMEONE} (?:\w+ ){{0,3}}(?:drunk|high|wasted|angry|mad|mean) and (?:\w+ )?(?:violent|swinging|mean|"
    rf"aggressive|scary|"
    r"rough|physical|loud|starts?|hits?|throws?|breaks?)\b",
    rf"\bmake {_SOMEONE} (?:admit|confess|say what|own up|pay for|face what|tell (?:me )?why)\b|"
    rf"\bhave it out(?: with)?\b",
    r"\b(?:go|going|show up|showing up|drive|turn up|march|walk)(?: over| up)? (?:to|at|"
    r"into) (?:\w+ ){1,4}(?:house|place|door|"
    r"apartment|home|boyfriend|office) and (?:have it|tell|make|say|confront|scream|yell|let|demand)\b",
    rf"\b(?:go|drive) (?:over )?to {_SOMEONE} and (?:tell|say|make|confront|demand)\b|"
    rf"\btell {_SOMEONE} (?:that )?i know(?: (?:what|about|everything|he|his)\b|$)",
    rf"\b(?:stand my ground|talk back|fight|push back|shove back|hit back)\b.*\b(?:if|when) {_SOMEONE}\b|"
    rf"\b(?:shove|push|hit|slap|"
    rf"kick|punch)(?: {_SOMEONE})? back\b",
    rf"\b(?:when|if) {_SOMEONE} (?:\w+ ){{0,3}}(?:yells|screams|shouts|explodes|rages) and (?:breaks|throws|"
    rf"hits|grabs|smashes|"
    r"punches|slams)\b|\btell (?:him|her) (?:that )?(?:its over|were done|im done|i am done)\b.*\b(?:when|if|"
    r"drunk|after|before)\b",
    rf"\b(?:(?:leave|leaving)(?! (?:for|to|by|the table|work|early|a)\b)|pack|take the|grab the|move out|"
    rf"get out|run off|bags?)\b.*\b(?:while|before|when) (?:he|she|they|my (?:husband|"
    rf"wife|boyfriend|girlfriend|dad|father|stepdad|mom|mother|parents|partner|ex)) {_AWAY}\b",
    r"\b(?:face|confront|meet|see|call out|accuse|expose|stand up to) (?:my |the |their |his )?(?:abusers?|"
    r"rapist|attacker|"
    r"molester|one who)\b",
    r"\b(?:me )?(?:levante|levanta|alce|alza|ponga|pone) la mano\b(?! en)|\bdecirle? en su cara\b|"
    r"\blo que me (?:hacia|hacian|hizo|"
    r"hicieron)\b",
    r"\b(?:quien|que|el que|la que|al que) me (?:abus|viol|peg|golpe|lastim|maltrat|amenaz)\w+",
    r"\b(?:hacer|agarrar|empacar|preparar|juntar) (?:la|mi|las|mis|una) (?:maletas?|cosas|ropa) (?:e|y) (?:irme|"
    r"largarme|salir\w*|"
    r"escapar\w*|huir)\b|\b(?:irme|salir\w*|escapar\w*|huir|largarme)\b.*\b(?:mientras|antes de que) (?:el |"
    r"ella |mi \w+ )?"
    r"(?:duerme|duerma|no este|no esta|llegue|regrese|despierte|se despierte|me pegue|se de cuenta)\b",
    r"\b(?:escaparme|fugarme|huir) de (?:mi |la )?(?:casa|hogar)\b|\bllevarme a (?:los ninos|mis hijos|"
    r"mis hijas|las ninas)\b",
)
