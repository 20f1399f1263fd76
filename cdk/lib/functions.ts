/** The five functions. */
import { CfnCodeSigningConfig, CodeSigningConfig } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import type { Encryption } from "./encryption.ts";
import type { FunctionCode } from "./function-code.ts";
import { functionPolicy } from "./function-policies.ts";
import { auditRoleName, FUNCTIONS, type FunctionName } from "./names.ts";
import type { Network } from "./network.ts";
import { CONFIG_DIR, settingsLayer } from "./settings-layer.ts";
import type { Stores } from "./stores.ts";
import { SweepFunction } from "./sweep-function.ts";

/** What the functions need of the other parts. */
export interface FunctionsProps {
  readonly config: Config;
  readonly encryption: Encryption;
  readonly stores: Stores;
  readonly code: FunctionCode;
  /** Folder of custom policies. */
  readonly policies?: string;
  readonly network?: Network;
}

/** The functions by name. */
export class Functions extends Construct {
  readonly byName: Record<FunctionName, SweepFunction>;

  constructor(scope: Construct, props: FunctionsProps) {
    super(scope, "Functions");
    const { config, encryption, stores, network } = props;
    const layer = settingsLayer(this, config, props.policies);
    const codeSigningConfig = this.codeSigning(config);
    const make = (name: FunctionName) => {
      const inside = name === "enumerate" && !network?.reachesOrganizations ? undefined : network;
      return new SweepFunction(this, {
        config,
        encryption,
        name,
        policy: functionPolicy(this, config, stores, name),
        code: props.code(name),
        environment: environment(config, stores, name),
        layers: [layer],
        codeSigningConfig,
        vpc: inside?.vpc,
        securityGroups: inside && [inside.functions],
      });
    };
    this.byName = Object.fromEntries(FUNCTIONS.map((name) => [name, make(name)])) as typeof this.byName;
  }

  /** All of them. */
  get all(): SweepFunction[] {
    return Object.values(this.byName);
  }

  private codeSigning(config: Config) {
    if (!config.code_signing_profile) {
      return undefined;
    }
    const signing = new CfnCodeSigningConfig(this, "CodeSigning", {
      allowedPublishers: { signingProfileVersionArns: [config.code_signing_profile] },
      codeSigningPolicies: { untrustedArtifactOnDeployment: "Enforce" },
    });
    return CodeSigningConfig.fromCodeSigningConfigArn(this, "Signed", signing.attrCodeSigningConfigArn);
  }
}

/** The variables that a function reads, as its README lists them. None is a secret. */
function environment(config: Config, stores: Stores, name: FunctionName): Record<string, string> {
  const all = {
    RUN_BUCKET: stores.bucket.bucketName,
    AUDIT_ROLE_NAME: auditRoleName(config),
    LOG_LEVEL: config.log_level,
    CONFIG_DIR,
  };
  const entering = { ...all, EXTERNAL_ID_SECRET: stores.externalId.secretArn };
  if (name === "enumerate") {
    return { ...entering, ACCOUNT_CONCURRENCY: String(config.account_concurrency) };
  }
  const judging = policyServer(config);
  if (name !== "aggregate") {
    return { ...entering, ...judging };
  }
  return {
    ...(config.security_hub === "member" ? entering : all),
    ...judging,
    FINDINGS_TABLE: stores.findings.tableName,
    RUNS_TABLE: stores.runs.tableName,
    SECURITY_HUB: config.security_hub,
    RETENTION_DAYS: String(config.table_retention_days),
    ...(config.mail ? { MAIL_FROM: config.mail.from, MAIL_TO: config.mail.to.join(",") } : {}),
  };
}

/** The OPA server that judges instead of the functions themselves, and the name of the secret with its token. */
function policyServer({ opa }: Config): Record<string, string> {
  return {
    ...(opa && { OPA_URL: opa.url }),
    ...(opa?.token_secret && { OPA_TOKEN_SECRET: opa.token_secret }),
  };
}
