"""The patterns of what happens in a patient's life and body (F30, CONTENT 11.21 and 11.22), over folded text."""

KIN = (
    r"(?:mom|mum|mother|dad|father|parent|wife|husband|partner|boyfriend|girlfriend|fiancee?|son|daughter|kid|"
    r"child|baby|brother|sister|grandma|grandmother|nana|grandpa|grandfather|granddad|aunt|uncle|cousin|niece|"
    r"nephew|(?:best |close |good |old |dear )?friend|roommate|neighbor|coworker|boss)"
)
PET = r"(?:dog|puppy|cat|kitten|pet|horse|bird|rabbit|bunny)"
KIN_ES = (
    r"(?:nin[oa]|mama|madre|papa|padre|espos[oa]|marido|mujer|pareja|novi[oa]|hij[oa]|bebe|herman[oa]|abuel[oa]|"
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

NIGHTMARE = (
    r"\b(?:had|having|woke up from|just had|woke from|awake from|up from|keep having|after) (?:a |an |another |"
    r"the |such a |the worst |some )*(?:really |very |so |horrible |terrible |awful |bad |scary |insane |crazy |"
    r"vivid |intense )*(?:nightmares?|night terrors?|bad dreams?|horrible dreams?|scary dreams?)\b",
    r"\bnightmares? (?:again|last night|tonight|all night|woke me|that woke)\b|\bcant sleep (?:because of|"
    r"after) (?:a |the )?(?:nightmares?|bad dreams?)\b",
    r"\b(?:tuve|tengo|desperte (?:de|con|por)|me desperto|acabo de tener|otra vez) (?:una? |otra |la "
    r")*(?:pesadillas?|mal sueno|sueno horrible|sueno muy feo)\b|\bpesadillas? (?:otra vez|anoche|toda la noche|"
    r"me desperto)\b",
    r"\bwoke (?:me )?up (?:\w+ ){0,4}(?:from|because of|after) (?:a |an |the |my |"
    r"another )?(?:\w+ ){0,2}(?:nightmares?|bad dreams?|night terrors?|horrible dreams?)\b|\b(?:nightmares?|"
    r"night terrors?|bad "
    r"dreams?) (?:every night|keeps?|kept|wont|are back|came back|are getting)\b|\b(?:puras|muchas|horribles|feas|"
    r"otra vez) pesadillas?\b|\bpesadillas? (?:horrible|fea|feas|cada noche|de nuevo)\b",
    r"\b(?:sone|soñe) (?:algo )?(?:muy |bien )?(?:feo|horrible|espantoso)\b|\bme desperte (?:gritando|"
    r"asustad[oa])\b|\bno puedo dormir (?:por|con) (?:las |tantas )?pesadillas\b",
)
GRIEF = (
    rf"\banniversary of (?:losing|when we lost|when i lost) (?:my|our) (?:\w+ )?(?:{KIN}|{PET})\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})(?: \w+)? (?:just |has |have )*(?:died|passed(?: away)?|was put down|"
    rf"had to be put down)(?: \w+){{0,3}} {RECENT}\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})(?: \w+)? just (?:died|passed)\b|\b{RECENT} (?:my|our) (?:\w+ "
    rf")?(?:{KIN}|{PET}) (?:died|passed(?: away)?)\b",
    rf"\b(?:my|our) (?:\w+ )?{PET}(?: \w+)? (?:died|passed away|was put down)\b(?!.* (?:ago|when|last year|"
    rf"as a kid))|\b(?:put|putting) (?:my|our) "
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
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})(?: \w+)? (?:just |has |have )*(?:died|passed(?: away)?|was killed|"
    rf"took (?:his|her) last breath)(?: \w+){{0,3}} (?:{RECENT}|this month|over the weekend|"
    r"a few (?:days|hours) ago|last week|(?:two|three|2|3|4|5|6) days ago)\b",
    rf"\b(?:we|i) (?:just )?lost (?:my|our) (?:\w+ )?(?:{KIN}|{PET}|baby)(?: \w+)? (?:{RECENT}|last week|"
    rf"this month|a few days ago)\b|\b(?:{RECENT}|a year ago today|(?:two|three|five|ten|\d+) years ago "
    rf"today|last week) (?:we lost )?(?:my|our) (?:\w+ )?(?:{KIN}|{PET})(?: (?:died|passed(?: away)?))?$",
    rf"\ba year ago today (?:my|our) (?:\w+ )?(?:{KIN}|{PET}) (?:died|passed)\b|\b(?:anniversary|"
    rf"birthday) (?:since|of) (?:my|our) (?:\w+ )?{KIN}s? (?:death|passing|died)\b",
    r"\b(?:i|we) (?:just )?(?:had|lost|am having|are having) (?:a |the |our |my )?(?:miscarriage|stillbirth|"
    r"baby)(?: \w+){0,2} (?:today|yesterday|last (?:night|week|month)|this (?:week|morning|month))\b|"
    rf"\b(?:had to|have to|going to) put (?:my|our) (?:\w+ )?{PET} (?:down|to sleep)\b",
    rf"\b(?:se )?(?:murio|fallecio|perdi a|perdimos a|se fue) mi (?:{KIN_ES}|{PET_ES})(?: \w+)? (?:{RECENT_ES}|"
    rf"esta semana|la semana pasada|hace (?:poco|unos dias|tres dias))\b|\bmi (?:{KIN_ES}|{PET_ES})"
    rf"(?: \w+)? (?:se )?(?:murio|fallecio) (?:{RECENT_ES}|esta semana|la semana pasada)\b",
    r"\b(?:hoy (?:hace|cumple|se cumplen?)|se cumplen?) (?:un|dos|tres|\w+) (?:anos?|meses|"
    rf"mes) (?:hoy )?(?:de )?(?:que )?(?:murio|fallecio|se fue|perdi|perdimos|la muerte)(?: a| de)? mi {KIN_ES}\b|"
    r"\btuve un "
    r"aborto(?: espontaneo)?(?: \w+){0,2} (?:ayer|hoy|la semana pasada|esta semana|anoche)\b",
)
EMERGENCY = (
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN}|{PET})s?(?: \w+)? (?:is|are|was|were|got|had|has|went|"
    rf"just) (?!(?:\w+ ){{0,3}}(?:nurse|doctor|surgeon|tech|volunteer\w*|work\w*|job|shift|visiting|"
    rf"years)\b)(?:\w+ ){{0,4}}(?:in|to|into|at) (?:the |an |a )?(?:hospital|er|emergency room|icu|emergency vet|"
    rf"ambulance|vet)\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN})(?: \w+)? (?:just )?(?:had|has had|was in|got in|got into|is having) (?:a |"
    r"an )?(?:\w+ )?(?:stroke|heart attack|accident|crash|wreck|surgery|miscarriage|emergency)\b(?! (?:years|"
    r"when|last year))",
    r"\b(?:family|pet|house|medical) emergency\b(?! (?:room|contact|fund))|\bhaving an emergency (?:at home|"
    r"with my)\b",
    r"\b(?:rushing|rushed|driving|taking|took|taken) (?:my|our) (?:\w+ ){1,3}(?:to|into) (?:the )?(?:hospital|er|"
    r"emergency|vet|emergency room|icu)\b(?!.* (?:ago|years|when|last (?:year|month|summer|winter)))",
    r"\b(?:our|my|the) (?:house|apartment|basement|kitchen) (?:is |just |has )*(?:flooded|flooding|on fire|"
    r"burned|caught fire)\b",
    rf"\bmi (?:{KIN_ES}|{PET_ES})(?: \w+)? (?:esta|estan|ingreso|se puso|tuvo|acaba|va) (?:\w+ "
    r"){0,4}(?:hospital|urgencias|terapia intensiva|veterinario|un accidente|un infarto|un derrame)\b",
    r"\b(?:emergencia|urgencia) (?:familiar|en casa|con mi|en mi (?:casa|familia))\b|\b(?:llevo|llevando|"
    r"llevamos|lleve) a mi (?:\w+ ){1,3}(?:al hospital|a urgencias|al veterinario)\b",
    r"\b(?:on the way|on my way|heading|headed|going|rushing|driving|im) (?:back )?(?:to|at|"
    r"in) (?:the )?(?:hospital|er|emergency room|icu|emergency vet|vet) (?:with|for|because) (?:of )?(?:my|our) "
    rf"(?:\w+ )?(?:{KIN}|{PET})\b|\brushing (?:my|our) (?:\w+ )?(?:{KIN}|{PET}) to\b",
    rf"\b(?:my|our) (?:\w+ )?(?:{KIN})(?: \w+)? (?:just )?(?:collapsed|had a seizure|cant breathe|"
    r"was hit by a car|overdosed|got hurt bad|fell and (?:broke|hit))\b(?! (?:years|when|last year))|"
    r"\b(?:theres|there is|we have|having|have|dealing with) (?:a |an )?(?:family |big |"
    r"real )?emergency\b(?! (?:fund|contact|kit|exit))",
    r"\b(?:voy|vamos|voy rumbo|estoy|estamos|corriendo) (?:al|en el|a|en|camino al) (?:hospital|urgencias|"
    rf"veterinario|emergencias|la sala de (?:emergencias|espera))(?: con| por) mi (?:{KIN_ES}|{PET_ES})\b|"
    rf"\b(?:tengo|tenemos|hay|surgio|tuve) una (?:emergencia|urgencia)\b|\bmi (?:{KIN_ES}) (?:tuvo|ha tenido|"
    r"acaba de tener) un (?:accidente|infarto|derrame|choque)\b",
)
SUBSTANCE = (
    r"\b(?:i )?(?:drank|had|downed|finished) (?:\w+ ){0,5}(?:wine|beers?|vodka|tequila|whiskey|rum|liquor|alcohol|"
    r"shots|cocktails|margaritas)\b.{0,20}\b(?:last night|yesterday|today|tonight|again|this morning|"
    r"this weekend)\b|\b(?:anoche|ayer|hoy) (?:tome|bebi) (?:de mas|mucho(?! (?:agua|te|cafe|jugo))|"
    r"demasiado(?! (?:agua|te|cafe|jugo))|vino|cerveza|alcohol|"
    r"tequila)\b|\b(?:tome|bebi) (?:de mas|demasiado) (?:anoche|ayer|hoy)\b",
    r"\b(?:i|ive|i have|im|i am) (?:\w+ ){0,2}(?:relapsed|relapsing)\b(?! prevention)|^relapsed\b|\bi slipped "
    r"(?:and )?(?:drank|used|up and)\b",
    r"\bi (?:\w+ )?(?:drank(?! (?:\w+ ){0,4}(?:water|tea|coffee|juice|milk|soda|smoothie|cocoa|kombucha)\b)|"
    r"used(?= (?:again|last night|yesterday|today|tonight|this|heroin|meth|coke|fentanyl|opioids|pills|drugs|"
    r"cocaine|substances))|smoked|got high|got drunk|did (?:coke|cocaine|lines|meth|molly|shrooms|"
    r"mushrooms|acid)|took (?:molly|edibles|shrooms|an edible)) (?:\w+ ){0,4}(?:last night|yesterday|today|"
    r"tonight|this weekend|this morning|again|after (?:my|the) session|before (?:my|the) session)\b",
    r"\b(?:broke|lost|blew) my sobriety\b|\bim (?:drunk|high|hungover|wasted) (?:right now|again|now|today)\b",
    r"\b(?:recai|recaida|volvi a (?:beber|tomar|fumar|consumir|usar))\b|\b(?:(?:tome|"
    r"bebi)(?! (?:\w+ ){0,4}(?:agua|te|cafe|jugo|leche|atole|bano|ducha|siesta|aire|medicina|pastillas?|descanso|"
    r"respiro|fotos?|decision|paseo|tiempo|sol|chocolate|clase)\b)|consumi|fume|me emborrache|"
    r"me drogue) (?:\w+ ){0,4}(?:anoche|ayer|hoy|otra vez|de nuevo|este fin)\b|\b(?:ando|estoy) "
    r"(?:borrach[oa]|drogad[oa]|pasad[oa] de copas|crud[oa])\b",
    r"\b(?:i )?(?:fell|fallen|falling) off the wagon\b|\bi (?:\w+ )?(?:used|drank|smoked|relapsed|got drunk|"
    r"got high) again\b|^(?:used|drank|smoked|got high|got drunk|relapsed) (?:\w+ )?(?:again|last night|"
    r"yesterday|this weekend|today)\b|\bi(?: had|ve had) (?:a few|too many|some|several|\d+|two|three|four|"
    r"five) (?:\w+ )?(?:drinks|beers|shots|glasses of wine) (?:last night|yesterday|today|tonight|again)\b",
    r"^(?:smoked|took|ate|had) (?:some |a |an )?(?:weed|pot|edibles?|gummy|molly|shrooms|mushrooms|coke|acid|"
    r"xanax|drinks?|beers?|wine)\b.{0,40}\b(?:last night|yesterday|today|this morning|before|tonight|ok)\b|"
    r"\b(?:can|is it ok|is it okay|should) (?:i|to|if i) (?:drink|smoke weed|smoke pot|have (?:a )?(?:drink|wine|"
    r"beers?|alcohol)|take an edible|vape weed)\b",
    r"\b(?:tuve una recaida|recai|volvi a caer|me puse (?:borrach[oa]|pedo)|ando (?:pedo|peda))\b|\b(?:anoche|"
    r"ayer|hoy|este fin) (?:recai|tome alcohol|me emborrache|fume (?:mota|marihuana)|me meti|consumi|"
    r"bebi (?:alcohol|vino|cerveza|otra vez|de mas))\b|"
    r"\b(?:puedo|esta bien) (?:tomar (?:alcohol|cerveza|vino|una cerveza|una copa)|fumar (?:mota|marihuana)|"
    r"beber alcohol)\b",
)
PREGNANCY = (
    r"^(?:i )?(?:might|may|could|think im|think i am) (?:\w+ )?be pregnant\b|^(?:maybe |possibly )pregnant\b",
    r"\b(?:im|i am|i might be|i may be|might i be|could i be|i could be|i think im|i found out im|if im|what if "
    r"im|think i am|i think i might be|just found out im|turns out im) (?:\w+ ){0,2}(?:pregnant|expecting(?=$|"
    r" (?:a baby|again|in |twins)))\b",
    r"\b(?:positive|took a|taking a|did a) pregnancy test\b|\bmissed my period\b|\bmy period is (?:really |very "
    r")?late\b|\b(?:im|i am|we are|were) trying to (?:conceive|get pregnant|have a baby)\b|\b(?:im|i am|"
    r"still) (?:breastfeeding|nursing(?! (?:a (?!baby|newborn)|an |old |wounds|my (?!baby|son|daughter|newborn|"
    r"kid))))\b",
    r"\b(?:estoy|estare|creo que estoy|puedo estar|podria estar|sali) (?:\w+ )?embarazada\b|\bprueba de "
    r"embarazo\b|\b(?:no me (?:ha )?baj(?:a|ado)(?=$| (?:la regla|el periodo|este mes|todavia|aun))|"
    r"no me llega la regla|tengo un retraso|estoy amamantando|doy pecho|"
    r"estoy lactando)\b",
    r"\b(?:could|might|may|think) (?:i|im|i am|i could|i might|that im)(?: be)? pregnant\b|"
    r"\bpregnancy test (?:was|is|came back|today|positive|"
    r"tomorrow)\b|\bim (?:\w+ )?(?:weeks|months) (?:pregnant|along)\b|\bmy period (?:is|was|"
    r"hasnt) (?:\w+ )?(?:late|come|came)\b",
    r"\b(?:puede|puedo|podria|quiza|tal vez|creo)(?: ser)? (?:que )?(?:este|estar|estoy|"
    r"estoy un poco) embarazada\b|\bestoy (?:\w+ )*(?:embarazada|amamantando|lactando|esperando (?:un )?bebe)\b|"
    r"\b(?:tengo|llevo) "
    r"(?:\w+ )?(?:semanas|meses) de embarazo\b",
)
SIDE_EFFECT = (
    r"\b(?:vomite|vomito|estuve vomitando|tuve vomito|he vomitado)(?: \w+){0,4} (?:desde|despues|"
    r"por) (?:\w+ )?(?:sesion|ayer|anoche|medicina|tratamiento|la)\b",
    r"\b(?:headaches?|migraine|nausea|dizziness|vertigo|rash|vomiting|cramps|shaking) (?:wont|will not|isnt|"
    r"is not|hasnt|doesnt|didnt|keeps?|kept|still|that wont) (?:\w+ ){0,2}(?:go|going|"
    r"gone|stop|stopped|stopping|away|coming|here|there|back)\b",
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
    r"\b(?:my|a|the|this) (?:head|stomach|jaw|skin|vision|bladder) (?:has been|is|keeps|is still|"
    r"still|been|hasnt stopped|wont stop|feels) (?:\w+ )?(?:pounding|hurting|aching|killing me|racing|spinning|"
    r"cramping|itching|blurry|burning|throbbing)(?: \w+){0,4} (?:since|after|from|for|all)\b",
    r"\b(?:i have|ive got|got|have had|getting|developed|broke out in|theres) (?:a |an |this |some )?(?:rash|"
    r"hives|blisters|fever|headache|migraine|swelling|stomach ache|bladder pain|nosebleed) (?:\w+ ){0,3}(?:since|after|"
    r"from|for)\b|\b(?:threw up|throwing up|puking|vomited|been puking|"
    r"been sick to my stomach)(?: \w+){0,4} (?:since|after|all|today|last night|yesterday|twice|again|this morning)\b",
    r"\b(?:is (?:it|this|that) (?:normal|ok|okay)|is being) (?:to |for me to )?(?:be |feel |"
    r"still |feeling |being )*(?:this |so |that |still |really )*(?:nauseous|dizzy|sick|tired|exhausted|shaky|"
    r"foggy|spacey|"
    r"lightheaded|numb|itchy|swollen|drowsy|wobbly)\b|\b(?:so|really|very|super|still|pretty) (?:nauseous|dizzy|"
    r"lightheaded|queasy)\b.{0,30}\b(?:normal|since|ok|okay|still|today|help)\b",
    r"\b(?:es normal|esta bien) (?:que )?(?:me )?(?:sentir(?:me|se)?|siga|sigo|estar|tener|me sienta|ande|"
    r"andar) (?:\w+ ){0,2}(?:maread[oa]|cansad[oa]|con nauseas|nauseas|mareos?|temblorosa?|adormecid[oa]|dolor\w*|"
    r"vomit\w+|asi de "
    r"maread[oa])\b|\b(?:sigo|llevo|he estado|ando|estoy) (?:\w+ ){0,2}(?:vomitando|maread[oa]|con nauseas|"
    r"con mareos?|con dolor de cabeza|con ronchas)(?: \w+){0,3} (?:desde|despues|todo el dia|hoy|ayer|por)\b",
    r"\bme (?:duele|sigue doliendo|punza|arde|da vueltas) (?:\w+ ){0,3}(?:cabeza|estomago|pecho|vejiga|cuerpo|"
    r"panza)(?: \w+){0,3} (?:desde|despues de|por) (?:\w+ ){0,2}(?:sesion|ayer|anoche|tratamiento|medicina|"
    r"pastilla|visita)\b|"
    r"\bme salio (?:un |una |unas |unos )?(?:sarpullido|ronchas|erupcion|granos|alergia)\b",
)
RUNNING_OUT = (
    r"\bmy (?:refills?|prescriptions?|meds|medication|pills|rx) (?:didnt|hasnt|havent|wasnt|werent|never|isnt|"
    r"arent|did not|has not) (?:\w+ )?(?:go|gone|come|came|been|ready|filled|sent|get|got|"
    r"approved|arrived?|here)\b|\b(?:only|just) have (?:one|two|three|four|1|2|3|4|a few|"
    r"a couple)(?: of)? (?:\w+ )?(?:pills?|tablets?|lozenges?|doses?)(?: left)?\b",
    r"\b(?:running|ran|run|almost|about to be|im|i am|nearly|going to be) (?:\w+ )?out of (?:my )?(?:\w+ "
    r")?(?:meds?|medication|medicine|pills|prescription|lozenges?|tablets|refills?|antidepressants?|lexapro|"
    r"zoloft|prozac|wellbutrin|effexor|cymbalta|lamictal|lithium|adderall|xanax|klonopin)\b",
    r"\b(?:need|get|want|request|order|call in|how do i get|can i get|no) (?:a |my |an? )?(?:\w+ )?refills?\b|"
    r"\b(?:only|just) (?:have )?(?:\w+ )?(?:pills?|doses?|days?|tablets?) left\b",
    r"\b(?:se me|se) (?:acab\w+|termin\w+|estan acabando|esta acabando|van a acabar) (?:\w+ ){0,2}(?:medicinas?|"
    r"medicamentos?|pastillas?|receta)\b|\b(?:necesito|quiero|me falta|renovar) (?:\w+ ){0,2}(?:receta|resurtir|"
    r"resurtido)\b|\bme quedan? (?:pocas|pocos|dos|una|tres) (?:pastillas?|dias?|dosis)\b",
    r"\b(?:almost|nearly|about|down to|on) (?:out of|my last|the last)(?: \w+)? (?:pills?|meds?|medicine|"
    r"medication|doses?|prescription|tablets?|lozenges?|bottle|refill)\b|\bi have (?:only )?(?:no|one|two|three|1|"
    r"2|3|a few) (?:more )?"
    r"(?:pills?|doses?|tablets?|lozenges?|days? of (?:meds|pills|medicine))(?: left)?\b|\b(?:prescription|rx|"
    r"script) (?:ran out|is out|expired|needs|is almost|runs out)\b|\bneed (?:more|another) (?:\w+ )?(?:refills?|"
    r"prescription|pills|meds)\b",
    r"\b(?:ya )?casi no (?:tengo|me quedan?) (?:\w+ )?(?:pastillas?|medicina|medicamentos?)\b|"
    r"\b(?:ya )?no (?:tengo|me quedan?) (?:mas )?(?:pastillas?|medicinas?|medicamentos?|receta)\b|\b(?:necesito|"
    r"ocupo) (?:mas )?(?:medicinas?|pastillas?|"
    r"medicamentos?|otra receta)\b|\bme quede sin (?:\w+ )?(?:pastillas?|medicinas?|medicamentos?|receta)\b",
)
COST = (
    r"\b(?:do|does|will|can) (?:you|yall|you guys|the clinic|they) (?:take|accept|bill) (?:\w+ )?(?:medicaid|"
    r"medicare|insurance|aetna|cigna|tricare|hsa|fsa|blue cross|payments?)\b",
    r"\bhow much (?:does|do|is|will|would|are|did) (?:\w+ ){0,4}(?:cost|session|sessions|visit|visits|next one|"
    r"owe|charge|bill|package|this)\b|\bwhat (?:does|do|will|would|is) (?:\w+ ){0,4}(?:cost|price|"
    r"copay)\b(?! of (?!the|each|a |my|this|next))|"
    r"\bhow much (?:do i|will i) (?:owe|pay)\b",
    r"\b(?:cant|cannot|can not|can barely|dont know if i can|not sure i can|worried i cant|couldnt|how do i|how "
    r"will i) (?:even |really |keep )*(?:afford|affording|pay for)\b(?! (?:to (?:feel|lose|be|fail|let|keep|stay|"
    r"get|make|waste|wait)|any more|more \w+|drama|mistakes?|another (?:mistake|loss|heartbreak)))",
    r"\b(?:will|does|is|did|would|can) (?:my |the )?insurance (?:cover|pay|covering|going to)\b|\b(?:payment "
    r"plan|my bill|billing question|billed twice|charged twice|was charged|the bill|refund|superbill)\b|"
    r"\b(?:its|this is|that is|thats|too|so|really) (?:too )?expensive\b",
    r"\b(?:cuanto (?:cuesta(?! \w+[aei]r\b)|cuestan|cobran|sale|debo|vale|es (?:lo que|por))|no puedo (?:pagar|"
    r"costear)|(?:lo "
    r")?cubre (?:\w+ )?seguro|plan de pagos|me cobraron|la factura|muy car[oa]|demasiado car[oa]|reembolso)\b",
    r"\b(?:whats|what is|what was) the (?:\w+ )?(?:price|cost|copay|fee|charge|rate)\b(?=$| (?:of|for|"
    r"per) (?:the |each |a |one |every |my |this |these |next )*(?:\w+ )?(?:sessions?|visits?|appointments?|"
    r"treatments?|consult|one)\b)|\bis (?:it|this|that|the \w+|my \w+)(?: \w+)? covered(?: by)?\b|\b(?:do|does|will|"
    r"can) (?:you|they) (?:take|accept|bill) (?:my "
    r"|\w+ )?insurance\b|\b(?:cant|cannot|can not|couldnt) (?:really |even |keep )*(?:pay|paying|"
    r"afford)(?: for)? (?:this|it|these (?:sessions|visits)|(?:the|my|another) (?:\w+ )?(?:session|visit|"
    r"appointment|treatment|one|bill|copay)s?)\b(?! (?:to|attention))|\b(?:do you have|is there|"
    r"are there|any) (?:a )?(?:payment plans?|"
    r"discounts?|sliding scale|financial (?:help|aid|assistance))\b",
    r"\bcuanto (?:me |nos )?(?:(?:va a |voy a |van a |vamos a )(?:costar(?! \w+r\b)|cobrar|salir|pagar)|cobran|"
    r"tengo que pagar)\b|\bno (?:me alcanza(?=$| para (?:pagar|la (?:sesion|proxima|otra)|las sesiones|otra))|"
    r"tengo (?:dinero |lana )?para (?:pagar|la sesion|las sesiones|otra sesion)|puedo (?:seguir )?pag\w+)\b|"
    r"\b(?:lo |esto "
    r"|la sesion )?(?:cubre|acepta\w*) (?:\w+ )?(?:el |mi |un )?(?:seguro|aseguranza)\b|"
    r"\btienen (?:planes? de pago|descuentos?|facilidades)\b",
)
TIME_OF_DAY = (
    r"^(?:(?:the|a|another|different) )*times? of (?:the )?day(?: please| pls)?$|^(?:la )?hora del dia(?: por favor)?$",
    r"\b(?:different|another|other|better|change (?:the|my)) time (?:of (?:the )?day )?(?:for|of) "
    r"(?:the|these|your|my|all) (?:texts?|messages?|check ?ins?)\b",
    r"\b(?:text|message|write|check in with) me (?:\w+ )?(?:earlier|later) in the (?:day|morning|evening)\b",
    r"^(?:(?:hi|hey|please|pls|thanks|ok) )*(?:can|could|would|will) (?:you|u|yall) (?:please |maybe |just )*"
    r"(?:text|message|write|send (?:me )?(?:these|the texts|texts|messages)|check in)(?: with)?(?: to)?(?: me)?"
    r"(?: these| them)? (?:more )?"
    r"(?:in the (?:mornings?|afternoons?|evenings?)|at (?:night|noon|lunch|lunchtime)|on my lunch break|"
    r"earlier|later|after (?:work|\d{1,2}(?: ?[ap]m)?)|before (?:work|\d{1,2}(?: ?[ap]m)?))"
    r"(?: instead| from now on| please| pls)*$",
    r"\b(?:texts?|messages?|check ?ins?|these|you|they) (?:always |keep |are |all )*(?:come|comes|coming|arrive|"
    r"get here|text me|texting me|message me|messaging me)(?: in)?(?: way| much| a bit| a little| just)* "
    r"too (?:early|late)\b",
    r"\b(?:me )?(?:pueden|podrian|puedes|podrias) (?:escribirme|mandarme (?:los |estos )?(?:mensajes|textos)|escribir|"
    r"mandar) (?:\w+ )?(?:mas (?:tarde|temprano)|(?:en|por|a) la (?:manana|tarde|noche)|al mediodia)"
    r"(?: por favor| mejor)*$",
    r"\b(?:escriban|escribanme|escribeme|manden|mandenme) (?:los (?:mensajes|textos) )?(?:mejor )?(?:mas (?:tarde|"
    r"temprano)|(?:en|por) la (?:manana|tarde|noche)|al mediodia)\b",
    r"\b(?:mensajes|textos|me (?:escriben|mandan|llegan)|llegan)(?: \w+){0,3} (?:muy|demasiado) (?:temprano|tarde|"
    r"de noche)\b",
    r"\b(?:otra|distinta|diferente|mejor|cambiar (?:la|de)) hora (?:para|de) (?:los|mis|sus|estos) "
    r"(?:textos|mensajes)\b",
)
MY_WORDS = (
    r"^(?:my (?:own )?words|mis (?:propias )?palabras)(?: please| pls| por favor)?$",
    r"^(?:(?:can|could|may) i |i (?:want|would like|d like) to |id like to |please )*(?:change|edit|correct|hide|"
    r"put away|hear|listen to) my (?:own |last )*(?:words|voice)(?: again)?(?: please| pls)?$",
    r"^(?:puedo |quiero |quisiera |me gustaria )*(?:cambiar|corregir|esconder|ocultar|apartar|oir|escuchar) (?:mis "
    r"(?:propias |ultimas )*palabras|mi (?:propia )?voz)(?: otra vez)?(?: por favor)?$",
)
