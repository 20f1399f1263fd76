/** The API: one resource observed and judged on demand, by the functions that sweep. `docs/openapi.json` describes it. */
import { readFileSync } from "node:fs";
import { Duration, Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import type { Encryption } from "./encryption.ts";
import type { FunctionName } from "./function-names.ts";
import type { Functions } from "./functions.ts";
import { logGroup } from "./logging.ts";

/** The routes, and the function that answers each; a test holds them equal to the document's. */
export const ROUTES: Record<string, FunctionName> = {
  "/v1/health": "audit-kms",
  "/v1/audit-key": "audit-kms",
  "/v1/key-info": "audit-kms",
  "/v1/audit-bucket": "audit-s3",
  "/v1/audit-security-group": "audit-sg",
};

/** The document of the API. */
export const DOCUMENT = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"));

/** The longest that API Gateway waits (HTTP API, "Quotas"); the functions answer within 28 seconds. */
const LONGEST = Duration.seconds(29);

/** What is logged of each request: who asked for what, never a body. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  caller: "$context.identity.userArn",
  sourceIp: "$context.identity.sourceIp",
  latencyMs: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationError: "$context.integrationErrorMessage",
};

/** What the API needs of the other parts. */
export interface ApiProps {
  readonly config: Config & { api: NonNullable<Config["api"]> };
  readonly encryption: Encryption;
  readonly functions: Functions;
}

/** The HTTP API: signed requests only, throttled, logged. */
export class Api extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** For whoever may ask. */
  readonly callers: ManagedPolicy;

  constructor(scope: Construct, { config, encryption, functions }: ApiProps) {
    super(scope, "Api");
    this.api = new HttpApi(this, "Http", {
      apiName: config.name,
      description: "orgsweep: one resource on demand",
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    for (const [path, name] of Object.entries(ROUTES)) {
      const integration = integrations.get(name) ?? integrate(functions, name);
      integrations.set(name, integration);
      this.api.addRoutes({ path, methods: [HttpMethod.POST], integration });
    }
    const logs = logGroup(this, "Logs", config, encryption.operations, `/aws/vendedlogs/apis/${config.name}`);
    this.stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: config.api.requests_per_second, burstLimit: config.api.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
      detailedMetricsEnabled: true,
    });
    this.callers = this.callersOf(config);
  }

  /** A metric of the API. */
  metric(name: string, statistic: string): Metric {
    return this.api.metric(name, { statistic, period: Duration.minutes(5) });
  }

  private callersOf(config: Config): ManagedPolicy {
    const { partition } = Stack.of(this);
    const execute = `arn:${partition}:execute-api:${config.region}:${config.account}:${this.api.apiId}`;
    return new ManagedPolicy(this, "Callers", {
      managedPolicyName: `${config.name}-api-caller`,
      description: "Ask the API about one resource",
      statements: [
        new PolicyStatement({
          actions: ["execute-api:Invoke"],
          resources: Object.keys(ROUTES).map((path) => `${execute}/$default/POST${path}`),
        }),
      ],
    });
  }
}

function integrate(functions: Functions, name: FunctionName): HttpLambdaIntegration {
  return new HttpLambdaIntegration(name, functions.byName[name].alias, {
    payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    timeout: LONGEST,
    scopePermissionToRoute: true,
  });
}
