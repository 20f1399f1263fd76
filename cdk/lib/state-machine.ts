/** The state machine: `statemachine/sweep.asl.json`, with its substitutions filled in. */
import { readFileSync } from "node:fs";
import { ArnFormat, Aws, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import type { Encryption } from "./encryption.ts";
import { useKey } from "./function-policies.ts";
import type { Functions } from "./functions.ts";
import { logGroup } from "./logging.ts";
import { camel, FUNCTIONS, stateMachineName } from "./names.ts";
import type { Notifications } from "./notifications.ts";
import type { Stores } from "./stores.ts";

/** The definition as it was committed. */
export const DEFINITION = readFileSync(new URL("../../statemachine/sweep.asl.json", import.meta.url), "utf8");

/** Seconds that a run may take. */
export const TIMEOUT_SECONDS: number = JSON.parse(DEFINITION).TimeoutSeconds;

/** The sweep's state machine. */
export class Sweep extends Construct {
  readonly stateMachine: StateMachine;

  constructor(
    scope: Construct,
    config: Config,
    encryption: Encryption,
    stores: Stores,
    functions: Functions,
    notifications: Notifications,
  ) {
    super(scope, "Sweep");
    const name = stateMachineName(config);
    const role = new Role(this, "Role", {
      description: "What the state machine may do",
      assumedBy: new ServicePrincipal("states.amazonaws.com", {
        conditions: {
          StringEquals: { "aws:SourceAccount": Stack.of(this).account },
          // Children of its Map have a label behind the name.
          ArnLike: { "aws:SourceArn": ofStates(Stack.of(this), "stateMachine", `${name}*`) },
        },
      }),
    });
    for (const statement of [
      ...statements(Stack.of(this), name, stores, functions),
      ...notifications.statements(),
    ]) {
      role.addToPolicy(statement);
    }
    this.stateMachine = new StateMachine(this, "StateMachine", {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      role,
      // Without its indentation: the whole template may hold no more than a megabyte.
      definitionBody: DefinitionBody.fromString(JSON.stringify(JSON.parse(DEFINITION))),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        TopicArn: notifications.topic.topicArn,
        EventBusName: notifications.busName,
        ...Object.fromEntries(
          FUNCTIONS.map((it) => [`${camel(it)}FunctionArn`, functions.byName[it].alias.functionArn]),
        ),
      },
      tracingEnabled: true,
      logs: {
        // Events of states without their payloads.
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: logGroup(this, "Logs", config, encryption.operations, `/aws/vendedlogs/states/${name}`),
      },
    });
  }
}

/** Its functions, the run bucket, and its own Map runs (Step Functions, "Creating an IAM policy for Distributed Map"). */
function statements(stack: Stack, name: string, stores: Stores, functions: Functions): PolicyStatement[] {
  const machine = ofStates(stack, "stateMachine", name);
  const runs = ofStates(stack, "execution", `${name}*`);
  const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });
  return [
    allow(
      ["lambda:InvokeFunction"],
      functions.all.map((it) => it.alias.functionArn),
    ),
    allow(
      ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      [stores.bucket.arnForObjects("runs/*")],
    ),
    useKey(stack, stores, "s3"),
    allow(["states:StartExecution"], [machine]),
    allow(["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"], [runs]),
  ];
}

/** ARN of a state machine, or of executions. */
function ofStates(stack: Stack, resource: string, resourceName: string): string {
  return stack.formatArn({
    service: "states",
    resource,
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
