import type {
  AffinityEffect,
  ApiExtensionEffect,
  ExemptionEffect,
  OtherNamespaceEffect,
  RelatedFacts,
  SnippetEffect,
} from "../../contract/related-facts.ts";
import type { InvalidField, RawWorkload } from "../../contract/workload-facts.ts";
import type { ObjectMarks } from "../../start/injections.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import type { KubernetesObject } from "../objects/kind.ts";
import type { ServiceObject } from "../objects/pod-objects.ts";

/** Object beside workloads, not yet assigned to the workloads that it affects. */
export interface RelatedObject extends Omit<RelatedFacts, "effect"> {
  readonly namespace?: string;
  /** Kind with its group: `kyverno.io/ClusterPolicy`. */
  readonly type: string;
  /** Whether the object is cluster-wide. */
  readonly isOfCluster: boolean;
  readonly bearing: Bearing;
}

/** Object with its absolute folder (`-` for standard input) and the folder's environment. */
export interface RelatedRead extends RelatedObject {
  readonly folder: string;
  readonly environment?: string;
}

/** A fixed IP address in an object, with its field. */
export interface FixedAddress {
  readonly field: string;
  readonly address: string;
}

/** Objects and workloads among which a workload is judged. */
export interface Surroundings {
  /** Objects of the workload's namespace and environment. */
  readonly near: readonly RelatedRead[];
  /** ExternalName Services of the run that lead to Services of the cluster. */
  readonly names: readonly RelatedRead[];
  /** All workloads of the run. */
  readonly workloads: readonly RawWorkload[];
}

/** Request to send one client's requests to the same pod. */
export type AffinityRequest = Pick<AffinityEffect, "field" | "value" | "by">;

/** Service that a route names. */
export interface ServiceReference {
  readonly name: string;
  readonly namespace?: string;
}

/** Request with its Services; none if the route does not name them. */
export interface RoutedAffinity extends AffinityRequest {
  readonly services: readonly ServiceReference[];
  /** Workload that the route leads to, instead of Services. */
  readonly workload?: { readonly kind: string; readonly name: string };
}

/** Namespace of an application, and the kinds that CustomResourceDefinitions among the manifests define. */
export interface OwnApi {
  readonly namespace?: string;
  /** `certificates.cert-manager.io`; `*.cert-manager.io` for a group with one defined kind. */
  readonly kinds: ReadonlySet<string>;
}

/** Call by which the API server hands objects to a Service or a URL. */
export interface ApiCall extends Pick<ApiExtensionEffect, "by" | "field" | "resources"> {
  /** Called Services; none if unknown. */
  readonly services: readonly ServiceReference[];
  /** Whether the callee may change the objects. */
  readonly changes: boolean;
  readonly ownerOf: (own: OwnApi) => ApiExtensionEffect["owner"];
}

/** Exemption from Restricted, and whether it certainly concerns a workload. */
export type Exemption = Pick<ExemptionEffect, "field" | "holds">;

/** A Role or ClusterRole. */
export interface RoleBearing {
  readonly kind: "role";
  /** The role's own rules; absent if they are not a list. */
  readonly rules?: readonly unknown[];
  readonly labels: Readonly<Record<string, string>>;
  /** Selectors of ClusterRoles whose rules a controller copies into this role, replacing its own. */
  readonly aggregates?: readonly unknown[];
}

/** Effect of an object on the pods of workloads. */
export type Bearing =
  | {
      readonly kind: "mutation";
      /** Whether pods of this workload may be changed; true if unknown. */
      readonly mayChange: (facts: RawWorkload) => boolean;
      /** Set if the object does not change pods, but creates other objects. */
      readonly creates?: true;
      /** Policy activated by a binding; a policy among the manifests is handled itself. */
      readonly policy?: string;
    }
  | {
      readonly kind: "exemption";
      /** Exemption of a workload's pods; undefined if there is none. */
      readonly exempts: (facts: RawWorkload) => Exemption | undefined;
    }
  | {
      readonly kind: "namespace";
      readonly level?: string;
      readonly version?: string;
      readonly metadata: ObjectMarks;
    }
  | {
      readonly kind: "account";
      readonly automountServiceAccountToken?: boolean;
      /** Whether webhooks give the account's pods variables and a token. */
      readonly givesIdentity: boolean;
    }
  | { readonly kind: "api-extension"; readonly calls: readonly ApiCall[] }
  | {
      readonly kind: "definition";
      readonly group: string;
      readonly plural: string;
    }
  | { readonly kind: "devices"; readonly adminAccess: boolean }
  | RoleBearing
  | { readonly kind: "secret" /** Account whose token the Secret holds. */; readonly account?: string }
  | {
      readonly kind: "binding";
      readonly role: { readonly kind: string; readonly name: string };
      readonly subjects: readonly Readonly<Record<string, unknown>>[];
    }
  | {
      readonly kind: "service";
      readonly service: ServiceObject | undefined;
      /** Selector of the Service; absent if the Service has none. */
      readonly selector?: Readonly<Record<string, unknown>>;
      readonly addresses: readonly FixedAddress[];
      readonly affinity: readonly AffinityRequest[];
      readonly isHeadless: boolean;
      /** Service of the cluster that an ExternalName leads to. */
      readonly leadsTo?: ServiceReference;
      /** Host that an ExternalName means. */
      readonly externalName?: string;
    }
  | {
      readonly kind: "scaling";
      /** Workload that the autoscaler names. */
      readonly target: { readonly group: string; readonly kind: string; readonly name: string };
      readonly minimum: number;
      readonly maximum: number;
    }
  | {
      readonly kind: "snippets";
      readonly snippets: readonly Omit<SnippetEffect, "is">[];
      /** Services that the object leads to; empty if it names none. */
      readonly services: readonly ServiceReference[];
    }
  | {
      readonly kind: "disruption-budget";
      readonly field: string;
      readonly value: string | number;
      readonly selector: unknown;
    }
  | {
      readonly kind: "other-namespace";
      readonly does: OtherNamespaceEffect["does"];
      readonly field: string;
      readonly target: string;
      /** Services that a route names. */
      readonly services: readonly ServiceReference[];
    }
  | { readonly kind: "route"; readonly requests: readonly RoutedAffinity[] }
  | { readonly kind: "addresses"; readonly addresses: readonly FixedAddress[] }
  | { readonly kind: "refused" /** First field that the API server refuses. */; readonly field: InvalidField }
  | { readonly kind: "limits"; readonly limits: readonly Readonly<Record<string, unknown>>[] }
  | {
      readonly kind: "quota";
      /** Bounds by resource: `pods`, `limits.memory`. */
      readonly hard: Readonly<Record<string, unknown>>;
      /** Scopes, all of which a pod must be in. */
      readonly scopes: readonly string[];
    };

/** `metadata.name` and `metadata.namespace`, if they are texts. */
export function namedIn({ value }: Pick<KubernetesObject, "value">): {
  readonly name: string;
  readonly namespace?: string;
} {
  const { metadata } = value;
  if (!isMapping(metadata)) return { name: "" };
  const { name, namespace } = metadata;
  return {
    name: typeof name === "string" ? name : "",
    ...(typeof namespace === "string" && namespace !== "" ? { namespace } : {}),
  };
}

/** Mappings of a list; empty if the value is not a list. */
export function mappingsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}

/** Strings of a list; undefined if the value is not a list. */
export function textsIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
}

/**
 * Whether an object was read from a cluster. The API server refuses to create an object with a
 * resourceVersion, so such a manifest was exported, not written to be applied.
 */
export function isLive(value: Readonly<Record<string, unknown>>): boolean {
  return ["uid", "resourceVersion"].every((field) => typeof valueAt(value, "metadata", field) === "string");
}
