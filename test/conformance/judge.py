"""Lets scim2-tester judge a running endpoint: judge.py <base url> <token> <deviations.json>.

Prints each check. Exit code 0 when every check passes but those that the file explains, each of which must still fail.
"""

import json
import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

PASSED = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE, Status.DEVIATION}


def main(base_url: str, token: str, deviations_file: str) -> int:
    with open(deviations_file, encoding="utf-8") as file:
        deviations = json.load(file)
    http = Client(base_url=base_url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    results = [result for result in check_server(SyncSCIMClient(http)) if result.status is not Status.SKIPPED]
    unexplained = []
    used = set()
    for result in results:
        reason = result.reason or ""
        explanations = [
            index
            for index, deviation in enumerate(deviations)
            if deviation["title"] == result.title and deviation["reason"] in reason
        ]
        if result.status in PASSED:
            verdict = result.status.name.lower()
        elif explanations:
            used.update(explanations)
            verdict = f"explained by {deviations[explanations[0]]['source']}"
        else:
            unexplained.append(result)
            verdict = result.status.name
        print(f"{verdict:<12} {result.title}: {reason[:300]}")
    unused = [deviation for index, deviation in enumerate(deviations) if index not in used]
    for deviation in unused:
        print(f"not needed: the check {deviation['title']} passes; take its line out")
    print(f"{len(results)} checks, {len(unexplained)} failed without an explanation")
    return 0 if results and not unexplained and not unused else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
