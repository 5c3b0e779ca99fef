import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { type Bearing } from "./related-object.ts";

type SecretBearing = Extract<Bearing, { readonly kind: "secret" }>;

const TOKEN = "kubernetes.io/service-account-token";
const ACCOUNT = "kubernetes.io/service-account.name";

/** Path of the template from which a controller creates a Secret, by type of its object. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  "/Secret": [],
  "bitnami.com/SealedSecret": ["spec", "template"],
  "external-secrets.io/ExternalSecret": ["spec", "target", "template"],
};

/**
 * A Secret, or an object from which a controller creates a Secret, with the account whose token the API
 * server writes into it
 * (https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets). In a Secret of
 * another type, the annotation has no effect.
 */
export function secretOf(object: KubernetesObject): SecretBearing | undefined {
  const type = `${groupOf(object)}/${object.kind}`;
  const path = Object.hasOwn(TEMPLATES, type) ? TEMPLATES[type] : undefined;
  if (path === undefined) return undefined;
  const template = valueAt(object.value, ...path);
  const account = valueAt(template, "metadata", "annotations", ACCOUNT);
  const isToken = valueAt(template, "type") === TOKEN && typeof account === "string";
  return { kind: "secret", ...(isToken ? { account } : {}) };
}

/** Name of the Secret that an object creates, if different from the object's name. */
export function madeSecret({ value }: KubernetesObject): string | undefined {
  const name = valueAt(value, "spec", "target", "name");
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** A Secret that containers can read. */
interface SecretUse {
  readonly name: string;
  /** Keys that are given; absent: all keys. */
  readonly keys?: readonly string[];
}

/** Secrets that containers can read, as files or variables. Only the kubelet reads imagePullSecrets. */
export function readableSecrets(spec: PodSpecFacts): readonly SecretUse[] {
  const containers = [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers];
  return [
    ...containers.flatMap(({ env = [], envFrom = [] }) => [
      ...env.flatMap(({ valueFrom }) => used(valueFrom?.secretKeyRef?.name, [valueFrom?.secretKeyRef])),
      ...envFrom.flatMap(({ secretRef }) => used(secretRef?.name)),
    ]),
    ...spec.volumes.flatMap(({ secret, projected }) => [
      ...used(secret?.secretName, secret?.items),
      ...(projected?.sources ?? []).flatMap((source) => used(source.secret?.name, source.secret?.items)),
    ]),
  ];
}

function used(name = "", items?: readonly ({ readonly key?: string } | undefined)[]): readonly SecretUse[] {
  if (name === "") return [];
  return [{ name, ...(items === undefined ? {} : { keys: items.map((item) => item?.key ?? "") }) }];
}

/**
 * Whether a Secret that is not among the manifests seems to contain a token: by its key, as the API server
 * names it, or, if all keys are used, by its name.
 */
export function looksLikeToken({ name, keys }: SecretUse): boolean {
  return keys === undefined ? /token/i.test(name) : keys.includes("token");
}
