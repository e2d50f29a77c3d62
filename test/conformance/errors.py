"""Looks at error answers before the tester does: it refuses what is none of RFC 7644's members, and then does not look on.

The two members that AWS's endpoint has besides (docs/deviations.json, RFC 7643 §3.3.1) are checked here and taken out, so
that the tester judges all the rest: schemas, status, scimType, detail.
"""

import json
import re

from httpx2 import BaseTransport, Response

OF_ANOTHER_BODY = ("content-length", "content-encoding")
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
OWN_MEMBERS = {
    "exceptionRequestId": re.compile(r"[\w+/]{15}="),
    "timeStamp": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}"),
}


def faults_of(status, body):
    """What is wrong with an error answer beyond what the tester looks at. RFC 7644 §3.12"""
    faults = [] if body.get("status") == str(status) else [f"status {body.get('status')!r} in an answer {status}"]
    if not body.get("detail"):
        faults.append(f"an error {status} without detail")
    for name, form in OWN_MEMBERS.items():
        # The profile `standard` has neither; then the whole body is the tester's to judge.
        if OWN_MEMBERS.keys() & body.keys() and not form.fullmatch(str(body.get(name))):
            faults.append(f"{name} {body.get(name)!r} in an error {status}")
    return faults


class ErrorMembers(BaseTransport):
    """A transport that checks error answers, and gives them on as RFC 7644 has them."""

    def __init__(self, transport):
        self.transport = transport
        self.seen = 0
        self.faults = []

    def handle_request(self, request):
        response = self.transport.handle_request(request)
        if response.status_code < 400:
            return response
        self.seen += 1
        where = f"{request.method} {request.url.path}"
        try:
            body = json.loads(response.read())
        except ValueError:
            self.faults.append(f"{where}: an error {response.status_code} without a JSON body")
            return response
        if body.get("schemas") != [ERROR]:
            self.faults.append(f"{where}: an error {response.status_code} with schemas {body.get('schemas')!r}")
        self.faults += [f"{where}: {fault}" for fault in faults_of(response.status_code, body)]
        own = {name: value for name, value in body.items() if name not in OWN_MEMBERS}
        headers = [(name, value) for name, value in response.headers.items() if name not in OF_ANOTHER_BODY]
        return Response(response.status_code, headers=headers, content=json.dumps(own).encode())

    def close(self):
        self.transport.close()
