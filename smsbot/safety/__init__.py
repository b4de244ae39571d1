"""What outranks any flow: the safety screen, the opt-out detector and the detector of medical questions.

`screen(text, context)` never raises on a string. A caller that sees an exception all the same opens an alert of tier 3
with kind "screen_fault": a fault of the detector is never silence (RELIABILITY.md 8.3), and the patient gets no line
for it (RULINGS 5). Only `lexicon.py` touches files: it reads the shipped data once, at its
first use. Patterns are compiled at
their first use; a process that answers webhooks calls `warm()` when it starts.

Kinds and the line each leads to (CONTENT.md 3.1 and 11); the b-, n- and R-variants are the inbox's choice:

    overdose            1    pills or poison taken                             CRS-1
    medical_emergency   1    chest pain, breathing, fainting, seizure         CRS-1m
    harm_other          1-4  intent to hurt another; talk of it (4)            CRS-1h; 4: CRS-4
    suicide             1-4  plan, means, farewell, act (1), wish (2),
                             past wish (3), word alone or taken back (4)       CRS-1, CRS-2, CRS-3, CRS-4
    harm_command        2    voices that tell one to hurt                      CRS-2
    passive             2-4  not wanting to live, burden                       CRS-2, CRS-3, CRS-4
    self_harm           2-4  cutting, burning, urges                           CRS-2, CRS-3, CRS-4
    abuse               2    hurt or threatened by someone near                CRS-2d
    unsafe_ride         2    the ride home is drunk or frightening             RID-1
    hotline_digits      2    988, 911, 741741, 838255 alone; AYUDA after CRS   CRS-9
    worry_urgent        3    voices, no sleep with energy, unreality, extra
                             dose, drove after a session                       CRS-3m
    misconduct          3    complaint about staff (do not page treating staff) CMP-1
    disclosure          3    past abuse or assault                             DIS-1
    other_risk          3    somebody else in danger                           CRS-3, staff item
    medical_worry       3-4  urine, headache, drink or relapse (3), over (4)   SFX-1 or SUB-1; 4: CRS-4
    distress            3    despair, panic, hopelessness                      CRS-3
    other_died          4    someone else died by suicide                      CRS-4g
    unclear             4    idiom, fragment, session image, SALTAR            CRS-4

Any kind may be lowered to 3 or 4 by the words around it; `rule` then names the mark ("en.wish_die:negated"). Rules that
took part are joined by "+", the one that counts first, a request about the texts last.

`opt`: "stop" opts out at once; "ask" sends STP-2 (with a tier: only after the safety question is settled); "start" and
"help" are keywords. "No mas" as the whole text is a keyword too. Whole-body phrases ("no more", "leave me alone",
"basta") are "stop" only while no question in words is open, otherwise "ask" (CONTENT.md 11.2 outranks 2.2), and nothing
beside a finding of tier 1-3.
PARAR, PARE, ALTO, BAJA and CANCELAR alone are stop words; PARA alone is a whole-body phrase (it is also "for").
"""

from smsbot.safety.finding import Context, Finding
from smsbot.safety.screening import screen, version, warm
from smsbot.safety.weighing import KINDS

__all__ = ["KINDS", "Context", "Finding", "screen", "version", "warm"]
