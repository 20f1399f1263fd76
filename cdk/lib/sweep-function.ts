/** One function: its role, its log group, its alias, and how a new version takes over. */
import { Duration, Stack } from "aws-cdk-lib";
import { type Alarm, Metric } from "aws-cdk-lib/aws-cloudwatch";
import {
  type ILambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from "aws-cdk-lib/aws-codedeploy";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  type Alias,
  Architecture,
  type FunctionProps,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import type { Encryption } from "./encryption.ts";
import { logGroup } from "./logging.ts";
import { camel, type FunctionName, functionName } from "./names.ts";

/** The most that Lambda gives; auditors hand over 30 seconds before it. */
export const TIMEOUT = Duration.minutes(15);
/** More memory is also more processor: about a third of one at 512 MB. */
const MEMORY_MB = 512;
/** The alias that the state machine calls. */
const ALIAS = "live";

/** What makes a function different from the others. */
export interface SweepFunctionProps
  extends Pick<
    FunctionProps,
    "code" | "environment" | "layers" | "codeSigningConfig" | "vpc" | "securityGroups"
  > {
  readonly config: Config;
  readonly encryption: Encryption;
  readonly name: FunctionName;
  readonly policy: PolicyStatement[];
}

/** A function and its alias. */
export class SweepFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly alias: Alias;

  constructor(scope: Construct, props: SweepFunctionProps) {
    super(scope, camel(props.name));
    const { config, encryption, name, policy, ...rest } = props;
    const physicalName = functionName(config, name);
    const logs = logGroup(this, "Logs", config, encryption.operations, `/aws/lambda/${physicalName}`);
    this.role = new Role(this, "Role", {
      roleName: physicalName,
      description: `What the function ${name} may do`,
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    for (const statement of policy) {
      this.role.addToPolicy(statement);
    }
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logs.logGroupArn],
      }),
    );
    if (rest.vpc) {
      this.role.addToPolicy(attachToNetwork());
    }
    this.function = new LambdaFunction(this, "Function", {
      ...rest,
      functionName: physicalName,
      description: `orgsweep: ${name}`,
      role: this.role,
      runtime: Runtime.PROVIDED_AL2023,
      handler: "bootstrap",
      architecture: config.architecture === "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: MEMORY_MB,
      timeout: TIMEOUT,
      environmentEncryption: encryption.data,
      logGroup: logs,
      // The functions write JSON themselves, at the level of `LOG_LEVEL`.
      loggingFormat: LoggingFormat.TEXT,
      tracing: Tracing.ACTIVE,
      reservedConcurrentExecutions: config.reserved_concurrency[name],
    });
    this.alias = this.function.addAlias(ALIAS);
  }

  /** A metric of the function. */
  metric(metricName: string, statistic: string): Metric {
    return new Metric({
      namespace: "AWS/Lambda",
      metricName,
      dimensionsMap: { FunctionName: this.function.functionName },
      statistic,
      period: Duration.minutes(5),
    });
  }

  /** Shifts the alias to a new version, and back if `alarm` goes off meanwhile. */
  deployGradually(application: ILambdaApplication, config: Config, alarm: Alarm): void {
    new LambdaDeploymentGroup(this, "Deployment", {
      application,
      alias: this.alias,
      deploymentConfig: config.gradual
        ? LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE
        : LambdaDeploymentConfig.ALL_AT_ONCE,
      alarms: [alarm],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
  }

  /** ARN of the role, known before the role is made. */
  static roleArn(scope: Construct, config: Config, name: FunctionName): string {
    return Stack.of(scope).formatArn({
      service: "iam",
      region: "",
      resource: "role",
      resourceName: functionName(config, name),
    });
  }
}

/** Network interfaces of a function (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
function attachToNetwork(): PolicyStatement {
  return new PolicyStatement({
    actions: [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ],
    resources: ["*"],
  });
}
