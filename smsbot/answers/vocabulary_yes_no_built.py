"""How whole replies to "is it OK if ...?" are built, from parts: what is asked about, and what is said of it."""

_ASKED = (
    r"(?:(?:that|this|it|they|those|either|anything|whatever)|(?:a|an|the|one|any|your|my|that|this|these|"
    r"leaving|getting|"
    r"having|quoting|using|sharing)(?: (?:a|an|me|my|the|one|short|own|voice|new))*(?: (?:voicemails?|vms?|"
    r"messages?|msgs?|"
    r"quotes?|quoting|words|calls?|recordings?|notes?|texts?|times?|days?|dates?|hours?|mornings?|afternoons?|"
    r"evenings?|one|"
    r"plan|change))?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|afternoons?|evenings?|voicemails?|"
    r"messages?|"
    r"quotes|quoting)"
)
_IS = r"(?: is|s| are|re| would be|d be|ll be| will be| should be| sounds?| looks?| seems?)"
_VERY = r"(?: (?:totally|perfectly|completely|absolutely|really|very|all|just|quite|pretty|also|still))*"
_FINE = r" (?:fine|ok|okay|k|good|great|perfect|alright|all right|cool|lovely|nice|welcome|no problem|not a problem)"
_ME = r"(?: (?:by|with|for|to|on) (?:me|us|my end|my side|my part))?(?: (?:too|then|thanks|thank you|please))*"
_NOT = r"(?:dont|do not|doesnt|does not|wont|will not|wouldnt|would not|cant|cannot|can not|isnt|is not|aint|didnt)"
_HORA = (
    r"(?:(?:a |en |para )?(?:esa?|este|esta|ese|el|la|los|las|por la) "
    r"(?:hora|horario|dia|fecha|manana|tarde|noche|\w+s) )?"
)
_SUITS_ES = r"(?:queda|quedan|viene|vienen|va|van|conviene|sirve|acomoda|funciona)"

SHAPES_NO = (
    rf"^(?:sorry |no |but |so )*{_ASKED}(?: \w+)? {_NOT}(?: really| quite| exactly)?(?: (?:work|fit|suit|do|ok|"
    rf"okay|good|"
    r"fine|great|it|for me|for us|me|now|anymore|connect|match|ring a bell|so|at all))*$",
    rf"^(?:sorry |no |i |i really |we )*(?:cant|cannot|wont|couldnt)(?: really)? (?:make|do|manage) {_ASKED}"
    r"(?: (?:time|work|sorry|then|anymore|day|either))*$|^(?:sorry )?(?:i |we )?(?:cant|cannot) (?:then|that day|do it|"
    r"make it)(?: sorry)?$|^(?:sorry )?(?:i |we )?(?:cant|cannot|wont) (?:that day|then)(?: then)?$",
    r"^(?:please |no |sorry |i |i really |really |honestly )*(?:dont|do not|wouldnt|didnt) (?:really )?(?:want|"
    r"need|like|"
    r"care for|wish for|use|quote|leave|share|repeat|record|save|send|call)(?: (?:a|an|any|the|one|ones|my|it|"
    r"that|this|"
    r"those|these|voice|voicemails?|messages?|quotes?|words?|texts?|calls?|anything|back|me|on|it|please|thanks|"
    r"thank|you|"
    r"today|now|here|for|phone|to|be|quoted|called|recorded))*$",
    r"^(?:no |i |well )*(?:dont|do not) (?:think|believe|feel|see) (?:it|that|this|they|so|theres|"
    r"there is)\b(?: \w+){0,4}$",
    r"^(?:please |just |no |nah )*leave (?:no|nothing|it out|them out|that out|my words out)(?: \w+){0,2}$",
    r"^(?:please |just |id |rather |would |better |no |nah )*(?:keep|leave) (?:it|that|this|them|those|"
    r"my (?:words|stuff|"
    r"things|notes|answers)|what i (?:say|write)) (?:private|to myself|out|between us)(?: \w+){0,3}$",
    r"^(?:its |thats |it is |im |i am |really |probably )*not (?:really |at all )?(?:necessary|needed|required|"
    r"wanted|for me|"
    r"my thing|a fan(?: of \w+)?|in the (?:slightest|least)|that i (?:know|see|remember|can tell)(?: of)?|"
    r"on (?:this|my) "
    r"(?:phone|number)(?: please)?|keen(?: on \w+)?|as far as i (?:know|can tell|see)|by text|(?:ok|okay|good|happy|"
    r"comfortable) (?:with|about) (?:it|that|this|\w+))$",
    r"^(?:theres |there is |i see |i have |really )*no (?:need|connection|link|relation|similarity|"
    r"point)(?: (?:to|for|there|"
    r"at all|it|that|this|them|really|i can see|i see|thanks|thank you|a|voicemail|message))*$",
    r"^(?:hard |ill |i will |gonna |have to |its a |ima |id )*pass(?: on (?:that|this|it|"
    r"the voicemail))?(?: thanks| please)?$",
    r"^(?:nobody|no one|noone|nadie)(?: (?:else|other|mas|but me|except me|here|aqui|en casa))*(?: (?:does|do|"
    r"reads?|sees?|"
    r"uses?|has|can|checks?|knows?|touch(?:es)?|lo|la|los|lee|usa|ve|toca|tiene|revisa|mira)(?: (?:it|this|them|"
    r"mine|my|"
    r"phone|texts?|that|lee|usa|ve|toca|tiene|revisa|mira|ni|mi|los|mensajes|textos|telefono|cel|celular))*)?$",
    r"^(?:please|just|id|rather|much|better|would)? ?(?:text|texts|texting|email|e mail) (?:me )?(?:is better|"
    r"instead|only|"
    r"please|works better)$|^(?:mejor|prefiero) (?:por|un|con)? ?(?:texto|mensaje|mensaje de texto|escrito)$",
    rf"^{_HORA}no (?:me|nos|te|se) {_SUITS_ES}(?: (?:bien|mal|mucho|nada|para|esa?|este|esta|"
    rf"hora|dia|horario|fecha|a|mi|la|verdad|gracias|ahora))*$|^{_HORA}no (?:puedo|podria|podre|se puede|alcanzo|llego)"
    r"(?: (?:ese|esa|este|esta|el|a|hora|dia|fecha|lunes|martes|miercoles|jueves|viernes|sabado|domingo|por|la|manana|"
    r"tarde|noche|entonces|asi))*$",
    r"^(?:no |mejor |por favor |yo |es que )*no (?:(?:me|lo|la|los|las|le|nos) )?(?:usen?|citen?|dejen?(?! de)|"
    r"graben?|manden?|"
    r"llamen?|compartan?|repitan?|pongan?|guarden?|quiero|necesito|deseo|hace falta|es (?:necesario|buena idea|"
    r"para mi)|"
    r"me (?:siento|sentiria) \w+ con|lo (?:creo|veo) (?:necesario|conveniente|bien)|me interesa)(?: \w+){0,5}$",
    r"^(?:eso |de eso |yo |la verdad |pues |para nada |todavia |creo |que )*no(?: (?:por favor|gracias|mucho|"
    r"tanto|la verdad|"
    r"realmente|de momento|todavia|para nada))+$|^(?:preferiria|prefiero|mejor|quisiera) que no\b(?: \w+){0,4}$",
)
SHAPES_YES = (
    rf"^(?:yes |yeah |sure |ok |okay |well |and |so )*{_ASKED}(?: \w+)?{_IS}{_VERY}{_FINE}{_ME}$",
    rf"^(?:yes |yeah |sure |ok |okay |well |and |so )*{_ASKED}(?: \w+)?(?: would| will| should|ll|d)?(?: also|"
    rf" still| really)? "
    rf"(?:works?|fits?|suits?(?: me)?|does it){_VERY}(?: (?:well|fine|great|good|perfectly))?{_ME}$",
    rf"^(?:its|it is|thats|that is)?{_VERY}{_FINE}(?: (?:to|for you to|if you)) (?:leave|quote|use|"
    rf"call|send|record|"
    r"share|do|keep|text)(?: \w+){0,4}$",
    rf"^(?:(?:im|i am|i would be|id be|were|we are){_VERY} )?(?:fine|ok|okay|good|great|cool|happy|glad|"
    rf"comfortable|alright|"
    rf"all right|pleased) (?:with|about|for) {_ASKED}(?: (?:too|thanks|thank you))*$",
    r"^(?:pretty sure|quite sure|fairly sure|probably|likely|most likely|very likely|i think|i guess|i suppose|"
    r"i believe|"
    r"id say|id guess|guess|honestly|mostly|basically|technically|it might be a|thats a|a big|hell|oh|ah|ooh|um|"
    r"mm|well|and|so|"
    r"(?:yo )?(?:diria|digo|creo|pienso|supongo|seguro|claro|probablemente|imagino)(?: que)?|me imagino que)"
    r"(?: (?:yes|yeah|yep|so|si))+(?: (?:thanks|thank you|please|gracias))?$",
    r"^(?:absolutely |really |i have |theres |there is |yes |yep |yeah |sure )*no (?:problem|problems|issue|"
    r"issues|objections?|"
    r"worries|trouble|"
    r"concerns?)(?: (?:at all|here|there|from me|from us|with it|with that|with me|on my (?:end|side)|thanks))*$",
    r"^(?:i |we )?(?:dont|do not|wouldnt|would not) mind(?: (?:it|that|this|at all|one bit|a bit|either|"
    r"a voicemail|being "
    r"quoted|if you do))*$",
    r"^(?:you have|you got|youve got|you get|u have) my (?:ok|okay|permission|consent|blessing|yes)(?: \w+){0,4}$|"
    r"^(?:you are|youre|ur|they are|theyre) (?:more than |very |so )?welcome to\b(?: \w+){0,4}$",
    r"^(?:its |thats |were |im )?all (?:good|set|fine|clear)(?: (?:here|with me|by me|for me|on my end))+(?: thanks)?$|"
    r"^(?:alright|all right|okay|ok|okey dokey|sure|yes|yeah|fine) then$|^whatever (?:works|helps|you (?:like|"
    r"want|need|think))$",
    r"^(?:it|that|this|sure|yes it|yeah it) (?:really |sure |definitely |totally |kind of |actually )?(?:does|did|do)"
    r"(?: (?:a lot|actually|indeed|a bit|somewhat|thanks|for me|for sure|ring a bell|connect|fit|match))*$",
    r"^(?:ok|okay|alright|sure) (?:but )?just (?:keep|make|leave|dont say|say|be|please) .*\b(?:short|brief|name|quick|"
    r"quiet|vague|discreet)\b.*$|^sure (?:you (?:can|may|guys)|my "
    r"(?:voicemail|phone|inbox|mailbox|cell)) \w+(?: \w+){0,5}$",
    rf"^(?:si |claro |pues |bueno |ok )*{_HORA}(?:(?:me|nos) {_SUITS_ES}|(?:esta|estaria|suena|parece|"
    rf"es)(?: muy| todo)?) ?"
    r"(?:muy |super |todo )?(?:bien|perfecto|perfecta|bueno|buena|genial|ideal|excelente|ok)(?: (?:asi|para mi|"
    r"por mi|gracias|"
    r"esa hora|ese dia|conmigo))*$",
    r"^(?:(?:si|bueno|pues|claro|ok|todo) )*(?:me parece|esta bien|todo bien|perfecto|correcto)(?: (?:asi|"
    r"por mi|para mi|"
    r"gracias|si|entonces))*$",
    r"^(?:yo |pues |la verdad |a mi )*no (?:tengo|veo|hay|encuentro|habria) (?:ningun |ninguna |el menor )?(?:problema|"
    r"inconveniente|lio|bronca|objecion|problemas)(?: \w+){0,4}$|^ningun (?:problema|"
    r"inconveniente)(?: \w+){0,3}$|^(?:con "
    r"(?:toda )?confianza|adelante|haganlo|hagale|pueden hacerlo|dejenlo|cuenten con (?:eso|ello))(?: \w+){0,3}$",
    r"^(?:a mi )?no (?:me|nos) (?:molesta|importa|incomoda|afecta)(?: (?:para nada|en absoluto|que \w+|si \w+|eso))*$",
)
