/** Names that more than one part must agree on, all derived from the configuration. */
import type { Config } from "./config.ts";
import type { FunctionName } from "./function-names.ts";

export { FUNCTIONS, type FunctionName } from "./function-names.ts";

/** Name of a function, and of its role: the audit roles trust it by this name. */
export const functionName = (config: Config, name: FunctionName) => `${config.name}-${name}`;

/** Name of the audit role in every account. */
export const auditRoleName = (config: Config) => config.audit_role_name;

/** Name of the state machine. */
export const stateMachineName = (config: Config) => `${config.name}-sweep`;

/** `audit-s3` as `AuditS3`: ids of constructs, and substitutions of the definition. */
export const camel = (name: string) =>
  name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
