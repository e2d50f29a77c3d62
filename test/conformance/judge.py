"""Lets scim2-tester judge a running endpoint: judge.py <base url> <token>.

A check passes, or exceptions.json explains it: by its name, resource type, status and the whole of its reason, and by the
section under which docs/deviations.json has the deviation. Whatever else did not pass has failed: also a check that was
skipped, and an exception that nothing needs.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from httpx2 import Client, HTTPTransport
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from errors import ErrorMembers

HERE = Path(__file__).parent
PASSED = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}


@dataclass
class Verdict:
    """What became of a check: `passed`, `explained` or `failed`."""

    kind: str
    text: str


def explains(exception, result):
    """Whether an exception is about exactly this result."""
    return (
        exception["check"] == result.title
        and exception["resourceType"] == result.resource_type
        and exception["status"] == result.status.name
        and re.fullmatch(exception["reason"], result.reason or "") is not None
    )


def judge(results, exceptions, documented):
    """Judges results by the exceptions, and the exceptions by the results and the documented sections."""
    verdicts = []
    unused = list(exceptions)
    for result in results:
        about = f"{result.title} {result.resource_type or '-'}: {result.reason}"
        explanation = next((one for one in exceptions if explains(one, result)), None)
        if result.status in PASSED:
            verdicts.append(Verdict("passed", about))
        elif explanation is None:
            verdicts.append(Verdict("failed", f"{result.status.name} {about}"))
        else:
            unused = [one for one in unused if one is not explanation]
            verdicts.append(Verdict("explained", f"{result.status.name} by {explanation['section']} {about}"))
    for exception in unused:
        verdicts.append(Verdict("failed", f"the exception for {exception['check']} is not needed: take it out"))
    for section in sorted({exception["section"] for exception in exceptions} - documented):
        verdicts.append(Verdict("failed", f"docs/deviations.json has no deviation from {section}"))
    return verdicts


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main(base_url, token):
    exceptions = read(HERE / "exceptions.json")
    documented = {one["section"] for one in read(HERE.parent.parent / "docs" / "deviations.json")}
    errors = ErrorMembers(HTTPTransport())
    headers = {"Authorization": f"Bearer {token}"}
    http = Client(base_url=base_url, headers=headers, timeout=30, transport=errors)
    verdicts = judge(check_server(SyncSCIMClient(http)), exceptions, documented)
    verdicts += [Verdict("failed", fault) for fault in errors.faults]
    if errors.seen == 0:
        verdicts.append(Verdict("failed", "no error was answered: nothing is known of their form"))
    for verdict in verdicts:
        print(f"{verdict.kind:<9} {' '.join(verdict.text.split())}")
    count = Counter(verdict.kind for verdict in verdicts)
    print(f"{count['passed']} passed, {count['explained']} explained, {count['failed']} failed; {errors.seen} errors read")
    return 0 if count["passed"] and not count["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
