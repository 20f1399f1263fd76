/** Actions that are allowed on `*`, each with the reason. Service Authorization Reference, "Resource types". */
export const ON_EVERYTHING: [RegExp, string][] = [
  [/^organizations:(DescribeOrganization|ListAccounts)$/, "takes no resource"],
  [
    /^organizations:List(AccountsForParent|OrganizationalUnitsForParent|TagsForResource)$/,
    "every account and unit",
  ],
  [/^xray:Put(TraceSegments|TelemetryRecords)$/, "takes no resource"],
  [/^xray:GetSampling(Rules|Targets)$/, "takes no resource"],
  [/^logs:(Create|Get|Update|Delete|List)LogDelivery|^logs:ListLogDeliveries$/, "takes no resource"],
  [/^logs:(Put|Describe)ResourcePolic(y|ies)$/, "takes no resource"],
  [/^logs:DescribeLogGroups$/, "Step Functions looks its log group up, as its guide asks"],
  [/^ec2:Describe\w+$/, "Describe actions of EC2 take no resource"],
  [/^ec2:(Create|Delete)NetworkInterface$/, "Lambda asks for it on all resources before it makes a function"],
  [
    /^ec2:(Assign|Unassign)PrivateIpAddresses$/,
    "Lambda asks for it on all resources before it makes a function",
  ],
  [/^kms:List(Keys|Aliases)$/, "takes no resource, or the alias and the key at once"],
  [
    /^s3:(ListAllMyBuckets|GetAccountPublicAccessBlock|GetAccessPoint|List(MultiRegion)?AccessPoints)$/,
    "takes no resource",
  ],
];

/** What the platform needs besides what a function's README lists. */
export const OF_THE_PLATFORM: Record<string, string> = {
  "kms:Decrypt": "what runs find is encrypted with the data key",
  "kms:GenerateDataKey": "what runs find is encrypted with the data key",
  "logs:CreateLogStream": "the function's own log group",
  "logs:PutLogEvents": "the function's own log group",
  "xray:PutTelemetryRecords": "tracing",
  "xray:PutTraceSegments": "tracing",
};
