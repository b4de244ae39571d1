"""What patients bring up beside any question, as patterns over folded text (no accents, no apostrophes).

Each topic has a line or a flow of its own (CONTENT 4.3 F25, F33, F35 and 11.1-11.23). A pattern names the thing and the
person it happens to: "my dog died" is grief, "I saw my late father" is an answer to a question about pictures.
"""

KIN = (
    r"(?:mom|mum|mother|dad|father|parent|wife|husband|partner|boyfriend|girlfriend|fiancee?|son|daughter|kid|"
    r"child|baby|brother|sister|grandma|grandmother|nana|grandpa|grandfather|granddad|aunt|uncle|cousin|niece|"
    r"nephew|(?:best |close |good |old |dear )?friend|roommate|neighbor|coworker|boss)"
)
PET = r"(?:dog|puppy|cat|kitten|pet|horse|bird|rabbit|bunny)"
KIN_ES = (
    r"(?:mama|madre|papa|padre|espos[oa]|marido|mujer|pareja|novi[oa]|hij[oa]|bebe|herman[oa]|abuel[oa]|"
    r"abuelit[oa]|ti[oa]|prim[oa]|sobrin[oa]|(?:mejor )?amig[oa]|suegr[oa]|vecin[oa]|jef[ea])"
)
PET_ES = r"(?:perr[oa]|perrit[oa]|gat[oa]|gatit[oa]|mascota|caballo)"
RECENT = (
    r"(?:today|yesterday|last night|tonight|this morning|this week|on (?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|just now)"
)
RECENT_ES = (
    r"(?:hoy|ayer|anoche|esta (?:manana|semana|noche|tarde)|antier|anteayer|hace (?:un dia|dos dias|unas horas))"
)

REAL = (
    r"^(?:(?:hi|hey|hello|wait|so|um|but|ok|okay|sorry|lol) )*(?:are|r) (?:you|u) (?:a |an |actually |even |"
    r"really |just )*(?:real|human|bot|robot|person|computer|machine|ai|automated|alive|chatbot)\b",
    r"^(?:(?:hi|hey|hello|wait|so|um|but|ok|okay|sorry) )*is (?:this|it|that|there) (?:a |an |even |really |"
    r"just |actually |really )*(?:real|human|bot|robot|person|computer|machine|ai|automated|chatbot|recording|"
    r"somebody real|someone real)\b",
    r"\b(?:am i|are we) (?:talking|texting|writing|speaking|chatting) (?:to|with) (?:a |an )?(?:real |actual |"
    r"live |human )*(?:human|bot|robot|person|machine|computer|ai|someone)\b",
    r"^(?:is|does) (?:anyone|anybody|someone|a person|a human|a real person) (?:there|reading|read|on the other "
    r"end|see|actually|really)\b",
    r"^who (?:reads|is reading|sees|actually reads) (?:this|these|my|it|what)\b",
    r"^(?:(?:hola|oye|perdon|pero) )*(?:eres|es usted|esto es|es esto|es) (?:un |una |de verdad |realmente |"
    r"acaso )*(?:real|humano|humana|persona|robot|bot|maquina|computadora|ia|automatico|chatbot)\b",
    r"\b(?:hablo|estoy hablando|escribo|estoy escribiendo|hablando|chateo) (?:con|a) (?:un |una )?(?:persona|"
    r"robot|bot|maquina|humano|computadora|alguien real)\b",
    r"^(?:hay alguien ahi|alguien lee esto|quien lee esto|hay una persona|me lee alguien|alguien me lee)\b",
)
WHO = (
    r"^(?:(?:hi|hey|hello|sorry|um|wait|ok) )*(?:who is this|whos this|who dis|who are you|who are u|who is "
    r"texting me|whos texting me|who am i (?:talking|texting) (?:to|with)|whose number is this|what number is "
    r"this|what is this number|i dont know who this is|do i know you|who is it|who r u)(?: please| again| pls)?$",
    r"^(?:(?:hola|perdon|disculpa|oye) )*(?:quien es|quien eres|quien es usted|quien habla|quien me escribe|de "
    r"quien es este numero|que numero es este|no se quien es|no se quien eres|con quien hablo)(?: por favor)?$",
)
RECORDS = (
    r"\b(?:delete|erase|remove|wipe) (?:all )?(?:of )?(?:my|everything) (?:\w+ )?(?:data|info|information|"
    r"records?|answers|messages|texts|notes|file|account|you have|ive (?:written|sent))\b",
    r"\b(?:delete|erase|wipe) everything (?:about me|you have|ive (?:written|sent|said)|i (?:wrote|sent|said))\b",
    r"\bwhat (?:do|data do|info do|information do|records do) you (?:have|know|keep|store|hold) (?:on|about) "
    r"me\b",
    r"\b(?:send|give|show|get|want|see|have|request|need) (?:me )?(?:a copy of )?(?:all )?(?:my )?(?:own "
    r")?(?:medical |health |personal |patient )?(?:data|records|file|transcripts?)\b",
    r"\b(?:who|where) (?:has|is|do you keep|do you store|else has) (?:access to )?my (?:data|info|information|"
    r"records)\b",
    r"\b(?:borra|borrar|elimina|eliminar|borren|eliminen) (?:todos? |todas? )?(?:mis?|los|lo) (?:datos|"
    r"informacion|mensajes|respuestas|expediente|notas|registros?|que (?:escribi|mande))\b",
    r"\bque (?:datos|informacion|saben|tienen|guardan) (?:tienen |guardan |saben )?(?:de|sobre) mi\b",
    r"\b(?:quiero|necesito|pueden mandarme|manden|envien|me mandan|ver|pedir) (?:una copia de )?(?:todos )?mis? "
    r"(?:datos|expediente|registros|historial|informacion)\b",
)
MISUSE = (
    r"\b(?:send|show|wanna see|want) (?:me )?(?:some |your |ur )?(?:nudes?|tits|boobs|pussy|dick pics?|naked)\b",
    r"\b(?:what are you|what r u|whatcha|what you) wearing\b",
    r"\b(?:suck|lick|ride) (?:my|on my|on this) (?:dick|cock|balls|pussy)\b|\bsext(?:ing)?\b|\bare you (?:horny|"
    r"single|sexy)\b",
    r"\b(?:lets|wanna|want to|i want to) (?:fuck|bang|hook up|have sex)\b(?! (?:again|with my|up))",
    r"^(?:fuck|screw) (?:you|u|off you|this bot|your bot)(?: (?:bot|robot|stupid|asshole|bitch|all))*$",
    r"^(?:you )?(?:are )?(?:stupid|dumb|fucking|useless|piece of) (?:\w+ )?(?:bot|robot|machine|bitch|cunt|"
    r"whore|slut)$",
    r"\b(?:manda|mandame|envia|enviame|pasame) (?:unas? |tus? )?(?:fotos? )?(?:desnud[oa]s?|nudes?|packs?)\b",
    r"\bque (?:traes|llevas) puest[oa]\b|\b(?:quiero|vamos a) (?:coger|follar)(?:te)?\b",
    r"^(?:chinga(?:te)?(?: (?:a )?tu madre)?|vete a la (?:mierda|chingada)|put[oa] (?:robot|bot|maquina))(?: "
    r"\w+)?$",
)
ANGRY = (
    r"\b(?:this|these|your|the) (?:\w+ )?(?:texts?|messages?|service|program|bot|line|thing|questions?) (?:\w+ "
    r")?(?:is|are|feels?|sounds?) (?:just |so |really |such |a |an |total |complete |fucking |absolute "
    r")*(?:bullshit|a joke|joke|insulting|insult|patronizing|condescending|garbage|trash|crap|ridiculous|a scam|"
    r"scam|infuriating)\b",
    r"\b(?:im|i am|im so|i am so|so|really|very|pretty|super) (?:\w+ )?(?:angry|furious|mad|pissed|pissed off|"
    r"livid|fed up|disappointed) (?:at|with|about) (?:you|your|the (?:clinic|staff|front desk|nurse|doctor|team|"
    r"office|billing)|how (?:you|they|the clinic)|yall|these|this (?:clinic|place|program|service))\b",
    r"\b(?:nobody|no one) (?:at (?:the|your) (?:clinic|office) )?(?:ever )?(?:called|calls|got back to|answers|"
    r"responded to|has called|has gotten back to|listens to) me\b",
    r"\b(?:your|the) (?:clinic|staff|front desk|office|nurse|doctor|team|receptionist) (?:\w+ )?(?:was|is|were|"
    r"are|has been|have been) (?:so |very |really |super |just |being )*(?:rude|awful|terrible|useless|"
    r"incompetent|unprofessional|dismissive|horrible)\b",
    r"\b(?:i want|id like|i need|how do i|where do i|can i) (?:to )?(?:make|file|lodge) a (?:formal "
    r")?complaint\b",
    r"\b(?:worst|terrible|awful|horrible) (?:clinic|service|experience|staff|customer service)\b",
    r"\b(?:estoy|me siento) (?:muy |bien |tan |super )?(?:enojad[oa]|molest[oa]|furios[oa]|hart[oa]|"
    r"decepcionad[oa]) (?:con|de|por) (?:ustedes|la clinica|el personal|su|sus|este servicio|esta clinica|estos "
    r"mensajes)\b",
    r"\b(?:nadie (?:me )?(?:llam[oa]|contesta|responde|hace caso|ha llamado)|pesim[oa] (?:servicio|atencion|"
    r"clinica)|(?:quiero|necesito) (?:poner|presentar|hacer) una queja)\b",
    r"\b(?:estos mensajes|sus mensajes|este servicio|esta linea) (?:son|es) (?:una? )?(?:burla|tonteria|basura|"
    r"estafa|insulto|porqueria)\b",
)
THERAPIST = (
    r"\b(?:tell|send|forward|share|pass|text|message|contact|call|reach|notify|email|talk to|get in touch with|"
    r"let) (?:\w+ ){0,4}my (?:own )?(?:therapist|counselor|psychologist|psychiatrist|shrink|analyst)\b",
    r"\b(?:can|could|will|does|do) my (?:own )?(?:therapist|counselor|psychologist|psychiatrist) (?:see|read|"
    r"get|have)\b",
    r"\b(?:i need|i want|i have|id like) to (?:talk|speak) (?:to|with) my (?:own )?(?:therapist|counselor|"
    r"psychologist|psychiatrist)\b",
    r"\b(?:avisa|avisen|avisar|dile|diganle|decirle|manda|mandar|comparte|compartir|contacta|contactar|llamar|"
    r"llamen|hablar|envien) (?:\w+ ){0,4}(?:a|con) mi (?:propi[oa] )?(?:terapeuta|psicolog[oa]|psiquiatra|"
    r"consejer[oa])\b",
)
NIGHTMARE = (
    r"\b(?:had|having|woke up from|just had|woke from|awake from|up from|keep having|after) (?:a |an |another |"
    r"the |such a |the worst |some )*(?:really |very |so |horrible |terrible |awful |bad |scary |insane |crazy |"
    r"vivid |intense )*(?:nightmares?|night terrors?|bad dreams?|horrible dreams?|scary dreams?)\b",
    r"\bnightmares? (?:again|last night|tonight|all night|woke me|that woke)\b|\bcant sleep (?:because of|"
    r"after) (?:a |the )?(?:nightmares?|bad dreams?)\b",
    r"\b(?:tuve|tengo|desperte (?:de|con|por)|me desperto|acabo de tener|otra vez) (?:una? |otra |la "
    r")*(?:pesadillas?|mal sueno|sueno horrible|sueno muy feo)\b|\bpesadillas? (?:otra vez|anoche|toda la noche|"
    r"me desperto)\b",
)
GRIEF = (
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})(?: \w+)? (?:just |has |have )*(?:died|passed(?: away)?|was put down|"
    rf"had to be put down)(?: \w+){{0,3}} {RECENT}\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})(?: \w+)? just (?:died|passed)\b|\b{RECENT} (?:my|our) (?:\w+ "
    rf")?(?:{KIN}|{PET}) (?:died|passed(?: away)?)\b",
    rf"\b(?:my|our) (?:\w+ )?{PET}(?: \w+)? (?:died|passed away|was put down)\b|\b(?:put|putting) (?:my|our) "
    rf"(?:\w+ )?{PET} (?:down|to sleep)\b",
    r"\b(?:anniversary|birthday) of (?:my|our|the day|her|his|their) (?:\w+ ){0,3}(?:death|passing|dying|died|"
    r"passed)\b",
    r"\b(?:years?|months?|weeks?) (?:today|ago today|this week) (?:since|that) (?:my|our|we|i|he|she)\b|"
    rf"\bwould(?:ve| have) been (?:my |our )?(?:\w+ )?(?:{KIN}s?|his|her|their) (?:\w+ )?birthday\b",
    r"\b(?:todays?|tomorrows?|going to|back from|at|planning|day of|is) (?:is )?(?:the |a |my |her |his "
    r")?(?:\w+ )?funeral\b|\bwe (?:buried|lost) (?:my|our|him|her) (?:\w+ )?(?:today|yesterday|this week|this "
    r"morning)\b",
    rf"\bi (?:just )?lost my (?:{KIN}|{PET}) (?:{RECENT})\b|\bi just lost (?:my|the) (?:\w+ )?(?:{KIN}|{PET}|"
    r"pregnancy)\b",
    rf"\b(?:se )?(?:acaba de morir|murio|fallecio|se nos fue|se fue) (?:ayer |hoy |anoche )?mi (?:{KIN_ES}|"
    rf"{PET_ES})\b",
    rf"\bmi (?:{KIN_ES}|{PET_ES})(?: \w+)? (?:murio|fallecio|acaba de (?:morir|fallecer)) (?:\w+ "
    rf"){{0,2}}{RECENT_ES}\b",
    rf"\b{RECENT_ES} (?:murio|fallecio|enterramos|perdimos)(?: a)? mi (?:{KIN_ES}|{PET_ES})\b|\bmi {PET_ES}(?: "
    r"\w+)? (?:murio|se murio)\b",
    r"\b(?:es|hoy es|manana es|voy al|vengo del|estoy en el) (?:el )?(?:funeral|entierro|velorio)\b|"
    r"\baniversario (?:de la muerte|luctuoso)\b",
)
EMERGENCY = (
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})s?(?: \w+)? (?:is|are|was|were|got|had|has|went|just) (?:\w+ "
    r"){0,4}(?:in|to|into|at) (?:the |an |a )?(?:hospital|er|emergency room|icu|emergency vet|ambulance|vet)\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN})(?: \w+)? (?:just )?(?:had|has had|was in|got in|got into|is having) (?:a |"
    r"an )?(?:\w+ )?(?:stroke|heart attack|accident|crash|wreck|surgery|miscarriage|emergency)\b(?! (?:years|"
    r"when|last year))",
    r"\b(?:family|pet|house|medical) emergency\b(?! (?:room|contact|fund))|\bhaving an emergency (?:at home|"
    r"with my)\b",
    r"\b(?:rushing|rushed|driving|taking|took|taken) (?:my|our) (?:\w+ ){1,3}(?:to|into) (?:the )?(?:hospital|"
    r"er|emergency|vet|emergency room|icu)\b",
    r"\b(?:our|my|the) (?:house|apartment|basement|kitchen) (?:is |just |has )*(?:flooded|flooding|on fire|"
    r"burned|caught fire)\b",
    rf"\bmi (?:{KIN_ES}|{PET_ES})(?: \w+)? (?:esta|estan|ingreso|se puso|tuvo|acaba|va) (?:\w+ "
    r"){0,4}(?:hospital|urgencias|terapia intensiva|veterinario|un accidente|un infarto|un derrame)\b",
    r"\b(?:emergencia|urgencia) (?:familiar|en casa|con mi|en mi (?:casa|familia))\b|\b(?:llevo|llevando|"
    r"llevamos|lleve) a mi (?:\w+ ){1,3}(?:al hospital|a urgencias|al veterinario)\b",
)
SUBSTANCE = (
    r"\b(?:i|ive|i have|im|i am) (?:\w+ ){0,2}(?:relapsed|relapsing)\b(?! prevention)|^relapsed\b|\bi slipped "
    r"(?:and )?(?:drank|used|up and)\b",
    r"\bi (?:\w+ )?(?:drank|used|smoked|got high|got drunk|did (?:coke|cocaine|lines|meth|molly|shrooms|"
    r"mushrooms|acid)|took (?:molly|edibles|shrooms|an edible)) (?:\w+ ){0,4}(?:last night|yesterday|today|"
    r"tonight|this weekend|this morning|again|after (?:my|the) session|before (?:my|the) session)\b",
    r"\b(?:broke|lost|blew) my sobriety\b|\bim (?:drunk|high|hungover|wasted) (?:right now|again|now|today)\b",
    r"\b(?:recai|recaida|volvi a (?:beber|tomar|fumar|consumir|usar))\b|\b(?:tome|bebi|consumi|fume|me "
    r"emborrache|me drogue) (?:\w+ ){0,4}(?:anoche|ayer|hoy|otra vez|de nuevo|este fin)\b|\b(?:ando|estoy) "
    r"(?:borrach[oa]|drogad[oa]|pasad[oa] de copas|crud[oa])\b",
)
PREGNANCY = (
    r"\b(?:im|i am|i might be|i may be|might i be|could i be|i could be|i think im|i found out im|if im|what if "
    r"im|think i am|i think i might be|just found out im|turns out im) (?:\w+ ){0,2}(?:pregnant|expecting)\b",
    r"\b(?:positive|took a|taking a|did a) pregnancy test\b|\bmissed my period\b|\bmy period is (?:really |very "
    r")?late\b|\b(?:im|i am|we are|were) trying to (?:conceive|get pregnant|have a baby)\b|\b(?:im|i am|still) "
    r"(?:breastfeeding|nursing)\b",
    r"\b(?:estoy|estare|creo que estoy|puedo estar|podria estar|sali) (?:\w+ )?embarazada\b|\bprueba de "
    r"embarazo\b|\b(?:no me (?:baja|ha bajado|llega la regla)|tengo un retraso|estoy amamantando|doy pecho|"
    r"estoy lactando)\b",
)
SIDE_EFFECT = (
    r"\b(?:is (?:it|this|that) (?:a )?|could (?:it|this|that) be (?:a )?|having |i have |bad |weird |any |"
    r"getting |these |got |some |the )side effects?\b|\bside effects? (?:from|of|since|after|is|are|normal)\b",
    r"\b(?:im|i am|ive been|i have been|i feel|feeling|been|still|really|so|very|a bit|have|having|had|got|"
    r"getting|with) (?:\w+ ){0,3}(?:nauseous|nausea|dizzy|dizziness|lightheaded|woozy|headaches?|migraines?|"
    r"itchy|shaky|jittery|constipated|cramps|bloated|throwing up|vomiting|tremors?|blurry|queasy)\b(?: "
    r"\w+){0,4} (?:since|after|from|all day|still|today|this morning|last night|yesterday|normal)\b",
    r"\bis (?:it|this|that) (?:normal|ok|okay) (?:to (?:feel|be|have|get|still)|that im|if im) (?:\w+ "
    r"){0,3}(?:nauseous|dizzy|sick|tired|exhausted|shaky|foggy|spacey|lightheaded|headaches?|numb|itchy)\b",
    r"\b(?:efectos? secundarios?|es normal (?:tener|sentir|estar) (?:\w+ ){0,2}(?:nauseas|maread[oa]|mareos?|"
    r"dolor de cabeza|cansad[oa]|vomitos?|temblor))\b|\b(?:tengo|sigo con|siento|con) (?:\w+ ){0,2}(?:nauseas|"
    r"mareos?|vomitos?|dolor de cabeza|temblores?|jaqueca|comezon) (?:\w+ ){0,2}(?:desde|despues|todo el dia|"
    r"todavia|hoy|por)\b",
)
RUNNING_OUT = (
    r"\b(?:running|ran|run|almost|about to be|im|i am|nearly|going to be) (?:\w+ )?out of (?:my )?(?:\w+ "
    r")?(?:meds?|medication|medicine|pills|prescription|lozenges?|tablets|refills?|antidepressants?|lexapro|"
    r"zoloft|prozac|wellbutrin|effexor|cymbalta|lamictal|lithium|adderall|xanax|klonopin)\b",
    r"\b(?:need|get|want|request|order|call in|how do i get|can i get|no) (?:a |my |an? )?(?:\w+ )?refills?\b|"
    r"\b(?:only|just) (?:have )?(?:\w+ )?(?:pills?|doses?|days?|tablets?) left\b",
    r"\b(?:se me|se) (?:acab\w+|termin\w+|estan acabando|esta acabando|van a acabar) (?:\w+ ){0,2}(?:medicinas?|"
    r"medicamentos?|pastillas?|receta)\b|\b(?:necesito|quiero|me falta|renovar) (?:\w+ ){0,2}(?:receta|resurtir|"
    r"resurtido)\b|\bme quedan? (?:pocas|pocos|dos|una|tres) (?:pastillas?|dias?|dosis)\b",
)
COST = (
    r"\bhow much (?:does|do|is|will|would|are|did) (?:\w+ ){0,4}(?:cost|session|sessions|visit|visits|next one|"
    r"owe|charge|bill|package|this)\b|\bwhat (?:does|do|will|would|is) (?:\w+ ){0,4}(?:cost|price|copay)\b|"
    r"\bhow much (?:do i|will i) (?:owe|pay)\b",
    r"\b(?:cant|cannot|can not|can barely|dont know if i can|not sure i can|worried i cant|couldnt|how do i|how "
    r"will i) (?:even |really |keep )*(?:afford|affording|pay for)\b(?! to (?:feel|lose|be|fail|let))",
    r"\b(?:will|does|is|did|would|can) (?:my |the )?insurance (?:cover|pay|covering|going to)\b|\b(?:payment "
    r"plan|my bill|billing question|billed twice|charged twice|was charged|the bill|refund|superbill)\b|"
    r"\b(?:its|this is|that is|thats|too|so|really) (?:too )?expensive\b",
    r"\b(?:cuanto (?:cuesta|cuestan|cobran|sale|debo|vale|es (?:lo que|por))|no puedo (?:pagar|costear)|(?:lo "
    r")?cubre (?:\w+ )?seguro|plan de pagos|me cobraron|la factura|muy car[oa]|demasiado car[oa]|reembolso)\b",
)
FRIEND = (
    r"\b(?:how|what|should|do|can) (?:do |should |can |would |could )?i (?:\w+ )?(?:tell|explain|say|talk) "
    rf"(?:\w+ ){{0,4}}(?:to |with )?(?:my |our |the |a )?(?:{KIN}s?|family|friends|parents|kids|people|anyone|"
    r"work|coworkers|everyone|others|someone)\b(?! (?:no|that i love|i love))",
    r"\bwhat (?:do|should|can) i (?:tell|say to) (?:people|my|others|them|everyone|her|him)\b|\bhow (?:do|can|"
    r"should) i explain (?:this|it|what)\b",
    r"\b(?:como (?:le|les) (?:digo|cuento|explico)|(?:que|como) (?:le|les) digo|(?:le|les) (?:digo|cuento) a) "
    rf"(?:\w+ ){{0,4}}(?:mi|mis|la gente|amig[oa]s?|familia|{KIN_ES}|otros|alguien|los demas)\b",
)
REVELATION = (
    r"\bi (?:just |now |suddenly |finally |think i |have |ive |think ive )*(?:realized|realize|realised|saw|"
    r"know|understood|figured out|decided) (?:that )?(?:i |im |i am |i have to |i need to |i want to |ive "
    r")(?:\w+ ){0,3}(?:leave|leaving|divorce|divorcing|break up|breaking up|quit|quitting|gay|lesbian|bi|trans|"
    r"bisexual|queer|not in love|dont love|move out|moving out|cut (?:off|ties))\b",
    r"\b(?:i want|i need|i have|im going|i am going|im gonna|i think i need|i think i want) (?:to |a )(?:leave|"
    r"divorce|break up with) (?:my )?(?:husband|wife|partner|marriage|boyfriend|girlfriend)?\b(?=$| (?:my|him|"
    r"her|them|now|after|because|and|so|this|soon))|\bi want a divorce\b|\b(?:im|i am) (?:quitting|leaving) my "
    r"(?:job|marriage|husband|wife|church)\b",
    r"\b(?:me di cuenta|ahora (?:se|entiendo)|entendi|descubri|acabo de entender|decidi)(?: de)? que (?:\w+ "
    r"){0,3}(?:dejar|divorciarme|separarme|renunciar|soy (?:gay|lesbiana|bisexual|trans)|no (?:lo|la) amo|ya no "
    r"amo|terminar con)\b",
    r"\b(?:quiero|voy a|necesito) (?:dejar a mi|divorciarme|separarme|renunciar a mi trabajo|terminar con mi)\b",
)
MOVING_AWAY = (
    r"\b(?:im|i am|were|we are|ill be|i will be|i might be|we might be|i just|we just) (?:\w+ )?(?:moving|moved|"
    r"relocating|relocated) (?:\w+ )?(?:to|out of|away|out|back to|across)\b(?! (?:my room|the couch|the next|"
    r"(?:a|my|another) (?:new )?(?:room|bed|table|desk)))",
    r"\b(?:switch|switching|change|changing|transfer|transferring|move|moving|go|going) (?:\w+ ){0,3}(?:to "
    r")?(?:a |an |another |different |new )+(?:clinic|provider|doctor|practice|place for this)\b",
    r"\b(?:me (?:mudo|voy a mudar|estoy mudando|mude)|nos mudamos|voy a mudarme)\b|\bcambi\w+ (?:de|a otra) "
    r"clinica\b",
)
TRAVEL = (
    r"\b(?:im|i am|ill be|i will be|were|we are|well be|going to be|gonna be) (?:\w+ )?(?:traveling|travelling|"
    r"out of (?:town|state|the country)|on vacation|on holiday|abroad|away (?:this|next|until|for|from|on|all)|"
    r"in a different time zone|in another time zone|flying (?:to|out|home))\b",
    r"\b(?:different|another|changed|new|wrong) time ?zones?\b|\b(?:leaving|flying|going|heading) (?:for|to|on) "
    r"(?:\w+ )?(?:vacation|a trip|a vacation|overseas)\b|^(?:im |i am )?(?:traveling|travelling)\b",
    r"\b(?:estoy|ando|voy|estare|salgo|andare|me voy) (?:de viaje|de vacaciones|fuera de (?:la ciudad|casa|mi "
    r"ciudad|la region)|en otra zona horaria|al extranjero|viajando)\b|\bvoy a (?:viajar|estar fuera)\b|\botra "
    r"zona horaria\b",
)
