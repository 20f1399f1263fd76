/** What the audit role of an account may do: the actions of `crates/aws/actions.json`, and their resources. */
import { readFileSync } from "node:fs";

/** What a session in an account is for, as `aws::Purpose` names it, and its actions. */
export const PURPOSES: Record<string, string[]> = JSON.parse(
  readFileSync(new URL("../../crates/aws/actions.json", import.meta.url), "utf8"),
);

const OF_ACCOUNT = "*";
/** Resources by action, the first match counts (Service Authorization Reference); the rest takes none but `*`. */
const NARROWED: [RegExp, string][] = [
  [
    /^s3:(ListAllMyBuckets|GetAccountPublicAccessBlock|GetAccessPoint|List(MultiRegion)?AccessPoints)$/,
    OF_ACCOUNT,
  ],
  [/^s3:Get(MultiRegion)?AccessPointPolicy$/, "arn:${AWS::Partition}:s3:*:${AWS::AccountId}:accesspoint/*"],
  [/^s3:/, "arn:${AWS::Partition}:s3:::*"],
  [/^kms:(ListKeys|ListAliases)$/, OF_ACCOUNT],
  [/^kms:/, "arn:${AWS::Partition}:kms:*:${AWS::AccountId}:key/*"],
  [/^ec2:DescribeSecurityGroupReferences$/, "arn:${AWS::Partition}:ec2:*:${AWS::AccountId}:security-group/*"],
  [/^ec2:GetManagedPrefixListEntries$/, "arn:${AWS::Partition}:ec2:*:*:prefix-list/*"],
  [/^securityhub:DescribeHub$/, "arn:${AWS::Partition}:securityhub:*:${AWS::AccountId}:hub/default"],
  [
    /^securityhub:BatchImportFindings$/,
    "arn:${AWS::Partition}:securityhub:*:${AWS::AccountId}:product/${AWS::AccountId}/default",
  ],
];

/** The statements of the audit role: one per resource, actions one by one. */
export function auditStatements(
  purposes = PURPOSES,
): { Effect: string; Action: string[]; Resource: unknown }[] {
  const byResource = new Map<string, string[]>();
  for (const action of [...new Set(Object.values(purposes).flat())].sort()) {
    const resource = NARROWED.find(([pattern]) => pattern.test(action))?.[1] ?? OF_ACCOUNT;
    byResource.set(resource, [...(byResource.get(resource) ?? []), action]);
  }
  return [...byResource].map(([resource, Action]) => ({
    Effect: "Allow",
    Action,
    Resource: resource === OF_ACCOUNT ? resource : { "Fn::Sub": resource },
  }));
}
