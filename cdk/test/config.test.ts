import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

/** Examples that the crate `configuration` accepts or refuses too. */
const EXAMPLES = new URL("../../crates/configuration/tests/examples/", import.meta.url);
const examples = (kind: string) =>
  readdirSync(new URL(kind, EXAMPLES)).map((name) => fileURLToPath(new URL(`${kind}/${name}`, EXAMPLES)));

describe("an example", () => {
  test.each(examples("good"))("is accepted here too: %s", (path) => {
    expect(loadConfig(path).organization_id).toMatch(/^o-/);
  });

  test.each(examples("bad"))("is refused here too: %s", (path) => {
    expect(() => loadConfig(path)).toThrow(ConfigError);
  });
});

describe("the configuration", () => {
  test("has defaults for everything that may be left out", () => {
    const config = loadConfig(fileURLToPath(new URL("good/minimal.yaml", EXAMPLES)));
    expect(config).toMatchObject({
      name: "orgsweep",
      audit_role_name: "orgsweep-audit",
      schedule: null,
      schedule_timezone: "UTC",
      run_at_least_every_hours: 24,
      sweep: { accounts: { include: [], exclude: [] }, account_tags: { include: {} }, services: [] },
      account_concurrency: 25,
      reserved_concurrency: {},
      security_hub: "member",
      notify_on: ["FAILED", "TIMED_OUT", "ABORTED"],
      minimum_coverage_percent: 95,
      log_retention_days: 90,
      retain: true,
      architecture: "arm64",
      vpc: null,
      mail: null,
      api: null,
      opa: null,
      parameters: {},
      suppressions: [],
      policies: null,
    });
  });

  test.each(["dev", "prod"])("of %s can be used", (env) => {
    expect(loadConfig(configPath(env)).name).toMatch(/^orgsweep/);
  });

  test.each([
    ["deployment.name", "Orgsweep"],
    ["deployment.account", 111122223333],
    ["deployment.region", "Europe"],
    ["deployment.organization_id", "org"],
    ["deployment.organizational_units", []],
    ["deployment.sweep.accounts.include", ["1"]],
    ["deployment.sweep.organizational_units.include", ["Workloads"]],
    ["deployment.sweep.services", ["rds"]],
    ["deployment.schedule", "daily"],
    ["deployment.schedule_timezone", "Mars/Olympus"],
    ["deployment.schedule_window_minutes", 2000],
    ["deployment.run_at_least_every_hours", 30],
    ["deployment.account_concurrency", 0],
    ["deployment.reserved_concurrency.aggregate", -1],
    ["deployment.log_retention_days", 8],
    ["deployment.security_hub", "on"],
    ["deployment.notify", ["nobody"]],
    ["deployment.notify_on", ["ENDED"]],
    ["deployment.minimum_coverage_percent", 101],
    ["deployment.log_level", "loud"],
    ["deployment.architecture", "mips"],
    ["deployment.gradual", "often"],
    ["deployment.permissions_boundary", "arn:aws:iam::aws:policy/x"],
    ["deployment.vpc", { cidr: "10.0.0.0", availability_zones: ["a", "b"] }],
    ["deployment.opa", { token_secret: "opa" }],
    ["deployment.opa.url", "http://opa.example.com"],
    ["deployment.opa.token_secret", "s3cret"],
    ["deployment.unheard_of", 1],
    ["unheard_of", 1],
    ["parameters.trusted_accounts", [444455556666]],
    ["parameters.trusted_acounts", ["444455556666"]],
  ])("names `%s` when it cannot be used", (key, value) => {
    const check = () => checkConfig("prod.yaml", changed(key, value));
    expect(check).toThrow(ConfigError);
    expect(check).toThrow(new RegExp(`\`${key.replaceAll(".", "\\.")}[\`.]`));
  });

  test("names every key at fault at once, and the file", () => {
    const check = () => checkConfig("prod.yaml", {});
    expect(check).toThrow(/`prod.yaml`/);
    expect(check).toThrow(/`environment`[\s\S]*`deployment`/);
  });

  test("keeps a network to the one region that its endpoints reach", () => {
    const vpc = { cidr: "10.0.0.0/24", availability_zones: ["eu-west-1a", "eu-west-1b"] };
    expect(() => checkConfig("prod.yaml", changed("deployment.vpc", vpc))).toThrow(
      /`deployment.sweep.regions.include`/,
    );
  });

  test("hands the parameters of the controls on as they are", () => {
    const parameters = { trusted_accounts: ["444455556666"] };
    expect(checkConfig("prod.yaml", changed("parameters", parameters)).parameters).toEqual(parameters);
  });
});
