"""KMS: pages, rotation and the keys of services."""

from datetime import UTC, datetime

import pytest

from emulator_tests.conftest import error_of, pages


@pytest.fixture
def kms(emu, account):
    return emu.client("kms", account=account)


@pytest.fixture
def key(kms):
    return kms.create_key()["KeyMetadata"]["KeyId"]


def test_keys_and_aliases_come_in_pages(kms, name):
    for number in range(3):
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=f"alias/{name}-{number}", TargetKeyId=key)
    found = pages(kms.list_keys, "Keys", "Marker", "NextMarker", Limit=2)
    assert [len(page) for page in found] == [2, 1]
    assert kms.list_keys(Limit=2)["Truncated"] is True
    found = pages(kms.list_aliases, "Aliases", "Marker", "NextMarker", Limit=1)
    names = {alias["AliasName"] for page in found for alias in page}
    assert {f"alias/{name}-{n}" for n in range(3)} <= names


def test_a_rotation_period_is_kept(kms, key):
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
    status = kms.get_key_rotation_status(KeyId=key)
    assert (status["KeyRotationEnabled"], status["RotationPeriodInDays"]) == (True, 180)
    created = kms.describe_key(KeyId=key)["KeyMetadata"]["CreationDate"]
    assert (status["NextRotationDate"] - created).days in (179, 180)


@pytest.mark.parametrize("days", [2561, 9999])
def test_other_periods_are_refused(kms, key, days):
    call = kms.enable_key_rotation
    assert error_of(call, KeyId=key, RotationPeriodInDays=days) == "ValidationException"


def test_an_asymmetric_key_cannot_rotate(kms):
    spec = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}
    key = kms.create_key(**spec)["KeyMetadata"]["KeyId"]
    call = kms.get_key_rotation_status
    assert error_of(call, KeyId=key) == "UnsupportedOperationException"


def test_a_doomed_key_has_no_rotation_status(kms, key):
    kms.schedule_key_deletion(KeyId=key)
    assert error_of(kms.get_key_rotation_status, KeyId=key) == "KMSInvalidStateException"


def test_the_keys_of_services_are_managed_by_aws(kms, key):
    managed = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert managed["KeyManager"] == "AWS"
    assert kms.get_key_rotation_status(KeyId=managed["KeyId"])["KeyRotationEnabled"] is True
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyManager"] == "CUSTOMER"


def test_a_key_has_a_usage_though_nobody_chose_it(kms, key):
    metadata = kms.describe_key(KeyId=key)["KeyMetadata"]
    assert (metadata["KeyUsage"], metadata["MultiRegion"]) == ("ENCRYPT_DECRYPT", False)


def test_data_can_still_be_encrypted(kms, key):
    secret = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=secret)["Plaintext"] == b"x"


def test_a_foreign_key_is_not_found_by_an_unknown_id(kms):
    call = kms.describe_key
    assert error_of(call, KeyId="12345678-aaaa-bbbb-cccc-1234567890ab") == "NotFoundException"


def test_the_last_use_of_a_key_is_kept(kms, key):
    assert kms.get_key_last_usage(KeyId=key)["KeyLastUsage"] == {}
    kms.encrypt(KeyId=key, Plaintext=b"x")
    answer = kms.get_key_last_usage(KeyId=key)
    assert answer["KeyLastUsage"]["Operation"] == "Encrypt"
    assert answer["KeyLastUsage"]["Timestamp"] >= answer["TrackingStartDate"]


def test_rotations_come_in_pages_with_their_dates(kms, key):
    assert kms.list_key_rotations(KeyId=key)["Rotations"] == []
    for _ in range(3):
        kms.rotate_key_on_demand(KeyId=key)
    arguments = {"KeyId": key, "Limit": 2}
    found = pages(kms.list_key_rotations, "Rotations", "Marker", "NextMarker", **arguments)
    assert [len(page) for page in found] == [2, 1]
    assert all(entry["RotationDate"] for page in found for entry in page)


def test_an_asymmetric_key_has_no_rotations(kms):
    spec = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}
    key = kms.create_key(**spec)["KeyMetadata"]["KeyId"]
    assert error_of(kms.list_key_rotations, KeyId=key) == "UnsupportedOperationException"


def test_a_missing_key_has_no_history(kms):
    key = "12345678-aaaa-bbbb-cccc-1234567890ab"
    assert error_of(kms.list_key_rotations, KeyId=key) == "NotFoundException"
    assert error_of(kms.get_key_last_usage, KeyId=key) == "NotFoundException"


def test_a_tag_chooses_the_age_of_a_key_and_is_not_kept(kms):
    tags = [{"TagKey": "emulator:made-days-ago", "TagValue": "10"}]
    made = kms.create_key(Tags=tags)["KeyMetadata"]
    assert (datetime.now(UTC) - made["CreationDate"]).days == 10
    described = kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]
    assert described["CreationDate"] == made["CreationDate"]
    assert kms.list_resource_tags(KeyId=made["KeyId"])["Tags"] == []
