"""Judges the results of a tester by exceptions.json, and the exceptions by the results.

A check passes, or an exception is about exactly it: the same tester, check, status and message, character by character.
Whatever else did not pass has failed: also a check that was skipped, and an exception that nothing needs.
"""

import re
from collections import Counter
from dataclasses import dataclass

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REQUEST = re.compile(r"\(request [\w+/=-]+\)")


@dataclass(frozen=True)
class Result:
    """What a tester says about one check. `passed` is its verdict; `status` is what it calls it."""

    tester: str
    check: str
    status: str
    message: str
    passed: bool
    skipped: bool = False


@dataclass(frozen=True)
class Verdict:
    """What became of a check: `passed`, `explained`, `skipped` or `failed`."""

    kind: str
    text: str


def masked(message, base_url):
    """The message without what differs from run to run. Equal ids get equal numbers: <id 1>, <id 2>."""
    numbers = {}

    def numbered(match):
        return f"<id {numbers.setdefault(match[0], len(numbers) + 1)}>"

    return ID.sub(numbered, REQUEST.sub("(request <request>)", message.replace(base_url, "<base>")))


def key_of(exception):
    return tuple(exception[name] for name in ("tester", "check", "status", "message"))


def judge(results, exceptions, documented):
    """
    The verdict on each result, then on each exception: one that nothing needs has failed, and one for a deviation
    (not: for a skipped check) whose section is not documented in docs/deviations.json.
    """
    reasons = {key_of(exception): exception["reason"] for exception in exceptions}
    needed = set()
    verdicts = []
    for result in results:
        key = (result.tester, result.check, result.status, result.message)
        about = f"{result.tester} {result.check}: {result.status} {result.message}"
        if result.passed:
            verdicts.append(Verdict("passed", about))
        elif key in reasons:
            needed.add(key)
            verdicts.append(Verdict("skipped" if result.skipped else "explained", f"{about} ({reasons[key]})"))
        else:
            verdicts.append(Verdict("failed", about))
    for exception in exceptions:
        if key_of(exception) not in needed:
            verdicts.append(Verdict("failed", f"{exception['check']}: nothing needs its exception; take it out"))
        if "section" in exception and exception["section"] not in documented:
            verdicts.append(Verdict("failed", f"docs/deviations.json has no deviation from {exception['section']}"))
    return verdicts


def summary(verdicts):
    """How many of each kind, in one line."""
    count = Counter(verdict.kind for verdict in verdicts)
    return ", ".join(f"{count[kind]} {kind}" for kind in ("passed", "explained", "skipped", "failed"))
