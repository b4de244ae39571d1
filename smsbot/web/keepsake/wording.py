"""The words around a patient's own words, in their language; they name no clinic, drug or diagnosis."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from smsbot.render.moments import MONTHS

EN = {
    "title": "In your own words",
    "lead": "What you wrote and said along the way, as you put it.",
    "none": "Nothing is written here yet.",
    "before": "Before the first session",
    "session": "Session",
    "then": "then",
    "intention": "Intention",
    "noticed": "What you noticed",
    "meaning": "What it touches",
    "reason": "Why it matters",
    "plan": "Plan",
    "win": "What went well",
    "thread": "A thread to keep",
    "helps": "What helps",
    "lately": "Lately",
    "note": "Note",
    "private": "A private note",
    "kept_private": "private",
    "not_all": "Not everything is on this page. Your clinic keeps the rest; you can ask to see, correct or delete it.",
    "yours": "This page is yours. To keep it, print it, or choose “Save as PDF” where you print.",
    "until": "This link works until",
    "unlock": "Private notes are left out. To see them here, type the four digits you use on the phone line.",
    "no_code": "Private notes are left out. If you want to see them here, ask your clinic for a code.",
    "code": "Four digits",
    "open": "Show private notes",
    "wrong": "That did not match. After five tries it stays closed until your clinic gives you a new code.",
}
ES = {
    "title": "En tus propias palabras",
    "lead": "Lo que escribiste y dijiste en el camino, tal como lo pusiste.",
    "none": "Aquí todavía no hay nada escrito.",
    "before": "Antes de la primera sesión",
    "session": "Sesión",
    "then": "y luego",
    "intention": "Intención",
    "noticed": "Lo que notaste",
    "meaning": "Lo que toca",
    "reason": "Por qué importa",
    "plan": "Plan",
    "win": "Lo que salió bien",
    "thread": "Un hilo que guardar",
    "helps": "Lo que ayuda",
    "lately": "Últimamente",
    "note": "Nota",
    "private": "Una nota privada",
    "kept_private": "privado",
    "not_all": "En esta página no está todo. Tu clínica guarda el resto, y puedes pedir verlo, corregirlo o borrarlo.",
    "yours": "Esta página es tuya. Para guardarla, imprímela o elige «Guardar como PDF» al imprimir.",
    "until": "Este enlace funciona hasta el",
    "unlock": "Las notas privadas no se muestran. Para verlas aquí, escribe los cuatro números que usas por teléfono.",
    "no_code": "Las notas privadas no se muestran. Si quieres verlas aquí, pide un código a tu clínica.",
    "code": "Cuatro números",
    "open": "Mostrar las notas privadas",
    "wrong": "No coincide. Después de cinco intentos queda cerrado hasta que tu clínica te dé un código nuevo.",
}
WORDS: Mapping[str, Mapping[str, str]] = {"en": EN, "es": ES}


def day(at: datetime, zone: ZoneInfo, language: str) -> str:
    """ "December 1, 2026" / "1 de diciembre de 2026"."""
    on = at.astimezone(zone).date()
    month = MONTHS[language][on.month - 1]
    return f"{on.day} de {month} de {on.year}" if language == "es" else f"{month} {on.day}, {on.year}"
