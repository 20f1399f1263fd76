import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PURPOSES } from "../lib/audit-actions.ts";
import { camel, FUNCTIONS, type FunctionName } from "../lib/names.ts";
import { identityPolicies, memberStatements, type Statement } from "./policies.ts";
import { environments } from "./synthesized.ts";
import { OF_THE_PLATFORM, ON_EVERYTHING } from "./wildcards.ts";

const policies = Object.entries(environments()).flatMap(([env, it]) =>
  Object.entries(identityPolicies(it)).map(([role, statements]) => ({ env, role, statements })),
);

describe("every policy", () => {
  test("is looked at: five functions, state machine, schedule, operator, callers, member, CodeDeploy's is AWS's own", () => {
    const roles = policies.filter(({ env }) => env === "prod").map(({ role }) => role);
    expect(roles.sort()).toEqual([
      ...[
        "ApiCallers",
        "FunctionsAggregateRole",
        "FunctionsAuditKmsRole",
        "FunctionsAuditS3Role",
        "FunctionsAuditSgRole",
      ],
      ...["FunctionsEnumerateRole", "MemberRole", "OperatorPolicy", "ScheduleRole", "SweepRole"],
    ]);
  });

  test.each(policies)("of $role in $env names its actions one by one", ({ statements }) => {
    for (const action of statements.flatMap((it) => it.Action)) {
      expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
    }
  });

  test.each(policies)("of $role in $env is narrowed wherever AWS allows it", ({ statements }) => {
    for (const action of onEverything(statements)) {
      expect(ON_EVERYTHING.find(([pattern]) => pattern.test(action))?.[1], action).toBeDefined();
    }
  });

  test("each exception for a wildcard is needed", () => {
    const actions = policies.flatMap(({ statements }) => onEverything(statements));
    for (const [pattern] of ON_EVERYTHING) {
      expect(
        actions.some((action) => pattern.test(action)),
        String(pattern),
      ).toBe(true);
    }
  });

  test.each(policies)("of $role in $env only allows", ({ statements }) => {
    expect(statements.map((it) => it.Effect)).toEqual(statements.map(() => "Allow"));
  });
});

describe("a function's actions are those of its README", () => {
  test.each(FUNCTIONS)("%s", (name) => {
    const granted = Object.values(environments()).flatMap((it) => actionsOf(identityPolicies(it), name));
    const own = granted.filter((action) => !(action in OF_THE_PLATFORM) && !action.startsWith("ec2:"));
    const inTheAccount = OF_FUNCTION[name].flatMap((purpose) => PURPOSES[purpose] ?? []);
    expect(unique([...own, ...inTheAccount])).toEqual(readmeActions(name));
  });

  test("so are the state machine's", () => {
    const granted = identityPolicies(environments().prod).SweepRole?.flatMap((it) => it.Action) ?? [];
    expect(unique(granted)).toEqual(actionsIn("../../statemachine/README.md"));
  });

  test("the platform's part is needed", () => {
    const granted = actionsOf(identityPolicies(environments().prod), "aggregate");
    expect(granted).toEqual(expect.arrayContaining(Object.keys(OF_THE_PLATFORM)));
  });

  test("the network is only for functions that are in it", () => {
    for (const name of FUNCTIONS) {
      const inside = actionsOf(identityPolicies(environments().closed), name);
      expect(inside.includes("ec2:CreateNetworkInterface")).toBe(name !== "enumerate");
      const outside = actionsOf(identityPolicies(environments().prod), name);
      expect(outside.filter((action) => action.startsWith("ec2:"))).toEqual([]);
    }
  });
});

describe("an operator", () => {
  test.each(Object.entries(environments()))(
    "of %s writes suppressions of operators, and nothing else",
    (_, it) => {
      const statements = identityPolicies(it).OperatorPolicy ?? [];
      const writes = statements.filter(({ Action }) =>
        Action.some((action) => /:(Put|Update|Delete|Batch)/.test(action)),
      );
      expect(writes.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
        {
          Action: ["dynamodb:PutItem"],
          Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["SUPPRESSIONS#OPERATOR"] } },
        },
      ]);
    },
  );
});

describe("the audit role", () => {
  test("may do what the sessions in an account ask for, and nothing else", () => {
    const granted = memberStatements().flatMap((it) => it.Action);
    expect(granted.sort()).toEqual(unique(Object.values(PURPOSES).flat()));
  });

  test("reads; the only thing it may write is findings", () => {
    const writes = memberStatements()
      .flatMap((it) => it.Action)
      .filter((action) => !/^[a-z0-9]+:(Get|List|Describe)/.test(action));
    expect(writes).toEqual(["securityhub:BatchImportFindings"]);
  });

  test("reads no object, no secret and no data", () => {
    const granted = memberStatements().flatMap((it) => it.Action);
    for (const action of [
      "s3:GetObject",
      "kms:Decrypt",
      "secretsmanager:GetSecretValue",
      "dynamodb:GetItem",
    ]) {
      expect(granted).not.toContain(action);
    }
  });
});

/** The sessions that a function opens in an account. */
const OF_FUNCTION: Record<FunctionName, string[]> = {
  enumerate: ["regions"],
  "audit-s3": ["s3"],
  "audit-kms": ["kms"],
  "audit-sg": ["sg"],
  aggregate: ["security_hub"],
};

const unique = (actions: string[]) => [...new Set(actions)].sort();

function onEverything(statements: Statement[]): string[] {
  return statements.filter((it) => it.Resource.includes("*")).flatMap((it) => it.Action);
}

function actionsOf(found: Record<string, Statement[]>, name: FunctionName): string[] {
  return (found[`Functions${camel(name)}Role`] ?? []).flatMap((it) => it.Action);
}

const readmeActions = (name: FunctionName) => actionsIn(`../../lambdas/${name}/README.md`);

function actionsIn(document: string): string[] {
  const text = readFileSync(new URL(document, import.meta.url), "utf8");
  return unique([...text.matchAll(/`([a-z0-9]+:[A-Z][A-Za-z0-9]+)`/g)].map((match) => match[1] ?? ""));
}
