/** Environments synthesized for tests, each once, with placeholders for the functions' code. */
import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import cdk from "../cdk.json" with { type: "json" };
import { type Config, loadConfig } from "../lib/config.ts";
import { placeholderCode } from "../lib/function-code.ts";
import { OrgsweepStack } from "../lib/orgsweep-stack.ts";

/** A resource of a template. */
export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are whatever they are
  Properties: any;
  DeletionPolicy?: string;
  UpdatePolicy?: object;
  DependsOn?: string[];
}

/** A synthesized environment. */
export interface Synthesized {
  app: App;
  stack: OrgsweepStack;
  template: Template;
  config: Config;
}

export const configPath = (env: string) => fileURLToPath(new URL(`../config/${env}.yaml`, import.meta.url));

/** Synthesizes `config/<env>.yaml` with `changes` on top. */
export function synthesize(env: string, changes: Partial<Config> = {}): Synthesized {
  const config = { ...loadConfig(configPath(env)), ...changes };
  const app = new App({ context: cdk.context });
  const stack = new OrgsweepStack(app, { config, configPath: configPath(env), code: placeholderCode() });
  return { app, stack, config, template: Template.fromStack(stack) };
}

const VPC: Partial<Config> = {
  vpc: { cidr: "10.20.0.0/24", availability_zones: ["eu-west-1a", "eu-west-1b"] },
  security_hub: "central",
  opa: {
    url: "https://opa.example.internal:8443",
    token_secret: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:opa-AbCdEf",
    token_key: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  permissions_boundary: "orgsweep-boundary",
  code_signing_profile: "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/orgsweep/abcdefghij",
};

let cached: Record<string, Synthesized> | undefined;

/** `prod`, `dev`, and `closed`: production with a network, a permissions boundary, code signing, central import, an OPA server. */
export function environments(): Record<"prod" | "dev" | "closed", Synthesized> {
  cached ??= { prod: synthesize("prod"), dev: synthesize("dev"), closed: synthesize("prod", VPC) };
  return cached as ReturnType<typeof environments>;
}

/** Resources of a type, by logical id. */
export function resources(it: Synthesized, type: string): [string, Resource][] {
  return Object.entries(it.template.findResources(type)) as [string, Resource][];
}
