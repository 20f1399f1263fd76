/** One environment of orgsweep. */
import { dirname, resolve } from "node:path";
import { CfnOutput, type Environment, Stack, Tags } from "aws-cdk-lib";
import { ManagedPolicy, PermissionsBoundary } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledged.ts";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import type { Config } from "./config.ts";
import { Overview } from "./dashboard.ts";
import { Encryption } from "./encryption.ts";
import { ExternalId } from "./external-id.ts";
import type { FunctionCode } from "./function-code.ts";
import { Functions } from "./functions.ts";
import { MemberRoles, trustedRoleArns } from "./member-role.ts";
import { Network } from "./network.ts";
import { Notifications } from "./notifications.ts";
import { Operator } from "./operator.ts";
import { RunBucket } from "./run-bucket.ts";
import { Schedule } from "./schedule.ts";
import { Sweep } from "./state-machine.ts";
import type { Stores } from "./stores.ts";
import { Tables } from "./tables.ts";

/** What an environment is made of. */
export interface OrgsweepProps {
  readonly config: Config;
  /** The file that the configuration was read from. */
  readonly configPath: string;
  readonly code: FunctionCode;
}

/** Everything of one environment, in the audit account; the members' roles through a StackSet. */
export class OrgsweepStack extends Stack {
  private readonly config: Config;

  constructor(scope: Construct, { config, configPath, code }: OrgsweepProps) {
    const env: Environment = { account: config.account, region: config.region };
    super(scope, config.name, {
      env,
      description: "orgsweep: compliance of an Organization's buckets, keys and security groups",
      terminationProtection: config.retain,
    });
    this.config = config;
    const encryption = new Encryption(this, config);
    const { findings, runs } = new Tables(this, config, encryption.data);
    const { bucket } = new RunBucket(this, config, encryption.data);
    const { secret: externalId } = new ExternalId(this, config, encryption.data);
    const stores: Stores = { bucket, findings, runs, key: encryption.data, externalId };
    const network = config.vpc ? new Network(this, { ...config, vpc: config.vpc }, encryption) : undefined;
    const policies = config.policies ? resolve(dirname(configPath), config.policies) : undefined;
    const functions = new Functions(this, { config, encryption, stores, code, policies, network });
    const notifications = new Notifications(this, config, encryption);
    const { stateMachine } = new Sweep(this, config, encryption, stores, functions, notifications);
    notifications.tellEndsOf(stateMachine);
    const schedule = new Schedule(this, config, encryption, stateMachine);
    const { topic, undelivered: notices } = notifications;
    const api = config.api
      ? new Api(this, { config: { ...config, api: config.api }, encryption, functions })
      : undefined;
    const alarms = new Alarms(this, { config, topic, functions, stateMachine, schedule, notices, api });
    const { undelivered } = schedule;
    new Overview(this, {
      config,
      alarms,
      stateMachine,
      functions,
      tables: [findings, runs],
      undelivered,
      api,
    });
    new MemberRoles(this, config, functions, externalId);
    new Operator(this, config, stores, stateMachine);
    this.output({ StateMachineArn: stateMachine.stateMachineArn, RunBucketName: bucket.bucketName });
    this.output({ FindingsTable: findings.tableName, RunsTable: runs.tableName, TopicArn: topic.topicArn });
    this.output({ TrustedRoleArns: trustedRoleArns(functions) });
    if (api) {
      this.output({ ApiUrl: api.api.apiEndpoint });
    }
    this.boundAndTag();
    acknowledge(this, config);
  }

  /** Those of the configuration: looking zones up would need credentials. */
  override get availabilityZones(): string[] {
    return this.config.vpc?.availability_zones ?? [];
  }

  private output(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) {
      new CfnOutput(this, name, { value });
    }
  }

  private boundAndTag(): void {
    const { permissions_boundary: boundary, tags } = this.config;
    if (boundary) {
      PermissionsBoundary.of(this).apply(ManagedPolicy.fromManagedPolicyName(this, "Boundary", boundary));
    }
    for (const [key, value] of Object.entries(tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
