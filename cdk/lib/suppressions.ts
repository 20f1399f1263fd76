/**
 * The rules of suppressions that a schema cannot say: those of `compliance::Suppression`, so that nothing is deployed that
 * the functions would refuse. Shared examples hold both to the same answers.
 */

/** A failure that is accepted for a limited time, as a person writes it. */
export interface Suppression {
  id: string;
  control: string;
  account: string;
  resource: string;
  reason: string;
  owner: string;
  created: string;
  expires: string;
}

/** ARNs of each kind of resource, with names that nobody writes. */
const EVERY_KIND = [
  "arn:aws:s3:::\x01",
  "arn:aws:kms:\x01:\x01:key/\x01",
  "arn:aws:ec2:\x01:\x01:security-group/\x01",
];

/** What keeps these from being used, in words. */
export function problemsOf(suppressions: Suppression[]): string[] {
  const problems = suppressions.flatMap((one, index) => {
    const problem = problemOfPatterns(one) ?? problemOfTime(one);
    return problem ? [`\`suppressions.${index}\` ${problem}`] : [];
  });
  const ids = suppressions.map(({ id }) => id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...problems, ...[...repeated].map((id) => `\`suppressions\` has the id ${id} more than once`)];
}

function problemOfPatterns({ control, account, resource }: Suppression): string | undefined {
  const digits = account.replaceAll("*", "");
  const isWhole = !account.includes("*");
  if (!/^[0-9]{0,12}$/.test(digits) || (isWhole && digits.length !== 12)) {
    return "can match no account: `account` is twelve digits, some of them `*`";
  }
  if (resource !== "*" && EVERY_KIND.every((arn) => matches(resource, arn))) {
    return "matches every resource without saying so: write `*`";
  }
  if ([control, account, resource].every((pattern) => pattern === "*")) {
    return "accepts everything: name a control, an account or a resource";
  }
}

/** Whether a whole name matches a pattern, in which `*` stands for any run of characters. */
function matches(pattern: string, name: string): boolean {
  const literal = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`, "su").test(name);
}

function problemOfTime({ created, expires }: Suppression): string | undefined {
  const [start, end] = [moment(created), moment(expires)];
  if (!(start && end)) {
    return `must have days of the calendar: ${start ? expires : created} is none`;
  }
  if (end <= start) {
    return "expires before it is made";
  }
  if (end > aYearAfter(start)) {
    return "expires more than a year after it is made";
  }
}

/** A day (its start in UTC) or a time; the schema has looked at its form. */
function moment(text: string): Date | undefined {
  const day = text.slice(0, "2027-05-31".length);
  const start = new Date(`${day}T00:00:00Z`);
  // A day that no month has would be taken for one of the next month.
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, day.length) !== day) {
    return undefined;
  }
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** The same day of the next year; 28 February after a leap day. */
function aYearAfter(time: Date): Date {
  const next = new Date(time);
  next.setUTCFullYear(time.getUTCFullYear() + 1);
  if (next.getUTCMonth() !== time.getUTCMonth()) {
    next.setUTCDate(0);
  }
  return next;
}
