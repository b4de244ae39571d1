"""Proves that a flow hangs together: every name it points at exists, and no path comes back to where it was."""

from __future__ import annotations

from smsbot.flow import Flow
from smsbot.tree import Faults, Node, meant

MAX_STEPS = 60


class Links:
    """Proves that every name a flow points at exists, and that no path comes back to where it was."""

    def __init__(self, flow: Flow, node: Node, faults: Faults) -> None:
        self.flow, self.node, self.faults = flow, node, faults

    def check(self) -> None:
        flow = self.flow
        both = set(flow.steps) & set(flow.ends)
        for name in sorted(both):
            self.at(self.node.line_of("ends", name), f"'{name}' is a step and an end. Give one of them another name.")
        if not flow.ends:
            self.faults.add(self.node, "a flow needs at least one end.")
        self.flow_level()
        self.fresh_facts()
        for step in flow.steps.values():
            for key, target in step.go:
                self.target(target, self.node.line_of("steps", step.name, "go", key))
            for field in ("skip", "silence"):
                if target := getattr(step, field):
                    self.target(target, self.node.line_of("steps", step.name, field), ends_only=field == "silence")
        if len(flow.steps) > MAX_STEPS:
            self.faults.add(self.node, f"a flow has at most {MAX_STEPS} steps; this one has {len(flow.steps)}.")
            return
        self.loops()

    def flow_level(self) -> None:
        flow = self.flow
        for key, target in flow.start:
            self.target(target, self.node.line_of("start", key) if key != "otherwise" else self.node.line_of("start"))
        for target in flow.entries:
            self.target(target, self.node.line_of("entries"))
        if flow.skip:
            self.target(flow.skip, self.node.line_of("skip"))
        if flow.silence:
            self.target(flow.silence, self.node.line_of("silence"), ends_only=True)
        asks = bool(flow.steps)
        if asks and (flow.kind == "statement"):
            self.faults.add(self.node, "a statement asks nothing, so it has ends and no steps.")
        for name, value in (("close_after", flow.close_after), ("silence", flow.silence)):
            if asks and not value:
                self.faults.add(self.node, f"a flow that asks needs '{name}:', for a patient who does not answer.")

    def fresh_facts(self) -> None:
        """What counts for a session or a series only is one of the flow's facts."""
        for field in ("of_session", "of_series"):
            for name in getattr(self.flow, field):
                if name not in self.flow.facts:
                    known = meant(name, self.flow.facts)
                    self.at(self.node.line_of(field), f"'{name}' is not among the facts of this flow.{known}")

    def at(self, line: int, message: str) -> None:
        self.faults.add(Node(self.node.file, line), message)

    def target(self, target: str, line: int, *, ends_only: bool = False) -> None:
        known = set(self.flow.ends) if ends_only else {*self.flow.steps, *self.flow.ends}
        if target not in known:
            what = "an end of this flow (silence closes the conversation)" if ends_only else "a step or an end"
            tail = "" if ends_only else " of this flow"
            self.at(line, f"'{target}' is not {what}{tail}.{meant(target, known)}")

    def loops(self) -> None:
        done: set[str] = set()
        for name in self.flow.steps:
            self.walk(name, [], done)

    def walk(self, name: str, path: list[str], done: set[str]) -> None:
        step = self.flow.steps.get(name)
        if step is None or name in done:
            return
        if name in path:
            self.at(
                self.node.line_of("steps", name),
                f"'{name}' leads back to itself ({' > '.join([*path[path.index(name) :], name])}).",
            )
            return
        for _, target in self.flow.ways(step):
            self.walk(target, [*path, name], done)
        done.add(name)
