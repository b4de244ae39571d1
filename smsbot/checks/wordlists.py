"""The words that no line may hold, with why, in English and Spanish: drugs, doses, diagnoses, tone, region.

Phrases are regular expressions over lower-case words. A phrase after "no", "nada" or "nothing" is another one
("No tienes que decidir nada", "Nothing you need to do" give room), so it is let through.
"""

from __future__ import annotations

import re

DRUGS = r"""(?:es)?ketamin\w* | s?ketamina\w* | spravato | ketalar | psychedelic\w* | psicod[ée]lic\w* | lozenges?
  | troches? | infusi[oó]n\w* | inyecci[oó]n\w* | injections? | intravenous | intramuscular | intravenos[oa]
  | nasal | spray | iv | benzo\w* | opioid\w* | opi[oa]ceo\w* | ssris?"""
DOSES = r"""dos(?:e|es|ed|age|ing) | dosis | dosific\w* | milligrams? | miligramos? | \d+\s?mg | mg"""
DIAGNOSES = r"""depress(?:ion|ed|ive) | depresi[oó]n | deprimid[oa]s? | anxiety | ansiedad | ptsd | tept | ocd | toc
  | bipolar\w* | diagnos\w* | diagn[oó]stic\w* | disorders? | trastornos? | psychosis | psicosis | trauma\w*
  | symptoms? | s[ií]ntomas?"""
VISITS = r"""treatments? | tratamientos? | therap(?:y|ies) | terapias? | induction | inducci[oó]n | visit\stype"""

TONE_ENGLISH = (
    ("you must", "it orders; offer instead"),
    ("you need to", "it orders; offer instead"),
    ("you have to stay", "it orders; offer instead"),
    ("you should", "it advises; offer instead"),
    ("don't forget", "it presses; leave the choice open"),
    ("do not forget", "it presses; leave the choice open"),
    ("you failed", "it blames"),
    ("you didn't reply", "it shows that silence is counted"),
    ("you didn't answer", "it shows that silence is counted"),
    ("you didn't do", "it blames"),
    ("you forgot", "it blames"),
    ("everything happens for a reason", "it brushes pain aside"),
    ("just breathe", "it brushes pain aside"),
    ("stay positive", "it brushes pain aside"),
    ("stay strong", "it brushes pain aside"),
    ("trust the process", "it brushes pain aside"),
    ("look on the bright side", "it brushes pain aside"),
    ("brain is rewiring", "it claims what is not known"),
    ("rewire", "it claims what is not known"),
    ("window closing", "it presses and claims what is not known"),
    ("window is closing", "it presses and claims what is not known"),
    ("go deeper", "it presses for detail"),
    ("great job", "it praises; name the effort instead"),
    ("good job", "it praises; name the effort instead"),
    ("well done", "it praises; name the effort instead"),
    ("proud of you", "it praises, and nobody is there to be proud"),
    ("streak", "it counts the patient"),
    ("badge", "it counts the patient"),
    ("keep it up", "it presses"),
    ("we missed you", "it shows that silence is counted"),
    ("haven't heard from you", "it shows that silence is counted"),
    ("you haven't answered", "it shows that silence is counted"),
    ("always call", "it promises what nobody can keep (CONTENT 11.16)"),
    ("we'll check in", "it promises contact (CONTENT 11.16)"),
    ("we will check in", "it promises contact (CONTENT 11.16)"),
    ("they'll reach out", "it promises contact (CONTENT 11.16)"),
    ("will reach out", "it promises contact (CONTENT 11.16)"),
    ("your team will call", "it promises contact (CONTENT 11.16)"),
    ("your team will look", "it promises contact (CONTENT 11.16)"),
    ("your team will see", "it promises contact (CONTENT 11.16)"),
    ("someone will call", "it promises contact (CONTENT 11.16)"),
    ("we're here for you", "nobody is there; say what the line can do"),
    ("we are here for you", "nobody is there; say what the line can do"),
    ("close your eyes", "it gives body orders; offer a choice"),
    ("lie down", "it gives body orders; offer a choice"),
    ("take a deep breath", "it gives body orders; offer a choice"),
    ("do not worry", "it brushes pain aside"),
    ("don't worry", "it brushes pain aside"),
    ("calm down", "it brushes pain aside"),
)
TONE_SPANISH = (
    (r"debes \w+[aei]r", "ordena; ofrece"),
    ("tienes que", "ordena; ofrece"),
    ("no olvides", "presiona; deja la elección abierta"),
    ("no te olvides", "presiona; deja la elección abierta"),
    ("todo pasa por algo", "quita peso al dolor"),
    ("solo respira", "quita peso al dolor"),
    ("piensa en positivo", "quita peso al dolor"),
    ("sé fuerte", "quita peso al dolor"),
    ("confía en el proceso", "quita peso al dolor"),
    ("bien hecho", "elogia; nombra el esfuerzo"),
    ("buen trabajo", "elogia; nombra el esfuerzo"),
    ("te extrañamos", "muestra que se cuenta el silencio"),
    ("no has contestado", "muestra que se cuenta el silencio"),
    ("no respondiste", "muestra que se cuenta el silencio"),
    ("llama siempre", "promete lo que nadie puede cumplir"),
    ("tu equipo te llamará", "promete contacto"),
    ("tu equipo llamará", "promete contacto"),
    ("tu equipo lo verá", "promete contacto"),
    ("te van a llamar", "promete contacto"),
    ("te llamarán", "promete contacto"),
    ("estamos aquí para ti", "no hay nadie; di qué puede hacer la línea"),
    ("no te preocupes", "quita peso al dolor"),
    ("tranquilízate", "quita peso al dolor"),
    ("cierra los ojos", "da órdenes al cuerpo; ofrece"),
    ("acuéstate", "da órdenes al cuerpo; ofrece"),
)
REGIONAL_SPANISH = (
    ("oprime", "di 'marca' (CONTENT 11.25)"),
    ("oprima", "di 'marca' (CONTENT 11.25)"),
    ("chico", "di 'pequeño' (CONTENT 11.25)"),
    ("chica", "di 'pequeña' (CONTENT 11.25)"),
    ("usted", "habla de tú (CONTENT 11.25)"),
    ("ustedes", "habla de tú (CONTENT 11.25)"),
    ("vos", "habla de tú (CONTENT 11.25)"),
    ("vosotros", "habla de tú (CONTENT 11.25)"),
    ("bienvenido", "no des género (CONTENT 11.25)"),
    ("bienvenida", "no des género (CONTENT 11.25)"),
    ("listo", "no des género (CONTENT 11.25)"),
    ("seguro", "no des género: 'a salvo' (CONTENT 11.25)"),
    ("segura", "no des género: 'a salvo' (CONTENT 11.25)"),
    ("tranquilo", "no des género (CONTENT 11.25)"),
    ("cansado", "no des género (CONTENT 11.25)"),
)

RESERVED = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"}) | frozenset(
    {"HELP", "INFO", "START", "UNSTOP"}
)
PRINTED_IN_CONSENT = frozenset({"STOP", "HELP", "START"})

BLOCKED = (
    ("drug", re.compile(rf"\b(?:{DRUGS})\b", re.IGNORECASE | re.VERBOSE), "names the drug or how it is given"),
    ("dose", re.compile(rf"\b(?:{DOSES})\b", re.IGNORECASE | re.VERBOSE), "speaks of a dose"),
    ("diagnosis", re.compile(rf"\b(?:{DIAGNOSES})\b", re.IGNORECASE | re.VERBOSE), "names a diagnosis or symptom"),
    ("visit", re.compile(rf"\b(?:{VISITS})\b", re.IGNORECASE | re.VERBOSE), "names the kind of visit; say 'session'"),
)
