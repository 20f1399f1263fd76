/** What a person needs who starts runs and asks questions with the command line. */
import { Stack } from "aws-cdk-lib";
import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import { useKey } from "./function-policies.ts";
import type { Stores } from "./stores.ts";

/** A managed policy, to attach to whoever operates orgsweep. */
export class Operator extends Construct {
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, config: Config, stores: Stores, stateMachine: StateMachine) {
    super(scope, "Operator");
    const execution = (resource: string) =>
      `arn:${Stack.of(this).partition}:states:${config.region}:${config.account}:${resource}:${stateMachine.stateMachineName}`;
    const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });
    this.policy = new ManagedPolicy(this, "Policy", {
      managedPolicyName: `${config.name}-operator`,
      description: "Start and watch runs, ask the tables, and accept failures for a time",
      statements: [
        allow(["states:StartExecution"], [stateMachine.stateMachineArn]),
        allow(["states:DescribeExecution", "states:ListMapRuns"], [`${execution("execution")}:*`]),
        allow(["states:DescribeMapRun"], [`${execution("mapRun")}/*`]),
        allow(
          ["dynamodb:Query"],
          [stores.findings, stores.runs].flatMap((it) => [it.tableArn, `${it.tableArn}/index/*`]),
        ),
        allow(["dynamodb:GetItem"], [stores.runs.tableArn]),
        // What operators accept, and nothing else: not runs, not what the configuration accepts.
        new PolicyStatement({
          actions: ["dynamodb:PutItem"],
          resources: [stores.runs.tableArn],
          conditions: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["SUPPRESSIONS#OPERATOR"] } },
        }),
        useKey(Stack.of(this), stores, "dynamodb"),
      ],
    });
  }
}
