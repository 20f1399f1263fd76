import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { memberRoleTemplate, RUN_TAG } from "../lib/member-role.ts";
import { FUNCTIONS } from "../lib/names.ts";
import { written } from "./policies.ts";
import { environments, resources } from "./synthesized.ts";

const { prod, closed } = environments();
const [, set] = resources(prod, "AWS::CloudFormation::StackSet")[0] ?? ["", undefined];
const parameters = Object.fromEntries(
  set?.Properties.Parameters.map((it: { ParameterKey: string; ParameterValue: unknown }) => [
    it.ParameterKey,
    written(prod.template.toJSON(), it.ParameterValue),
  ]) ?? [],
);

describe("the StackSet of audit roles", () => {
  test("gives the role to every account of the units, and to new ones on arrival", () => {
    expect(set?.Properties).toMatchObject({
      PermissionModel: "SERVICE_MANAGED",
      CallAs: "DELEGATED_ADMIN",
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      StackInstancesGroup: [
        {
          Regions: ["eu-west-1"],
          DeploymentTargets: { OrganizationalUnitIds: prod.config.organizational_units },
        },
      ],
    });
  });

  test("trusts exactly the roles of the five functions, which exist before it", () => {
    const roles = parameters.TrustedRoleArns.split(",");
    const { Outputs } = prod.template.toJSON();
    expect(written(prod.template.toJSON(), Outputs.TrustedRoleArns.Value)).toBe(parameters.TrustedRoleArns);
    expect(roles).toHaveLength(FUNCTIONS.length);
    const ids = resources(prod, "AWS::IAM::Role").map(([id]) => id);
    for (const arn of roles) {
      const id = arn.replace("arn:aws:iam::111122223333:role/", "");
      expect(ids).toContain(id);
      expect(set?.DependsOn).toContain(id);
    }
  });

  test("carries no external id in its template, only as a parameter that is not shown", () => {
    expect(parameters.ExternalId).toMatch(
      /^\{\{resolve:secretsmanager:arn:[\w:-]+:ExternalIdSecret\w+:SecretString:::\}\}$/,
    );
    expect(set?.Properties.TemplateBody).not.toContain("resolve:");
    expect(JSON.parse(set?.Properties.TemplateBody).Parameters.ExternalId.NoEcho).toBe(true);
  });

  test("has parameters for all that its template asks", () => {
    const asked = JSON.parse(set?.Properties.TemplateBody).Parameters;
    expect(Object.keys(parameters).sort()).toEqual(Object.keys(asked).sort());
  });

  test("fits into a template body", () => {
    expect(set?.Properties.TemplateBody.length).toBeLessThan(51_200);
  });

  test("bounds the role where the configuration names a boundary", () => {
    closed.template.hasResourceProperties("AWS::CloudFormation::StackSet", {
      Parameters: Match.arrayWith([
        { ParameterKey: "PermissionsBoundary", ParameterValue: "orgsweep-boundary" },
      ]),
    });
  });
});

describe("the audit role", () => {
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are whatever they are
  const role = (memberRoleTemplate() as any).Resources.AuditRole.Properties;

  test("is entered by those functions, from this Organization, with the external id, named after a run", () => {
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: { Ref: "TrustedRoleArns" } },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: {
            "sts:ExternalId": { Ref: "ExternalId" },
            "aws:PrincipalOrgID": { Ref: "OrganizationId" },
          },
          StringLike: { "sts:RoleSessionName": "orgsweep-*" },
        },
      },
      {
        Effect: "Allow",
        Principal: { AWS: { Ref: "TrustedRoleArns" } },
        Action: "sts:TagSession",
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": { Ref: "OrganizationId" } },
          "ForAllValues:StringEquals": { "aws:TagKeys": ["orgsweep-run"] },
        },
      },
    ]);
  });

  test("names and tags its sessions as the code does", () => {
    const session = readFileSync(new URL("../../crates/aws/src/session.rs", import.meta.url), "utf8");
    expect(session).toContain('format!("orgsweep-{run}")');
    expect(session).toContain(`const RUN_TAG: &str = "${RUN_TAG}"`);
    expect(session).not.toContain("transitive_tag_keys");
  });

  test("is the same in the plain template for the management account: run `npm run member-role`", () => {
    const committed = readFileSync(new URL("../member-role.template.json", import.meta.url), "utf8");
    expect(JSON.parse(committed)).toEqual(memberRoleTemplate());
  });
});
