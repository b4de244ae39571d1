"""The universal replies as people ask for them in whole sentences ("can we skip this one"), folded, as patterns.

A request stands alone: none of these is looked for inside a longer sentence. Where the bare verb would also answer a
question ("I'll pause", "talk to my sister", "listen to the audio") only asking the line for it counts.
"""

_I = (
    r"(?:(?:can|could|may|should|shall) (?:i|we|you)(?: please)?|(?:id|i would) like(?: you)? to|i wanna|"
    r"i (?:want|need)(?: you)? to|lets|let me|(?:im|i am) (?:going to|gonna)|ill(?: just)?|i will|please|just|"
    r"i think ill|would you|will you|want to|wanna|need to|gonna)"
)
_ASK = (
    r"(?:(?:can|could|may|would|will) (?:i|we|you|u)(?: please)?|(?:id|i would) like(?: you)? to|i wanna|"
    r"i (?:want|need)(?: you)? to|please)"
)
_PLEASE = r"(?:(?:can|could|may|would|will) (?:i|we|you|u)(?: please)?|please)"
_YO = (
    r"(?:quiero|quisiera|necesito|prefiero|me gustaria|puedo|podemos|podria|podrian|pueden|puedes|se puede|"
    r"favor de|mejor)"
)
_TEXTS = r"(?:(?:the|my|your|these|all|all the|any) )?(?:texts?|texting|messages?|messaging|check ins|reminders)"
_MENSAJES = r"(?:(?:los|mis|sus|tus|estos|todos los) )?(?:mensajes|textos|avisos|recordatorios)"
_BIT = (
    r"(?: (?:for (?:now|today|a (?:bit|while|few days|week|little while)|the (?:moment|week|day))|today|"
    r"right now|this time))?"
)
_RATO = r"(?: (?:por (?:ahora|hoy|el momento|un (?:rato|tiempo))|hoy|ahorita|un (?:rato|tiempo)))?"
_ONE = (
    r"(?:it|this|that|today|tonight|(?:this|that|the|todays|these) (?:one|questions?|time|part|text)|"
    r"one|to the next(?: one)?)"
)
_IT = r"(?:it|this|that|(?:this|that|the|my) (?:one|note|entry|answer|last one|message|text))"
_NOTA = r"(?:(?:esta|esa|la|mi) (?:nota|respuesta|ultima|entrada)|lo ultimo|lo que escribi|eso|esto)"
_PERSON = (
    r"(?:someone|somebody|a person|a human|a real person|a nurse|the nurse|the clinic|one of you|someone there)"
    r"(?: (?:at|from|in) (?:the|your|my) (?:clinic|team|office|staff))?(?: there)?"
)
_ALGUIEN = r"(?:alguien|una persona|la clinica|una enfermera|la enfermera)(?: de (?:la clinica|mi equipo|ahi))?"
_VISIT = r"(?:my|the|our|this|todays|tomorrows) (?:next )?(?:\w+ )?(?:session|appointment|appt|visit)"
_CITA = r"(?:mi|la|esta) (?:proxima )?(?:cita|sesion|visita)"

REQUESTS: dict[str, tuple[str, ...]] = {
    "SKIP": (
        rf"(?:{_I} )?(?:skip|pass)(?: (?:on )?{_ONE})?{_BIT}",
        rf"(?:skip|pass)(?: skip| pass)+|hard pass|(?:{_I} )(?:just |please )?skip(?: {_ONE})?{_BIT}",
        rf"(?:id|i would|i)? ?(?:rather|prefer)(?: to)? not(?: to)? (?:answer|say|share|respond)(?: {_IT})?{_BIT}",
        r"i (?:dont|do not) (?:want|wanna|feel like)(?: to)? (?:answer|answering|share|sharing|say|respond|talk about)"
        rf"(?: {_IT})?{_BIT}",
        rf"next (?:one|question)|no answer(?: (?:for|to) {_IT})?{_BIT}|no comment(?: on {_IT})?",
        rf"(?:{_YO} )?(?:pasar|omitir|omitirla|omito)(?: de)?(?: (?:esta|esa|la|a la siguiente|esta pregunta|"
        rf"esta vez))?{_RATO}",
        rf"(?:{_YO} )?(?:yo )?paso(?: (?:de )?(?:esta|esa|esta pregunta|esta vez))?{_RATO}",
        r"(?:a )?la (?:siguiente|que sigue)(?: pregunta)?|siguiente pregunta",
        r"(?:(?:prefiero|preferiria|mejor|quiero|quisiera) )?no (?:quiero )?(?:contestar|responder|decir|decirlo|"
        r"contarlo|"
        rf"hablar de eso)(?: (?:eso|esto|esa|esta))?{_RATO}",
    ),
    "LATER": (
        rf"(?:{_I} )?(?:do|answer|finish|ask|remind|text|message|check)(?: (?:{_IT}|me|again|back|with me|in))* "
        r"(?:a (?:bit|little) )?later(?: (?:today|tonight|on))?",
        r"(?:maybe|not now maybe|not now|better) later(?: (?:maybe|instead))?|not now(?: maybe)?(?: im busy| busy)?",
        r"not a good time(?: right now| now)?|im busy(?: right now| now)?|busy right now",
        r"(?:preguntame|preguntenme|escribeme|escribanme|recuerdame|recuerdenme|mandamelo|mandenmelo) "
        r"(?:mas tarde|luego|despues|al rato)",
        r"(?:mejor |te contesto |les contesto |contesto |respondo |lo hago )+(?:luego|mas tarde|despues|al rato)",
        r"(?:mejor )?(?:luego|mas tarde|despues|al rato) (?:te|les|lo) (?:contesto|respondo|hago|digo)",
        r"estoy ocupad[oa](?: ahorita| ahora)?",
    ),
    "LESS": (
        rf"(?:{_I} )?(?:text|message|write|contact)(?: me| us)? (?:less|less often|less frequently|not so often|"
        r"a bit less)",
        rf"(?:{_I} )?(?:(?:get|have|send|send me|receive|want|need) )?(?:less|fewer|not so many|"
        rf"not as many) {_TEXTS}{_BIT}",
        r"(?:this is |thats |its |these are |you send |im getting |i get )?(?:way |just )?(?:too|so) many "
        rf"(?:texts|messages){_BIT}",
        r"(?:send|text) fewer|slow (?:down )?(?:on )?the (?:texts|messages)(?: down)?",
        rf"(?:{_YO} )?(?:(?:mande|manden|mandenme|mandame|mandar|recibir|envien|envienme) )?menos {_MENSAJES}",
        r"(?:ya )?no (?:me )?(?:manden|mande|mandes|envien) (?:tantos|muchos) (?:mensajes|textos)",
        r"(?:son |me mandan |mandan |ya son )?(?:demasiados|muchos|tantos) mensajes|(?:escribanme|escribeme|"
        r"escriban) menos",
    ),
    "MORE": (
        rf"(?:{_I} )?(?:text|message|write)(?: me| us)? (?:more|more often|more frequently)",
        rf"(?:{_I} )?(?:(?:get|have|send|send me|receive|want) )?more (?:texts|messages|check ins|reminders)",
        rf"(?:{_YO} )?(?:(?:manden|mandenme|mandame|recibir|envien|envienme) )?mas mensajes|(?:escribanme|"
        rf"escribeme) mas",
    ),
    "PAUSE": (
        rf"(?:{_I} )?pause {_TEXTS}{_BIT}|(?:can|could) we pause(?: (?:this|it|these|things))?{_BIT}",
        rf"(?:{_ASK} )?(?:put|place) (?:this|it|these|things|{_TEXTS}) on (?:pause|hold){_BIT}",
        rf"(?:{_I} )?(?:take a |have a |a )?break from (?:{_TEXTS}|these){_BIT}",
        rf"(?:{_YO} )?(?:pausar|pausen|pausa en|hacer (?:una )?pausa (?:de|con|en)|poner en pausa|pongan en pausa) "
        rf"{_MENSAJES}{_RATO}|(?:quiero|quisiera|podemos|pueden|puedo) (?:pausar|poner en pausa|"
        rf"hacer una pausa)(?: esto)?{_RATO}",
    ),
    "RESUME": (
        rf"(?:{_I} |ready to |im ready to )?(?:resume|unpause|restart|turn back on|start back up) {_TEXTS}",
        rf"(?:{_ASK} |ready to |im ready to )(?:resume|unpause)(?: (?:it|this|now|again))?|(?:resume|"
        rf"unpause) (?:it|now|again)",
        r"(?:im back )?(?:you )?can text(?: me)? again|(?:please )?text me again",
        rf"(?:{_YO} )?(?:reanudar|reanuden|retomar|retomen|reactivar|reactiven|seguir con)(?: con)? {_MENSAJES}|"
        r"ya (?:me )?pueden (?:escribirme|escribir)(?: otra vez| de nuevo)?",
    ),
    "TALK": (
        rf"(?:{_ASK} )?(?:talk|speak) (?:to|with) {_PERSON}{_BIT}",
        rf"(?:(?:can|could|will|would) {_PERSON}|(?:have|get|ask) {_PERSON}(?: to)?|{_PLEASE}|(?:id like|i want|"
        rf"i need) "
        rf"(?:you|{_PERSON}) to) (?:please )?(?:call|phone|ring) me(?: back)?(?: (?:back|today|tomorrow|soon|asap|"
        rf"now|when "
        r"(?:you|they) can))?",
        r"(?:id like|i want|i need|i would like|need|(?:can|could) i (?:get|have)|want|"
        r"requesting) a (?:phone )?(?:call|callback)"
        r"(?: (?:back|from the clinic|from someone|today|soon))*|call me back|give me a call(?: back)?|someone call me",
        rf"(?:{_YO} )?hablar con {_ALGUIEN}{_RATO}|(?:quiero|quisiera|necesito|me gustaria) que (?:me llamen|"
        rf"alguien me "
        r"llame|me llame alguien)",
        r"(?:me )?(?:pueden|puede|podrian|podria)(?: alguien)? (?:llamarme|llamar|marcarme|marcar|"
        r"hablarme por telefono)|"
        r"(?:necesito|quiero|quisiera) una llamada|(?:que )?alguien (?:que )?me (?:llame|marque)|marquenme|me marcan",
    ),
    "MENU": (
        rf"(?:{_ASK} )?(?:show|see|send|open)(?: me)? (?:the |your )?menu|(?:{_ASK} )?show(?: me)? (?:the|my|"
        rf"all the) options",
        r"what are (?:my|the) options|what can i (?:text|reply)(?: here)?|menu again|main menu|the menu",
        r"(?:(?:mandame|mandenme|muestrame|ver|quiero ver|quiero|dame|ensename) )?(?:el menu|las opciones)|"
        r"que opciones hay",
    ),
    "AUDIO": (
        rf"(?:{_PLEASE} )?(?:send|get|have|hear|play)(?: me)? (?:an? |the |that |some )?(?:calm |"
        rf"guided )?audios?(?: again)?",
        rf"(?:i want|id like|i need) (?:an? |the )audio|(?:{_YO} )?(?:mandame|mandenme|manden|mandar|envienme|"
        rf"quiero|dame|pasame) "
        r"(?:el |un |los )?audios?",
    ),
    "MOVE": (
        rf"(?:{_ASK} |i have to |have to |need to )?(?:move|reschedule|change|push back|postpone) {_VISIT}",
        rf"(?:{_ASK} |i have to |have to |need to )reschedule(?: it)?|(?:can|could) (?:you|we) reschedule me",
        rf"(?:{_YO} |tengo que )?(?:mover|cambiar|reagendar|reprogramar|recorrer|posponer) {_CITA}|(?:{_YO} |"
        rf"tengo que )"
        r"(?:reagendar|reprogramar)(?:la)?",
    ),
    "PRIVATE": (
        rf"(?:{_ASK} )?(?:keep|make|mark|leave) {_IT} (?:as )?private|(?:{_ASK} )?hide {_IT}|"
        rf"(?:{_ASK} )?keep {_IT} (?:to myself|"
        r"between us)",
        rf"(?:i want|id like) {_IT} (?:to be |to stay |kept )?private|{_IT} (?:is|stays) private|private (?:note|"
        rf"this|it)",
        rf"(?:{_YO} )?(?:ponlo|ponla|ponganlo|ponganla|hazlo|hazla|haganlo|dejalo|dejala|dejenlo|guardalo|"
        rf"guardenlo|mantenlo|"
        r"mantenganlo|marcalo)(?: en| como)? privad[oa]",
        rf"(?:{_NOTA} )?que (?:quede|sea|este)(?: {_NOTA})? (?:en )?privad[oa]|{_NOTA} (?:es |en )?privad[oa]",
    ),
    "SHARE": (
        rf"(?:{_PLEASE} |(?:you |they )?can )?(?:unhide|un hide|share) {_IT}(?: with (?:the team|the clinic|"
        rf"my team|staff))?",
        rf"(?:you |they )?can (?:see|read) {_IT}|(?:{_PLEASE} )?make {_IT} (?:shared|visible)",
        rf"(?:{_YO} )?(?:compartelo|compartela|compartanlo|compartanla|compartirlo|compartirla|compartir {_NOTA})",
        r"(?:si )?(?:lo|la) (?:pueden|puedes|puede) (?:ver|leer|compartir)|(?:pueden|puedes|puede) (?:verlo|verla|"
        r"leerlo|leerla)",
    ),
    "ES": (
        rf"(?:{_I} )?(?:(?:text|write|have|get|do|talk|switch|change)(?: (?:me|this|it|these|to|them|with me))* )?"
        r"(?:in |to )?(?:spanish|espanol)(?: instead)?|spanish only|i (?:only )?speak spanish|i prefer spanish",
        r"(?:(?:me )?(?:pueden|puede|podrian) )?(?:(?:escribir|escribirme|escribanme|escriban|mandar|manden|"
        r"mandenme|mandenlos) )?"
        r"(?:mensajes )?en espanol|prefiero (?:en )?espanol|no hablo ingles",
    ),
    "EN": (
        rf"(?:{_I} )?(?:(?:text|write|have|get|switch|change)(?: (?:me|this|it|these|to|them))* )?(?:in |"
        rf"to )english(?: instead)?|"
        r"english (?:only|instead)|i prefer english",
        r"(?:(?:me )?(?:pueden|puede|podrian) )?(?:(?:escribir|escribirme|escribanme|escriban|mandenme|"
        r"mandenlos) )?(?:mensajes )?"
        r"en ingles|prefiero (?:en )?ingles",
    ),
    "NO_CALLS": (
        r"(?:texts? only )?no (?:more )?(?:phone )?calls?(?: (?:ever|at all|to me|just texts?|only texts?|"
        r"texts only))?",
        rf"(?:{_ASK} )?(?:dont|do not|never|not) (?:ever )?(?:call|phone|ring) (?:me|my phone)(?: (?:anymore|ever|"
        rf"again|"
        r"just text(?: me)?))*|(?:i )?dont want (?:any |your |phone )*calls?|stop (?:the |with the )?phone calls?",
        r"texts? only|only texts?|just text me|id rather text than talk|please dont call",
        r"(?:ya )?no (?:me )?(?:llamen|llames|marquen)(?: (?:mas|nunca|por telefono|ya))*|no (?:quiero|mas|"
        r"hagan) llamadas|"
        r"(?:solo|nomas|prefiero) (?:por )?(?:mensajes?|texto)(?: sin llamadas| no llamadas)?|"
        r"sin llamadas(?: telefonicas)?",
    ),
    "SESSION_DAYS_ONLY": (
        rf"(?:{_I} )?(?:only |just )?(?:(?:text|message|contact|write)(?: me| to me)? |{_TEXTS} )?(?:only |"
        rf"just )?(?:on |the )*"
        r"session days(?: only)?",
        r"(?:solo|nomas|nada mas|unicamente)(?: (?:escriban|escribanme|mensajes|mandenme mensajes|manden|mandenme))?"
        r"(?: (?:en|los|el|para))* dias? de (?:la |mi |mis )?sesion(?:es)?",
        r"(?:escriban|escribanme|mensajes) (?:solo|nomas) (?:en |los |el )*dias? de (?:la |mi )?sesion(?:es)?",
    ),
}
