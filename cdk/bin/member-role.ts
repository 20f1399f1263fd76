/** Writes `member-role.template.json`, the audit role as a plain template. */
import { writeFileSync } from "node:fs";
import { memberRoleTemplate } from "../lib/member-role.ts";

const file = new URL("../member-role.template.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(memberRoleTemplate(), null, 2)}\n`);
