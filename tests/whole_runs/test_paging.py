"""Audits that hand over: many buckets are many small invocations."""

from __future__ import annotations

from organization import REGIONS, World
from organization.sweeps import coverage, sweep


def test_sixty_buckets_are_audited_page_by_page(small_pages: World) -> None:
    sandbox = small_pages.accounts["sandbox"]
    chosen = {
        "accounts": {"include": [sandbox]},
        "regions": {"include": list(REGIONS)},
        "services": ["s3"],
    }
    ended = sweep(small_pages, chosen)
    assert ended.status == "SUCCEEDED", ended.cause

    s3 = small_pages.client("s3")
    prefix = f"runs/{ended.run_id}/accounts/{sandbox}/s3/global/"
    listed = s3.list_objects_v2(Bucket=small_pages.deployment.run_bucket, Prefix=prefix)
    assert [entry["Key"].rsplit("/", 1)[1] for entry in listed["Contents"]] == [
        "part-00000.json",
        "part-00001.json",
        "part-00002.json",
    ]
    (row,) = [row for row in coverage(small_pages, ended.run_id) if row["service"] == "s3"]
    assert row["status"] == "COMPLETE"
    assert row["resources"] == 61, "sixty buckets and the account itself"

    calls = small_pages.emulator.calls(service="lambda", operation="Invoke")
    audits = [call for call in calls if "audit-s3" in call.resource]
    assert len(audits) == 3, "one invocation per page"
