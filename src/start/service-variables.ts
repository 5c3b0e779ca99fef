/** Fields of a Service from which the kubelet derives variables. */
export interface ServiceFacts {
  readonly name: string;
  /** Cluster IP of the Service. */
  readonly address: string;
  readonly ports: readonly [ServicePort, ...ServicePort[]];
  /** Labels of the target pods; absent if the Service has no selector. */
  readonly selector?: Readonly<Record<string, string>>;
  /** Set if the Service leads to its pods before they are ready, too: publishNotReadyAddresses. */
  readonly publishesUnready?: true;
  /** Set if the Service has only an IPv6 address: `ipFamilies: [IPv6]` without a dual-stack policy. */
  readonly ipv6?: true;
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  /** Port of the pods: a number, or the name of a container port; if absent, the same as `port`. */
  readonly targetPort?: number | string;
}

/** The API server at its usual address: the first of the services' range. */
const API_SERVER: ServiceFacts = {
  name: "kubernetes",
  address: "10.96.0.1",
  ports: [{ name: "https", port: 443, protocol: "TCP" }],
};

/**
 * Variables that the kubelet adds in every container (kubelet_pods.go, getServiceEnvVarMap; envvars.go,
 * FromServices): variables of the API server, regardless of enableServiceLinks, by which some frameworks
 * detect a cluster, and variables of the namespace's Services. If two variables have the same name, the later
 * Service wins.
 *
 * @param linked Services of the namespace; empty if enableServiceLinks is false
 */
export function serviceVariables(linked: readonly ServiceFacts[]): ReadonlyMap<string, string> {
  const services = new Map([API_SERVER, ...linked].map((service) => [service.name, service]));
  return new Map([...services.values()].flatMap(variablesOf));
}

/** Variables of a pod in a namespace without known Services. */
export const SERVICE_VARIABLES: ReadonlyMap<string, string> = serviceVariables([]);

function variablesOf({ name, address, ports }: ServiceFacts): readonly (readonly [string, string])[] {
  const prefix = variableName(name);
  const [first] = ports;
  return [
    [`${prefix}_SERVICE_HOST`, address],
    [`${prefix}_SERVICE_PORT`, `${first.port}`],
    ...ports.flatMap(({ name: own = "", port }) => {
      return own === "" ? [] : [[`${prefix}_SERVICE_PORT_${variableName(own)}`, `${port}`] as const];
    }),
    [`${prefix}_PORT`, linkOf(address, first)],
    ...ports.flatMap((one) => linkVariables(prefix, address, one)),
  ];
}

/** Variables in the format of Docker links. */
function linkVariables(
  prefix: string,
  address: string,
  one: ServicePort,
): readonly (readonly [string, string])[] {
  const { port, protocol } = one;
  const own = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
  return [
    [own, linkOf(address, one)],
    [`${own}_PROTO`, protocol.toLowerCase()],
    [`${own}_PORT`, `${port}`],
    [`${own}_ADDR`, address],
  ];
}

function linkOf(address: string, { port, protocol }: ServicePort): string {
  return `${protocol.toLowerCase()}://${address}:${port}`;
}

function variableName(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}
