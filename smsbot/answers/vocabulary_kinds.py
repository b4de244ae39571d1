"""What words-answers are made of: nothing, fine, vague wishes, too much at once.

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
    getting by en uds gracias
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

ROLLED_THREE = bag("jkl sdf dfg fgh ghj hjk lkj kjh zxc xcv vbn bnm asd qwe")
KEYBOARD_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
CONSONANT_WORDS = bag(
    "hmm hmmm hmmmm mmm mmmm mmhm mhm pfft psst shh shhh brb tbh idk thx pls plz nvm smh omg lmk rn xd jk btw tmrw"
)
