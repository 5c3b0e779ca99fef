import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { ServiceFacts, ServicePort } from "../../start/service-variables.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";
import type { GivenObjects } from "../../workload/given-objects.ts";
import type { AccountObject, ServiceObject } from "../../workload/objects/pod-objects.ts";

/** Lookup of the ConfigMaps and Secrets that a workload names. */
export type ConfigLookup = (kind: ConfigObject["kind"], name: string) => ConfigObject | undefined;

/** Objects in the namespace of a workload. */
export interface NamespaceObjects {
  readonly config: ConfigLookup;
  /** Whether several objects of this name have different contents, so that it is unknown which is applied. */
  readonly isAmbiguous: (kind: ConfigObject["kind"], name: string) => boolean;
  readonly account: (name: string) => AccountObject | undefined;
  /** Whether several ServiceAccounts of this name differ in mounting their token. */
  readonly isAmbiguousAccount: (name: string) => boolean;
  /** Services, each with an address like one that a cluster would assign. */
  readonly services: readonly ServiceFacts[];
  /** Headless Services, which have no address. */
  readonly headless: readonly HeadlessService[];
  /** Ports that monitors call at pods of the namespace, with the labels of the pods. */
  readonly monitored: readonly MonitoredPods[];
  /** Hosts by which Ingresses and routes lead to Services, in the order of the manifests. */
  readonly hosts: readonly RoutedHost[];
  /**
   * Services of the same name with different contents, so that it is unknown which is applied; one list per
   * name.
   */
  readonly ambiguousServices: readonly (readonly ServiceObject[])[];
}

/** A Service whose name leads to the addresses of its pods. */
export type HeadlessService = Omit<ServiceFacts, "address">;

/** Pods that a monitor chooses, and the ports that it calls. */
interface MonitoredPods {
  /** Labels of the pods; each selector is an alternative. */
  readonly selectors: readonly Readonly<Record<string, string>>[];
  readonly ports: readonly number[];
}

/** A host that leads to a Service, with the ports of the Service to which it leads. */
interface RoutedHost extends Pick<ServiceFacts, "selector"> {
  readonly host: string;
  readonly ports: readonly ServicePort[];
}

interface Placed {
  readonly namespace?: string;
  readonly name: string;
}

/** An object that may be without a name. */
type OfNamespace = Pick<Placed, "namespace">;

/**
 * Objects of the workload's namespace; an object without a namespace counts for any.
 *
 * @throws InvalidInputError `trial-services-limit`
 */
export function namespaceObjects(
  { config, accounts, services, backends, routes, monitors }: GivenObjects,
  namespace: string | undefined,
): NamespaceObjects {
  const byName = [...Map.groupBy(services, ({ name }) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const own = byName.flatMap(([name, all]) => nearest(all, name, namespace) ?? []);
  if (own.length > LIMITS.trialServices) throw tooManyServices();
  return {
    config: configLookup(config, namespace),
    isAmbiguous: (kind, name) => {
      const contents = candidates(config, kind, name, namespace).map(contentOf);
      return new Set(contents).size > 1;
    },
    account: (name) => nearest(accounts, name, namespace),
    isAmbiguousAccount: (name) => {
      const named = accounts.filter((one) => one.name === name && isOfNamespace(one, namespace));
      return new Set(named.map((one) => one.automountServiceAccountToken ?? true)).size > 1;
    },
    monitored: monitors
      .filter(({ namespaces }) => namespaces?.some((one) => isOfNamespace(ofName(one), namespace)) ?? true)
      .map((one) => monitoredPods(one, backends, namespace)),
    hosts: routes
      .filter((one) => isOfNamespace(one, namespace))
      .flatMap((one) => routedHost(one, nearest(backends, one.service, namespace)) ?? []),
    ambiguousServices: byName
      .map(([, all]) => all.filter((one) => isOfNamespace(one, namespace)))
      .filter((all) => new Set(all.map(serviceContent)).size > 1),
    services: own.map((one, index) => ({ ...factsOf(one), address: serviceAddress(index) })),
    headless: [...new Set(backends.filter(({ headless }) => headless === true).map(({ name }) => name))]
      .toSorted()
      .flatMap((name) => nearest(backends, name, namespace) ?? [])
      .filter(({ headless }) => headless === true)
      .slice(0, LIMITS.trialServices)
      .map(factsOf),
  };
}

function factsOf({ name, ports, selector, ipv6, publishesUnready }: ServiceObject): HeadlessService {
  return {
    name,
    ports,
    ...(selector === undefined ? {} : { selector }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(publishesUnready === undefined ? {} : { publishesUnready }),
  };
}

function ofName(namespace: string | undefined): OfNamespace {
  return namespace === undefined ? {} : { namespace };
}

function monitoredPods(
  { selects, labels, ports }: GivenObjects["monitors"][number],
  backends: readonly ServiceObject[],
  namespace: string | undefined,
): MonitoredPods {
  if (selects === "pods") return { selectors: [labels], ports };
  const chosen = backends.filter(
    (one) =>
      isOfNamespace(one, namespace) &&
      Object.entries(labels).every(([name, value]) => one.labels?.[name] === value),
  );
  return { selectors: chosen.flatMap(({ selector }) => (selector === undefined ? [] : [selector])), ports };
}

function routedHost(
  { host, port }: GivenObjects["routes"][number],
  service: ServiceObject | undefined,
): RoutedHost | undefined {
  if (service === undefined) return undefined;
  const { ports, selector } = service;
  const called = ports.filter((one) => port === undefined || one.port === port || one.name === port);
  return { host, ports: called, ...(selector === undefined ? {} : { selector }) };
}

function tooManyServices(): InvalidInputError {
  return new InvalidInputError("trial-services-limit", {
    fr: `plus de ${LIMITS.trialServices} Services dans un même espace de noms (borne trialServices) : essayer moins de manifestes à la fois.`,
    en: `more than ${LIMITS.trialServices} Services in one namespace (bound trialServices): try fewer manifests at a time.`,
  });
}

/** Lookup by name; of several objects the last counts, since kubectl applies it after the others. */
export function configLookup(objects: readonly ConfigObject[], namespace: string | undefined): ConfigLookup {
  return (kind, name) => candidates(objects, kind, name, namespace).at(-1);
}

/**
 * Candidates for a name. An object without a namespace matches any workload, and a workload without a
 * namespace matches any object.
 */
function candidates(
  objects: readonly ConfigObject[],
  kind: ConfigObject["kind"],
  name: string,
  namespace: string | undefined,
): readonly ConfigObject[] {
  return objects.filter((one) => one.kind === kind && one.name === name && isOfNamespace(one, namespace));
}

/** Whether an object may be in a workload's namespace. */
function isOfNamespace(one: OfNamespace, namespace: string | undefined): boolean {
  return one.namespace === undefined || namespace === undefined || one.namespace === namespace;
}

/** Content for comparison; contains a Secret's values, so it must stay in this process. */
function contentOf({ values, binary }: ConfigObject): string {
  return JSON.stringify([[...values()].toSorted(([a], [b]) => (a < b ? -1 : 1)), binary]);
}

/** Content of a Service for comparison. */
function serviceContent({ ports, selector = {}, ipv6, publishesUnready }: ServiceObject): string {
  return JSON.stringify([
    ports.map(({ name, port, protocol, targetPort }) => [name, port, protocol, targetPort]),
    Object.entries(selector).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ipv6 === true,
    publishesUnready === true,
  ]);
}

function nearest<T extends Placed>(
  objects: readonly T[],
  name: string,
  namespace: string | undefined,
): T | undefined {
  const named = objects.filter((one) => one.name === name);
  return (
    named.find((one) => one.namespace === namespace) ??
    named.find((one) => one.namespace === undefined || namespace === undefined)
  );
}

const PER_BLOCK = 250;

/** Address in the usual range of clusters, above the addresses of the API server and DNS. */
function serviceAddress(index: number): string {
  return `10.96.${1 + Math.floor(index / PER_BLOCK)}.${(index % PER_BLOCK) + 1}`;
}

/** Lookup without manifests. */
export const NO_CONFIG: ConfigLookup = () => undefined;
export const NO_OBJECTS: NamespaceObjects = {
  config: NO_CONFIG,
  isAmbiguous: () => false,
  account: () => undefined,
  isAmbiguousAccount: () => false,
  services: [],
  headless: [],
  monitored: [],
  hosts: [],
  ambiguousServices: [],
};
