/** A Service, as far as the kubelet tells containers of it. */
export interface ServiceFacts {
  readonly name: string;
  /** Its cluster IP. */
  readonly address: string;
  readonly ports: readonly [ServicePort, ...ServicePort[]];
  /** Labels of the pods that it calls; absent: none are named. */
  readonly selector?: Readonly<Record<string, string>>;
  /** It has an IPv6 address alone: `ipFamilies: [IPv6]`, and no policy of two families. */
  readonly ipv6?: true;
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  /** Of the pods that it calls: a number, or the name of a container port; absent: the same as `port`. */
  readonly targetPort?: number | string;
}

/** The API server, where clusters usually have it: the first address of the services' range. */
const API_SERVER: ServiceFacts = {
  name: "kubernetes",
  address: "10.96.0.1",
  ports: [{ name: "https", port: 443, protocol: "TCP" }],
};

/**
 * The variables that the kubelet sets in every container besides the manifest's (kubelet_pods.go,
 * getServiceEnvVarMap; envvars.go, FromServices): those of the API server whatever enableServiceLinks
 * says, by which some frameworks tell that they run in a cluster, and those of the namespace's
 * Services. Of two variables with one name the later Service's stands.
 *
 * @param linked of the namespace; none where enableServiceLinks is false
 */
export function serviceVariables(linked: readonly ServiceFacts[]): ReadonlyMap<string, string> {
  const services = new Map([API_SERVER, ...linked].map((service) => [service.name, service]));
  return new Map([...services.values()].flatMap(variablesOf));
}

/** Of a pod about whose namespace nothing is known. */
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

/** As Docker's links were. */
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
