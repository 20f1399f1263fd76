"""The parameters of controls reach the functions as a file of a layer."""

from __future__ import annotations

from pathlib import Path

from organization import Settings, build
from organization.sweeps import findings, sweep
from whole_runs.conftest import BIN_DIR

PARAMETERS = {
    "disabled_controls": ["S3.14", "KMS-008"],
    "severities": {"S3.5": "CRITICAL"},
    "max_buckets_per_account": 4,
}


def test_what_is_configured_is_judged_by(tmp_path: Path) -> None:
    settings = Settings(security_hub="off", sandbox_buckets=2, parameters=PARAMETERS)
    with build(tmp_path / "world", BIN_DIR, settings) as world:
        assert sweep(world).status == "SUCCEEDED"
        found = findings(world)
        asked = world.emulator.calls(service="kms", operation="GetKeyLastUsage")
    assert {"S3.14", "KMS-008"}.isdisjoint(row["control"] for row in found)
    assert asked == [], "what nobody judges is not asked for, where that is slow"
    crowded = {row["account"] for row in found if row["control"] == "S3ACCT-003"}
    assert crowded == {world.accounts["payments"], world.accounts["analytics"]}
    tls = {row["severity"] for row in found if row["control"] == "S3.5"}
    assert tls == {"CRITICAL"}


def test_a_broken_configuration_judges_nothing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "parameters.json").write_text('{"trusted_acounts": []}')
    environment = {"CONFIG_DIR": str(tmp_path)}
    settings = Settings(security_hub="off", sandbox_buckets=2, environment=environment)
    with build(tmp_path / "world", BIN_DIR, settings) as world:
        ended = sweep(world)
        assert (ended.status, ended.error) == ("FAILED", "ConfigurationBroken")
        assert "parameters.json" in ended.cause and "trusted_acounts" in ended.cause
        assert findings(world) == []
