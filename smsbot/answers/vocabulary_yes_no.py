"""Everyday ways to say yes and no, in English and Spanish (folded: no accents, no apostrophes)."""

from smsbot.answers.bags import bag, phrases

YES = phrases(
    """
    yes; yess; yesss; yea; yeah; yeahh; yeh; yah; yep; yepp; yup; yupp; ye; yas; y; aye; sure; sure thing; for
    sure; ok; okay; okey; oki; okie; okie dokie; k; kk; okk; alright; all right; fine; thats fine; its fine;
    sounds good; sounds great; sounds fine; sounds ok; works for me; that works; thats ok; thats okay; its ok;
    its okay; good with me; fine by me; fine with me; ok with me; go ahead; go for it; please do; do it; of
    course; ofc; absolutely; definitely; totally; certainly; correct; right; thats right; true; affirmative;
    indeed; i do; i did; i am; i will; i would; i have; it is; it does; it did; i agree; agreed; you can; you
    may; i think so; i guess so; i guess; i suppose; i suppose so; why not; thats fine with me; thats ok with
    me; its fine with me; no problem; no worries; uh huh; mhm; mm hmm; mmhmm; yes i do; yes i am; si; sii; siii;
    sip; sipi; simon; claro; claro que si; por supuesto; desde luego; dale; va; vale; sale; listo; bueno; esta
    bien; ta bien; de acuerdo; perfecto; correcto; asi es; es cierto; cierto; exacto; obvio; aja; como no; por
    que no; no hay problema; sin problema; me parece bien; adelante; creo que si; supongo que si; yo creo que
    si; seguro; pues si; bueno si; si puede; si pueden; si quiero; that would be great; that would be good; that
    would be fine; that would be ok; that would be nice; thatd be great; thatd be fine; thatd be good; thatd be
    ok; im ok with that; im fine with that; im good with that; cool; cool with me; great; perfect; yass; orale;
    con gusto; va que va; encantada; encantado; claro si; id like that; id love that; id love to; id like to;
    yessir; yes sir; yessum; ok by me; okay by me; fosho; fo sho; bet; you bet; def; 100; 100 percent; aight; ight;
    okey dokey; okie; okies; oki doki; happy to; id be happy to; glad to; id be glad to; lets do it; lets do that;
    lets go; lets try; lets try it; lets try that; np; not a problem; not a prob; no prob; no probs; no issue; no
    objection; no objections; i dont see why not; dont see why not; be my guest; totally fine; perfectly fine;
    works; worksforme; absolutly; definately; defo; deffo; ofcourse; of coarse; surely; gladly; with pleasure; okis;
    okas; okidoki; con mucho gusto; con todo gusto; me late; andale; andale pues; andale si; ta bueno; esta bueno;
    me encantaria; me gusta la idea; venga; hecho; de una; ok va; va pues; bien por mi; por mi bien; por mi si;
    ningun problema; no tengo problema; no tengo inconveniente; no veo por que no; efectivamente; afirmativo; a
    huevo; cuando gusten; cuando quieran; como gusten; claro claro; clarin; fijo; seguro
    que si; eso si; pues claro; bueno esta bien; si claro
    """
)

NO = phrases(
    """
    no; noo; nooo; nop; nope; nopes; nah; nahh; naw; nay; n; no thanks; no thank you; no thx; no way; not
    really; not at all; not today; not now; not right now; not this time; not for me; id rather not; rather not;
    prefer not; id prefer not; prefer not to; please dont; dont; do not; i dont; i do not; i didnt; i did not;
    im not; i am not; i wont; i would not; i wouldnt; i havent; i cant; cant; it isnt; its not; it doesnt; it
    didnt; it wasnt; i dont think so; dont think so; i dont want to; i guess not; of course not; absolutely not;
    definitely not; probably not; certainly not; hell no; never; negative; false; incorrect; wrong; uh uh; nuh
    uh; no i dont; no im not; nel; nel pastel; para nada; claro que no; por supuesto que no; de ninguna manera;
    nunca; jamas; negativo; no quiero; no puedo; no gracias; prefiero que no; mejor no; creo que no; no creo; yo
    creo que no; not interested; no interest; not at this time; not at the moment; not for now; guess not; suppose
    not; i suppose not; not so much; not that much; not ok; not okay; not fine; nothing doing; out of the question;
    no way jose;
    over my dead body; nada que ver; ni loca; ni loco; ni de broma; ni de chiste; ni en suenos; ni pensarlo; de
    preferencia no; en lo absoluto; fijate que no; por el momento no; por ahora no; de momento no; esta vez no;
    ahorita no; ahorita no puedo; ahora no puedo; hoy no puedo; supongo que no; no por ahora; no por el momento; no
    de momento; no me late; no me gusta; no me gusta la idea; que va; noup; nops; nones; nanay; pues no; no mucho; la
    verdad no; hoy no; ahora no; no es cierto; incorrecto; not yet; not a
    good idea; i would prefer not; i would rather not; id prefer you didnt; cant right now; i cant right now;
    todavia no; aun no; tampoco; no todavia; hard no; id say no; ya no; que no; no lo creo
    """
)

# These start like a yes or a no and are neither.
NEITHER = phrases(
    """
    no idea; no clue; no se; no lo se; no sabria; no me acuerdo; no recuerdo; no estoy segura; no estoy seguro;
    no sure; not sure; im not sure; i am not sure; i dont know; dont know; idk; dunno; maybe; yes and no; si y
    no; yeah no; no yeah; si no; sure no; no matter; no more; no mas; right now; true story; fine i
    guess; whatever; it depends; depends; depende; tal vez; quizas; quiza; a veces; sometimes; kind of; sort of;
    mas o menos; more or less; ni si ni no; no entiendo; no comprendo; no tengo idea; no te entiendo; no way to
    know; no way of knowing; no lo entiendo; no comment; no preference; no sabria decir; no sabria decirte; no
    te se decir; but; pero; if; unless; only if; as long as
    """
)

YES_EMOJI = frozenset("👍👌✅✔☑💯🆗🙆")
NO_EMOJI = frozenset("👎❌🚫🙅✖⛔")

# May follow (or come before) a yes or no without changing it.
COURTESY = bag(
    """
    please pls plz thanks thank thx tks ty you u so much lol haha ok okay well um uh hmm oh hey hi hello i guess
    think do am would love to like that thats fine good great works me it is course sir maam mam dear hun just
    uy huy ah eh este boss guys bro girl doc yall folks buddy man dude sis jefe jefa amiga amigo comadre
    actually honestly tbh totally definitely really very sorry por favor porfa fa porfis gracias muchas mil pues
    bueno ay oye hola me gustaria encantaria quiero senora senor senorita claro esta bien ok perfecto creo que
    la verdad lo siento yo eso muy
    """
)
# These answer even when a sentence follows without a pause ("no voicemail please"), unless it takes the answer back.
OPENS_YES = bag("yes yeah yep yup yea")
# "no sleep last night" and "no entendí" are sentences of their own: after these words a "no" is an answer.
OPENS_NO = {
    "no": bag(
        """
        i im id my he she we they its it someone somebody others people that thats this dont do not never
        please pls thanks ty voicemail voicemails message messages msg msgs call calls calling quotes quoting quote
        need just because bc cuz cause there theres you your mi yo porque mejor prefiero preferiria alguien
        mensaje mensajes llamadas llamada recados recado buzon gracias eso
        """
    ),
    "dont": bag("leave call do quote text send want please pls use put play repeat share record thanks bother"),
}
OPENS_NO_FREELY = bag("nope nah nop nel noup")
TAKES_BACK_NO = OPENS_YES | bag(
    "but if unless except until only works sure mind pero si can puedes pueden excepto salvo hasta solo sino"
)
TAKES_BACK = bag(
    """
    only solo but if no not yes yeah dont cant wont unless except though maybe pero si sino excepto when after before
    until sometimes depends later wait what who why how which or cuando despues antes hasta mientras depende quien
    salvo luego nomas never nunca
    """
)
# A clause that begins so after a yes takes it back: "sure, once my phone is fixed".
HEDGES = bag("si once when after before until unless except as only solo nomas cuando siempre mientras hasta despues")
# Small praise, which says yes only when nothing else is said: "great, another voicemail".
FAINT = phrases("great; cool; right; true; good; lovely; nice")
CONDITIONS = bag("but if only unless except though depends pero solo depende excepto siempre cuando maybe quizas")
SPANISH_YA = ("ya",)  # "ya" is yeah in English and "already" in Spanish

# Shapes of a whole short reply, for what no list holds. The idioms say the opposite of their first word.
IDIOMS_YES = (
    r"\b(?:i )?(?:dont|do not|wouldnt|would not) mind\b|\bno (?:me|nos) (?:molesta|importa(?! nada)|incomoda)\b|\bno "
    r"(?:problem|worries|hay (?:problema|pedo|bronca|lio|inconveniente))\b|\bsin (?:problema|bronca)\b",
)
SHAPES_NO = (
    r"^(?:id |i would |id much |much )?rather (?:you|they|we|it) \w+|^i (?:already )?said no\b(?! (?:idea|one))",
    r"^no es (?:(?:muy )?buena idea|necesario|conveniente|un buen momento)\b|^no (?:texts?|words|quotes?|"
    r"recordings?|names?) (?:with|of|about|using|please|pls|left)\b",
    r"^(?!.*\b(?:yes|yeah|si|sure|ok|fine|if|unless)\b).*\b(?:so|then|gonna say|going to say|have to say|going with|"
    r"asi que|entonces|por eso|voy a decir(?: que)?) no(?: (?:thanks|thank you|please|gracias|sorry|ty))*$",
    r"^(?:(?:absolutely|definitely|please|pls|oh|god|hey|no|nah|really|just) )*(?:dont|do not)(?: do| leave| use)?(?: "
    r"(?:that|it|this|one))?(?: please| pls)?$|^(?:no can do|thats a (?:hard |big )?pass|nunca de los nuncas)\b",
    r"^(?:id|i would|i|im|i am|id really|it would make me|that makes me|it makes me) (?:be |feel |"
    r"get )?(?:\w+ )?(?:uncomfortable|"
    r"uneasy)\b|^(?:me (?:sentiria|siento|hace sentir|pone) )?(?:muy )?incomod[oa]\b",
    r"^no me (?:late|gusta|agrada|convence|parece|encanta)(?: (?:la|esa|mucho|nada|tanto|eso|muy|bien|buena|"
    r"una) ?\w*)*$|"
    r"^(?:seria |es )?(?:preferible|mejor) que no\b",
    r"^(?:(?:thats|its|id|i|ill|say|gonna|have to|be|a|an|hell|heck|oh|big|hard|firm|definitely|el|un|es|digo) "
    r")+no(?: (?:from me|for me|thanks|thank you|please|de mi parte|gracias))?$|\b(?:im |i am |estoy "
    r")(?:against|opposed to|en contra)\b",
    r"^(?:i |id |i would |i d )?(?:much |really )?(?:prefer|rather|like it if|appreciate it if)\b.*\b(?:not|no|"
    r"nt|didnt|dont|wont|private|to myself|without)\b",
    r"^(?:better|best|lets|maybe|probably|please|pls|id|its) (?:(?:better|best|if|you|just|do) )*(?:not|no|dont|"
    r"didnt)\b",
    r"^(?:im |i am |id be )?(?:really )?not (?:really |so |that |very |too |quite )?(?:comfortable|ok|okay|fine|"
    r"happy|keen|up for|into|good with|a fan)\b",
    r"^(?:nothing|none) (?:like|of) that\b",
    r"^(?:no )?i (?:really )?(?:dont|do not|wouldnt|would not) (?:really )?(?:want|need|like) (?:that|it|any|one|this|"
    r"you to|them to|anyone to|to(?: do (?:that|it|this)| be \w+)?$)|"
    r"^(?:no )?i (?:really )?dont (?:really )?think (?:so|thats|its|that is|it is|id|i "
    r"(?:want|would|should))\b",
    r"^(?:thats|its|that is|it is|it would|thatd|itd|id say) (?:be )?(?:really |so |very )?not (?:ok|okay|fine|"
    r"good|cool|"
    r"great|necessary|needed|possible|a good)\b",
    r"^(?:(?:prefiero|preferiria|creo|yo|supongo|digo|diria|mejor|pienso|siento|pues|la|verdad|fijate|claro|"
    r"obvio) )+que "
    r"no(?: gracias)?$|^que no (?:dejen|llamen|manden|lo|la|me|nos|guarden|usen|repitan)\b|^no (?:lo|la|los|las|"
    r"me|nos|le) (?:hagan?|cite[ns]|graben|usen|"
    r"guarden|repitan|compartan|publiquen|mencionen|pongan|muestren|lean|llame[ns]|escriban|manden|dejen)\b",
    r"^(?:(?:por|el|momento|ahora|esta|vez|ahorita|de|hoy|ahora|todavia|aun|mejor) )+no(?: puedo| quiero| gracias| por "
    r"favor)*$|^no (?:me parece|estoy comod[oa]|estoy de acuerdo|creo que)\b",
    r"^(?:yo )?(?:mejor|prefiero|preferiria|quisiera|me gustaria|pediria|creo) (?:mejor )?que no\b",
    r"^(?:yo )?(?:mejor|prefiero|preferiria|quisiera) no\b",
    r"^no (?:quisiera|quiero|quieren|deseo|dejen(?! de)|dejes(?! de)|hagan|haga|manden|llamen|me gusta|"
    r"me gustaria|hace falta|"
    r"es necesario|hay necesidad|me siento comod[oa])\b",
)
SHAPES_YES = (
    r"^(?:(?:yes|yeah|ok|okay|well|why|sure) )*(?:sounds like a (?:good |great )?(?:plan|idea|deal)|"
    r"(?:i )?(?:reckon|imagine|believe|expect) so)$|"
    r"^(?:why|well|oh|but) (?:yes|of course|sure|certainly)(?: of course)?$",
    r"^(?:(?:yes|yeah|ok|okay|sure|well) )*(?:(?:thats|its|that is|it is) )?(?:totally |all |"
    r"perfectly )?(?:alright|fine|ok|okay|good|cool) (?:with|by|for) "
    r"(?:me|us)(?: \w+)?$|^(?:that|it|this) would (?:actually |really |honestly |totally )*be (?:\w+ )?(?:good|"
    r"fine|ok|okay|great|nice|lovely|helpful|wonderful)$",
    r"^(?:(?:si|claro|bueno|pues) )*claro que (?:pueden|puede|puedes|adelante|se puede|me gustaria|quiero)\b",
    r"^(?:(?:yes|yeah|sure|ok|okay) )?(?:(?:id|wed|(?:i|we) would) (?:really |totally |definitely )*(?:like|love|want|"
    r"prefer|appreciate|welcome)|(?:i|we) (?:really |do |totally )*(?:appreciate|welcome|approve|agree|accept|consent|"
    r"trust (?:you|yall)))(?: (?:of|to|with))?(?: (?:that|it|this|you|guys|a lot|very much|so much|one))*$",
    r"^(?:(?:that|it|this)(?: is| would be|s)? )?(?:a )?(?:really |pretty |very )?(?:good|great|nice|solid|smart|"
    r"wonderful|lovely) "
    r"(?:idea|plan|call)$",
    r"^(?:(?:yes|yeah|sure|ok|okay) )?(?:im|i am|were|id be) (?:so |totally |all |definitely )*(?:down|game|in|"
    r"on board|for it|open|"
    r"up)(?: (?:with|to|for) (?:it|that|this))?$",
    r"^(?:count me in|sign me up|roger(?: that)?|copy that|you got it|its a deal|deal|mmk|mkay|mmkay|kay|okey doke|"
    r"permission granted|(?:you have |i give (?:you )?)(?:my )?permission)$",
    r"\b(?:dont|do not|cant) see (?:the|any|a) (?:harm|problem|issue|downside)\b|^(?:theres |"
    r"i see )?(?:nothing wrong|no (?:issues?|"
    r"problems?|harm)) (?:with|in) (?:that|it|this)$",
    r"^(?:por|para) mi (?:encantad[oa]|perfecto|adelante|dale|genial|va|excelente)$|^(?:dale|va|sale|orale|"
    r"venga) (?:nomas|pues|si|va|"
    r"que si|dale)$",
    r"^(?:a mi )?me parece (?:muy |super |bastante )?(?:bien|perfecto|genial|excelente|correcto|buena idea|ok)$|"
    r"^(?:(?:ok|sip|si|claro|"
    r"dale|va) )*no pasa nada$",
    r"^(?:acepto|concedido|autorizo|autorizado|doy (?:mi )?permiso|tienen (?:mi )?permiso|cuenten conmigo|"
    r"les doy permiso)$",
    r"^(?:(?:thats|its|id|i|ill|say|a|an|hell|heck|oh|big|absolutely|definitely|un|es|digo) )+(?:yes|yeah|"
    r"si)(?: (?:from me|for me|thanks|thank you|please|de mi parte|gracias))?$|^(?:very much(?: so)?|go on(?: "
    r"then)?)$",
    r"^(?:(?:you|they|she|he) (?:can|may|could)|(?:si )?(?:pueden|puede|puedes)) (?!ser\b)\w+",
    r"^(?:(?:that|it|this) )?(?:would|will|should|ll|d) (?:work|do|be (?:good|fine|ok|okay|great|nice|lovely|"
    r"helpful))\b",
    r"^(?:(?:yes|yeah|yep|sure|ok|okay|alright|fine|k) )+(?:you (?:can|may)|leave|go ahead|thats (?:fine|ok|okay|good|"
    r"great|cool|totally)|that works|i dont mind)\b|^(?:a mi |a mi si )?me (?:parece (?:muy )?bien|late|encantaria)\b",
    r"^leave (?:one|it|a (?:message|voicemail|note))\b|^(?:dejen|deje|deja) (?:uno|un (?:mensaje|recado)|"
    r"mensaje|recado)\b",
    r"^(?:(?:yes|yeah|yep|sure|ok|okay|that|it|all) )*(?:sounds|works|looks|seems) ?(?:good|great|fine|ok|okay|"
    r"alright|right|perfect|lovely|nice|well|for me)?(?: to me)?$",
    r"^(?:(?:yes|yeah|yep|sure|ok|okay) )*(?:go (?:right )?(?:ahead|for it)|by all means|you bet|be my guest|"
    r"help yourself|feel free)\b",
    r"^(?:im|i am|were|id be|thats|it is|its) (?:totally |completely |perfectly |all |really |absolutely |quite "
    r")?(?:ok|okay|fine|good|cool|happy|comfortable|alright)(?: (?:with|by|about|for) \w+(?: \w+)?)?$",
    r"^(?:please|por favor|porfa)$",
    r"^(?:por|para|de) (?:mi|mi parte|nuestra parte) (?:si|esta bien|bien|ok|claro|no hay problema)\b",
    r"^si (?:esta|me parece|por mi|claro|adelante|pueden|puede|quiero|me gustaria|con gusto)\b",
)
