import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { camel, FUNCTIONS } from "../lib/names.ts";
import { identityPolicies, type Statement } from "./policies.ts";
import { environments } from "./synthesized.ts";
import { OF_THE_PLATFORM } from "./wildcards.ts";

const BUCKET = "RunBucketRuns";
/** The tables of the template, under the logical ids that stand in its ARNs. */
const TABLES = { findings: "Tablesfindings", runs: "Tablesruns" };

/** What the roles of the emulated Organization's functions may do. */
function emulated(): Record<string, Statement[]> {
  const script = `
import json
from organization import roles
arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/"
tables = {"findings": arn + "${TABLES.findings}", "runs": arn + "${TABLES.runs}"}
print(json.dumps(roles.function_policies("${BUCKET}", tables)))
`;
  const python = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
  const cwd = fileURLToPath(new URL("../../tests", import.meta.url));
  return JSON.parse(execFileSync(python, ["-c", script], { cwd, encoding: "utf8" }));
}

/** `action on resource` for each of both, sorted; logical ids without their hash. */
function pairs(statements: Statement[]): string[] {
  const list = (value: string | string[]) => (Array.isArray(value) ? value : [value]);
  const all = statements.flatMap((it) =>
    list(it.Action).flatMap((action) =>
      list(it.Resource).map((resource) => `${action} on ${resource.replace(/[0-9A-F]{8}(?=$|\/)/, "")}`),
    ),
  );
  return [...new Set(all)].sort();
}

describe("whole runs in the emulated Organization use the policies of the template", () => {
  const policies = emulated();

  test.each(FUNCTIONS)("%s", (name) => {
    const deployed = (identityPolicies(environments().prod)[`Functions${camel(name)}Role`] ?? []).map(
      (it) => ({
        ...it,
        Action: it.Action.filter((action) => !(action in OF_THE_PLATFORM)),
      }),
    );
    expect(pairs(policies[name] ?? [])).toEqual(pairs(deployed));
  });
});
