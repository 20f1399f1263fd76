import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { builtCode } from "../lib/function-code.ts";
import { FUNCTIONS, type FunctionName } from "../lib/names.ts";
import { layerFolder } from "../lib/settings-layer.ts";
import { identityPolicies } from "./policies.ts";
import { environments, type Resource, resources, type Synthesized } from "./synthesized.ts";

const { prod, dev, closed } = environments();

function functionOf(it: Synthesized, name: FunctionName): Resource {
  const found = resources(it, "AWS::Lambda::Function").find(
    ([, { Properties }]) => Properties.FunctionName === `${it.config.name}-${name}`,
  );
  if (!found) {
    throw new Error(`there is no function ${name}`);
  }
  return found[1];
}

describe.each(FUNCTIONS)("the function %s", (name) => {
  const { Properties } = functionOf(prod, name);

  test("runs the prebuilt binary on Amazon Linux 2023, as long as Lambda allows", () => {
    expect(Properties).toMatchObject({
      Runtime: "provided.al2023",
      Handler: "bootstrap",
      Architectures: ["arm64"],
      Timeout: 900,
      TracingConfig: { Mode: "Active" },
    });
  });

  test("has the concurrency that the configuration reserves, and none where it reserves none", () => {
    expect(Properties.ReservedConcurrentExecutions).toBe(prod.config.reserved_concurrency[name]);
    expect(functionOf(dev, name).Properties.ReservedConcurrentExecutions).toBeUndefined();
  });

  test("has an encrypted environment of the variables in its README or its crates, and no secret", () => {
    expect(Properties.KmsKeyArn).toBeDefined();
    const values = JSON.stringify(Properties.Environment.Variables);
    expect(values).not.toMatch(/secretsmanager|ssm-secure|password|token|private/i);
    expect(Object.keys(Properties.Environment.Variables).sort()).toEqual(VARIABLES[name]);
  });

  test("has no dead-letter queue: nobody calls it asynchronously", () => {
    expect(Properties.DeadLetterConfig).toBeUndefined();
    prod.template.resourceCountIs("AWS::Lambda::EventInvokeConfig", 0);
    // The API waits for its answers; Step Functions needs no permission on the function's side.
    prod.template.allResourcesProperties("AWS::Lambda::Permission", {
      Principal: "apigateway.amazonaws.com",
    });
  });

  test("writes to an encrypted log group that forgets", () => {
    prod.template.hasResourceProperties("AWS::Logs::LogGroup", {
      LogGroupName: `/aws/lambda/orgsweep-${name}`,
      RetentionInDays: 365,
      KmsKeyId: Match.anyValue(),
    });
    dev.template.hasResourceProperties("AWS::Logs::LogGroup", {
      LogGroupName: `/aws/lambda/orgsweep-dev-${name}`,
      RetentionInDays: 14,
    });
  });

  test("has a role of its own name, which the audit roles trust", () => {
    prod.template.hasResourceProperties("AWS::IAM::Role", {
      RoleName: `orgsweep-${name}`,
      ManagedPolicyArns: Match.absent(),
    });
  });
});

const AUDITOR = ["AUDIT_ROLE_NAME", "CONFIG_DIR", "EXTERNAL_ID_SECRET", "LOG_LEVEL", "RUN_BUCKET"];
const VARIABLES: Record<FunctionName, string[]> = {
  enumerate: ["ACCOUNT_CONCURRENCY", ...AUDITOR],
  "audit-s3": AUDITOR,
  "audit-kms": AUDITOR,
  "audit-sg": AUDITOR,
  aggregate: [
    ...AUDITOR,
    "FINDINGS_TABLE",
    "MAIL_FROM",
    "MAIL_TO",
    "RETENTION_DAYS",
    "RUNS_TABLE",
    "SECURITY_HUB",
  ].sort(),
};

describe("an OPA server", () => {
  const secret = closed.config.opa?.token_secret ?? "";

  test.each(FUNCTIONS)("is named to %s if it judges, and its token is not", (name) => {
    const { OPA_URL, OPA_TOKEN_SECRET } = functionOf(closed, name).Properties.Environment.Variables;
    const judges = name !== "enumerate";
    expect([OPA_URL, OPA_TOKEN_SECRET]).toEqual(
      judges ? [closed.config.opa?.url, secret] : [undefined, undefined],
    );
  });

  test("has a token that those who judge may read, through Secrets Manager and nothing else of it", () => {
    const reading = Object.entries(identityPolicies(closed)).flatMap(([role, statements]) =>
      statements
        .filter(
          (it) => it.Resource.includes(secret) || it.Resource.includes(closed.config.opa?.token_key ?? ""),
        )
        .map((it) => [role, it.Action, it.Condition?.StringEquals?.["kms:EncryptionContext:SecretARN"]]),
    );
    const judges = ["AuditS3", "AuditKms", "AuditSg", "Aggregate"].map((name) => `Functions${name}Role`);
    expect(reading).toHaveLength(2 * judges.length);
    for (const role of judges) {
      expect(reading).toContainEqual([role, ["secretsmanager:GetSecretValue"], undefined]);
      expect(reading).toContainEqual([role, ["kms:Decrypt"], secret]);
    }
  });
});

describe("a new version", () => {
  test("takes over gradually in production, and goes back when its alarm goes off", () => {
    prod.template.resourceCountIs("AWS::CodeDeploy::DeploymentGroup", FUNCTIONS.length);
    prod.template.allResourcesProperties("AWS::CodeDeploy::DeploymentGroup", {
      DeploymentConfigName: "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: Match.stringLikeRegexp("Errors") } }] },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM"],
      },
    });
  });

  test("takes over at once where the configuration says so", () => {
    dev.template.allResourcesProperties("AWS::CodeDeploy::DeploymentGroup", {
      DeploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
    });
  });

  test("is behind an alias that CodeDeploy moves", () => {
    const aliases = resources(prod, "AWS::Lambda::Alias").map(([, it]) => it);
    expect(aliases.map((it) => it.Properties.Name)).toEqual(FUNCTIONS.map(() => "live"));
    expect(aliases.every((it) => it.UpdatePolicy && "CodeDeployLambdaAliasUpdate" in it.UpdatePolicy)).toBe(
      true,
    );
  });

  test("must be signed where the configuration names a signing profile", () => {
    prod.template.resourceCountIs("AWS::Lambda::CodeSigningConfig", 0);
    closed.template.hasResourceProperties("AWS::Lambda::CodeSigningConfig", {
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
    });
    closed.template.allResourcesProperties("AWS::Lambda::Function", {
      CodeSigningConfigArn: Match.anyValue(),
    });
  });
});

describe("the code of a function", () => {
  const folder = mkdtempSync(join(tmpdir(), "orgsweep-built-"));
  mkdirSync(join(folder, "enumerate"));
  const bootstrap = (machine: number) => {
    const header = Buffer.alloc(64);
    header.write("\x7fELF", "latin1");
    header.writeUInt16LE(machine, 18);
    writeFileSync(join(folder, "enumerate", "bootstrap"), header);
  };

  test("must have been built, and the error says how", () => {
    expect(() => builtCode("arm64", folder)("audit-s3")).toThrow(
      /audit-s3\/bootstrap` is missing: run `make build-lambdas/,
    );
  });

  test("must have been built for the configured architecture", () => {
    bootstrap(62);
    expect(() => builtCode("arm64", folder)("enumerate")).toThrow(
      /built for x86_64: run `make build-lambdas ARCH=arm64`/,
    );
    expect(builtCode("x86_64", folder)("enumerate")).toBeDefined();
    bootstrap(183);
    expect(builtCode("arm64", folder)("enumerate")).toBeDefined();
  });

  test("must be a program", () => {
    writeFileSync(join(folder, "enumerate", "bootstrap"), "#!/bin/sh\nexit 0 # a script, not a program\n");
    expect(() => builtCode("arm64", folder)("enumerate")).toThrow(/built for something else/);
  });
});

describe("the settings layer", () => {
  test("carries parameters, suppressions and custom policies below /opt/orgsweep", () => {
    const policies = mkdtempSync(join(tmpdir(), "orgsweep-policies-"));
    writeFileSync(join(policies, "ours.rego"), "package controls.s3.ours\n");
    writeFileSync(join(policies, "ours_test.rego"), "package controls.s3.ours_test\n");
    const parameters = { trusted_accounts: ["444455556666"] };
    const folder = layerFolder({ ...prod.config, parameters }, policies);
    expect(JSON.parse(readFileSync(join(folder, "orgsweep/parameters.json"), "utf8"))).toEqual(parameters);
    const suppressions = JSON.parse(readFileSync(join(folder, "orgsweep/suppressions.json"), "utf8"));
    expect(suppressions).toMatchObject([{ id: "public-website", control: "S3.8" }]);
    expect(readFileSync(join(folder, "orgsweep/policies/ours.rego"), "utf8")).toContain("package");
    expect(existsSync(join(folder, "orgsweep/policies/ours_test.rego"))).toBe(false);
  });

  test("is given to all: enumerate reads the scope, the others the parameters", () => {
    for (const name of FUNCTIONS) {
      expect(functionOf(prod, name).Properties.Layers, name).toHaveLength(1);
    }
  });
});
