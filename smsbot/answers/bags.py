"""Reads the vocabularies: plain words in a block of text, so that a page of them stays a page."""


def bag(block: str) -> frozenset[str]:
    """The words of a block."""
    return frozenset(block.split())


def counted(block: str, first: int, step: int = 1) -> dict[str, int]:
    """The words of a block, numbered from `first`."""
    return {word: first + step * place for place, word in enumerate(block.split())}


def phrases(block: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a block, parted by semicolons, as tuples of words."""
    return frozenset(tuple(phrase.split()) for phrase in block.split(";") if phrase.strip())
