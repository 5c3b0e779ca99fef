import { statSync } from "node:fs";
import { join } from "node:path";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { judgedRoot } from "../files/judged-root.ts";
import { namesIn } from "../files/list-folder.ts";
import { type ConfigObject, configObject } from "./config-objects.ts";
import { MANIFEST } from "./files.ts";
import type { KubernetesObject } from "./objects/kind.ts";
import { isMonitor, type MonitorObject, monitorObject } from "./objects/monitor-objects.ts";
import { objectsIn } from "./objects/objects-in.ts";
import {
  type AccountObject,
  accountObject,
  backendObject,
  type ServiceObject,
  serviceObject,
} from "./objects/pod-objects.ts";
import { isRoute, type RouteObject, routeObjects } from "./objects/route-objects.ts";
import { readManifestFile } from "./yaml/read-file.ts";
import { splitDocuments } from "./yaml/split.ts";
import { decodeText } from "./yaml/text.ts";

/**
 * Objects from which the kubelet provides values to containers, and by which requests reach pods, as far as
 * manifests contain them.
 */
export interface GivenObjects {
  readonly config: readonly ConfigObject[];
  readonly accounts: readonly AccountObject[];
  readonly services: readonly ServiceObject[];
  /** Services to which routes may lead: `services`, and headless Services. */
  readonly backends: readonly ServiceObject[];
  readonly routes: readonly RouteObject[];
  readonly monitors: readonly MonitorObject[];
}

/**
 * Objects of the manifests directly in this folder. Unreadable manifests are skipped, since judging the
 * folder reports them.
 *
 * @param folder absolute path
 * @throws InvalidInputError `config-objects-limit`
 */
export function givenObjectsIn(folder: string): GivenObjects {
  const found: KubernetesObject[] = [];
  let left: number = LIMITS.manifestFileBytes;
  const names = manifestNames(folder);
  const within = names.length === 0 ? folder : judgedRoot(folder);
  for (const name of names) {
    const bytes = readManifestFile(join(folder, name), within);
    if ("problem" in bytes) continue;
    left -= bytes.length;
    if (left < 0) throw tooMuch(folder);
    found.push(...concerningPods(bytes));
  }
  return givenObjects(found);
}

/** Objects of one stream of manifests. */
export function givenObjectsOf(bytes: Uint8Array): GivenObjects {
  return givenObjects(concerningPods(bytes));
}

function givenObjects(objects: readonly KubernetesObject[]): GivenObjects {
  return {
    config: objects.flatMap((one) => configObject(one) ?? []),
    accounts: objects.flatMap((one) => accountObject(one) ?? []),
    services: objects.flatMap((one) => serviceObject(one) ?? []),
    backends: objects.flatMap((one) => backendObject(one) ?? []),
    routes: objects.flatMap(routeObjects),
    monitors: objects.flatMap((one) => monitorObject(one) ?? []),
  };
}

const KINDS = new Set(["ConfigMap", "Secret", "Service", "ServiceAccount"]);

function concerningPods(bytes: Uint8Array): readonly KubernetesObject[] {
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return [];
  return [...splitDocuments(decoded.text)].flatMap(({ text }) => {
    // Escapes and tags allow other spellings of a kind.
    if (!/ConfigMap|Secret|Service|Ingress|Route|HTTPProxy|Monitor|[\\!]/.test(text)) return [];
    return objectsIn(text).filter(
      (one) => (one.apiVersion === "v1" && KINDS.has(one.kind)) || isRoute(one) || isMonitor(one),
    );
  });
}

function manifestNames(folder: string): readonly string[] {
  try {
    return namesIn(folder, LIMITS.listedEntries).filter(
      (name) => MANIFEST.test(name) && statSync(join(folder, name), QUIETLY)?.isFile() === true,
    );
  } catch {
    return [];
  }
}

const QUIETLY = { throwIfNoEntry: false } as const;

function tooMuch(folder: string): InvalidInputError {
  return new InvalidInputError("config-objects-limit", {
    fr: `les manifestes de ${folder} dépassent ensemble ${LIMITS.manifestFileBytes} octets (limite manifestFileBytes) : mettre ceux de l'application dans un répertoire à part.`,
    en: `the manifests in ${folder} exceed ${LIMITS.manifestFileBytes} bytes together (limit manifestFileBytes): put the application's in a folder of their own.`,
  });
}
