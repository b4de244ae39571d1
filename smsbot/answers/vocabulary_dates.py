"""Names of days and months, and the patterns that a date is read by (folded text: no accents), English and Spanish."""

import re

from smsbot.answers.bags import bag, counted
from smsbot.answers.vocabulary_numbers import SPELLED

MONTHS = {
    **counted("january february march april may june july august september october november december", 1),
    **counted("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    **counted("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", 1),
    **counted("ene feb mar abr may jun jul ago sep oct nov dic", 1),
    **{"sept": 9, "setiembre": 9, "set": 9},
}
WEEKDAYS = {
    **counted("monday tuesday wednesday thursday friday saturday sunday", 0),
    **counted("lunes martes miercoles jueves viernes sabado domingo", 0),
}
SHORT_WEEKDAYS = {
    **counted("mon tue wed thu fri sat sun", 0),
    **counted("lun mar mie jue vie sab dom", 0),
    **{"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
}


YEAR = r"(?:,? (?:de |del )?(?P<year>\d{4}))?"
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
WORDS = {
    **counted("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth", 1),
    **counted("fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 14),
    **counted("primero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince", 1),
    **counted("dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro", 16),
    **counted("veinticinco veintiseis veintisiete veintiocho veintinueve treinta", 25),
    **{f"twenty {word}": day for word, day in counted("first second third fourth fifth sixth", 21).items()},
    **{"twenty seventh": 27, "twenty eighth": 28, "twenty ninth": 29, "thirtieth": 30, "thirty first": 31},
    **{"uno": 1, "treinta y uno": 31},
}
DAY = (
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|ero|ro|er|o)?|(?P<word>"
    + "|"
    r"".join(sorted(WORDS, key=len, reverse=True))
    + "))"
)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
SLASHED = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?(?!\d)")
MONTH_DAY = re.compile(rf"\b{MONTH}\.? (?:the )?{DAY}\b(?! ?(?:am|pm|:|-)){YEAR}")
DAY_MONTH = re.compile(rf"\b{DAY} (?:de |of )?{MONTH}\b\.?{YEAR}")
DAY_ALONE = re.compile(
    r"\b(?:the (?P<en>\d{1,2})(?:st|nd|rd|th)|el (?:dia )?(?P<es>\d{1,2}))\b(?! ?(?:[:/-]|de\b(?! este mes)|am\b|pm\b))"
)
SOON = (
    (re.compile(r"\b(?:the )?day after tomorrow\b|\bpasado manana\b"), 2),
    (re.compile(r"\b(?:tomm?orr?ow|tomm?arr?ow|tomoro|tmr|tmrw|tmrow|tmw|2moro|2morr?ow|2mrw)\b"), 1),
    (re.compile(r"(?<!la )(?<!esta )(?<!de )\bmanana\b"), 1),
    (re.compile(r"\b(?:today|tonight|this (?:afternoon|evening)|hoy|esta (?:noche|tarde))\b"), 0),
)
IN = re.compile(
    r"\b(?:in|en|dentro de) (?P<count>\w+) (?P<unit>day|dia|week|semana)s?\b"
    r"|\b(?P<number>\w+) (?P<units>day|week)s? from (?:now|today)\b"
)
COUPLE = re.compile(r"\ba couple(?: of)?\b|\bun par de\b")
NAMED = re.compile(
    rf"\b(?:(?P<which>next|proximo|this|este|on|el) )?(?P<day>{'|'.join(WEEKDAYS | SHORT_WEEKDAYS)})\b"
    r"(?P<after> que (?:viene|entra|sigue)| proximo| siguiente)?"
)
ANY_NAME = "|".join(WEEKDAYS | SHORT_WEEKDAYS)
WITH_DAY = re.compile(
    rf"\b(?P<name>{ANY_NAME}),? (?:the |el |dia )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?! ?(?:[:/-]|\.\d|am\b|pm\b|a\b|p\b|de\b|of\b|or?\b|hours?\b|days?\b|weeks?\b|oclock|horas?\b))"
)
REFUSED = re.compile(
    r"\b(?:not|doesnt|didnt|isnt|wasnt|never|nunca|los|busy|cant|cannot|dont|wont|except|unless|every|each|no|"
    r"excepto|menos|cada|todos|last|pasado|or|o)\b"
)
OTHER_DAY = re.compile(r"\b(?:or|o|and|y|to|al?) \d{1,2}\b|- ?\d")
BAD = re.compile(
    r"\b(?:is|are|looks|esta|es) (?:really |very |so |muy |bien )?(?:bad|out|taken|full|off|hard|tough|mal)\b"
)
BUT_NOT = re.compile(
    r"\b(?:any|anything|anyday|anytime|every|all|whatever|cualquier|todos?)\b.*\b(?:but|except|besides|menos|"
    r"excepto|salvo)\b"
)
TURNS = re.compile(r"[,;.!\n]+|\b(?:but|pero|though|aunque)\b")
A_DATE = (
    rf"(?:{'|'.join(WEEKDAYS | MONTHS)}|tomorrow|today|manana|hoy|(?:the |el |del )\d|\d{{1,2}}(?:st|nd|rd|th|/\d)"
    r"|christmas|navidad)"
)
OPEN = re.compile(
    r"(?:(?<!day )(?<!days )(?<!week )(?<!weeks )\b(?:after|since|from|past|following)|\b(?:before|until|till?|by|"
    r"starting|despues de|antes de"
    rf"|hasta|desde|a partir de|para antes de))(?:l? el| the| on| this)? ?l? ?{A_DATE}\b"
)
# Something told rather than a day given: "me sentí mal el lunes", "today was hard", "i feel sad today".
TOLD = re.compile(
    r"\b(?:(?:was|were|estaba)(?! (?:thinking|hoping|pensando))|had|felt|feel|feeling|feels|went|saw|got|cried|slept"
    r"|came|took|made|woke|met|left|lost|talked|called|visited|walked|happened|hard|rough|sad|tired|anxious|fue|fui"
    r"|estuve|estuvo|tuve|tuvo|senti|sentia|siento|vi|llore|dormi|llegue|paso|hable|hice|era|dificil|triste|"
    r"cansad[oa])\b"
)
WEEK_ON = re.compile(
    rf"\b(?P<count>a|an|one|1|two|2|three|3) weeks? from (?=(?:the |this |on )?(?:tomorrow|{'|'.join(WEEKDAYS)})\b)"
    rf"|\bde (?=(?:hoy|manana|{'|'.join(WEEKDAYS)}) en ocho\b)"
)
IN_EIGHT = re.compile(r"\ben ocho(?: dias)?\b")
NEXT_WEEK = re.compile(
    r"\b(?:next week|following week|week after|(?:semana|mes) (?:que|siguiente|entrante)|(?:proxima|otra) semana)\b"
)
HOLIDAYS = (
    (re.compile(r"\b(?:christmas|xmas) eve\b|\bnochebuena\b"), (12, 24)),
    (re.compile(r"\b(?:christmas|xmas)(?: day)?\b(?! (?:break|party|week|time))|\b(?:el dia de )?navidad\b"), (12, 25)),
    (re.compile(r"\bnew years? eve\b|\bnochevieja\b|\b(?:fin de ano|ano viejo)\b"), (12, 31)),
    (re.compile(r"\bnew years? day\b|\b(?:dia de )?ano nuevo\b"), (1, 1)),
    (re.compile(r"\bhalloween\b"), (10, 31)),
    (re.compile(r"\bvalentines?(?: day)?\b|\bsan valentin\b"), (2, 14)),
)
# Names long enough that one wrong letter makes no other word, and slips with more than one.
LONG_NAMES = bag(
    """
    tuesday wednesday thursday saturday tomorrow miercoles february september october november december septiembre
    octubre noviembre diciembre
    """
)
SLIPS = {
    **dict.fromkeys(bag("wensday wendsday wendesday wenesday wedsday wednsday"), "wednesday"),
    **dict.fromkeys(bag("thurdsay thusrday thurday thirsday"), "thursday"),
    **dict.fromkeys(bag("mondy munday monady"), "monday"),
    **dict.fromkeys(bag("firday fridy frday"), "friday"),
    **dict.fromkeys(bag("sundy sudnay"), "sunday"),
    **{"saturaday": "saturday", "tusday": "tuesday", "savado": "sabado", "juebes": "jueves"},
}
PLAIN_SHORT = bag("tues weds thur thurs fri jue mie vie")  # "sat", "sun", "wed" and "mar" are words too
ALONE_OR_PART = re.compile(
    rf"(?:{'|'.join(SHORT_WEEKDAYS)})(?: (?:morning|afternoon|evening|night|works|is (?:good|fine|ok|best)|please|pls|"
    r"en la|por la|temprano|porfa|por favor).*)?[ .!?,]*"
)
KNOWN = LONG_NAMES | MONTHS.keys() | WEEKDAYS.keys() | SLIPS.keys()
COUNTS = {"a": 1, "an": 1, "un": 1, "una": 1} | SPELLED
WORD = re.compile(r"[^\W\d_]+")
YEARS = re.compile(r"\b\d{4}\b|/\d{2}\b")
SHORT = 5  # words around a holiday; a longer text tells of one
LONGEST_WAIT = 120  # days; past that "in N days" is a figure of speech
