/** An optional network without a way to the internet: AWS is reached through endpoints. */
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import type { Encryption } from "./encryption.ts";
import { logGroup } from "./logging.ts";

/** What the functions call through interface endpoints; S3 and DynamoDB have gateways. */
const INTERFACES = {
  Sts: InterfaceVpcEndpointAwsService.STS,
  Kms: InterfaceVpcEndpointAwsService.KMS,
  Ec2: InterfaceVpcEndpointAwsService.EC2,
  SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  SecurityHub: InterfaceVpcEndpointAwsService.SECURITYHUB,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Xray: InterfaceVpcEndpointAwsService.XRAY,
};

const GATEWAYS = {
  S3: GatewayVpcEndpointAwsService.S3,
  DynamoDb: GatewayVpcEndpointAwsService.DYNAMODB,
};

/** The one region of the commercial partition where Organizations has an endpoint for networks. */
const ORGANIZATIONS_REGION = "us-east-1";

/** The network, and the security group of the functions in it. */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly functions: SecurityGroup;
  /** Whether the function that asks Organizations can be in it. */
  readonly reachesOrganizations: boolean;

  constructor(
    scope: Construct,
    config: Config & { vpc: NonNullable<Config["vpc"]> },
    encryption: Encryption,
  ) {
    super(scope, "Network");
    this.vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr(config.vpc.cidr),
      availabilityZones: config.vpc.availability_zones,
      natGateways: 0,
      subnetConfiguration: [{ name: "isolated", subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const flowLogs = logGroup(this, "FlowLogs", config, encryption.operations, `/${config.name}/flow-logs`);
    this.vpc.addFlowLog("FlowLog", { destination: FlowLogDestination.toCloudWatchLogs(flowLogs) });
    this.functions = new SecurityGroup(this, "Functions", {
      vpc: this.vpc,
      description: "The functions: out to AWS over TLS, nothing in",
      allowAllOutbound: false,
    });
    this.functions.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "Endpoints; no route leads further");
    const opa = config.opa && new URL(config.opa.url).port;
    if (opa) {
      this.functions.addEgressRule(Peer.anyIpv4(), Port.tcp(Number(opa)), "The OPA server");
    }
    this.reachesOrganizations = config.region === ORGANIZATIONS_REGION;
    this.addEndpoints(config.organization_id);
  }

  private addEndpoints(organization: string): void {
    const onlyUs = new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ["*"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:PrincipalOrgID": organization } },
    });
    for (const [id, service] of Object.entries(GATEWAYS)) {
      this.vpc.addGatewayEndpoint(id, { service }).addToPolicy(onlyUs);
    }
    const endpoints = new SecurityGroup(this, "Endpoints", {
      vpc: this.vpc,
      description: "The endpoints: in from the functions over TLS",
      allowAllOutbound: false,
    });
    endpoints.addIngressRule(this.functions, Port.tcp(443), "The functions");
    const organizations = { Organizations: InterfaceVpcEndpointAwsService.ORGANIZATIONS };
    const services = { ...INTERFACES, ...(this.reachesOrganizations ? organizations : {}) };
    for (const [id, service] of Object.entries(services)) {
      const endpoint = this.vpc.addInterfaceEndpoint(id, {
        service,
        securityGroups: [endpoints],
        open: false,
      });
      endpoint.addToPolicy(onlyUs);
    }
  }
}
