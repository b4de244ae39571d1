"""Keeps what every application of a test process would compile again: the patterns of routes, and templates.

Flask names both places for it. What is kept depends on the text that was compiled and on nothing else.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

BUILDERS: dict[Any, Callable[..., Any]] = {}


class KeptRule(Rule):
    """A route that builds addresses as another of the same text does."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        key = (tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in BUILDERS:
            BUILDERS[key] = super()._compile_builder(append_unknown)
        return BUILDERS[key]


class KeptTemplates(BytecodeCache):
    """Compiled templates by name and content."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


Flask.url_rule_class = KeptRule
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": KeptTemplates()}
