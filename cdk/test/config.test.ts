import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ConfigError, checkConfig, loadConfig } from "../lib/config.ts";
import { configPath } from "./synthesized.ts";

/** `config/prod.yaml` with one key changed, for example `schedule.timezone`. */
function changed(key: string, value: unknown): unknown {
  // biome-ignore lint/suspicious/noExplicitAny: a document is whatever it is
  const document: any = parse(readFileSync(configPath("prod"), "utf8"));
  const path = key.split(".");
  const last = path.pop() ?? "";
  let place = document;
  for (const part of path) {
    place[part] ??= {};
    place = place[part];
  }
  place[last] = value;
  return document;
}

describe("the configuration", () => {
  test.each(["dev", "prod"])("of %s can be used", (env) => {
    expect(loadConfig(configPath(env)).name).toMatch(/^orgsweep/);
  });

  test.each([
    ["account", 111122223333],
    ["region", "Europe"],
    ["organization.id", "org"],
    ["organization.roleTargets", []],
    ["sweep.accounts.include", ["1"]],
    ["sweep.organizationalUnits.include", ["r-ab12"]],
    ["sweep.services", ["rds"]],
    ["schedule.expression", "daily"],
    ["schedule.timezone", "Mars/Olympus"],
    ["schedule.flexibleMinutes", 2000],
    ["schedule.atLeastEveryHours", 30],
    ["concurrency.accounts", 0],
    ["concurrency.reserved.aggregate", -1],
    ["retention.logDays", 8],
    ["securityHub", "on"],
    ["externalId", { secret: "x" }],
    ["notifications.emails", ["nobody"]],
    ["notifications.statuses", ["ENDED"]],
    ["minimumCoveragePercent", 101],
    ["logLevel", "loud"],
    ["architecture", "mips"],
    ["deployment", "canary"],
    ["permissionsBoundary", "arn:aws:iam::aws:policy/x"],
    ["vpc", { cidr: "10.0.0.0", availabilityZones: ["a", "b"] }],
    ["unheardOf", 1],
    ["schedule.unheardOf", 1],
  ])("names `%s` when it cannot be used", (key, value) => {
    const check = () => checkConfig("prod.yaml", changed(key, value));
    expect(check).toThrow(ConfigError);
    expect(check).toThrow(new RegExp(`\`${key.replaceAll(".", "\\.")}[\`.]`));
  });

  test("names every key at fault at once, and the file", () => {
    const check = () => checkConfig("prod.yaml", {});
    expect(check).toThrow(/`prod.yaml`/);
    expect(check).toThrow(/`name`[\s\S]*`account`[\s\S]*`architecture`/);
  });

  test("keeps a network to the one region that its endpoints reach", () => {
    const vpc = { cidr: "10.0.0.0/24", availabilityZones: ["eu-west-1a", "eu-west-1b"] };
    expect(() => checkConfig("prod.yaml", changed("vpc", vpc))).toThrow(/`sweep.regions.include`/);
  });

  test("hands the parameters of the controls on as they are", () => {
    const parameters = { trusted_accounts: ["444455556666"] };
    expect(checkConfig("prod.yaml", changed("parameters", parameters)).parameters).toEqual(parameters);
  });
});
