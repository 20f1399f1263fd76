"""EC2: what moto does not have of the surroundings of security groups.

VPC Block Public Access, associations of groups with VPCs, stale rules, and the default and latest
versions of all launch templates at once.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page


def _kept(request: AwsRequest, caller: Caller, name: str, start: Any) -> Any:
    """Something of the account and region; it goes when moto's own state goes."""
    return vars(ec2_backends[caller.account][request.region]).setdefault(f"kept_{name}", start)


def _paged(request: AwsRequest, members: str, items: list[Any], most: int) -> dict[str, Any]:
    size, token = request.params.get("MaxResults"), request.params.get("NextToken")
    if size is not None and not 1 <= int(size) <= most:
        raise AwsError("InvalidParameterValue", f"Value ( {size} ) for MaxResults is invalid.")
    listed, following = page(items, size, token, most, "InvalidPaginationToken")
    return {members: listed, "NextToken": following}


def block_options(request: AwsRequest, caller: Caller, _: MotoUpstream) -> dict[str, Any]:
    """The mode of VPC Block Public Access; off until it is changed."""
    start = {"State": "default-state", "InternetGatewayBlockMode": "off"}
    options = _kept(request, caller, "block", start)
    mode = request.params.get("InternetGatewayBlockMode")
    if mode is not None:
        options.update(State="update-complete", InternetGatewayBlockMode=mode)
    own = {"AwsAccountId": caller.account, "AwsRegion": request.region}
    return {"VpcBlockPublicAccessOptions": {**own, **options}}


def exclude(request: AwsRequest, caller: Caller, _: MotoUpstream) -> dict[str, Any]:
    """Spares a VPC or a subnet."""
    exclusions = _kept(request, caller, "exclusions", [])
    subnet, vpc = request.params.get("SubnetId"), request.params.get("VpcId")
    place = f"subnet/{subnet}" if subnet else f"vpc/{vpc}"
    exclusion = {
        "ExclusionId": f"vpcbpa-exclude-{len(exclusions):017x}",
        "InternetGatewayExclusionMode": request.params["InternetGatewayExclusionMode"],
        "ResourceArn": f"arn:aws:ec2:{request.region}:{caller.account}:{place}",
        "State": "create-complete",
    }
    exclusions.append(exclusion)
    return {"VpcBlockPublicAccessExclusion": exclusion}


def exclusions(request: AwsRequest, caller: Caller, _: MotoUpstream) -> dict[str, Any]:
    """What is spared."""
    kept = _kept(request, caller, "exclusions", [])
    return _paged(request, "VpcBlockPublicAccessExclusions", kept, 1000)


def associate(request: AwsRequest, caller: Caller, _: MotoUpstream) -> dict[str, Any]:
    """Associates a group with another VPC."""
    group, vpc = request.params["GroupId"], request.params["VpcId"]
    owners = {id_: backends.account_id for backends in _regional(request) for id_ in backends.vpcs}
    _kept(request, caller, "associations", []).append(
        {
            "GroupId": group,
            "VpcId": vpc,
            "VpcOwnerId": owners.get(vpc, caller.account),
            "GroupOwnerId": caller.account,
            "State": "associated",
        }
    )
    return {"State": "associating"}


def associations(request: AwsRequest, caller: Caller, _: MotoUpstream) -> dict[str, Any]:
    """The VPCs that groups are associated with."""
    kept = _kept(request, caller, "associations", [])
    return _paged(request, "SecurityGroupVpcAssociations", kept, 1000)


def stale_groups(request: AwsRequest, caller: Caller, _: MotoUpstream) -> dict[str, Any]:
    """The groups of a VPC with inbound rules that name a group which is nowhere any more."""
    there = {
        id_
        for backend in _regional(request)
        for groups in backend.groups.values()
        for id_ in groups
    }
    groups = ec2_backends[caller.account][request.region].groups
    found = []
    for group in groups.get(request.params["VpcId"], {}).values():
        stale = [rule for rule in group.ingress_rules if _names_none(rule, there)]
        if stale:
            found.append(
                {
                    "GroupId": group.id,
                    "GroupName": group.name,
                    "VpcId": group.vpc_id,
                    "StaleIpPermissions": [
                        {
                            "IpProtocol": rule.ip_protocol,
                            "FromPort": int(rule.from_port),
                            "ToPort": int(rule.to_port),
                            "UserIdGroupPairs": [{"GroupId": rule.source_group["GroupId"]}],
                        }
                        for rule in stale
                    ],
                }
            )
    return _paged(request, "StaleSecurityGroupSet", found, 255)


def _names_none(rule: Any, there: set[str]) -> bool:
    return "GroupId" in rule.source_group and rule.source_group["GroupId"] not in there


def _regional(request: AwsRequest) -> list[Any]:
    """The backends of all accounts in the region."""
    return [regions[request.region] for regions in list(ec2_backends.values())]


def template_versions(
    request: AwsRequest, caller: Caller, moto: MotoUpstream
) -> dict[str, Any] | Any:
    """Versions of one launch template as moto has them; the default and latest ones of all."""
    if "LaunchTemplateId" in request.params or "LaunchTemplateName" in request.params:
        return moto.answer(request, caller.account)
    backend = ec2_backends[caller.account][request.region]
    found = []
    for template in backend.launch_templates.values():
        numbers = {"$Default": template.default_version_number, "$Latest": len(template.versions)}
        wanted = {numbers[name] for name in request.params["Versions"]}
        found += [
            {
                "LaunchTemplateId": template.id,
                "LaunchTemplateName": template.name,
                "VersionNumber": version.number,
                "DefaultVersion": template.is_default(version),
                "LaunchTemplateData": version.data,
            }
            for version in template.versions
            if version.number in wanted
        ]
    return _paged(request, "LaunchTemplateVersions", found, 200)


OPERATIONS = {
    ("ec2", "AssociateSecurityGroupVpc"): associate,
    ("ec2", "CreateVpcBlockPublicAccessExclusion"): exclude,
    ("ec2", "DescribeLaunchTemplateVersions"): template_versions,
    ("ec2", "DescribeSecurityGroupVpcAssociations"): associations,
    ("ec2", "DescribeStaleSecurityGroups"): stale_groups,
    ("ec2", "DescribeVpcBlockPublicAccessExclusions"): exclusions,
    ("ec2", "DescribeVpcBlockPublicAccessOptions"): block_options,
    ("ec2", "ModifyVpcBlockPublicAccessOptions"): block_options,
}
