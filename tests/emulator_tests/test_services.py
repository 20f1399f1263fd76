"""Operations where moto's answer differs from AWS's."""

import json
import urllib.error
import urllib.request
from xml.etree import ElementTree

import pytest
from botocore.exceptions import ClientError

import emulator
from emulator_tests.conftest import allow, create_role


def error_of(call, **kwargs) -> str:
    with pytest.raises(ClientError) as caught:
        call(**kwargs)
    return caught.value.response["Error"]["Code"]


def pages(call, result: str, token_in: str, token_out: str, **kwargs) -> list[list]:
    """All pages of a list operation."""
    found, token = [], None
    while True:
        answer = call(**kwargs, **({token_in: token} if token else {}))
        found.append(answer.get(result, []))
        token = answer.get(token_out)
        if not token:
            return found


@pytest.fixture
def account(name):
    """An account that no other test uses."""
    return f"{int(name.removeprefix('t-'), 16) % 10**12:012}"


class TestS3:
    @pytest.fixture
    def s3(self, emu, account, name):
        for number in range(5):
            region = "eu-west-1" if number % 2 else "us-east-1"
            location = {"CreateBucketConfiguration": {"LocationConstraint": region}}
            emu.client("s3", region, account=account).create_bucket(
                Bucket=f"{name}-{4 - number}", **(location if number % 2 else {})
            )
        return emu.client("s3", account=account)

    def test_buckets_come_in_pages_by_name_with_their_region(self, s3, name):
        found = pages(
            s3.list_buckets, "Buckets", "ContinuationToken", "ContinuationToken", MaxBuckets=2
        )
        assert [len(page) for page in found] == [2, 2, 1]
        buckets = [bucket for page in found for bucket in page]
        assert [bucket["Name"] for bucket in buckets] == [f"{name}-{n}" for n in range(5)]
        assert [b["BucketRegion"] for b in buckets][:2] == ["us-east-1", "eu-west-1"]

    def test_buckets_are_filtered_by_region_and_prefix(self, s3, name):
        assert len(s3.list_buckets(BucketRegion="eu-west-1")["Buckets"]) == 2
        assert len(s3.list_buckets(Prefix=f"{name}-3")["Buckets"]) == 1

    def test_a_token_of_another_list_is_refused(self, s3):
        assert error_of(s3.list_buckets, ContinuationToken="x") == "InvalidArgument"

    def test_a_role_must_ask_in_the_region_of_the_bucket(self, emu, s3, account, name):
        role = create_role(emu, name, allow("s3:*"), account=account)
        there = emu.client("s3", "eu-west-1", role=role)
        assert there.get_bucket_versioning(Bucket=f"{name}-1")
        here = emu.client("s3", "us-east-1", role=role)
        assert here.get_bucket_location(Bucket=f"{name}-1")["LocationConstraint"] == "eu-west-1"
        key = emu.credentials(role).access_key_id  # boto3 would follow the redirect
        scope = f"Credential={key}/20261120/us-east-1/s3/aws4_request"
        request = urllib.request.Request(
            f"{emu.endpoint}/{name}-1?versioning",
            headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}, Signature=x"},
        )
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        assert caught.value.code == 301
        assert b"<Code>PermanentRedirect</Code>" in caught.value.read()

    def test_the_expected_owner_is_checked(self, s3, account, name):
        arguments = {"Bucket": f"{name}-0"}
        assert s3.get_bucket_versioning(**arguments, ExpectedBucketOwner=account)
        call = s3.get_bucket_versioning
        assert error_of(call, **arguments, ExpectedBucketOwner="1" * 12) == "AccessDenied"

    @pytest.mark.parametrize(
        ("query", "root"),
        [
            ("versioning", "VersioningConfiguration"),
            ("notification", "NotificationConfiguration"),
            ("logging", "BucketLoggingStatus"),
            ("ownershipControls", "OwnershipControls"),
            ("acl", "AccessControlPolicy"),
        ],
    )
    def test_answers_have_the_root_element_that_the_rust_sdk_wants(
        self, emu, s3, account, name, query, root
    ):
        s3.put_bucket_ownership_controls(
            Bucket=f"{name}-0",
            OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        )
        key = emulator.Credentials.root(account).access_key_id
        scope = f"Credential={key}/20261120/us-east-1/s3/aws4_request"
        request = urllib.request.Request(
            f"{emu.endpoint}/{name}-0?{query}",
            headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}, Signature=x"},
        )
        body = urllib.request.urlopen(request).read()
        assert ElementTree.fromstring(body).tag.rpartition("}")[2] == root

    def test_the_account_level_block_is_that_of_the_account(self, emu, account):
        blocked = dict.fromkeys(
            ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"),
            True,
        )
        control = emu.client("s3control", account=account)
        arguments = {"AccountId": account}
        missing = error_of(control.get_public_access_block, **arguments)
        assert missing == "NoSuchPublicAccessBlockConfiguration"
        control.put_public_access_block(**arguments, PublicAccessBlockConfiguration=blocked)
        answer = control.get_public_access_block(**arguments)
        assert answer["PublicAccessBlockConfiguration"] == blocked


class TestKms:
    @pytest.fixture
    def kms(self, emu, account):
        return emu.client("kms", account=account)

    @pytest.fixture
    def key(self, kms):
        return kms.create_key()["KeyMetadata"]["KeyId"]

    def test_keys_and_aliases_come_in_pages(self, kms, name):
        for number in range(3):
            key = kms.create_key()["KeyMetadata"]["KeyId"]
            kms.create_alias(AliasName=f"alias/{name}-{number}", TargetKeyId=key)
        found = pages(kms.list_keys, "Keys", "Marker", "NextMarker", Limit=2)
        assert [len(page) for page in found] == [2, 1]
        assert kms.list_keys(Limit=2)["Truncated"] is True
        found = pages(kms.list_aliases, "Aliases", "Marker", "NextMarker", Limit=1)
        names = {alias["AliasName"] for page in found for alias in page}
        assert {f"alias/{name}-{n}" for n in range(3)} <= names

    def test_a_rotation_period_is_kept(self, kms, key):
        assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
        kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
        status = kms.get_key_rotation_status(KeyId=key)
        assert (status["KeyRotationEnabled"], status["RotationPeriodInDays"]) == (True, 180)
        created = kms.describe_key(KeyId=key)["KeyMetadata"]["CreationDate"]
        assert (status["NextRotationDate"] - created).days in (179, 180)

    @pytest.mark.parametrize("days", [2561, 9999])
    def test_other_periods_are_refused(self, kms, key, days):
        call = kms.enable_key_rotation
        assert error_of(call, KeyId=key, RotationPeriodInDays=days) == "ValidationException"

    def test_an_asymmetric_key_cannot_rotate(self, kms):
        spec = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}
        key = kms.create_key(**spec)["KeyMetadata"]["KeyId"]
        call = kms.get_key_rotation_status
        assert error_of(call, KeyId=key) == "UnsupportedOperationException"

    def test_a_doomed_key_has_no_rotation_status(self, kms, key):
        kms.schedule_key_deletion(KeyId=key)
        assert error_of(kms.get_key_rotation_status, KeyId=key) == "KMSInvalidStateException"

    def test_the_keys_of_services_are_managed_by_aws(self, kms, key):
        managed = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
        assert managed["KeyManager"] == "AWS"
        assert kms.get_key_rotation_status(KeyId=managed["KeyId"])["KeyRotationEnabled"] is True
        assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyManager"] == "CUSTOMER"

    def test_a_key_has_a_usage_though_nobody_chose_it(self, kms, key):
        metadata = kms.describe_key(KeyId=key)["KeyMetadata"]
        assert (metadata["KeyUsage"], metadata["MultiRegion"]) == ("ENCRYPT_DECRYPT", False)

    def test_data_can_still_be_encrypted(self, kms, key):
        secret = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        assert kms.decrypt(CiphertextBlob=secret)["Plaintext"] == b"x"

    def test_a_foreign_key_is_not_found_by_an_unknown_id(self, kms):
        call = kms.describe_key
        assert error_of(call, KeyId="12345678-aaaa-bbbb-cccc-1234567890ab") == "NotFoundException"


class TestEc2:
    @pytest.fixture
    def ec2(self, emu, account):
        return emu.client("ec2", account=account)

    def test_groups_come_in_pages(self, ec2, name):
        for number in range(5):
            ec2.create_security_group(GroupName=f"{name}-{number}", Description="x")
        found = pages(
            ec2.describe_security_groups, "SecurityGroups", "NextToken", "NextToken", MaxResults=5
        )
        assert [len(page) for page in found] == [5, 1]

    def test_a_default_group_lets_its_members_talk(self, ec2):
        (group,) = ec2.describe_security_groups()["SecurityGroups"]
        assert group["GroupName"] == "default"
        (rule,) = group["IpPermissions"]
        assert rule["IpProtocol"] == "-1"
        assert rule["UserIdGroupPairs"][0]["GroupId"] == group["GroupId"]

    def test_interfaces_come_in_pages(self, ec2):
        subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
        made = [ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"] for _ in range(6)]
        found = pages(
            ec2.describe_network_interfaces,
            "NetworkInterfaces",
            "NextToken",
            "NextToken",
            MaxResults=5,
        )
        assert [len(page) for page in found] == [5, 1]
        ids = {interface["NetworkInterfaceId"] for page in found for interface in page}
        assert ids == {interface["NetworkInterfaceId"] for interface in made}

    def test_prefix_lists_have_entries(self, ec2, name):
        created = ec2.create_managed_prefix_list(
            PrefixListName=name,
            AddressFamily="IPv4",
            MaxEntries=3,
            Entries=[{"Cidr": "10.0.0.0/8"}, {"Cidr": "0.0.0.0/0"}],
        )["PrefixList"]["PrefixListId"]
        found = pages(
            ec2.get_managed_prefix_list_entries,
            "Entries",
            "NextToken",
            "NextToken",
            PrefixListId=created,
            MaxResults=1,
        )
        assert [entry["Cidr"] for page in found for entry in page] == ["10.0.0.0/8", "0.0.0.0/0"]

    def test_a_group_knows_who_refers_to_it_across_a_peering(self, ec2):
        mine = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        peer = ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
        connection = ec2.create_vpc_peering_connection(VpcId=mine, PeerVpcId=peer)
        connection = connection["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=connection)
        target = ec2.create_security_group(GroupName="a", Description="a", VpcId=mine)["GroupId"]
        source = ec2.create_security_group(GroupName="b", Description="b", VpcId=peer)["GroupId"]
        assert (
            ec2.describe_security_group_references(GroupId=[target])["SecurityGroupReferenceSet"]
            == []
        )
        ec2.authorize_security_group_ingress(
            GroupId=source,
            IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": target}]}],
        )
        (reference,) = ec2.describe_security_group_references(GroupId=[target])[
            "SecurityGroupReferenceSet"
        ]
        assert reference["ReferencingVpcId"] == peer
        assert reference["VpcPeeringConnectionId"] == connection
        (described,) = ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
        assert described["VpcPeeringConnectionId"] == connection
        assert described["Status"]["Code"] == "active"

    def test_regions_that_are_not_enabled_are_closed(self, emu, ec2, account):
        everywhere = {region["RegionName"] for region in ec2.describe_regions()["Regions"]}
        assert {"us-east-1", "eu-west-1"} < everywhere
        emu.enable_regions(["us-east-1", "eu-west-1"])
        found = [region["RegionName"] for region in ec2.describe_regions()["Regions"]]
        assert sorted(found) == ["eu-west-1", "us-east-1"]
        listed = {
            region["RegionName"]: region["OptInStatus"]
            for region in ec2.describe_regions(AllRegions=True)["Regions"]
        }
        assert listed["eu-west-2"] == "not-opted-in"
        asia = emu.client("kms", "ap-south-1", account=account)
        assert error_of(asia.list_keys) == "UnrecognizedClientException"
        asia = emu.client("ec2", "ap-south-1", account=account)
        assert error_of(asia.describe_vpcs) == "AuthFailure"

    def test_an_account_may_have_regions_of_its_own(self, emu, account):
        emu.enable_regions(["us-east-1"])
        emu.enable_regions(["us-east-1", "ap-east-1"], account)
        regions = emu.client("account", account=account).list_regions(
            RegionOptStatusContains=["ENABLED", "ENABLED_BY_DEFAULT"]
        )["Regions"]
        emu.enable_regions(None, account)
        assert {region["RegionName"] for region in regions} == {"us-east-1", "ap-east-1"}

    def test_what_moto_cannot_do_is_said_once(self, ec2):
        call = ec2.describe_stale_security_groups
        assert error_of(call, VpcId="vpc-12345678") == "NotImplemented"


class TestOrganizations:
    @pytest.fixture
    def organizations(self, emu, account):
        client = emu.client("organizations", account=account)
        client.create_organization(FeatureSet="ALL")
        return client

    def test_accounts_come_in_pages_of_twenty_at_most(self, organizations):
        for number in range(21):
            organizations.create_account(AccountName=f"a{number}", Email=f"a{number}@example.com")
        found = pages(organizations.list_accounts, "Accounts", "NextToken", "NextToken")
        assert [len(page) for page in found] == [20, 2]
        found = pages(
            organizations.list_accounts, "Accounts", "NextToken", "NextToken", MaxResults=9
        )
        assert [len(page) for page in found] == [9, 9, 4]

    def test_accounts_have_a_state_and_no_status(self, organizations):
        created = organizations.create_account(AccountName="x", Email="x@example.com")
        account = created["CreateAccountStatus"]["AccountId"]
        organizations.close_account(AccountId=account)
        listed = {a["Id"]: a for a in organizations.list_accounts()["Accounts"]}
        assert listed[account]["State"] == "SUSPENDED"
        assert all("Status" not in entry for entry in listed.values())
        assert organizations.describe_account(AccountId=account)["Account"]["State"] == "SUSPENDED"

    def test_security_hub_can_be_delegated(self, organizations):
        created = organizations.create_account(AccountName="x", Email="x@example.com")
        account = created["CreateAccountStatus"]["AccountId"]
        service = "securityhub.amazonaws.com"
        organizations.enable_aws_service_access(ServicePrincipal=service)
        organizations.register_delegated_administrator(AccountId=account, ServicePrincipal=service)
        (admin,) = organizations.list_delegated_administrators()["DelegatedAdministrators"]
        assert admin["Id"] == account

    def test_any_list_can_be_made_to_need_many_pages(self, emu, organizations):
        root = organizations.list_roots()["Roots"][0]["Id"]
        for number in range(3):
            organizations.create_organizational_unit(ParentId=root, Name=f"u{number}")
        emu.limit_pages(1)
        found = pages(
            organizations.list_organizational_units_for_parent,
            "OrganizationalUnits",
            "NextToken",
            "NextToken",
            ParentId=root,
        )
        assert [len(page) for page in found] == [1, 1, 1]


class TestSecurityHub:
    @pytest.fixture
    def hub(self, emu, account):
        client = emu.client("securityhub", account=account)
        client.enable_security_hub()
        return client

    def finding(self, account: str, number: int = 1, **more) -> dict:
        return {
            "SchemaVersion": "2018-10-08",
            "Id": f"{account}/us-east-1/S3.8/bucket-{number}",
            "ProductArn": f"arn:aws:securityhub:us-east-1:{account}:product/{account}/default",
            "GeneratorId": "S3.8",
            "AwsAccountId": account,
            "Types": ["Software and Configuration Checks"],
            "CreatedAt": "2026-11-20T10:00:00.000Z",
            "UpdatedAt": "2026-11-20T10:00:00.000Z",
            "Title": "t",
            "Description": "d",
            "Resources": [{"Type": "AwsS3Bucket", "Id": f"arn:aws:s3:::bucket-{number}"}],
            "FindingProviderFields": {"Severity": {"Label": "HIGH"}},
            "Compliance": {"Status": "FAILED", "SecurityControlId": "S3.8"},
            **more,
        }

    def test_a_hub_must_be_enabled(self, emu, account):
        client = emu.client("securityhub", account=account)
        call = client.batch_import_findings
        assert error_of(call, Findings=[self.finding(account)]) == "InvalidAccessException"
        assert error_of(client.get_findings) == "InvalidAccessException"

    def test_another_region_is_another_hub(self, emu, hub, account):
        client = emu.client("securityhub", "eu-west-1", account=account)
        call = client.batch_import_findings
        assert error_of(call, Findings=[self.finding(account)]) == "InvalidAccessException"

    def test_more_than_a_hundred_findings_are_refused(self, hub, account):
        findings = [self.finding(account, n) for n in range(101)]
        assert error_of(hub.batch_import_findings, Findings=findings) == "InvalidInputException"
        assert hub.batch_import_findings(Findings=findings[:100])["SuccessCount"] == 100

    def test_findings_of_other_accounts_and_regions_fail_one_by_one(self, hub, account):
        foreign = self.finding(account, 2, AwsAccountId="222222222222")
        elsewhere = self.finding(account, 3)
        elsewhere["ProductArn"] = elsewhere["ProductArn"].replace("us-east-1", "eu-west-1")
        answer = hub.batch_import_findings(Findings=[self.finding(account), foreign, elsewhere])
        assert (answer["SuccessCount"], answer["FailedCount"]) == (1, 2)
        assert [failed["Id"][-1] for failed in answer["FailedFindings"]] == ["2", "3"]

    def test_findings_are_filtered(self, hub, account):
        hub.batch_import_findings(Findings=[self.finding(account, n) for n in range(3)])

        def found(**filters) -> int:
            wanted = {k: [{"Value": v, "Comparison": "EQUALS"}] for k, v in filters.items()}
            return len(hub.get_findings(Filters=wanted)["Findings"])

        assert found(Id=f"{account}/us-east-1/S3.8/bucket-1") == 1
        assert found(ResourceId="arn:aws:s3:::bucket-2") == 1
        assert found(AwsAccountId=account, Region="us-east-1", SeverityLabel="HIGH") == 3
        assert found(AwsAccountId="1") == found(Region="eu-west-1") == 0
        prefix = {"Id": [{"Value": account, "Comparison": "PREFIX"}]}
        assert len(hub.get_findings(Filters=prefix)["Findings"]) == 3

    def test_findings_come_in_pages(self, hub, account):
        hub.batch_import_findings(Findings=[self.finding(account, n) for n in range(5)])
        found = pages(hub.get_findings, "Findings", "NextToken", "NextToken", MaxResults=2)
        assert [len(page) for page in found] == [2, 2, 1]

    def test_an_import_updates_but_leaves_the_workflow_to_the_analyst(self, hub, account):
        finding = self.finding(account)
        hub.batch_import_findings(Findings=[finding])
        name = {"Id": finding["Id"], "ProductArn": finding["ProductArn"]}
        hub.batch_update_findings(FindingIdentifiers=[name], Workflow={"Status": "SUPPRESSED"})
        later = self.finding(account, UpdatedAt="2026-11-21T10:00:00.000Z", Title="new")
        hub.batch_import_findings(Findings=[later])
        (stored,) = hub.get_findings()["Findings"]
        assert (stored["Title"], stored["Workflow"]["Status"]) == ("new", "SUPPRESSED")
        assert stored["RecordState"] == "ACTIVE"

    def test_an_older_update_is_refused(self, hub, account):
        hub.batch_import_findings(Findings=[self.finding(account)])
        older = self.finding(account, UpdatedAt="2026-11-19T10:00:00.000Z")
        assert hub.batch_import_findings(Findings=[older])["FailedCount"] == 1


class TestDynamoDb:
    @pytest.fixture
    def dynamodb(self, emu, account, name):
        client = emu.client("dynamodb", account=account)
        client.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        return client

    def add(self, table: str, amount: str) -> list[dict]:
        return [
            {
                "Update": {
                    "TableName": table,
                    "Key": {"pk": {"S": "total"}},
                    "UpdateExpression": "ADD amount :n",
                    "ExpressionAttributeValues": {":n": {"N": amount}},
                }
            }
        ]

    def test_a_token_makes_a_transaction_count_once(self, dynamodb, name):
        for _ in range(2):
            dynamodb.transact_write_items(
                TransactItems=self.add(name, "1"), ClientRequestToken="token"
            )
        item = dynamodb.get_item(TableName=name, Key={"pk": {"S": "total"}})["Item"]
        assert item["amount"] == {"N": "1"}
        with pytest.raises(dynamodb.exceptions.IdempotentParameterMismatchException):
            dynamodb.transact_write_items(
                TransactItems=self.add(name, "2"), ClientRequestToken="token"
            )

    def test_a_cancelled_transaction_says_why(self, dynamodb, name):
        put = {"TableName": name, "Item": {"pk": {"S": "x"}}}
        put["ConditionExpression"] = "attribute_exists(pk)"
        with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as caught:
            dynamodb.transact_write_items(TransactItems=[{"Put": put}])
        assert caught.value.response["CancellationReasons"][0]["Code"] == "ConditionalCheckFailed"

    def test_a_batch_has_at_most_25_writes(self, dynamodb, name):
        writes = [{"PutRequest": {"Item": {"pk": {"S": str(n)}}}} for n in range(26)]
        call = dynamodb.batch_write_item
        assert error_of(call, RequestItems={name: writes}) == "ValidationException"
        assert call(RequestItems={name: writes[:25]})["UnprocessedItems"] == {}


def test_objects_survive_the_gateway(emu, account, name):
    s3 = emu.client("s3", account=account)
    s3.create_bucket(Bucket=name)
    body = bytes(range(256)) * 1000
    key = "runs/r 1/ü+%/x.json"
    s3.put_object(Bucket=name, Key=key, Body=body, Metadata={"a": "b"})
    answer = s3.get_object(Bucket=name, Key=key)
    assert answer["Body"].read() == body
    assert answer["Metadata"] == {"a": "b"}
    assert s3.head_object(Bucket=name, Key=key)["ContentLength"] == len(body)
    assert error_of(s3.get_object, Bucket=name, Key="none") == "NoSuchKey"
    (listed,) = s3.list_objects_v2(Bucket=name)["Contents"]
    assert listed["Key"] == key
    policy = allow("s3:GetObject", resource=f"arn:aws:s3:::{name}/*")
    policy["Statement"][0]["Principal"] = "*"
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    assert s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"] is True
