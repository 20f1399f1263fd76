/** What linters report and why it stands. One table; a test fails on an entry that nothing needs. */
import { type Stack, Validations } from "aws-cdk-lib";
import type { Config } from "./config.ts";
import { auditRoleName, stateMachineName } from "./names.ts";

/** Reports of cdk-nag, and the reason why each is accepted. */
export function acknowledged(config: Config): Record<string, string> {
  const states = `arn:aws:states:${config.region}:${config.account}`;
  const iam5 = (resource: string) => `AwsSolutions-IAM5[Resource::${resource}]`;
  return {
    [iam5("*")]: "These actions take no narrower resource; test/wildcards.ts names each with its reason",
    [iam5(`arn:aws:iam::*:role/${auditRoleName(config)}`)]:
      "Entering the audit role of every account is what orgsweep does; the members decide whom they let in",
    [iam5("<RunBucketRuns30AD8812.Arn>/runs/*")]: "The objects of runs, and no others in the bucket",
    [iam5(`${states}:execution:${stateMachineName(config)}*`)]:
      "Executions and the children of their Maps have generated names",
    [iam5(`${states}:execution:<SweepStateMachineE9432328.Name>:*`)]: "Executions have generated names",
    [iam5(`${states}:mapRun:<SweepStateMachineE9432328.Name>/*`)]: "Map runs have generated names",
    [iam5("<Tablesfindings9CF1F6CD.Arn>/index/*")]: "The indexes of one table",
    [iam5("<Tablesruns7A70DAD5.Arn>/index/*")]: "The indexes of one table",
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]":
      "The policy that AWS keeps for CodeDeploy and Lambda, in its limited form",
    "AwsSolutions-SMG4":
      "The external id is no credential, and a new one takes a deployment: the trust of every account holds it",
    "AwsSolutions-SQS3": "Every queue is itself a dead-letter queue",
  };
}

/** Tells cdk-nag, and CDK's own validation of templates. */
export function acknowledge(stack: Stack, config: Config): void {
  for (const [id, reason] of Object.entries(acknowledged(config))) {
    Validations.of(stack).acknowledge({ id, reason });
  }
  Validations.of(stack).acknowledge({
    id: "CloudFormation-Validate::W3010",
    reason: "The zones of the network are a decision of the configuration",
  });
}
