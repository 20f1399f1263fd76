"""Reports in the run bucket that are missing, not what was written, or of another scope."""

from __future__ import annotations

from emulator import Fault
from organization.fragile import Fragile


def test_reports_that_cannot_be_used_are_gaps_of_their_scopes(faulty: Fragile) -> None:
    foreign = faulty.report(faulty.sweep(), "kms/us-east-1")
    reading = {"service": "s3", "operation": "GetObject"}
    of = {
        name: f"{faulty.account}/{name}" for name in ("s3/global", "kms/us-east-1", "sg/us-east-1")
    }
    faulty.arm(Fault("NoSuchKey", 404, **reading, resource=of["s3/global"]))
    faulty.arm(Fault(kind="answer", body="\x1f\x8b cut", **reading, resource=of["kms/us-east-1"]))
    faulty.arm(Fault(kind="answer", body=foreign, **reading, resource=of["sg/us-east-1"]))
    ended = faulty.sweep()
    assert min(faulty.struck()) > 0
    faulty.assert_named(
        ended, "s3", "ReportUnreadable", "there is no such object", "s3/global/part-0"
    )
    faulty.assert_named(ended, "kms", "us-east-1", "ReportUnreadable", "kms/us-east-1/part-0")
    faulty.assert_named(ended, "sg", "us-east-1", "report of something else", "sg/us-east-1/part-0")
    assert set(faulty.statuses(ended).values()) == {"FAILED"}
    faulty.assert_nothing_is_lost()
    assert not any(whole for scope, whole in faulty.seen_whole(ended).items() if "eu-" not in scope)
    faulty.assert_all_is_as_before()


def test_key_references_that_are_lost_are_a_gap_of_the_keys_alone(faulty: Fragile) -> None:
    resource = f"{faulty.account}/key-references"
    faulty.arm(Fault("NoSuchKey", 404, service="s3", operation="GetObject", resource=resource))
    ended = faulty.sweep()
    assert faulty.struck()[0] > 0
    faulty.assert_named(ended, "kms", "us-east-1", "ReportUnreadable", "key-references")
    assert faulty.statuses(ended)["sg"] == "COMPLETE"
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()
