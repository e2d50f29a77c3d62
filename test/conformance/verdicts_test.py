"""What the judge lets through, and what not."""

import json
import unittest
from dataclasses import replace
from pathlib import Path

from verdicts import Result, judge, masked, summary

EXCEPTIONS = json.loads((Path(__file__).parent / "exceptions.json").read_text(encoding="utf-8"))
DOCUMENTED = {exception["section"] for exception in EXCEPTIONS if "section" in exception}
KNOWN = [
    Result(one["tester"], one["check"], one["status"], one["message"], False, one["status"] == "SKIP")
    for one in EXCEPTIONS
]
EXPLAINED = ["skipped" if result.skipped else "explained" for result in KNOWN]
ONE = "39a55f89-28e6-4e88-ab26-f49295e512e5"
TWO = "39a55f89-28e6-4e88-ab26-f49295e512e6"


def kinds(results, exceptions=EXCEPTIONS, documented=DOCUMENTED):
    return [verdict.kind for verdict in judge(results, exceptions, documented)]


class Judging(unittest.TestCase):
    def test_each_exception_explains_its_own_result_and_gives_its_reason(self):
        verdicts = judge(KNOWN, EXCEPTIONS, DOCUMENTED)
        self.assertEqual([verdict.kind for verdict in verdicts], EXPLAINED)
        for verdict, exception in zip(verdicts, EXCEPTIONS):
            self.assertIn(exception["reason"], verdict.text)
            self.assertGreater(len(exception["reason"]), 20)

    def test_another_tester_check_status_or_message_fails(self):
        for known in KNOWN:
            for wrong in (
                replace(known, tester="another"),
                replace(known, check=f"{known.check} more"),
                replace(known, status="CRITICAL"),
                replace(known, message=f"{known.message} and more"),
                replace(known, message=known.message[:-1]),
            ):
                self.assertEqual(kinds([*KNOWN, wrong]), [*EXPLAINED, "failed"], wrong)

    def test_a_skipped_check_that_nothing_explains_fails(self):
        skipped = Result("scim2-tester", "any", "SKIPPED", "why", False, True)
        self.assertEqual(kinds([*KNOWN, skipped])[-1], "failed")

    def test_every_kind_is_counted(self):
        passed = Result("scim2-tester", "any", "SUCCESS", "", True)
        failed = Result("scim2-tester", "other", "DEVIATION", "", False)
        counted = summary(judge([*KNOWN, passed, failed], EXCEPTIONS, DOCUMENTED))
        self.assertEqual(
            counted,
            f"1 passed, {EXPLAINED.count('explained')} explained, {EXPLAINED.count('skipped')} skipped, 1 failed",
        )

    def test_an_exception_that_nothing_needs_fails(self):
        self.assertEqual(kinds(KNOWN[1:]), [*EXPLAINED[1:], "failed"])

    def test_a_deviation_that_is_not_documented_fails(self):
        self.assertEqual(kinds(KNOWN, documented=DOCUMENTED - {"RFC 7643 §4.2"}), [*EXPLAINED, "failed"])


class Masking(unittest.TestCase):
    def test_ids_are_numbered_so_that_another_id_shows(self):
        self.assertEqual(masked(f"{ONE} {ONE}", "http://h"), "<id 1> <id 1>")
        self.assertEqual(masked(f"{ONE} {TWO}", "http://h"), "<id 1> <id 2>")

    def test_the_base_url_and_the_id_of_the_request_are_hidden_and_nothing_else(self):
        text = f"http://h/v2/Users/{ONE} was (not) found (request AbC+/d9efghijk0=)"
        self.assertEqual(masked(text, "http://h/v2"), "<base>/Users/<id 1> was (not) found (request <request>)")


if __name__ == "__main__":
    unittest.main()
