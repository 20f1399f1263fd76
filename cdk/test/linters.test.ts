import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import { acknowledged } from "../lib/acknowledged.ts";
import { identityPolicies } from "./policies.ts";
import { environments, synthesize } from "./synthesized.ts";
import { ON_EVERYTHING } from "./wildcards.ts";

const folder = mkdtempSync(join(tmpdir(), "orgsweep-lint-"));
const all = Object.entries(environments());

describe("cdk-nag", () => {
  test.each(all)("has nothing to say about %s", (_, { app }) => {
    const report = new AwsSolutionsChecks(app).validateScope(app);
    expect(report.violations.map((it) => it.ruleName)).toEqual([]);
  });

  test("finds what was acknowledged when it is not, so each entry is needed", () => {
    const { app, stack, config } = synthesize("prod");
    forget(stack);
    const report = new AwsSolutionsChecks(app).validateScope(app);
    expect(report.violations.map((it) => it.ruleName).sort()).toEqual(
      Object.keys(acknowledged(config)).sort(),
    );
  });
});

describe("cfn-lint", () => {
  test("has nothing to say about the templates", () => {
    const files = all.map(([env, { template }]) => write(`${env}.template.json`, template.toJSON()));
    files.push(fileURLToPath(new URL("../member-role.template.json", import.meta.url)));
    expect(run("cfn-lint", ["--config-file", ".cfnlintrc", ...files])).toBe("");
  });
});

describe("parliament", () => {
  test("has nothing to say about the policies", () => {
    const policies = all.flatMap(([env, it]) =>
      Object.entries(identityPolicies(it)).map(([role, Statement]) => [
        `${env} ${role}`,
        JSON.stringify({ Version: "2012-10-17", Statement }),
      ]),
    );
    expect(policies.length).toBeGreaterThan(20);
    const file = write("policies.json", Object.fromEntries(policies));
    const findings = run("python", ["-c", PARLIAMENT, file]).split("\n").filter(Boolean).map(parsed);
    const said = findings.filter((it) => !isAcceptedByTable(it) && !isAboutExpress(it) && !isNewer(it));
    expect(said).toEqual([]);
  });
});

interface Finding {
  role: string;
  issue: string;
  detail: unknown;
}

const parsed = (line: string): Finding => JSON.parse(line);

/** An action on `*` that the table of wildcards has a reason for. */
function isAcceptedByTable({ issue, detail }: Finding): boolean {
  const actions = issue === "RESOURCE_STAR" ? (detail as string[]) : [];
  return actions.length > 0 && actions.every((it) => ON_EVERYTHING.some(([pattern]) => pattern.test(it)));
}

/** parliament knows `states:DescribeExecution` for executions of Express state machines only. */
function isAboutExpress({ issue, detail }: Finding): boolean {
  return issue === "RESOURCE_MISMATCH" && JSON.stringify(detail).includes(":states:*:*:express:");
}

/** An action that AWS has added since parliament's table of actions was made. */
function isNewer({ issue, detail }: Finding): boolean {
  return issue === "UNKNOWN_ACTION" && detail === "Unknown action kms:GetKeyLastUsage";
}

/** Prints what parliament finds in a file of policies by name; one process for all of them. */
const PARLIAMENT = `
import json, sys, parliament
for role, policy in json.load(open(sys.argv[1])).items():
    for it in parliament.analyze_policy_string(policy).findings:
        print(json.dumps({"role": role, "issue": it.issue, "detail": it.detail}))
`;

function write(name: string, value: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value, null, 1));
  return file;
}

/** Runs a linter that `make setup` installed; returns what it says. */
function run(tool: string, args: string[]): string {
  const command = fileURLToPath(new URL(`../../.venv/bin/${tool}`, import.meta.url));
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8" }).trim();
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return stdout || stderr || String(error);
  }
}

/** Takes back what was acknowledged on the stack. */
function forget(stack: { node: { metadata: unknown } }): void {
  const list = (stack.node as unknown as { _metadata: unknown[] })._metadata;
  list.length = 0;
}
