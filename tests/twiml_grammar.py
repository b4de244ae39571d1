"""A TwiML checker read out of the SDK's own source, whose classes check nothing: which verb may hold which."""

import ast
import inspect
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from twilio.twiml import TwiML, lower_camel, messaging_response, voice_response

TEXT_ARGUMENTS = {"message", "body", "url", "number", "words", "name"}
MOST_BYTES = 64 * 1024


@dataclass
class Verb:
    """What one element may carry."""

    attributes: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)


@cache
def grammar(module: ModuleType) -> dict[str, Verb]:
    """Return element name -> Verb for one of the SDK's two TwiML modules."""
    classes = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ClassDef)]
    names = {node.name: _element(node) for node in classes}
    verbs = {element: Verb() for element in names.values()}
    for node in classes:
        for method in (part for part in node.body if isinstance(part, ast.FunctionDef)):
            for made in _nested(method):
                child = names[made.func.id]  # type: ignore[attr-defined]
                verbs[names[node.name]].children.add(child)
                words = {word.arg for word in made.keywords if word.arg} - TEXT_ARGUMENTS
                verbs[child].attributes |= {lower_camel(TwiML.MAP.get(word, word)) for word in words}
    return verbs


def faults(document: str, module: ModuleType = messaging_response) -> list[str]:
    """Return what is wrong with a document, in words; an empty list for a good one."""
    if len(document.encode()) > MOST_BYTES:
        return ["longer than 64 kB"]
    try:
        root = ET.fromstring(document)
    except ET.ParseError as fault:
        return [f"not XML: {fault}"]
    return [f"root is {root.tag}"] if root.tag != "Response" else list(_faults(root, grammar(module)))


def voice_faults(document: str) -> list[str]:
    """Return what is wrong with a call's document."""
    return faults(document, voice_response)


def _faults(element: ET.Element, verbs: dict[str, Verb]) -> list[str]:
    verb = verbs[element.tag]
    found = [f"{element.tag} has no attribute {name}" for name in element.attrib if name not in verb.attributes]
    for child in element:
        if child.tag not in verb.children:
            found.append(f"{child.tag} inside {element.tag}")
        else:
            found += _faults(child, verbs)
    return found


def _element(node: ast.ClassDef) -> str:
    for part in ast.walk(node):
        if (
            isinstance(part, ast.Assign)
            and isinstance(part.targets[0], ast.Attribute)
            and part.targets[0].attr == "name"
        ):
            return str(part.value.value)  # type: ignore[attr-defined]
    return node.name


def _nested(method: ast.FunctionDef) -> list[ast.Call]:
    calls = (part for part in ast.walk(method) if isinstance(part, ast.Call))
    nests = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "nest")
    return [call.args[0] for call in nests if isinstance(call.args[0], ast.Call)]
