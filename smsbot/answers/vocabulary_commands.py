"""The words that mean the same in every flow (RULINGS 12), with their Spanish twins (folded: no accents)."""

COMMANDS: dict[str, str] = {
    "SKIP": "skip; skip it; skip this; skip this one; skip that; skip question; skip this question; pass; i pass; "
    "ill pass; pass on this; pass on this one; next; next question; no comment; rather not say; id rather not say; "
    "prefer not to say; i prefer not to say; paso; yo paso; pasar; omitir; siguiente; prefiero no decir; "
    "prefiero no decirlo; prefiero no contestar; prefiero no responder",
    "NONE": "none; nada; ninguno; ninguna; ningun",
    "LATER": "later; maybe later; ask me later; ask later; not now; luego; mas tarde; despues; ahora no",
    "LESS": "less; less texts; fewer; fewer texts; less often; menos; menos mensajes",
    "MORE": "more; more texts; more often; mas; mas mensajes",
    "PAUSE": "pause; pause texts; take a break; pausa; pausar; hacer una pausa",
    "RESUME": "resume; unpause; restart texts; seguir; reanudar; continuar; continue",
    "TALK": "talk; talk to someone; talk to a person; talk to a human; call me; call me please; please call me; "
    "can someone call me; can you call me; hablar; hablar con alguien; hablar con una persona; llamame; llamenme; "
    "que me llamen; me pueden llamar; pueden llamarme",
    "MENU": "menu; options; opciones",
    "AUDIO": "audio; audios",
    "CALL": "call; llamar; llamada",
    "DELETE_NOTE": "delete; delete it; delete note; delete my note; delete that note; erase; erase it; borrar; "
    "borrarlo; "
    "borrar nota; borrar mi nota; borrar la nota; borrala; borralo",
    "MOVE": "move; move it; move session; move my session; reschedule; mover; mover mi sesion; cambiar mi sesion; "
    "reprogramar; reagendar",
    "PROMPT": "prompt; a prompt; writing prompt; journal prompt; give me a prompt; send a prompt; send me a prompt; "
    "tema; un tema; dame un tema; un tema para escribir; tema para escribir",
    "DISCREET": "discreet; be discreet; discreet mode; discreet texts; discreto; discreta; modo discreto",
    "PRIVATE": "private; keep private; keep it private; keep this private; privado; privada",
    "SHARE": "share; share it; compartir; compartirlo",
    "ES": "es; espanol; spanish; en espanol; in spanish",
    "EN": "en; english; ingles; en ingles; in english",
    "NO_CALLS": "no calls; no more calls; dont call; dont call me; do not call; do not call me; stop calling; "
    "stop calling me; no llamadas; sin llamadas; no mas llamadas; no llamar; no me llamen; no llamen; no me llames",
    "SESSION_DAYS_ONLY": "session days only; session days; only session days; only on session days; "
    "solo dias de sesion; solo los dias de sesion; dias de sesion; solo en dias de sesion",
    "HARD": "hard; hard moment; hard time; having a hard time; dificil; momento dificil",
}

# Never answers and never ours to interpret: the carrier and the safety screen own them (CONTENT 0.5).
CARRIER: dict[str, str] = {
    "STOP": "stop; stop all; stopall; unsubscribe; end; quit; cancel; revoke; optout; opt out; parar; alto; baja; "
    "cancelar; fin; basta",
    "HELP": "help; info; ayuda",
    "START": "start; unstop; iniciar; empezar",
}

# Words a command may be dressed in without changing it.
COURTESY = "please pls plz thanks thank you thx ty por favor porfa porfis gracias lol sorry hi hey hola perdon ok"
