import { locationText } from "../../contract/object-location.ts";
import { serviceAccountOf } from "../../contract/pod-defaults.ts";
import type { RelatedEffect, RelatedFacts } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { changesPods } from "../../start/injections.ts";
import type { OtherEnvironments, PlacedWorkload } from "../environments/other-environments.ts";
import { apiExtensionEffects } from "./api-extensions.ts";
import { scalingEffect } from "./autoscalers.ts";
import { definedKinds } from "./definitions.ts";
import { budgetEffect } from "./disruption-budgets.ts";
import { completedContainers } from "./effective-requests.ts";
import { fixedAddresses } from "./fixed-addresses.ts";
import { belowMinimums } from "./limit-range-minimums.ts";
import { withDefaultLimits } from "./limit-ranges.ts";
import { withRefusedLimits } from "./limits-exceeded.ts";
import { choosesPlatform } from "./node-selectors.ts";
import { isPlacedElsewhere, otherNamespaceEffects } from "./other-namespaces.ts";
import { defaultRights, type Holder, rightsGiven } from "./rbac.ts";
import { RoleGraph, type RoleRead } from "./rbac-aggregation.ts";
import { withRefusedObjects } from "./refused-objects.ts";
import type { Bearing, OwnApi, RelatedRead } from "./related-object.ts";
import { beyondQuotas } from "./resource-quotas.ts";
import { routedAffinity } from "./routed-affinity.ts";
import { isNear } from "./same-namespace.ts";
import { missingPorts, selectsPods, serviceAffinity } from "./services.ts";
import { snippetEffects } from "./snippets.ts";
import { looksLikeToken, readableSecrets } from "./token-secrets.ts";

/** Objects of one run, assigned to the workloads that they affect. */
export class RelatedFinder {
  readonly #objects: readonly RelatedRead[];
  readonly #roles: readonly RoleRead[];
  readonly #graphs = new Map<string | undefined, RoleGraph>();
  readonly #kinds = new Map<string | undefined, OwnApi["kinds"]>();
  readonly #used = new Set<RelatedRead>();

  readonly #workloads: readonly RawWorkload[];

  readonly #environments: OtherEnvironments;
  readonly #names: readonly RelatedRead[];
  /** Namespaces of the workloads; undefined stands for any namespace. */
  readonly #namespaces: ReadonlySet<string | undefined>;

  /** @param workloads all workloads of the run, since a Service may target several */
  constructor(
    objects: readonly RelatedRead[],
    workloads: readonly PlacedWorkload[],
    environments: OtherEnvironments,
  ) {
    this.#workloads = workloads.map(({ facts }) => facts);
    this.#environments = environments;
    this.#namespaces = new Set(this.#workloads.map(({ namespace }) => namespace));
    this.#names = objects.filter(
      ({ bearing }) => bearing.kind === "service" && bearing.leadsTo !== undefined,
    );
    const policies = new Set(objects.map(({ kind, name }) => `${kind}/${name}`));
    this.#objects = objects.filter(
      ({ kind, bearing }) =>
        bearing.kind !== "mutation" ||
        bearing.policy === undefined ||
        !policies.has(`${kind.replace(/Binding$/, "")}/${bearing.policy}`),
    );
    this.#roles = objects.flatMap(({ bearing, ...one }) =>
      bearing.kind === "role" ? [{ ...one, bearing }] : [],
    );
  }

  /** The workload with the objects that affect its pods, and the limits of its LimitRange. */
  join(facts: RawWorkload, folder: string): RawWorkload {
    if (this.#objects.length === 0) return facts;
    const near = this.#objects.filter(
      (one) =>
        isNear(one, { facts, folder }, this.#environments) ||
        isPlacedElsewhere(one, folder, this.#namespaces),
    );
    const holders = holdersIn(facts, near);
    const related = near.flatMap((one): readonly RelatedFacts[] => {
      const { kind, name, at } = one;
      const effects = this.#effectsOn(one, facts, holders, near);
      if (effects.length > 0) this.#used.add(one);
      return effects.map((effect) => ({ kind, name, at, effect }));
    });
    const limits = near.flatMap(({ bearing }) => (bearing.kind === "limits" ? bearing.limits : []));
    const limited = withDefaultLimits(related.length === 0 ? facts : { ...facts, related }, limits);
    return withRefusedObjects(withRefused(withRefusedLimits(limited, near), facts, near), near);
  }

  /**
   * Objects that change pods or a controller, or that make the API server call pods, and that affect no
   * workload so far.
   */
  get unused(): readonly RelatedRead[] {
    const used = new Set([...this.#used].map(placeOf));
    const unused = this.#objects.filter((one) => NAMED.has(one.bearing.kind) && !used.has(placeOf(one)));
    return [...new Map(unused.map((one) => [placeOf(one), one])).values()];
  }

  /**
   * Roles of an object's environment, and roles without an environment; all roles for an object without one.
   */
  #graphOf({ environment }: RelatedRead): RoleGraph {
    const known = this.#graphs.get(environment);
    if (known !== undefined) return known;
    const isSame = (one: RoleRead) =>
      [undefined, environment].includes(one.environment) || environment === undefined;
    const graph = new RoleGraph(this.#roles.filter(isSame));
    this.#graphs.set(environment, graph);
    return graph;
  }

  /** Kinds that are defined in an object's environment. */
  #kindsOf({ environment }: RelatedRead): OwnApi["kinds"] {
    const known = this.#kinds.get(environment);
    if (known !== undefined) return known;
    const kinds = definedKinds(this.#objects, environment);
    this.#kinds.set(environment, kinds);
    return kinds;
  }

  #effectsOn(
    one: RelatedRead,
    facts: RawWorkload,
    holders: readonly Holder[],
    near: readonly RelatedRead[],
  ): readonly RelatedEffect[] {
    const { bearing } = one;
    const surroundings = { near, names: this.#names, workloads: this.#workloads };
    switch (bearing.kind) {
      case "addresses":
        return fixedAddresses(bearing.addresses);
      case "api-extension": {
        const kinds = this.#kindsOf(one);
        return apiExtensionEffects(bearing.calls, facts, surroundings, kinds);
      }
      case "binding":
        return rightsGiven(one, bearing, this.#graphOf(one), facts, holders);
      case "snippets":
        return snippetEffects(bearing.snippets, bearing.services, facts, surroundings);
      case "route":
        return routedAffinity(bearing.requests, facts, surroundings);
      case "role":
        return defaultRights(one, this.#graphOf(one));
      case "service": {
        const { selector, addresses } = bearing;
        if (selector !== undefined && !selectsPods(selector, facts)) return [];
        return [
          ...missingPorts(bearing, facts, this.#workloads),
          ...fixedAddresses(addresses),
          ...serviceAffinity(bearing),
        ];
      }
      case "scaling":
        return scalingEffect(bearing, facts);
      case "disruption-budget":
        return budgetEffect(bearing, facts);
      case "namespace":
        return namespaceEffects(one.name, bearing, facts);
      case "account":
        return accountEffects(one.name, bearing, facts);
      case "other-namespace":
        return otherNamespaceEffects(one, bearing, facts, surroundings);
      case "devices": {
        const { kind, name } = one;
        return bearing.adminAccess && claims(facts, kind, name) ? [{ is: "admin-access" }] : [];
      }
      case "mutation":
        if (!bearing.mayChange(facts)) return [];
        return [{ is: "mutation", ...(bearing.creates === true ? { creates: true } : {}) }];
      case "exemption": {
        const found = bearing.exempts(facts);
        return found === undefined ? [] : [{ is: "exemption", ...found }];
      }
      default:
        return [];
    }
  }
}

/** The workload with invalid fields for which minimums and quotas of its namespace refuse its pods. */
function withRefused(limited: RawWorkload, facts: RawWorkload, near: readonly RelatedRead[]): RawWorkload {
  const bounds = near.filter(({ bearing }) => bearing.kind === "limits" || bearing.kind === "quota");
  // A Pod of the cluster was accepted.
  if (bounds.length === 0 || facts.created === true) return limited;
  const containers = completedContainers(facts, limited, bounds);
  const found = [...belowMinimums(facts, containers, bounds), ...beyondQuotas(facts, containers, bounds)];
  return found.length === 0 ? limited : { ...limited, refused: [...(limited.refused ?? []), ...found] };
}

/** Bearings of objects that are named where no judged pod is concerned. */
const NAMED: ReadonlySet<RelatedRead["bearing"]["kind"]> = new Set(["api-extension", "mutation", "snippets"]);

/** Place of an object, which may have several entries. */
function placeOf({ kind, name, at }: RelatedRead): string {
  return JSON.stringify([locationText(at), kind, name]);
}

function namespaceEffects(
  name: string,
  { level, version, metadata }: Extract<Bearing, { readonly kind: "namespace" }>,
  facts: RawWorkload,
): readonly RelatedEffect[] {
  if (facts.namespace !== undefined && facts.namespace !== name) return [];
  const effects: RelatedEffect[] = [];
  if (level !== undefined || version !== undefined) {
    effects.push({
      is: "enforcement",
      ...(level === undefined ? {} : { level }),
      ...(version === undefined ? {} : { version }),
    });
  }
  const isChanged = changesPods(metadata, facts.pod) || choosesPlatform(metadata.annotations);
  if (facts.created !== true && isChanged) effects.push({ is: "mutation" });
  return effects;
}

function accountEffects(
  name: string,
  { automountServiceAccountToken: automount, givesIdentity }: Extract<Bearing, { readonly kind: "account" }>,
  facts: RawWorkload,
): readonly RelatedEffect[] {
  if (name !== serviceAccountOf(facts.pod.spec)) return [];
  const effects: RelatedEffect[] = [];
  if (automount !== undefined) effects.push({ is: "account", automountServiceAccountToken: automount });
  if (givesIdentity && facts.created !== true) effects.push({ is: "mutation" });
  return effects;
}

/** Whether the workload's pods claim the devices of an object. */
function claims({ pod }: RawWorkload, kind: string, name: string): boolean {
  const { resourceClaims = [] } = pod.spec;
  return resourceClaims.some((claim) => {
    return name === (kind === "ResourceClaim" ? claim.resourceClaimName : claim.resourceClaimTemplateName);
  });
}

/**
 * Accounts whose token a pod gets, by its own settings or from a Secret; the pod's own account comes first.
 */
function holdersIn(facts: RawWorkload, near: readonly RelatedRead[]): readonly Holder[] {
  const own = serviceAccountOf(facts.pod.spec);
  const used = readableSecrets(facts.pod.spec);
  const names = new Set(used.map(({ name }) => name));
  const secrets = near.filter(({ bearing, name }) => bearing.kind === "secret" && names.has(name));
  const tokens = secrets.flatMap(({ bearing, name }) =>
    bearing.kind === "secret" && bearing.account !== undefined
      ? [{ account: bearing.account, tokenSecret: name }]
      : [],
  );
  const ofOwn = tokens.find(({ account }) => account === own);
  const unseen = used.find(
    (use) => looksLikeToken(use) && !secrets.some(({ name }) => name === use.name),
  )?.name;
  const others = tokens.filter(({ account }) => account !== own);
  return [
    ofOwn ?? { account: own, ...(unseen === undefined ? {} : { unseenSecret: unseen }) },
    ...others.map((one) => ({ ...one, isOther: true }) as const),
  ];
}
