"""How whole short replies are built that say nothing, nothing yet or that one does not know (folded patterns)."""

# Shapes of whole short replies, for what no list holds.
NONE_SHAPES = (
    r"^(?:(?:really|honestly|sorry) )*nothing (?:new|else|more|different|further)(?: (?:since|from|to|on|with|for|"
    r"than|beyond)(?: \w+){1,3})?$|^i have no (?:hopes?|questions?|"
    r"intentions?|goals?|thoughts?|expectations?)(?: (?:this|time|today|really|for|it|right|now|tbh))*$|^(?:no |"
    r"none |nada |ninguna |por ahora |de momento )+(?:ninguna|ninguno|nada)$",
    r"^(?:(?:honestly|really|sorry|um|well|just|no|tbh) )*nothing (?:really |much )*(?:jumped out|came through|"
    r"id (?:put|want|say)|"
    r"i (?:can|could|would|want to|d) (?:put|name|say|share|describe|point)|that i (?:can|could|would) (?:put|"
    r"name|say|share))"
    r"(?: (?:at|to|for|into|in) (?:me|words|it))*$",
    r"^(?:(?:honestly|really|sorry|um|well|just|no|tbh) )*(?:i )?(?:dont|do not|didnt) (?:really )?(?:have|bring|"
    r"get) an? (?:real |good )?"
    r"(?:answer|intention|question|hope|response|thing|one)(?: (?:for|today|right|now|really|tbh|this|time|it|"
    r"that|in|mind))*$",
    r"^(?:i )?(?:cant|couldnt) (?:really )?say (?:that )?(?:anything|much)(?: (?:came|stood|jumped|comes|stands|"
    r"is) (?:up|out|there))?$|"
    r"^(?:im |i am )?not (?:really )?(?:bringing|carrying|holding|setting) (?:anything|much|an? \w+|"
    r"one)(?: (?:today|this time|really))?$",
    r"^no (?:particular|specific|special|real|clear|big) (?:hopes?|questions?|intentions?|goals?|expectations?|"
    r"reason)(?: \w+){0,2}$|"
    r"^(?:no|nope|nah|honestly|really) not (?:a|one|any)(?: single)? thing(?: (?:today|really|right now|yet))?$|"
    r"^just nothing$",
    r"^(?:(?:pues|la|verdad|hoy|ahorita|yo|creo|que|esta|vez) )*no (?:traigo|tengo|hay|me sale|"
    r"encuentro) ningun[oa]?(?: \w+)?(?: (?:hoy|"
    r"ahorita|la verdad|por ahora))*$",
    r"^(?:(?:honestly|really|sorry|um|well|just|no|tbh) )*(?:i )?(?:dont|do not|didnt) (?:really )?(?:have|"
    r"remember|recall|"
    r"bring|got|get) (?:anything|any|one|much|any (?:questions?|hopes?|intentions?|thoughts|ideas?))(?: (?:for|"
    r"today|right|"
    r"now|really|tbh|to|say|share|add|this|time|from|it|in|mind|specific|sorry))*$",
    r"^not (?:really |much of )?(?:anything|one)(?: (?:today|really|for me|right now))?$|"
    r"^(?:it )?didnt (?:really )?bring "
    r"(?:anything up|up anything)$|^nothing (?:at the moment|for (?:the|this) (?:moment|time)|for (?:today|"
    r"now)(?: thanks)?)$",
    r"^no (?:real )?(?:hopes?|questions?|intentions?|goals?|expectations?|requests?)(?: (?:or|and) (?:hopes?|"
    r"questions?|"
    r"intentions?|goals?))?(?: (?:from|me|today|right|now|really|for|this|time|at|all|thanks|here|yet|tbh|sorry))*$",
    r"^(?:(?:pues|la|verdad|hoy|ahorita|yo|creo|que) )*no (?:traigo|tengo|me (?:llega|viene|sale|nace)|hay|"
    r"recuerdo|siento|"
    r"encuentro|pienso en) nada(?: (?:hoy|ahorita|la verdad|por ahora|en mente|que (?:decir|contar|compartir)|"
    r"especial))*$",
    r"^(?:no tengo |sin )?(?:ningun[oa]? )?(?:preguntas?|expectativas?|intencion(?:es)?)(?: (?:hoy|por ahora|"
    r"la verdad))?$",
    r"\b(?:cant|couldnt|could not|cannot|can not) (?:really )?(?:think of|come up with|name|find|remember) "
    r"(?:anything|any|one|"
    r"a thing|something)\b",
    r"^(?:(?:honestly|really|sorry|um|well|just) )*nothing(?: (?:really|much|special|big|new|important|at all|"
    r"here|yet|today|"
    r"for me|sorry|tbh|honestly|on my mind|in mind|in particular|worth \w+|stands? out|stood out|stuck|stayed|"
    r"comes? up|came up|"
    r"(?:comes?|came) to mind|to (?:say|share|add|report|bring|tell|note)|to me|right now|with me|on my "
    r"(?:end|side|mind)|from me))+$",
    r"\b(?:drawing|drew|draw) (?:a|only) blanks?\b|^(?:(?:totally|total|my|mind|minds|is|just|a|completely|"
    r"went) )*blank$",
    r"^(?:(?:pues|la|verdad|creo|que|ahorita|hoy) )*nada(?: (?:importante|especial|de nada|relevante|nuevo|"
    r"interesante|por ahora|"
    r"en (?:especial|particular|mente)|que (?:decir|compartir|contar|agregar|traer|anotar)|de eso|la verdad|"
    r"hoy|ahorita))+$",
    r"\bno se me (?:ocurre|viene)(?: a la (?:mente|cabeza))? (?:nada|ninguna|ninguno)\b|^(?:(?:me|quede|estoy|"
    r"la|mente|tengo) )*en "
    r"blanco$",
)
YET_SHAPES = (
    r"^(?:i )?(?:dont|do not) (?:really )?have (?:one|any|anything|an? \w+) (?:yet|so far)$",
    r"^(?:(?:really|honestly|still) )*no (?:\w+ )?(?:shifts?|movement|effects?|signs?|results?|progress|insights?|"
    r"news|feelings?)(?: \w+)? "
    r"(?:yet|so far)$|^(?!.*\b(?:but|and|because)\b).*\b(?:nothing|none|nada) (?:yet|so far|todavia|aun)$",
    r"^(?:(?:todavia|aun|hasta ahora|la verdad) )*no (?:he|hemos) (?:sentido|notado|visto|tenido) (?:ningun |"
    r"muchos |grandes )?(?:cambios?|"
    r"diferencias?|efectos?|nada nuevo|mucho)(?: \w+)?$",
    r"^(?:(?:im|i am|really|honestly|still|just) )*not (?:feeling|noticing|seeing|sensing) (?:anything|much|"
    r"any (?:change|"
    r"changes|difference)|different)(?: (?:yet|so far|different|new))*$|^(?:im |i am |just )*still (?:waiting|"
    r"processing|"
    r"sorting)(?: (?:to|for|it|on) .{1,30})?$",
    r"^not yet (?:but|though|sorry|im|i|maybe)\b.{0,40}$|^so far (?:nothing|none|no)\b(?: \w+){0,2}$",
    r"^(?:es |esta |todavia (?:es )?|aun (?:es )?)?(?:muy|demasiado) pronto(?: para (?:saber|decir(?:lo)?|ver))?$",
    r"^(?:(?:still|so|far|todavia|aun|por|ahora|hasta) )*(?:nothing|nada|no (?:real |big )?(?:difference|"
    r"changes?|diferencia|"
    r"cambios?))\b.*\b(?:yet|so far|still|early|soon|todavia|aun|hasta ahora|pronto|temprano)\b",
    r"^(?:i )?(?:havent|have not|didnt|dont|do not) (?:really )?(?:noticed?|feel|felt|seen?|see) (?:a "
    r"(?:thing|difference|"
    r"change)|any(?:thing)?(?: (?:different|changes?|difference|new))?|different|much)(?: (?:yet|so|far|"
    r"really|tbh|honestly))*$",
    r"^(?:(?:hasta ahora|por ahora|todavia|aun|so far) )?(?:sin cambios|no changes?|nothing different)\b(?: \w+){0,2}$",
    r"^still nothing\b(?: \w+)?$|^(?:sigo|estoy|me siento|todo sigue|todo) igual(?: que antes)?$",
    r"^(?:todavia |aun )?no (?:noto|siento|he notado|he sentido|veo) (?:nada|ninguna? (?:diferencia|cambio)|"
    r"(?:la )?diferencia|"
    r"cambios?)(?: (?:todavia|aun|diferente|distinto))?$",
)
UNSURE_SHAPES = (
    r"^(?:(?:honestly|really|i|im|have|ive|got|still|just) )*(?:no (?:\w+ )?(?:idea|clue)|torn|undecided|"
    r"on the fence|stumped|lost for words|"
    r"at a loss)(?: (?:tbh|honestly|really|yet|sorry|on that|on this|about it|not sure))*$|"
    r"^(?:\w+ ){1,2}(?:not sure|no idea|i dont know|idk)$",
    r"^(?:(?:honestly|really|tbh|hmm|um|i|im|am|well|just|still|i have|havent|a|ive|got) )*(?:not (?:a clue|"
    r"certain|clear|100 sure|"
    r"totally sure|really sure|so sure|sure(?: (?:what|how|if|about)(?: \w+){0,3})?)|wish i knew|(?:have|"
    r"got)? ?no (?:clue|idea)|a clue|couldnt (?:say|tell)|cant say|"
    r"figured (?:that|it) out|figuring (?:that|it|things) out|decided|cant (?:really )?(?:say|tell|"
    r"decide))(?: (?:yet|really|tbh|honestly|either|right now|you|about that))*$",
    r"^(?:(?:la|neta|verdad|pues|mmm|yo|honestamente) )*(?:ni (?:la )?(?:(?:menor|mas minima|remota) )?idea|"
    r"no (?:lo )?tengo (?:muy )?"
    r"claro|no sabria(?: (?:decir\w*|que \w+))?|(?:todavia |aun )?no (?:lo )?se(?: bien)?|no estoy (?:muy |"
    r"tan )?segur[oa])(?: "
    r"(?:todavia|aun|la verdad|que decir|ahora|bien))*$",
)
