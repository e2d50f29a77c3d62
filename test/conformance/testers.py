"""Runs the outside testers against an endpoint; each gives its results in one form."""

from httpx2 import Client, HTTPTransport
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server, filling
from scim_sanity.probe.runner import run_probe_api

from errors import ErrorMembers
from verdicts import Result, masked

PASSED = {Status.SUCCESS, Status.COMPLIANT}

fill_by_reference = filling._fix_ref_value


def fill_member(context, element):
    """
    Makes a generated member an existing user. scim2-tester takes a member from the type that `members.$ref` refers to;
    `/Schemas` does not advertise `$ref`, since it is never returned, and the member would be a random id.
    """
    if type(element).__name__ != "Members" or getattr(element, "ref", None):
        return fill_by_reference(context, element)
    user = context.resource_manager.create_and_register(context.client.get_resource_model("User"))
    element.value, element.type = user.id, "User"


filling._fix_ref_value = fill_member


def scim2_tester(base_url, token):
    """Results of scim2-tester, and of what the errors are that it saw (see errors.py)."""
    errors = ErrorMembers(HTTPTransport())
    headers = {"Authorization": f"Bearer {token}"}
    http = Client(base_url=base_url, headers=headers, timeout=60, transport=errors)
    for result in check_server(SyncSCIMClient(http)):
        yield Result(
            "scim2-tester",
            " ".join(filter(None, (result.title, result.resource_type))),
            result.status.name,
            masked(result.reason or "", base_url),
            result.status in PASSED,
            result.status is Status.SKIPPED,
        )
    for fault in errors.faults:
        yield Result("errors.py", "form of errors", "FAIL", fault, False)
    yield Result("errors.py", "errors were seen", "PASS" if errors.seen else "FAIL", "", errors.seen > 0)


def scim_sanity(base_url, token):
    """Results of scim-sanity, in its strict mode."""
    report = run_probe_api(base_url, token=token, strict=True, timeout=60)
    for result in report["results"]:
        status = result["status"].upper()
        message = masked(result.get("message", ""), base_url)
        yield Result("scim-sanity", result["name"], status, message, status == "PASS", status == "SKIP")
