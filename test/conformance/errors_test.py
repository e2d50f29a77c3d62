"""What is found wrong with error answers, and what is given on to the tester."""

import json
import unittest

from httpx2 import MockTransport, Request, Response

from errors import ErrorMembers


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
