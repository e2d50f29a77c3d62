"""What the judge lets through, and what not."""

import json
import unittest

from httpx2 import MockTransport, Request, Response
from scim2_tester import CheckResult, Status

from errors import ErrorMembers
from judge import HERE, judge, read

EXCEPTIONS = read(HERE / "exceptions.json")
DOCUMENTED = {exception["section"] for exception in EXCEPTIONS}
ID = "39a55f89-28e6-4e88-ab26-f49295e512e5"


def members(verb, patched=ID, returned=ID, ref="None"):
    return (
        f"Attribute 'members' was not {verb} or has unexpected value\n"
        f"Patched value: [Members(value='{patched}', ref='https://h/v2/Users/{patched}', type='User', display=None)]\n"
        f"Returned value: [Members(value='{returned}', ref={ref}, type=None, display=None)]"
    )


def result(title, resource_type, reason, status=Status.ERROR):
    return CheckResult(status, title=title, resource_type=resource_type, reason=reason)


KNOWN = [
    result(
        "check_remove_attribute",
        "User",
        "Failed to remove attribute 'active': active cannot be removed; replace it with the value it shall have.",
    ),
    result("check_add_attribute", "Group", members("added")),
    result("check_replace_attribute", "Group", members("replaced")),
]


def kinds(results, exceptions=EXCEPTIONS, documented=DOCUMENTED):
    return [verdict.kind for verdict in judge(results, exceptions, documented)]


class Judging(unittest.TestCase):
    def test_the_known_deviations_are_explained_and_do_not_count_as_passed(self):
        self.assertEqual(kinds(KNOWN), ["explained"] * 3)

    def test_another_value_another_type_another_check_another_status_fail(self):
        for wrong in (
            result("check_add_attribute", "Group", members("added", returned=ID.replace("3", "4"))),
            result("check_add_attribute", "Group", members("added", ref="'https://h/v2/Users/x'")),
            result("check_add_attribute", "Group", members("added") + " and more"),
            result("check_add_attribute", "User", members("added")),
            result("check_put_attribute", "Group", members("added")),
            result("check_add_attribute", "Group", members("added"), Status.CRITICAL),
        ):
            self.assertEqual(kinds([*KNOWN, wrong]), [*["explained"] * 3, "failed"], wrong)

    def test_what_was_skipped_or_deviates_fails_unless_it_is_explained(self):
        for status in (Status.SKIPPED, Status.DEVIATION):
            self.assertEqual(kinds([*KNOWN, result("any", None, "why", status)])[-1], "failed")
            exception = {"check": "any", "resourceType": None, "status": status.name, "reason": "why", "section": "S"}
            self.assertEqual(kinds([result("any", None, "why", status)], [exception], {"S"}), ["explained"])

    def test_an_exception_that_nothing_needs_fails(self):
        self.assertEqual(kinds(KNOWN[:2]), ["explained", "explained", "failed"])

    def test_an_exception_that_is_not_documented_fails(self):
        self.assertEqual(kinds(KNOWN, documented=DOCUMENTED - {"RFC 7643 §7"})[-1], "failed")


class Errors(unittest.TestCase):
    def answer(self, status, body):
        response = Response(status, content=json.dumps(body).encode())
        transport = ErrorMembers(MockTransport(lambda _: response))
        given = transport.handle_request(Request("GET", "https://h/v2/Users/1"))
        return transport.faults, given

    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": "404",
        "detail": "gone",
        "exceptionRequestId": "JKJaXmPLvHcESHA=",
        "timeStamp": "2026-11-24 12:05:12.905",
    }

    def test_an_error_is_given_on_without_our_own_members(self):
        faults, given = self.answer(404, self.body)
        self.assertEqual(faults, [])
        self.assertEqual(set(given.json()), {"schemas", "status", "detail"})

    def test_another_status_no_detail_and_members_of_another_form_are_faults(self):
        for wrong in (
            {"status": "400"},
            {"status": 404},
            {"detail": ""},
            {"exceptionRequestId": "1"},
            {"timeStamp": None},
            {"schemas": []},
        ):
            faults, _ = self.answer(404, {**self.body, **wrong})
            self.assertEqual(len(faults), 1, wrong)

    def test_a_third_member_is_left_for_the_tester_to_refuse(self):
        _, given = self.answer(404, {**self.body, "more": 1})
        self.assertIn("more", given.json())


if __name__ == "__main__":
    unittest.main()
