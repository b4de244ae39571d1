"""Keeps Python's search for garbage out of the way while a process loads what it will hold for as long as it lives."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Modules are no garbage: to search them again and again as they come in is a sixth of the time they take."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def settled() -> Iterator[None]:
    """What is here before, and what the body leaves, is never searched again: a search of it stops every thread for a
    fifth of a second, in the middle of some patient's text. What the body threw away is collected.
    """
    gc.freeze()
    try:
        with undisturbed():
            yield
    finally:
        gc.collect()
        gc.freeze()
