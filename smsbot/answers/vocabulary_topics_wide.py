"""What patients bring up, by classes of words: a part of the body and what it does, a person and what befell them.

Folded like the rest (no accents, no apostrophes). Each pattern is a frame with classes in it; what a journal says in
the same words is kept out by what has to stand beside them.
"""

from smsbot.answers.vocabulary_topics_life import KIN, KIN_ES

_PET = r"(?:dog|puppy|cat|kitty|kitten|horse|bunny|bird)"
_OURS = rf"(?:(?:my|our|the) )?(?:{KIN}|{_PET})"
_OURS_ES = rf"(?:mi|mis|nuestr[oa]|el|la) (?:{KIN_ES}|perr\w+|gat\w+)"
_DRUG = (
    r"\w*(?:azine|etine|aline|oxine|prine|opram|azepam|zolam|piprazole|apine|idone|igine|odone|ipramine|triptyline|"
    r"afinil|pentin|triptan|peridol|xetina|lina|zepam|pramina|triptilina)"
)
_MEDS = (
    rf"(?:meds?|medications?|medicines?|pills|tablets|lozenges|prescriptions?|{_DRUG}|lithium|adderall|lamictal|"
    r"lexapro|zoloft|prozac|effexor|wellbutrin|cymbalta|xanax|klonopin|seroquel|abilify|buspar)"
)
_MEDS_ES = r"(?:medicinas?|medicamentos?|pastillas|recetas?)"
_TREATED = (
    r"(?:(?:since|after|from|following|ever since|post)(?: \w+){0,3} (?:sessions?|visits?|infusions?|treatments?|"
    r"appointments?|doses?|shots?|spray|lozenges?|iv|injections?|started|began|last (?:one|time)|clinic)\b)"
)
_TREATED_ES = (
    r"(?:(?:desde|despues de|tras)(?: \w+){0,3} (?:sesion|sesiones|visita|cita|tratamiento|infusion|dosis|empece|"
    r"empezamos|comence|ultima(?: vez)?|inyeccion|clinica|que fui)\b)"
)
_WHEN = r"(?:today|tonight|tomorrow|yesterday|now|this (?:morning|week|afternoon)|last (?:night|week|month))"
_BONE = r"(?:arm|leg|wrist|ankle|hip|nose|collarbone|back|foot|hand|neck|rib|elbow|knee)"
_CLINIC = r"(?:clinic|office|staff|front desk|receptionist|nurse|doctor|team|people)"
_STAFF_ES = r"(?:recepcionista|enfermer[oa]|doctora?|personal|secretaria|clinica|senorita|muchacha)"
_BOT = r"(?:program|bot|robot|machine|computer|script|algorithm|chatbot|app|software)"

# Somebody else's, long ago, denied, or a figure of speech.
_NOT_NOW = (
    r"she|shes|her|he|his|they|sister|wife|mom|mother|daughter|friend|cousin|aunt|girlfriend|coworker|partner|"
    r"was|were|"
    r"when i|got|before|ago|used to|not|isnt|never|wasnt|arent|pause|"
    r"possibilit\w+|with (?:hope|meaning|light|ideas|life)"
)
_NOT_NOW_ES = (
    r"ella|hermana|esposa|mama|hija|amiga|prima|novia|vecina|nuera|era|fue|cuando|antes|estaba|estuve|no|nunca|mujer"
)

PREGNANCY = (
    rf"^(?!.*\b(?:{_NOT_NOW})\b).*\bpregnan(?:t|cy)\b",
    rf"^(?!.*\b(?:{_NOT_NOW_ES})\b).*\bembaraz(?:ada|o)\b",
    r"\b(?:two|2|a|faint|second) (?:faint |light )?(?:pink|blue) lines?\b",
    r"^(?:\w+ ){0,2}(?:im|i am|were|we are) expecting(?=$| (?:\w+ )?(?:weeks?|months?|a baby|twins|our))",
    r"\b(?:im|i am|we are|were|i might be|be) (?:\w+ )?(?:carrying|having) (?:a|our|his|another|my) (?:\w+ )?"
    r"(?:baby|babies|child|twins)\b",
    r"^(?:(?:i|think|im|am|might|be|am i|could) )*(?:knocked up|preggo|preggers)\b|\b(?:havent|hasnt|not) (?:had|"
    r"gotten|got) (?:my |a )?period\b|\bprueba (?:casera |de farmacia )?(?:me )?(?:salio|dio) positiv\w+|"
    r"\bsalio positiv[oa] (?:la|mi) prueba\b(?! de covid)",
    r"^(?:(?:my|the|a|got|i) )*positive (?:pregnancy |home )?test\b|(?<!covid )(?<!flu )(?<!strep )(?<!drug )"
    r"\btest (?:was|is|came (?:back|out)|says|reads) positive\b(?! for)",
    r"\btrying (?:\w+ ){0,2}(?:to conceive|to get pregnant|for (?:a|another) baby)\b|\b(?:havent|didnt) (?:had|"
    r"have|get|gotten) my period\b|\bskipped (?:a|my|two) periods?\b",
    r"\b(?:vamos a tener|voy a tener|espero|esperamos|estoy esperando) (?:un |otro |a mi )?(?:bebe|hijo)\b|"
    r"\bestoy esperando de \w+ (?:semanas|meses)\b|\bla prueba (?:me )?(?:salio|dio|es) positiv[oa]\b|"
    r"\bdos rayitas\b",
    r"\b(?:le |les )?(?:doy|dando|estoy dando) (?:el |de )?(?:pecho|mamar)\b|\b(?:queriendo|tratando de|buscando) "
    r"(?:embarazarme|quedar embarazada|un bebe)\b",
)
SUBSTANCE = (
    r"\b(?:did|do|took|doing) (?:(?:a|some|few|couple|of) )*(?:bumps?|lines?|rails?|hits?) (?:of (?:coke|it|k|"
    r"meth)|at|with|last)\b|"
    r"\b(?:its |back to |at )day (?:one|1|zero) (?:again|of (?:sobriety|being sober))\b",
    r"\b(?:been|started|back to|gone back to|back) (?:drinking|using|smoking weed|vaping weed|getting high|"
    r"getting drunk)(?! (?:\w+ ){0,2}(?:water|tea|coffee|my|the|less|more water))(?: \w+){0,2} (?:again|every "
    r"(?:night|day|morning|weekend)|all (?:day|night)|daily|too much|a lot|heavily)\b",
    r"\b(?:im|i am|ive been|i was|started|been) using again\b|\b(?:popped|took|swallowed|"
    r"did) (?:\w+ ){0,3}(?:of )?(?:my )"
    r"(?:moms|dads|husbands|wifes|brothers|sisters|sons|daughters|friends|roommates|partners) (?:xanax|adderall|"
    r"oxy\w*|"
    r"percocet|vicodin|pills|meds|klonopin|valium)\b|\b(?:smoked|vaped|did) (?:\w+ ){0,3}(?:weed|pot|thc|dabs|"
    r"meth|crack)"
    r"(?: \w+){0,3} (?:weekend|last night|yesterday|today|again|all day)\b|\b(?:otra vez|de nuevo) (?:estoy|ando) "
    r"(?:usando|tomando|consumiendo|bebiendo|fumando)\b",
    r"\b(?:went|gone|going|slid|slipped) back to (?:drinking|using|vaping|smoking (?:weed|pot)|weed|coke|alcohol|"
    r"booze|the bottle|drugs|meth|heroin)\b",
    r"\btook (?:(?:some|one|two|a few|a couple|a bunch) of )?(?:my |a )?(?:brothers|sisters|friends|moms|dads|"
    r"roommates|husbands|wifes|sons|daughters|someones|somebody elses) (?:adderall|xanax|percocet|oxy\w*|vicodin|"
    r"klonopin|pills|meds|valium|ativan|ritalin|norco|gummies)\b",
    r"\bi (?:did|snorted|shot up|popped) (?:some |a |a few |a line of |lines of )?(?:coke|cocaine|meth|heroin|"
    r"molly|xanax|pills|oxy|fentanyl|ketamine|k)\b(?! for)",
    r"\bme meti (?:una (?:linea|raya)|coca|cristal|perico|piedra|pastillas|heroina|mota)\b",
    r"\b(?:estoy|ando|he estado|he andado|vengo) (?:tomando|bebiendo|fumando (?:mota|marihuana)|consumiendo)"
    r"(?! (?:\w+ ){0,2}(?:agua|te|cafe|medicina|pastillas|clases|fotos|decisiones))(?: \w+){0,2} (?:otra vez|de "
    r"nuevo|mucho|todos los dias|cada noche|diario|todas las noches)\b",
)
RUNNING_OUT = (
    rf"^(?:\w+ ){{0,2}}out of (?:my )?(?:\w+ )?{_MEDS}\b|\b(?:only )?(?:have |"
    rf"got )?enough (?:\w+ )?{_MEDS} (?:left )?(?:for|to "
    r"last|until|till)\b",
    rf"\b(?:take|taking|took|have|on) my (?:very )?last (?:\w+ )?{_MEDS}\b|\btake my last (?:lexapro|zoloft|"
    rf"prozac|effexor|"
    rf"wellbutrin|pill|one of my)\b|\b{_MEDS_ES} se me (?:acaba|acaban|termina|terminan)\b|"
    rf"\bla pastilla se me acaba\b",
    rf"\b(?:im|i am|were|almost|nearly|all|already|be|completely|just|about) (?:\w+ )?out of (?:my |the )?{_MEDS}\b",
    rf"\b(?:my|the) (?:\w+ )?{_MEDS} (?:\w+ ){{0,2}}(?:ends?|expires?|expired|runs? out|ran out|is up|are gone|is "
    r"gone|will be gone)\b|\b(?:out of|no more) refills\b|\b(?:last|final) (?:pill|dose|tablet) (?:is )?(?:today|"
    r"tonight|tomorrow|this morning)\b",
    r"\b(?:pharmac(?:y|ist)|cvs|walgreens) (?:\w+ ){0,2}(?:cant|wont|says? no|said no|refuses?|refused|doesnt have|"
    r"didnt have|wouldnt|couldnt|is out|ran out)\b",
    rf"\b(?:la )?farmacia (?:\w+ ){{0,2}}(?:no (?:me |la )*(?:quiere|quiso|puede|pudo|tiene|tenia|surte|surtio|da|"
    r"dio)|dice que no|me la nego)\b|\b(?:surt|resurt|renov|renuev)\w* (?:\w+ ){0,2}"
    rf"{_MEDS_ES}\b|\b{_MEDS_ES} (?:\w+ ){{0,2}}(?:se )?(?:acaba|acaban|termina|vence|vencio)\b",
)
SIDE_EFFECT = (
    rf"\b(?:rash|hives|bumps|swelling|swollen|bruis\w+|blisters)\b(?: \w+){{0,6}} {_TREATED}|\b(?:cant|couldnt|"
    rf"unable to) (?:keep "
    rf"(?:food|anything|water|it) down|stop (?:throwing up|vomiting|shaking)|eat|"
    rf"pee)\b(?: \w+){{0,4}} {_TREATED}|\bstomach "
    rf"(?:\w+ ){{0,2}}(?:killing me|in knots|upset|sick)(?: \w+){{0,4}} {_TREATED}",
    rf"\b(?:bladder|kidneys?|stomach|belly|head|jaw|skin|eyes?|chest|throat|tongue|legs?|hands?|back) (?:\w+ ){{0,2}}"
    r"(?:hurts?|hurting|aches?|aching|burns?|burning|pounding|throbbing|throbs|spinning|swollen|numb|cramps?|"
    rf"cramping|itch\w*|stings?|tingl\w+)\b(?: \w+){{0,6}} {_TREATED}",
    rf"\b(?:heart|pulse) (?:\w+ ){{0,2}}(?:racing|pounding|fluttering|skipping|races|pounds|flutters)(?: \w+){{0,4}} "
    rf"(?:{_TREATED}|since|after)\b",
    r"\b(?:dizzy|off balance|unsteady|wobbly|floaty|woozy|spacey|nauseous|queasy|foggy|numb|shaky|itchy|feverish|"
    rf"loopy|lightheaded|throwing up|puking|vomiting|headaches?)\b(?: \w+){{0,6}} {_TREATED}",
    rf"\b(?:jaw|teeth|hands?|muscles|neck|shoulders) (?:\w+ ){{0,3}}(?:clench\w*|locked|tight|stiff|twitch\w*|"
    rf"shak\w+|"
    rf"sore)\b(?: \w+){{0,4}} {_TREATED}|\bse me (?:duermen|entumen|hinchan|acalambran) (?:las|los|la|"
    rf"el) \w+(?: \w+){{0,3}} "
    rf"{_TREATED_ES}",
    rf"{_TREATED}(?: \w+){{0,6}} (?:dizzy|off balance|unsteady|wobbly|floaty|woozy|nauseous|queasy|shaky|throwing up|"
    r"puking|vomiting|blurry)\b",
    r"\bstill (?:\w+ ){0,2}(?:floaty|dizzy|spacey|woozy|numb|drugged|loopy|nauseous|unsteady|wobbly|seeing double)\b"
    r"(?: \w+){0,6} (?:days?|hours|later|yesterday|week)\b",
    r"\b(?:it )?(?:hurts?|burns?|stings?|hurting|burning|pain) (?:\w+ ){0,3}(?:when|every time|to|if)(?: i)? (?:pee|"
    r"urinate|go)\b|\b(?:peeing|urinating) (?:blood|hurts|burns)\b|\bblood in my (?:pee|urine)\b",
    r"\bmy (?:blood pressure|bp) (?:was|is|has been|went|got|stayed|shot) (?:\w+ )?(?:weird|high|low|crazy|off|up|"
    r"through)\b|\b(?:blurry|blurred|double) (?:vision|eyes|sight)\b|\b(?:vision|eyes) (?:is|are|got|went) blurry\b",
    r"\b(?:me )?(?:arde|duele|quema|ardor) (?:\w+ ){0,2}(?:al|cuando|para) orin\w+|\borin\w+ sangre\b|\b(?:vista|"
    r"vision) (?:muy )?(?:borrosa|nublada|doble)\b|\bveo (?:borroso|doble|nublado)\b",
    rf"\b(?:corazon|pulso)\b(?: \w+){{0,4}} (?:rapido|acelerado|fuerte|disparado)\b(?: \w+){{0,3}} {_TREATED_ES}|"
    rf"\b(?:late|palpita) (?:\w+ ){{0,2}}(?:rapido|fuerte)\b(?: \w+){{0,4}} {_TREATED_ES}|\btaquicardia\b",
    r"\b(?:maread[oa]|nauseas|mareos?|vomit\w+|dolor de (?:cabeza|estomago|vejiga)|comezon|ronchas|temblor\w*|"
    rf"adormecid[oa]|entumid[oa])\b(?: \w+){{0,5}} {_TREATED_ES}|\bla presion (?:se me|me|esta|la tengo|la tuve) "
    r"(?:\w+ )?(?:subio|bajo|alta|baja)\b",
)
COST = (
    r"\b(?:pay|owe|pay off)(?: \w+){0,3} balance\b|\bhow long do i have to pay\b",
    r"\b(?:cant|cannot|dont think i can|dont think ill be able to|wont be able to|dont know if i can|not sure i can|"
    r"dont see how i can) (?:\w+ )?(?:pay|afford)\b(?: for)? (?:\w+ ){0,3}(?:rest|sessions?|visits?|next|ones?|"
    r"treatments?|bill|copay)\b",
    r"\b(?:money|budget|funds|cash)(?: is| are|s)? (?:\w+ )?(?:tight|short|low|gone)\b(?: \w+){0,5} (?:sessions?|"
    r"visits?|one|treatments?|appointments?)\b",
    r"\b(?:got|received|sent me|opened|theres) (?:a|the|another|this|your) (?:\w+ )?bill\b|\b(?:get|gets|got|being|"
    r"be) billed (?:to|through|twice|for|wrong)\b|\bwhat(?:s| is) my (?:copay|balance|deductible)\b|\bhow do i pay\b",
    r"\bno tengo con que pag\w+|\bpag\w+ (?:en|a|por) (?:pagos|abonos|plazos|cuotas|partes|mensualidades)\b|"
    r"\b(?:me )?"
    r"(?:llego|mandaron) (?:la|una|otra) (?:cuenta|factura|cobro)\b|\bcomo (?:le hago para|puedo|hago para) pagar\b",
)
GRIEF = (
    rf"\b(?:{KIN}|grandpa|grandma)s (?:funeral|burial|memorial|wake)\b",
    r"\b(?:years?|months?|weeks?) since (?:we|i) lost (?:him|her|them|my)\b|"
    r"\bbury(?:ing)? my (?:\w+ )?(?:dad|mom|father|mother|son|"
    r"daughter|husband|wife|brother|sister|friend|grandma|grandpa)\b",
    rf"\blost (?:my|our) (?:\w+ )?(?:{KIN}|friend|{_PET}|baby) (?:\w+ )?(?:to (?:cancer|covid|an? |the |suicide|"
    rf"overdose)|{_WHEN}|(?:a|\d+|two|three) (?:days?|weeks?|months?|years?) ago)",
    rf"\b(?:funeral|burial|memorial(?: service)?|wake|viewing|shiva) (?:is|was|will be) (?:{_WHEN}|on|at|in)\b|"
    rf"\b(?:going "
    rf"to|at|planning|from) (?:a|the|my \w+|his|her) (?:funeral|burial|wake|memorial service)\b",
    r"\b(?:velorio|funeral|entierro|sepelio|novenario) (?:de|es|fue|sera)\b|\bacab\w+ de (?:morir|fallecer)\b",
)
EMERGENCY = (
    rf"\b(?:operan|operaron|estan operando|van a operar|internan) (?:de (?:emergencia|urgencia) )?a {_OURS_ES}\b",
    rf"\b{_OURS} (?:\w+ ){{0,2}}(?:broke (?:his|her|their|an?) {_BONE}|fell (?:down|off|from)|collapsed|(?:got|was) "
    r"(?:hit by|in an? (?:\w+ )?(?:accident|crash|wreck)|rushed|airlifted|attacked|stabbed|shot)|"
    r"had (?:an? )?(?:\w+ )?"
    r"(?:accident|stroke|seizure|heart attack|bad fall)|went into (?:surgery|labor|the (?:icu|hospital))|"
    r"is (?:missing|in "
    r"(?:surgery|labor)|being rushed|on a ventilator)|got hit)\b",
    rf"\b{_OURS} (?:just )?(?:ods?|overdosed|od d|oded|choked|drowned|swallowed|ate (?:chocolate|poison|pills|"
    rf"grapes))\b|"
    r"\b(?:ambulance|paramedics|911) (?:\w+ )?(?:here|came|coming|on the way|took)\b(?: \w+){0,3}$|\b(?:at|"
    r"to) the emergency "
    r"(?:vet|room|clinic)\b(?! once| years| when i was)",
    rf"\b(?:at|in) (?:the |an )?(?:er|emergency room|emergency|urgent care|icu|hospital|vet|"
    rf"animal hospital) (?:right now "
    rf"|now |again )?with (?:my|our) (?:\w+ )?(?:{KIN}|{_PET})\b",
    rf"\b{_OURS_ES} (?:\w+ ){{0,3}}(?:internad[oa]|hospitalizad[oa]|(?:esta|sigue|entro|va) en (?:el hospital|"
    r"urgencias|terapia intensiva|cirugia|quirofano|emergencias)|choco|se accidento|tuvo un (?:accidente|derrame|"
    r"infarto)|se cayo|se quebro|se "
    r"fracturo|se desmayo|esta muy grave|esta perdid[oa])\b",
    rf"\b(?:choco|atropellaron a|internaron a|se accidento|operan de emergencia a|se cayo) {_OURS_ES}\b|"
    rf"\bse (?:nos|me) "
    r"(?:inundo|quemo|incendio) (?:la|el) (?:casa|departamento|apartamento|cuarto)\b|\bse metieron a (?:robar|"
    r"la casa)\b",
)
NIGHTMARE = (
    r"\b(?:scared|afraid|dont want|terrified) to (?:go to |fall a)?sleep\b(?: \w+){0,4} (?:dreams?|"
    r"nightmares?)\b|\b(?:otra|"
    r"una) noche de pesadillas\b|\bmiedo (?:de|a) dormir\w*\b(?: \w+){0,4} (?:suenos|pesadillas)\b",
    r"\bdream(?:t|ed)(?: \w+){1,9} (?:shaking|shaken|scared|terrified|sweating|panicking|screaming|cant sleep)\b",
    r"\b(?:keep|kept|keeps|still) (?:on )?(?:dreaming|having dreams) (?:about|of) (?:the|that|it|what|my|"
    r"his) (?:\w+ )?"
    r"(?:crash|accident|war|attack|fire|assault|hospital|happened|death|explosion|shooting|fall|house|night)\b",
    r"\b(?:sigo sonando|vuelvo a sonar|no dejo de sonar|otra vez sone) con (?:el|la|lo|ese|"
    r"esa) (?:\w+ )?(?:accidente|"
    r"choque|guerra|incendio|ataque|asalto|hospital|noche|muerte|que (?:me )?paso)\b|\bsuenos? (?:muy )?(?:feos?|"
    r"horribles?|espantos\w+) (?:otra vez|anoche|toda la noche|de nuevo)\b",
)
WHO = (
    r"^(?:(?:sorry|hi|hello|um) )*(?:may|can|could) i (?:ask|know) who (?:this|it) is$|^(?:is this |i think |"
    r"you have )*(?:the |"
    r"a )?wrong number$",
    r"^(?:(?:wait|hi|hey|ok|um|hola|oye|disculpe|perdon) )*(?:is (?:this|it|that)|are (?:you|these)|es esto|"
    r"esto es|es|"
    r"no es|sera)(?: an?| una?| some| alguna)?(?: kind of)? (?:scam|spam|estafa|fraude|phishing)\b",
)
REAL = (
    rf"^(?:(?:so|wait|ok) )*is (?:it )?an? {_BOT} (?:texting|writing|messaging|talking to|answering|sending)\b",
    r"^(?:(?:so|wait|but) )*is (?:there )?(?:someone|somebody|anyone|a person|a human)(?: real|"
    r" actually)? (?:behind|on the "
    r"other (?:end|side)|in there|typing)\b",
    r"^(?:(?:so|wait|but|hey|and) )*do (?:you|u)(?: guys| all)? (?:actually |really |even |ever )*(?:read|see|"
    r"look at) "
    r"(?:these|this|it|my|what)\b",
    rf"^(?:(?:so|wait|oh|ok|lol|but|i guess) )*(?:youre|u r|you are|ur|its|this is) (?:just |only |"
    rf"basically )*(?:a|an) "
    rf"{_BOT}\b(?: (?:huh|right|then|arent you|or what|lol))*$",
    r"^(?:(?:so|wait|hey) )*(?:is|are) (?:this|it|you|these) (?:an |a |just )*(?:chatgpt|gpt|chat gpt|siri|alexa|ai|"
    r"auto ?replies|canned)\b",
)
RECORDS = (
    r"\b(?:do you|are you|you guys) (?:have|keep|keeping|store|storing|save|saving) (?:all )?(?:of )?my (?:texts|"
    r"messages|answers|"
    r"replies|words)\b",
    r"^(?:so )?(?:does|do|will|can|could) (?:my )?(?:\w+ )?(?:boss|employer|job|husband|wife|parents|family|"
    r"insurance|mom|"
    r"dad|school|anyone else|others) (?:\w+ )?(?:see|read|find out|get|know about) (?:to see |what )?(?:this|"
    r"these|my|i)\b|"
    r"^(?:por favor )?(?:borren|quiten|saquen|eliminen)me de (?:su|la|los|sus) (?:sistema|lista|archivos|"
    r"registros|base)\b",
    r"^(?:so )?who (?:all |else )?(?:can|could|will|gets to|is able to) (?:\w+ )?(?:see|read|access|look at|"
    r"view) (?:my|"
    r"what i|these|the|this)\b",
    r"\b(?:sell|share|give out|give away) (?:my|our|peoples) (?:\w+ )?(?:info|information|data|answers|number|"
    r"messages|"
    r"records)\b|^(?:is|are) (?:this|it|these|all this|my (?:answers|texts|messages|replies)) (?:all |really |kept |"
    r"still |totally )*(?:private|confidential|secure|secret|anonymous|hipaa)\b",
    r"\b(?:take|get|remove|pull|delete) my (?:\w+ )?(?:data|info|information|name|records|number) (?:out of|off|"
    r"from) (?:the|"
    r"your) (?:system|database|records|files|list)\b",
    r"^(?:y )?(?:quien|quienes)(?: mas)? (?:puede|pueden|va a|van a) (?:ver|leer) (?:lo que|mis|esto|estos|todo)\b|"
    r"^(?:(?:y|oye|todo|lo que escribo|mis respuestas) )*(?:esto |es |son |queda )*(?:confidencial|privado|anonimo|"
    r"secreto)(?:es|s)?$|\bven[dt]en? mis datos\b|\bcomparten (?:mis|mi) (?:datos|informacion)\b",
)
MISUSE = (
    r"^(?:(?:hey|hi|omg|damn) )*(?:ur|you are|youre|u r) (?:so |really |fucking |super )*(?:hot|sexy)\b",
    r"^(?:(?:oye|hola) )*(?:estas|eres) (?:bien |muy |tan )?(?:buen[oa]ta|sabros[oa]|rica|guapota|cachond[oa])\b",
)
ANGRY = (
    r"\b(?:furious|livid|angry|mad|upset|pissed(?: off)?|fed up|disgusted|appalled|"
    r"disappointed) (?:\w+ )?(?:with|about|"
    r"at|by) (?:how|the way)(?: \w+){1,4} (?:there|at the (?:clinic|office|desk)|by (?:the |your )?(?:staff|"
    r"nurse|doctor|"
    r"front desk|receptionist)|(?:at|during) my (?:visit|session|appointment))\b",
    r"\bthis (?:place|clinic|office) (?:is|was) (?:\w+ )?(?:a |an )?(?:joke|mess|scam|circus|disaster|awful|terrible|"
    r"horrible|disgrace)\b|\b(?:nobody|no one|you people never|they never) (?:\w+ )?(?:calls?|"
    r"called) (?:\w+ )?back\b",
    r"\b(?:waited|waiting|sat there|kept waiting|made me wait|had to wait)(?: \w+){0,4} (?:hours?|"
    r"minutes)\b(?: \w+){0,8} "
    r"(?:apolog\w+|unacceptable|rude|ridiculous|nobody|no one|not one)\b",
    rf"\byour {_CLINIC} (?:\w+ )?(?:messed|screwed|lost my|forgot|ruined|botched|double booked|never (?:calls|called|"
    r"answers?))\b|\bsick of (?:your|this) (?:clinic|office|place|service|staff)\b",
    rf"\b{_STAFF_ES} (?:\w+ ){{0,2}}(?:trato|trataron|atendio|hablo|contesto|grito) (?:\w+ )?(?:mal|feo|pesimo|"
    rf"horrible|"
    r"groser\w+)\b|\bque (?:mal|pesimo|malo) (?:servicio|trato)\b|\bque (?:mala|pesima) atencion\b|\bnadie (?:me )?"
    r"(?:devuelve|regresa|contesta) (?:la|las|mi|mis|el) (?:llamadas?|telefono)\b",
)
THERAPIST = (
    r"^(?:(?:por favor|pueden|podrian|le pueden) )*(?:manden|mandar|envien|enviar|pasen|pasar|compartan)(?:le|lo|"
    r"selo)? (?:esto|"
    r"mis respuestas|lo que escribi) a mi (?:terapeuta|psicolog[oa]|psiquiatra|consejer[oa])\b|^(?:mandenle|"
    r"envienle|pasenle) "
    r"(?:esto|mis respuestas) a mi (?:terapeuta|psicolog[oa]|psiquiatra)\b",
    r"\b(?:want|like|need|let) my (?:\w+ )?(?:therapist|counselor|psychologist|psychiatrist|"
    r"shrink) (?:to )?(?:see|read|"
    r"have|know|get|hear)\b(?! me\b)(?: \w+){0,3} (?:answers?|this|these|it|texts?|messages?|what|notes?|replies|"
    r"about)\b",
    r"\bque mi (?:terapeuta|psicolog[oa]|psiquiatra|consejer[oa]) (?:vea|lea|sepa|reciba|tenga) (?:esto|mis|"
    r"lo que|de)\b",
)
FRIEND = (
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|friends?|coworkers?|boss|family|roommate) (?:\w+ )?(?:keeps?|kept|is|are|"
    rf"wants? "
    r"to know|asks?|asked|wonders?)(?: \w+){0,7} (?:what|how) (?:do|should|can|would|to) (?:i )?(?:say|tell|answer|"
    r"explain|respond)\b",
    rf"\b(?:mi|mis) (?:{KIN_ES}|amig\w+|jefe|familia) (?:\w+ )?(?:pregunt\w+|"
    rf"quiere\w* saber)(?: \w+){{0,7}} (?:que|como) "
    r"(?:le|les) (?:digo|explico|contesto|cuento)\b",
)
_LEAVE = (
    r"(?:(?:have|need|want|got|going|meant) to (?:quit (?:my|this) job|leave (?:him|her|my (?:husband|wife|job|"
    r"marriage|"
    r"partner))|divorce|get divorced|break up|end (?:it|things) with|sell (?:the|my|our) house))"
)
REVELATION = (
    r"\b(?:i (?:just |finally |suddenly |now )*(?:realized?|see|saw|understood|understand|know)|it (?:just |"
    r"finally )?hit "
    rf"me|its (?:so |finally |all )*clear)\b(?: \w+){{0,5}} (?:{_LEAVE}|my (?:marriage|relationship) is (?:over|"
    rf"done|dead|"
    r"finished))\b",
    r"\b(?:entendi|vi|me di cuenta)(?: \w+){0,2} que me (?:tengo|voy|quiero) (?:que |a )?(?:divorciar|separar)\b",
    rf"\bi {_LEAVE}\b(?: \w+){{0,3}} (?:clear|obvious|decided|sure|see it)\b|\bim (?:going to|gonna) sell (?:the|"
    rf"my|our) "
    r"house and\b",
    r"\b(?:me di cuenta|ya vi|vi claro|entendi|me cayo el veinte|ahora se|ya se|vi)(?: \w+){0,4} (?:tengo que|debo|"
    r"necesito|voy a) (?:dejarl[oa]|dejar (?:a mi|el trabajo|mi trabajo)|renunciar|divorciarme|separarme|"
    r"irme de la casa)\b|"
    r"\b(?:vi|entendi|se|cuenta)(?: \w+){0,4} (?:mi matrimonio|mi relacion|lo nuestro) (?:ya )?(?:se (?:acabo|"
    r"termino)|"
    r"esta acabad[oa]|no da mas)\b",
)
MOVING_AWAY = (
    r"\b(?:got|taking|took|accepted|starting) (?:a |the )?(?:new )?job in (?:another|a different|"
    r"\w+)(?: \w+){0,6} (?:ill "
    r"be leaving|be leaving|leaving|move|moving|relocat\w+)\b",
    r"\btransfer(?:ring)? (?:my )?(?:care|treatment|sessions) (?:to|somewhere|elsewhere)\b|\b(?:switching|"
    r"changing|going) "
    r"to (?:another|a different|a new) clinic\b",
    r"\b(?:me cambio|me voy a cambiar|me paso) (?:de|a otra) clinica\b|\bnos (?:vamos|cambiamos) a vivir a\b",
)
TRAVEL = (
    r"\b(?:leaving|flying|heading|off) (?:for|to) (?!work|school|home|the (?:gym|store)|church|"
    r"bed)(?:\w+ ){1,3}(?:tomorrow|tonight|"
    r"today|on \w+day|next week|this weekend)(?: \w+)? (?:back|until|till|for)\b",
    r"\b(?:im|ill be|i will be|were|well be|be|leaving|going) (?:\w+ )?(?:on vacation|on holiday|out of (?:town|the "
    r"country|state)|abroad|overseas|on a (?:trip|cruise))\b|^on (?:vacation|holiday)(?: \w+)? (?:next|this|"
    r"until|till|"
    r"from|for|week)\b",
    r"\b(?:headed|heading|driving|flying|off|going) to (?:\w+ ){1,5}for (?:the |a |two |three |\d+ |few |"
    r"long )*(?:holidays?|"
    r"weeks?|weekend|month|christmas|thanksgiving|easter)\b",
    r"\bme voy (?:a|para|de viaje a) (?!\w+[aei]r\b)(?:\w+ ){1,3}(?:por )?(?:una|dos|tres|unas|unos|\d+|"
    r"la) (?:semanas?|dias|"
    r"mes(?:es)?|navidad)\b|\b(?:salgo|salimos|me voy|nos vamos) de (?:viaje|vacaciones)\b",
)
TIME_OF_DAY = (
    r"\b(?:send|text) (?:these|them|me) (?:\w+ )?(?:after|before) (?:dinner|lunch|breakfast|work|school|bedtime|"
    r"noon|\d+)\b|"
    r"\b(?:too (?:early|late) for me|can we do) (?:\w+ ){0,4}(?:nights|evenings|mornings|afternoons)\b|"
    r"\b(?:escribanme|"
    r"escribeme|mandenmelos|manden) (?:despues|antes) de (?:las|la|mediodia|comer|cenar)\b",
    r"\b(?:mornings?|evenings?|nights?|afternoons?) (?:dont|do not|arent|are not) (?:work|"
    r"good)\b(?: \w+){0,3} (?:text|"
    r"send|message|write|evenings?|later|earlier|nights?|instead)\b",
    r"\b(?:could|can|would) (?:the|these|your|my) (?:\w+ )?(?:texts?|messages?|check ?ins?) (?:come|arrive|"
    r"be sent|go out)"
    r"(?: \w+)? (?:after|before|at|in the|later|earlier|around)\b",
    r"\bprefiero (?:que me escriban |los mensajes |los textos )(?:\w+ )?(?:mas (?:tarde|temprano)|(?:en|por|"
    r"a) la (?:manana|"
    r"tarde|noche)|despues de|antes de)\b",
)
