"""Templates: their functions, the order of their resources, and what cannot be carried out."""

import json

import pytest

from cloudformation import Scope, Target, TemplateError, deploy, resolve
from cloudformation.intrinsics import names_in
from emulator_tests.conftest import ACCOUNT, LAMBDA_TRUST, allow


def scope(**refs):
    pseudo = {"AWS::Partition": "aws", "AWS::AccountId": "111111111111"}
    attributes = {"Bucket": {"Arn": "arn:aws:s3:::b"}}
    conditions = {"Bounded": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Boundary"}, ""]}]}}
    dynamic = {"secretsmanager:it:SecretString:::": "hidden"}.__getitem__
    return Scope({**pseudo, "Boundary": "", **refs}, attributes, conditions, dynamic)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ({"Ref": "AWS::Partition"}, "aws"),
        ({"Fn::GetAtt": ["Bucket", "Arn"]}, "arn:aws:s3:::b"),
        ({"Fn::GetAtt": "Bucket.Arn"}, "arn:aws:s3:::b"),
        ({"Fn::Join": ["/", [{"Fn::GetAtt": ["Bucket", "Arn"]}, "*"]]}, "arn:aws:s3:::b/*"),
        ({"Fn::Sub": "arn:${AWS::Partition}:${AWS::AccountId}"}, "arn:aws:111111111111"),
        ({"Fn::Sub": "${Bucket.Arn}/${!Literal}"}, "arn:aws:s3:::b/${!Literal}"),
        ({"Fn::Sub": ["${a}-${AWS::Partition}", {"a": {"Ref": "Name"}}]}, "n-aws"),
        ({"Fn::If": ["Bounded", "yes", "no"]}, "no"),
        ({"a": {"Ref": "AWS::NoValue"}, "b": [1, {"Ref": "AWS::NoValue"}]}, {"b": [1]}),
        ("x{{resolve:secretsmanager:it:SecretString:::}}", "xhidden"),
        ({"Fn::Join": ["", ["{{resolve:secretsmanager:", "it:SecretString:::}}"]]}, "hidden"),
        ({"Ref": "Name", "and": "more"}, {"Ref": "Name", "and": "more"}),
    ],
)  # fmt: skip
def test_a_function_is_carried_out(written, value):
    assert resolve(written, scope(Name="n")) == value


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({"Ref": "Nobody"}, "Nobody"),
        ({"Fn::GetAtt": ["Bucket", "Colour"]}, "Colour"),
        ({"Fn::Base64": "x"}, "Fn::Base64"),
        ({"Fn::If": ["Unheard", 1, 2]}, "Unheard"),
        ({"Fn::Sub": "${Nobody}"}, "Nobody"),
    ],
)
def test_what_leads_nowhere_is_named(written, named):
    with pytest.raises(TemplateError, match=named):
        resolve(written, scope())


def test_names_are_found_in_every_function():
    part = {"a": [{"Ref": "A"}, {"Fn::GetAtt": ["B", "Arn"]}], "b": {"Fn::GetAtt": "C.Arn"}}
    part["c"] = {"Fn::Sub": "${D.Arn} ${!No} ${AWS::Region}"}
    part["d"] = {"Fn::Join": ["", [{"Fn::Sub": ["${own} ${E}", {"own": {"Ref": "F"}}]}]]}
    assert names_in(part) == {"A", "B", "C", "D", "E", "F", "AWS::Region"}


def template(**resources):
    return {"Resources": resources}


def role(**more):
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": LAMBDA_TRUST},
        **more,
    }


@pytest.fixture
def target(emu, name):
    return Target(emu, ACCOUNT, "us-east-1", name)


def test_resources_are_made_after_what_they_refer_to(emu, target, name):
    policy = {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": "p",
            "PolicyDocument": allow("s3:GetObject", resource={"Fn::GetAtt": ["Zebra", "Arn"]}),
            "Roles": [{"Ref": "Reader"}],
        },
    }
    bucket = {"Type": "AWS::S3::Bucket", "DependsOn": "Reader", "Properties": {"BucketName": name}}
    parts = template(Aardvark=policy, Reader=role(), Zebra=bucket)
    stack = deploy({**parts, "Outputs": {"Role": {"Value": {"Ref": "Reader"}}}}, target)
    assert stack.outputs == {"Role": f"{name}-Reader"}
    iam = emu.client("iam", account=ACCOUNT)
    document = iam.get_role_policy(RoleName=f"{name}-Reader", PolicyName="p")["PolicyDocument"]
    assert document["Statement"][0]["Resource"] == f"arn:aws:s3:::{name}"
    assert stack.properties("Aardvark")["Roles"] == [f"{name}-Reader"]


def test_a_resource_that_can_neither_be_made_nor_left_out_is_named(target):
    with pytest.raises(TemplateError, match="`Disk` is a `AWS::EC2::Volume`"):
        deploy(template(Disk={"Type": "AWS::EC2::Volume"}), target)


def test_resources_that_need_each_other_are_named(target):
    with pytest.raises(TemplateError, match="need each other"):
        deploy(template(A=role(DependsOn="B"), B=role(DependsOn="A")), target)


def test_a_resource_whose_condition_does_not_hold_is_not_made(target):
    parts = template(It=role(Condition="Never"))
    stack = deploy({**parts, "Conditions": {"Never": {"Fn::Equals": [1, 2]}}}, target)
    assert stack.made == {}


@pytest.mark.parametrize("given", [{}, {"Name": "a", "Unheard": "b"}])
def test_parameters_are_all_given_and_no_others(target, given):
    with pytest.raises(TemplateError, match="Name|Unheard"):
        deploy({"Parameters": {"Name": {"Type": "String"}}, "Resources": {}}, target, given)


def test_a_table_has_its_indexes_its_expiry_and_its_recovery(emu, target, name):
    key = {"AttributeName": "pk", "KeyType": "HASH"}
    table = {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "TableName": name,
            "KeySchema": [key],
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "BillingMode": "PAY_PER_REQUEST",
            "GlobalSecondaryIndexes": [
                {"IndexName": "by-it", "KeySchema": [key], "Projection": {"ProjectionType": "ALL"}}
            ],
            "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "DeletionProtectionEnabled": True,
        },
    }
    deploy(template(Table=table), target)
    dynamodb = emu.client("dynamodb", account=ACCOUNT)
    described = dynamodb.describe_table(TableName=name)["Table"]
    assert described["DeletionProtectionEnabled"] is True
    assert [index["IndexName"] for index in described["GlobalSecondaryIndexes"]] == ["by-it"]
    expiry = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    assert (expiry["AttributeName"], expiry["TimeToLiveStatus"]) == ("expires_at", "ENABLED")


def test_a_service_managed_stack_set_reaches_the_members_and_not_the_management_account(
    emu, target, account
):
    organizations = emu.client("organizations", account=account)
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    unit = organizations.create_organizational_unit(ParentId=root, Name="deep")
    members = []
    for number in range(2):
        status = organizations.create_account(
            AccountName=str(number), Email=f"{number}@example.com"
        )
        members.append(status["CreateAccountStatus"]["AccountId"])
    organizations.move_account(
        AccountId=members[0],
        SourceParentId=root,
        DestinationParentId=unit["OrganizationalUnit"]["Id"],
    )
    body = {"Parameters": {"N": {"Type": "String"}}, **template(It=role())}
    body["Resources"]["It"]["Properties"]["RoleName"] = {"Ref": "N"}
    properties = {
        "StackSetName": "set",
        "TemplateBody": json.dumps(body),
        "Parameters": [{"ParameterKey": "N", "ParameterValue": "entered"}],
        "StackInstancesGroup": [
            {
                "Regions": ["us-east-1"],
                "DeploymentTargets": {"OrganizationalUnitIds": [root]},
            }
        ],
    }
    resource = {"Type": "AWS::CloudFormation::StackSet", "Properties": properties}
    deploy(template(Set=resource), Target(emu, account, "us-east-1", "s"))

    def roles(where):
        return [it["RoleName"] for it in emu.client("iam", account=where).list_roles()["Roles"]]

    assert all("entered" in roles(member) for member in members)
    assert "entered" not in roles(account)
