/** The audit role of the members: a StackSet, and the same template as a file for the management account. */
import { CfnStackSet, Stack } from "aws-cdk-lib";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { auditStatements } from "./audit-actions.ts";
import type { Config } from "./config.ts";
import type { Functions } from "./functions.ts";
import { auditRoleName } from "./names.ts";

/** The session tag that names the run, as `aws::session` sets it. */
export const RUN_TAG = "orgsweep-run";

const parameter = (Description: string, more: object = {}) => ({ Type: "String", Description, ...more });

/** The template: the same for every environment, which differ by its parameters. */
export function memberRoleTemplate(): object {
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "The role that orgsweep audits this account with. Reads settings; imports findings into Security Hub.",
    Parameters: {
      RoleName: parameter("Name of the role"),
      TrustedRoleArns: {
        Type: "CommaDelimitedList",
        Description: "ARNs of the roles of orgsweep's functions in the audit account",
      },
      OrganizationId: parameter("Id of the Organization", { AllowedPattern: "o-[a-z0-9]{10,32}" }),
      ExternalId: parameter("External id that the functions present", { MinLength: 8, NoEcho: true }),
      PermissionsBoundary: parameter("Name of a managed policy that bounds the role, or nothing", {
        Default: "",
      }),
    },
    Conditions: { Bounded: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "PermissionsBoundary" }, ""] }] } },
    Resources: { AuditRole: auditRole() },
    Outputs: { RoleArn: { Value: { "Fn::GetAtt": ["AuditRole", "Arn"] } } },
  };
}

function auditRole(): object {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: { Ref: "RoleName" },
      Description: "Lets orgsweep read the settings of buckets, keys and security groups",
      MaxSessionDuration: 3600,
      PermissionsBoundary: {
        "Fn::If": [
          "Bounded",
          { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${PermissionsBoundary}" },
          { Ref: "AWS::NoValue" },
        ],
      },
      AssumeRolePolicyDocument: document(trust()),
      Policies: [{ PolicyName: "audit", PolicyDocument: document(auditStatements()) }],
    },
  };
}

/** Who may enter: the functions, in the Organization, with the external id; every session is named after its run. */
function trust(): object[] {
  const common = { Effect: "Allow", Principal: { AWS: { Ref: "TrustedRoleArns" } } };
  const inOrganization = { "aws:PrincipalOrgID": { Ref: "OrganizationId" } };
  return [
    {
      ...common,
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "sts:ExternalId": { Ref: "ExternalId" }, ...inOrganization },
        StringLike: { "sts:RoleSessionName": "orgsweep-*" },
      },
    },
    {
      ...common,
      // The run, and nothing else, as a session tag (IAM User Guide, "Pass session tags in AWS STS").
      Action: "sts:TagSession",
      Condition: {
        StringEquals: inOrganization,
        "ForAllValues:StringEquals": { "aws:TagKeys": [RUN_TAG] },
      },
    },
  ];
}

const document = (Statement: object[]) => ({ Version: "2012-10-17", Statement });

/** Whom the audit roles trust, as their template wants it. */
export const trustedRoleArns = (functions: Functions) => functions.all.map((it) => it.role.roleArn).join(",");

/** Gives every account of the chosen units the audit role, and new accounts on arrival. */
export class MemberRoles extends Construct {
  constructor(scope: Construct, config: Config, functions: Functions, externalId: ISecret) {
    super(scope, "MemberRoles");
    const values = {
      RoleName: auditRoleName(config),
      TrustedRoleArns: trustedRoleArns(functions),
      OrganizationId: config.organization_id,
      // A reference that CloudFormation follows: the value is in no template.
      ExternalId: externalId.secretValue.unsafeUnwrap(),
      PermissionsBoundary: config.permissions_boundary ?? "",
    };
    const set = new CfnStackSet(this, "AuditRoles", {
      stackSetName: auditRoleName(config),
      description: "The role that orgsweep audits accounts with",
      permissionModel: "SERVICE_MANAGED",
      callAs: config.account === config.management_account ? "SELF" : "DELEGATED_ADMIN",
      capabilities: ["CAPABILITY_NAMED_IAM"],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      operationPreferences: { failureTolerancePercentage: 100, maxConcurrentPercentage: 100 },
      parameters: Object.entries(values).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      })),
      // Roles are global: one region is enough.
      stackInstancesGroup: [
        {
          regions: [Stack.of(this).region],
          deploymentTargets: { organizationalUnitIds: config.organizational_units },
        },
      ],
      templateBody: JSON.stringify(memberRoleTemplate()),
    });
    // A trust policy may only name roles that exist.
    set.node.addDependency(functions);
  }
}
