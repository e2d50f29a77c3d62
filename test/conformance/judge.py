"""Lets scim2-tester and scim-sanity judge a running endpoint: judge.py <base url> <token>."""

import json
import sys
from pathlib import Path

from testers import scim2_tester, scim_sanity
from verdicts import judge, summary

HERE = Path(__file__).parent


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main(base_url, token):
    documented = {one["section"] for one in read(HERE.parent.parent / "docs" / "deviations.json")}
    results = [*scim2_tester(base_url, token), *scim_sanity(base_url, token)]
    verdicts = judge(results, read(HERE / "exceptions.json"), documented)
    for verdict in verdicts:
        print(f"{verdict.kind:<9} {' '.join(verdict.text.split())}")
    print(summary(verdicts))
    return 1 if any(verdict.kind == "failed" for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
