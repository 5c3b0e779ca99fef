import { terminationMessagePath } from "../../../start/termination-message.ts";
import { containerInputs } from "./container-inputs.ts";
import { declaredHosts } from "./declared-hosts.ts";
import {
  type DeclaredInput,
  type DeclaredInputs,
  EMPTY_DIR,
  type InputSources,
  type OpenSource,
} from "./declared-input.ts";
import { declaredKeys } from "./declared-keys.ts";
import { declaredNeighbours } from "./declared-neighbours.ts";
import { declaredPod } from "./declared-pod.ts";
import { declaredServices } from "./declared-services.ts";

/**
 * Inputs of a container by place. From its own part of the manifest: `env NAME`, `envFrom`, `file PATH`,
 * `mount PATH`, `size PATH`, `keys SECRET`, `exec`, `hooks`, `probes`, `ports`, `message`, `terminal`. From
 * its pod and related objects: `pod`, `sysctls`, `token`, `container NAME`, `service NAME`,
 * `direct ports`, `hosts`.
 */
export function declaredInputs({ placed, objects }: InputSources): DeclaredInputs {
  if (placed === undefined) {
    return new Map([
      ["mount /tmp", { text: EMPTY_DIR }],
      ["message", { text: terminationMessagePath({}) }],
    ]);
  }
  const { workload, placement } = placed;
  const sources = { spec: placement.spec, workload, config: objects.config };
  return new Map([
    ...containerInputs(sources),
    ...declaredKeys(sources),
    ...declaredPod(placed, objects),
    ...declaredNeighbours(placed, objects),
    ...declaredServices(placed, objects),
    ...declaredHosts(placed, objects),
  ]);
}

/**
 * Source whose value settings may provide at a place: named by the manifest, but not among the judged files.
 */
export function openSource(declared: DeclaredInputs, place: string): OpenSource | undefined {
  const own = declared.get(place);
  if (own !== undefined) return required(own.open ?? []);
  const [kind, name] = placeParts(place);
  if (kind === "env") {
    return required(sourcesOf(declared.get("envFrom"), name));
  }
  return kind === "file" ? required(sourcesOf(mountOf(declared, name), name)) : undefined;
}

function sourcesOf({ open = [] }: Partial<DeclaredInput> = {}, name: string): readonly OpenSource[] {
  return open.filter(({ prefix = "", names }) => {
    if (names !== undefined) return names.includes(name);
    return name.startsWith(prefix) && name !== prefix;
  });
}

/** Mount that contains a path: the deepest one. */
function mountOf(declared: DeclaredInputs, path: string): DeclaredInput | undefined {
  for (let at = path; at !== "" && at !== "/"; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = declared.get(`mount ${at}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Kind and name of a place: `env HOST` → env, HOST. */
export function placeParts(place: string): readonly [kind: string, name: string] {
  const at = place.indexOf(" ");
  return at < 0 ? [place, ""] : [place.slice(0, at), place.slice(at + 1)];
}

function required(sources: readonly OpenSource[]): OpenSource | undefined {
  return sources.find(({ optional }) => !optional) ?? sources[0];
}
