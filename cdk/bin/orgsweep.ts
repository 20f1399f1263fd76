/** `npx cdk deploy -c env=prod`: one stack, as `config/<env>.yaml` describes it. */
import { fileURLToPath } from "node:url";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { loadConfig } from "../lib/config.ts";
import { builtCode } from "../lib/function-code.ts";
import { OrgsweepStack } from "../lib/orgsweep-stack.ts";

const app = new App();
const env = app.node.tryGetContext("env");
if (typeof env !== "string") {
  throw new Error("which environment? Add `-c env=dev` for config/dev.yaml");
}
const configPath = fileURLToPath(new URL(`../config/${env}.yaml`, import.meta.url));
const config = loadConfig(configPath);
new OrgsweepStack(app, { config, configPath, code: builtCode(config.architecture) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
