"""What patients bring up beside any question, as patterns over folded text (no accents, no apostrophes).

Each topic has a line or a flow of its own (CONTENT 4.3 F25, F33, F35 and 11.1-11.23). A pattern names the thing and the
person it happens to: "my dog died" is grief, "I saw my late father" is an answer to a question about pictures.
"""

from smsbot.answers.vocabulary_topics_life import KIN, KIN_ES

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
    r"^(?:(?:hi|hey|hello|wait|so|um|but|ok|okay|sorry) )*(?:am i|are we) (?:talking|texting|writing|speaking|"
    r"chatting)(?: to| with)? "
    r"(?:a |an )?(?:real |actual |live |human )*(?:human|bot|robot|person|machine|computer|ai)\b",
    r"^(?:do|does|did|will|would|is|are) (?:any |a |an |some |actual |real |live )*(?:people|humans?|persons?|"
    r"anyone|anybody|someone|somebody|staff) (?:ever |even |actually |really |going to |gonna )*(?:(?:there|"
    r"here)(?: reading)?$|reading(?: (?:this|these|it|my|what))?\b|(?:read|reads|see|sees|seeing|look at|"
    r"looking at|answer|answering) (?:this|these|it|them|my|what i)\b)",
    r"^(?:so |wait |ok )*(?:is this|are these|this is|these are)(?: just| all| texts?| messages?)* (?:automated|"
    r"automatic|auto|computer generated|"
    r"a (?:bot|machine|robot|computer)|written by)\b",
    r"^(?:(?:hola|oye|perdon|pero|esto|y) )*(?:es|son|eres|sera|seran|hablo|estoy)(?: esto|"
    r" estos)?(?: mensajes?)?(?: con)? (?:automatic[oa]s?|automatizad[oa]s?|"
    r"un (?:bot|robot)|una (?:maquina|persona(?: real| de verdad)?)|de verdad una persona)\b",
    r"^(?:alguien|una persona|hay alguien que) (?:de verdad |realmente |si )?(?:lee|leen|ve|contesta|responde)\b|"
    r"^(?:quien|quienes) (?:lee|leen|ve|ven) "
    r"(?:esto|estos|mis|lo que)\b",
)
WHO = (
    r"^(?:(?:hi|hey|hello|sorry|um|wait|ok) )*who am i (?:talking|texting|writing)(?: (?:to|"
    r"with))?(?: (?:right now|rn|again|please|here))*$|^(?:de quien es este "
    r"(?:telefono|celular|cel)|quien me esta (?:escribiendo|mandando mensajes))(?: por favor)?$",
    r"^(?:(?:hi|hey|hello|sorry|um|wait|ok) )*(?:who is this|whos this|who dis|who are you|who are u|who is "
    r"texting me|whos texting me|who am i (?:talking|texting) (?:to|with)|whose number is this|what number is "
    r"this|what is this number|i dont know who this is|do i know you|who is it|who r u)(?: please| again| pls)?$",
    r"^(?:(?:hola|perdon|disculpa|oye) )*(?:quien es|quien eres|quien es usted|quien habla|quien me escribe|de "
    r"quien es este numero|que numero es este|no se quien es|no se quien eres|con quien hablo)(?: por favor)?$",
    r"^(?:(?:hi|hey|hello|sorry|um|wait|ok|and) )*(?:how did you (?:get|find) (?:my|this) number|"
    r"where did you get (?:my|this) number|who gave you my "
    r"number|who sent (?:this|me this)|who are these (?:texts )?from|who is this from|why are you texting me|"
    r"what is this (?:number|text)|"
    r"do i know this number|i dont (?:know|recognize) this number|new phone who dis)(?: please| pls| again)?$",
    r"^(?:(?:hola|perdon|disculpa|oye|y) )*(?:como (?:consiguieron|consiguio|obtuvieron|obtuvo|tienen|tiene|"
    r"consiguieron ustedes) mi numero|quien les dio mi "
    r"numero|de donde (?:sacaron|sacaste|sacan) mi numero|de parte de quien|quienes son(?: ustedes)?|"
    r"no conozco este numero|por que me escriben|quien me manda "
    r"(?:esto|mensajes|estos mensajes))(?: por favor)?$",
)
RECORDS = (
    r"\b(?:see|get|have|send me|show me|know) (?:everything|all) (?:that )?(?:you|they|yall) (?:have|keep|know|"
    r"saved|store)(?: saved| stored| written)? (?:on|about) me\b",
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
    r"informacion|mensajes|respuestas|expediente|notas|registros?|que (?:escribi|mande))\b(?! (?:de|con) (?:mi|el|"
    r"ella|un|una)\b)",
    r"\bque (?:datos|informacion|saben|tienen|guardan) (?:tienen |guardan |saben )?(?:de|sobre) mi\b",
    r"\b(?:quiero|necesito|pueden mandarme|manden|envien|me mandan|ver|pedir) (?:una copia de )?(?:todos )?mis? "
    r"(?:datos|expediente|registros|historial|informacion)\b",
    r"\b(?:want|need|like|get|send me|have|give me) (?:a |an )?(?:copy|copies|printout|list) of (?:all |"
    r"everything |what(?:ever)? )*(?:my |the )?(?:\w+ )?(?:i|ive|you|"
    r"data|info|information|records?|answers|messages|texts|notes|file|transcripts?)\b",
    r"\bwhat (?:do|did|does) (?:you|the clinic|they) (?:all )?(?:have|keep|save|store|hold)(?: saved| stored|"
    r" written| kept)? (?:on|about) me\b",
    r"\b(?:want|need|like) (?:all )?(?:of )?my (?:\w+ )?(?:data|info|information|records?|answers|messages|texts|"
    r"account|stuff) (?:to be )?(?:deleted|erased|removed|"
    r"wiped|gone|destroyed)\b|\b(?:can|could|will|would|please) (?:you |u )?(?:please )?(?:delete|erase|wipe|"
    r"remove) (?:all(?: of)?(?: my| the)? (?:texts|messages|answers|"
    r"data|info|information|records|notes)\b|everything(?: (?:about me|i (?:wrote|sent|said)|ive \w+|you have))?$|"
    r"me from (?:your|the) (?:system|records|files)\b)",
    r"\b(?:como|puedo|pueden|quiero|quisiera|necesito|que) (?:\w+ )?(?:borr|elimin)\w+ (?:todos? |"
    r"todas? )?(?:mis? (?:datos|informacion|mensajes|respuestas|expediente|notas|registros?)|"
    r"(?:todo )?lo que (?:les |te )?(?:escribi|mande|dije|he escrito|he mandado))\b|\bque (?:tienen|saben|guardan|"
    r"han guardado) (?:guardado )?(?:de|sobre) mi\b",
    r"\b(?:una )?copia de (?:todo lo que|todos? mis?|mis?) (?:\w+ )?(?:datos|expediente|registros|mensajes|"
    r"respuestas|informacion|escribi|mande|he)\b",
)
MISUSE = (
    r"^(?:this|your|the|ur|you) (?:stupid |dumb |fucking )?(?:bot|robot|machine|app) (?:is|are) (?:so |really |"
    r"fucking )*(?:useless|stupid|dumb|trash|garbage|shit|worthless|annoying)$",
    r"^(?:go to hell|fuck off|piss off|eat shit|shut up|screw you|fuck you)(?: you| u)?(?: (?:stupid|dumb|fucking|"
    r"useless|damn))* (?:bot|robot|machine|computer|app)$",
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
    r"\b(?:send|show|give) (?:me )?(?:a |some |your |ur )?(?:\w+ )?(?:pics?|photos?|pictures?) (?:of (?:you|your|"
    r"ur)|naked|nude|sexy|without)\b|\bsend (?:me )?(?:a |some )?"
    r"(?:sexy|naked|nude|dirty) (?:pics?|photos?|pictures?)\b",
    r"^(?:(?:you|u|ur|your|youre|you are|this is|what|such) )+(?:a |an )?(?:fucking |so |really )*(?:stupid|dumb|"
    r"useless|worthless|idiotic|retarded|trash|shit|shitty) "
    r"(?:fucking )?(?:bot|robot|machine|computer|app|text)\b",
    r"^(?:pinche|maldit[oa]|estupid[oa]|pendej[oa]|put[oa]|jodid[oa]) (?:pinche |put[oa] )?(?:robot|bot|maquina|"
    r"app|mensaje\w*)\b|\b(?:robot|bot|maquina) "
    r"(?:inutil|estupid[oa]|pendej[oa]|de mierda)\b",
    r"\b(?:mandame|enviame|pasame|manda) (?:una |unas |tu |tus )?(?:foto|fotos|fotito) (?:sexy|sin ropa|"
    r"encuerad[oa]|desnud[oa]|tuya|tuyas)\b|\bmamam?e la\b|\bchup\w+ (?:mi|la) verga\b",
)
ANGRY = (
    r"\b(?:your|the) (?:\w+ )?(?:nurse|doctor|receptionist|staff|front desk|office|clinic|girl|lady|"
    r"guy) (?:hung up on|yelled at|ignored|dismissed|laughed at|lied to|snapped at) me\b",
    r"\b(?:left|leave|leaving) (?:\w+ )?(?:messages|voicemails?) (?:\w+ ){0,4}(?:nobody|no one|you never|"
    r"they never|not one) (?:\w+ )?(?:called|calls|call|got|answered|responded|"
    r"returned)\b|\byour (?:\w+ ){0,3}(?:lady|guy|person|woman|man|girl|receptionist|nurse|doctor) (?:was|"
    r"is) (?:so |super |really |very )*(?:rude|mean|awful|dismissive|nasty)\b",
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
    r"\b(?:ive|i have|i) (?:called|emailed|texted|tried|left (?:messages|voicemails?)) (?:\w+ ){0,5}(?:and |"
    r"but )?(?:no one|nobody|no body|never|you (?:never|dont)|they (?:never|dont)|"
    r"not one person)(?: (?:ever|even))? (?:answers?|answered|calls?|called|picks?|picked|responds?|responded|"
    r"replies|replied|got|gets)\b",
    r"^(?:ok |wow |omg )?(?:this is|this) (?:so |just |really |absolutely |fucking )*(?:ridiculous|unacceptable|"
    r"outrageous|bullshit|infuriating|a joke)\b",
    r"\b(?:these|your|the|those) (?:stupid |dumb |damn |daily )*(?:texts?|messages?|questions?|check ins) (?:are|"
    r"is|feel|sound) (?:\w+ )?(?:annoying|useless|pointless|stupid|dumb|"
    r"irritating|invasive|insensitive)\b|\b(?:your|the|this) (?:clinic|office|program|service) is (?:a |such a |"
    r"just a |so |total |really )*(?:joke|scam|mess|bad|terrible|awful)\b",
    r"\bi(?:m| am) (?:so |really |very |pretty |just )*(?:pissed(?: off)?|mad|furious|angry|fed up|upset|"
    r"frustrated) (?:at|with) (?:you(?: guys| all| people)?|your|yall|the (?:clinic|"
    r"staff|nurse|doctor|office|receptionist|front desk))\b|\b(?:nobody|no one) (?:there|at (?:the|"
    r"your) (?:clinic|office|front desk)) (?:ever |even )?(?:helps|listens|cares|answers|responds|picks up|"
    r"calls back|calls me back)\b",
    r"\b(?:la|el|su|los|las) (?:enfermer[oa]|doctor[a]?|recepcionista|personal|clinica|secretaria|"
    r"medic[oa])s? (?:\w+ )?(?:fue|es|son|fueron|estuvo|se porto) (?:muy |bien |super |tan )*"
    r"(?:groser[oa]|mal educad[oa]|maleducad[oa]|horrible|pesim[oa]|mala|irrespetuos[oa]|prepotente)s?\b",
    r"\b(?:quiero|quisiera|necesito|voy a|como puedo|como hago para) (?:quejarme|poner una (?:queja|denuncia)|"
    r"presentar una queja|reclamar)\b|\b(?:esto|esto ya) es (?:ridiculo|"
    r"inaceptable|una burla|el colmo|una falta de respeto)\b|\b(?:nadie|nunca) (?:me )?(?:contestan?|responden?|"
    r"atienden?)(?: (?:el telefono|mis llamadas))? (?:en|de) (?:la |el |su )?(?:clinica|consultorio)\b|"
    r"\b(?:enojad|molest|hart|furios)[oa] (?:con|"
    r"de) (?:ustedes|la clinica|su|el personal|la doctora|el doctor)\b",
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
    r"^(?:(?:can|could|will|would) (?:you|u|someone|somebody|they)|please|"
    r"pls) (?:please )?(?:\w+ ){0,4}my (?:own )?(?:therapist|counselor|psychologist|psychiatrist|shrink)\b|"
    r"^(?:tell|let) my (?:own )?(?:therapist|counselor|psychologist|psychiatrist) (?:i|im|that|know)\b",
    r"\b(?:mi (?:propi[oa] )?(?:terapeuta|psicolog[oa]|psiquiatra|consejer[oa])) (?:puede|podria|va a|"
    r"podra) (?:ver|leer|saber|recibir|enterarse)\b|\b(?:puede|podria) (?:ver|leer) (?:\w+ "
    r"){0,2}mi (?:terapeuta|psicolog[oa]|psiquiatra)\b|\b(?:le )?(?:pueden|podrian|puede) (?:decir|avisar|mandar|"
    r"pasar|enviar)(?:le|selo)? (?:\w+ ){0,3}a mi (?:terapeuta|psicolog[oa]|psiquiatra)\b",
)
FRIEND = (
    r"\b(?:how|what|should|do|can) (?:do |should |can |would |could )?i (?:\w+ )?(?:tell|explain|say|talk) "
    rf"(?:\w+ ){{0,4}}(?:to |with )?(?:my |our |the |a )?(?:{KIN}s?|family|friends|parents|kids|people|anyone|"
    r"work|coworkers|everyone|others|someone)\b(?! (?:no|that i love|i love))",
    r"\bwhat (?:do|should|can) i (?:tell|say to) (?:people|my|others|them|everyone|her|him)\b|\bhow (?:do|can|"
    r"should) i explain (?:this|it|what)\b",
    r"\b(?:como (?:le|les) (?:digo|cuento|explico)|(?:que|como) (?:le|les) digo|(?:le|les) (?:digo|cuento) a) "
    rf"(?:\w+ ){{0,4}}(?:mi|mis|la gente|amig[oa]s?|familia|{KIN_ES}|otros|alguien|los demas)\b",
    r"\b(?:dont|do not|not sure|idk|no idea|unsure) (?:know )?(?:how|what) to (?:tell|explain|say|bring)(?: (?:it|"
    r"this|that|about|any of this|up))*(?: to)? (?:my |our |the )?(?:\w+ )?"
    rf"(?:{KIN}s?|family|friends|parents|kids|people|anyone|coworkers|others)\b",
    r"\bshould i (?:tell|talk to) (?:my |our )?(?:\w+ )?"
    rf"(?:{KIN}s?|family|friends|parents|kids|people|anyone|coworkers) (?:about|that)\b",
    r"\b(?:no se )?(?:como|que) (?:le|les) (?:digo|cuento|explico|decir|decirles?|contar|"
    r"explicar)(?: \w+){0,3} (?:a )?(?:mi|mis|la) \w+|\bno se (?:como|que) (?:decirle|decirles|explicarle|"
    r"explicarles|contarle|contarles)\b|\bcomo (?:se lo|les|le) (?:explico|cuento|digo)\b",
)
REVELATION = (
    r"\bi(?:ve| have)? (?:just |finally )?decided (?:to|im going to|i will|that im) (?:leave|leaving|divorce|"
    r"divorcing|quit my|break up with|end (?:my|the|this) (?:marriage|relationship)|come out|"
    r"move out)\b",
    r"\bi (?:just |now |suddenly |finally |think i |have |ive |think ive )*(?:realized|realize|realised|saw|"
    r"know|understood|figured out|decided) (?:that )?(?:i |im |i am |i have to |i need to |i want to |ive "
    r")(?:\w+ ){0,3}(?:leave|leaving|divorce|divorcing|break up|breaking up|quit|quitting|gay|lesbian|bi|trans|"
    r"bisexual|queer|not in love|dont love|move out|moving out|cut (?:off|ties))\b",
    r"\b(?:i want|i need|i have|im going|i am going|im gonna|i think i need|i think i want) (?:to |a )(?:leave|"
    r"divorce|break up with) (?:my )?(?:husband|wife|partner|marriage|boyfriend|girlfriend)?\b(?=$| (?:my|him|"
    r"her|them|now|after|because|and|so|this|soon))|\bi want a divorce\b|\b(?:im|i am) (?:quitting|leaving) my "
    r"(?:job|marriage|husband|wife|church)\b",
    r"\b(?:me di cuenta|ahora (?:se|entiendo)|entendi|descubri|acabo de entender|decidi)(?: de)? que (?:\w+ "
    r"){0,3}(?:dejar(?! de )|divorciarme|separarme|renunciar|soy (?:gay|lesbiana|bisexual|trans)|no (?:lo|la) amo|ya "
    r"no amo|terminar con)\b",
    r"\b(?:quiero|voy a|necesito) (?:dejar a mi (?:espos[oa]|marido|mujer|pareja|novi[oa]|familia)|divorciarme|"
    r"separarme|renunciar a mi trabajo|terminar con mi)\b",
    r"\b(?:im|i am) (?:going to|gonna|about to|ready to) (?:quit my job|leave my (?:job|husband|wife|marriage|"
    r"partner|church)|file for divorce|divorce|come out|get divorced|break up with)\b|"
    r"\b(?:quit|quitting) my job (?:today|tomorrow|this week|on monday|now)\b",
    r"\bi (?:need|want|have|think i need|think i want) (?:to get )?a divorce\b|\bi(?: have|ve)? (?:need |"
    r"got )?to (?:leave|get out of|end) (?:my|this) (?:marriage|relationship)\b|\b(?:want|need) to "
    r"(?:file for|get a?) ?divorced?\b|\bi(?:m| am)(?: a)? (?:gay|trans|lesbian|bisexual)\b(?! (?:friend|bar))",
    r"\b(?:voy a|ya) (?:renunciar|renuncio|dejar a mi (?:espos[oa]|marido|mujer|pareja|novi[oa]|familia)|"
    r"divorciarme|separarme|terminar con mi|salir del closet)\b|"
    r"\b(?:quiero|necesito) (?:el divorcio|divorciarme|separarme de mi)\b",
)
MOVING_AWAY = (
    r"\b(?:im|i am|were|we are|ill be|i will be|i might be|we might be|i just|we just) (?:\w+ )?(?:moving|moved|"
    r"relocating|relocated) (?:\w+ )?(?:to|out of|away|out|back to|across)\b(?! (?:my room|the couch|the next|"
    r"(?:a|my|another) (?:new )?(?:room|bed|table|desk)))",
    r"\b(?:switch|switching|change|changing|transfer|transferring|move|moving|go|going) (?:\w+ ){0,3}(?:to "
    r")?(?:a |an |another |different |new )+(?:clinic|provider|doctor|practice|place for this)\b",
    r"\b(?:me (?:mudo|voy a mudar|estoy mudando|mude)|nos mudamos|voy a mudarme)\b|\bcambi\w+ (?:de|a otra) "
    r"clinica\b",
    r"\bi(?: have|ve)? (?:found|picked|got|am seeing|chose|signed up with) (?:a |an |another |different |"
    r"new )+(?:clinic|provider|practice|place for (?:this|my sessions))\b|\b(?:going|"
    r"transferring|transfer) (?:my (?:care|records) )?to (?:a |another |different |new )+(?:clinic|provider|"
    r"practice)\b",
    r"\b(?:we|i)(?: are|re|m| am)? (?:moving|relocating) (?:out of|to|away|back to) (?!the (?:couch|next|other)|"
    r"my (?:room|bed))|\bwere moving to\b",
    r"\b(?:encontre|voy con|me voy a|cambio a|cambiarme a) (?:a )?otra clinica\b|\b(?:me|nos) (?:cambio|cambiamos|"
    r"mudo|mudamos|voy a mudar|vamos a mudar|mudare) (?:a|de) (?:otra |otro |la "
    r")?(?:ciudad|estado|pais|casa)\b",
)
TRAVEL = (
    r"\b(?:ill be|i will be|im going to be|were going to be|well be|gonna be) in (?!bed|therapy|my|the (?:shower|"
    r"hospital|bath)|a (?:meeting|session|class)|session|meetings?|class|pain|touch|"
    r"surgery|jail|court|line|bath|and)(?:\w+ ){1,3}(?:until|til|till|next week|this weekend|all week|for (?:a|"
    r"the|two|three|\d))\b",
    r"\b(?:im|i am|ill be|i will be|were|we are|well be|going to be|gonna be) (?:\w+ )?(?:traveling|travelling|"
    r"out of (?:town|state|the country)|on vacation|on holiday|abroad|away (?:this|next|until|for|from|on|all)|"
    r"in a different time zone|in another time zone|flying (?:to|out|home))\b",
    r"\b(?:different|another|changed|new|wrong) time ?zones?\b|\b(?:leaving|flying|going|heading) (?:for|to|on) "
    r"(?:\w+ )?(?:vacation|a trip|a vacation|overseas)\b|^(?:im |i am )?(?:traveling|travelling)\b",
    r"\b(?:estoy|ando|voy|estare|salgo|andare|me voy) (?:de viaje|de vacaciones|fuera de (?:la ciudad|casa|mi "
    r"ciudad|la region)|en otra zona horaria|al extranjero|viajando)\b|\bvoy a (?:viajar|estar fuera)\b|\botra "
    r"zona horaria\b",
    r"\b(?:ill be|i will be|well be|gonna be|going to be|going|leaving|im|i am|were|"
    r"we are) (?:\w+ )?(?:on a (?:trip (?:this|next|until|til|for|to|with|tomorrow|in)|cruise|plane|flight|"
    r"road trip|work trip|business trip)|on a vacation|out of "
    r"(?:the )?(?:office|city|area)|away (?:next|until|til|till|the|over|through|at|all) ?\w*)\b",
    r"\b(?:im |i am |were |we are |ill be |i will be )?(?:flying|traveling|travelling) (?:to|out to|"
    r"back to|home|up to|down to|cross country)\b.*\b(?:on (?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|tomorrow|today|tonight|next week|this week(?:end)?|for (?:a|the) (?:week|weekend|few days|month)|"
    r"in the morning)\b",
    r"\b(?:salgo|me voy|nos vamos|voy|estare|estoy|ando) (?:\w+ )?(?:de (?:viaje|vacaciones|paseo)|"
    r"fuera(?! de (?:mi|control|lugar|si))|al extranjero)\b.*\b(?:semana|dias?|manana|hoy|lunes|martes|"
    r"miercoles|jueves|viernes|sabado|domingo|mes|fin)\b",
)
