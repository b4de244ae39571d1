"""What `smsbot check` proves about the content: one table of rules, each a small function with a sentence."""

from __future__ import annotations

from smsbot.checks import fields, lengths, paths, quoting, signatures, timing, twins, words
from smsbot.checks.base import Finding, Rule, per_text
from smsbot.content import Content, Fault

__all__ = ["RULES", "Finding", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    Rule("reachable", "fault", paths.reachable),
    Rule("ways-out", "fault", paths.ways_out),
    Rule("help", "fault", paths.helped),
    Rule("eight-texts", "fault", paths.short),
    Rule("asked-twice", "fault", paths.asked_twice),
    Rule("fields", "fault", fields.known_fields),
    Rule("both-languages", "fault", twins.same_in_both),
    Rule("idle", "fault", twins.nothing_idle),
    Rule("two-segments", "fault", lengths.short_enough),
    Rule("gsm-7", "fault", per_text(lengths.plain_english)),
    Rule("one-question", "fault", per_text(words.one_question)),
    Rule("bank-asks", "fault", per_text(words.bank_asks_nothing)),
    Rule("statement-asks", "fault", per_text(words.statement_asks_nothing)),
    Rule("calm-marks", "fault", per_text(words.calm_marks)),
    Rule("links", "fault", per_text(words.no_links)),
    Rule("discreet", "fault", per_text(words.discreet)),
    Rule("tone", "fault", per_text(words.tone)),
    Rule("neutral-spanish", "fault", per_text(words.neutral_spanish)),
    Rule("saltar", "fault", per_text(words.no_saltar)),
    Rule("reserved-prompt", "fault", per_text(words.reserved_prompts)),
    Rule("reserved-choice", "fault", words.reserved_choices),
    Rule("yes", "fault", per_text(words.yes_only_at_enrollment)),
    Rule("grade", "fault", per_text(words.easy)),
    Rule("page-ease", "fault", twins.easy_page),
    Rule("speakable", "fault", per_text(words.speakable)),
    Rule("desk-hours", "fault", per_text(words.hours_beside_number)),
    Rule("unquoted", "fault", per_text(quoting.unquoted_there)),
    Rule("bare", "fault", per_text(quoting.unquoted_is_bare)),
    Rule("discreet-names", "fault", per_text(quoting.discreet_names_nobody)),
    Rule("voice-quotes", "fault", per_text(quoting.voice_quotes_nothing)),
    Rule("pages", "fault", words.pages_have_words),
    Rule("system-names", "fault", per_text(quoting.system_needs_nothing)),
    Rule("sedation", "fault", timing.sedation),
    Rule("touch-lines", "fault", timing.touches_have_lines),
    Rule("touch-flows", "warning", timing.touches_have_flows),
    Rule("signed", "warning", signatures.signed),
)


def check(content: Content) -> list[Finding]:
    """Everything the rules find, in the order of files and lines."""
    found = [
        Finding(rule.id, rule.severity, Fault(at.file, at.line, message))
        for rule in RULES
        for at, message in rule.test(content)
    ]
    return sorted(found, key=lambda one: (one.fault.file, one.fault.line, one.rule))
