"""How things look in a text or sound in a call: pure functions from values to words.

segments(text) -> int                       parts on the air; units(text), is_gsm(text)
tidy(text) -> str                           straight quotes, hyphens, dots; accents stay
to_gsm(text) -> (str, whole: bool)          GSM-7 look-alikes; whole is False if a letter had none
excerpt(words, language) -> str             a patient's words, cut for quoting (RULINGS 22); "" = cannot be shown
xml_safe(text) -> str                       without code points that XML forbids
day(date, language) -> str                  "Thursday, December 3" / "jueves 3 de diciembre"
clock(local, language) -> str               "10:00 am" / "10:00"
moment(local | None, now, language) -> str  "tomorrow at 9 am" / "mañana a las 9"; "" for None
opening(local | None, now, language) -> str "from tomorrow at 9 am" / "desde mañana 9:00"; "" for None
window(local | None, hours, now, language)  "today 9 am-5 pm" / "hoy 9:00-17:00"; "" for None
phone(e164) -> str                          "(617) 555-0100"
spoken(text) -> str                         "988" as "9 8 8", telephone numbers digit by digit
"""

from smsbot.render.moments import clock, day, moment, opening, window
from smsbot.render.quote import excerpt, xml_safe
from smsbot.render.segments import is_gsm, segments, tidy, to_gsm, units
from smsbot.render.spoken import phone, spoken

__all__ = [
    "clock",
    "day",
    "excerpt",
    "is_gsm",
    "moment",
    "opening",
    "phone",
    "segments",
    "spoken",
    "tidy",
    "to_gsm",
    "units",
    "window",
    "xml_safe",
]
