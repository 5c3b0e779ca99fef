import { basename, join, resolve } from "node:path";
import { statOf } from "../../files/status.ts";
import type { ApiObject } from "../../workload/read-object.ts";
import { operandError } from "./operand-errors.ts";

/** Inputs by kind, each in the order of the command line. */
export interface Inputs {
  /** Files and folders of manifests; `-` is standard input. */
  readonly manifests: readonly string[];
  readonly dockerfiles: readonly string[];
  /**
   * Folders named without -f, which are also among the manifests. The Dockerfiles in them are judged, too.
   */
  readonly projects: readonly string[];
  readonly images: readonly string[];
  /**
   * Content of standard input, for the manifest `-`; beyond `manifestFileBytes`, cut slightly above the
   * bound.
   */
  readonly stdin?: Uint8Array;
  /** Objects from a cluster's API; absent if there are none. */
  readonly objects?: readonly ApiObject[];
}

type Kind = "manifest" | "dockerfile" | "project" | "image";

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Transport prefixes, which denote an image whatever the extension. */
const TRANSPORT = /^(?:oci|oci-archive|docker-archive|docker-daemon|podman|docker):/;

/**
 * Classifies operands: a folder without an OCI layout, a file named *.yaml, *.yml or *.json, and `-` are
 * manifests; a file with a Dockerfile's name is a Dockerfile; everything else is an image.
 *
 * @param filenames values of -f: always manifests
 * @param cwd absolute
 */
export async function inputsOf(
  operands: readonly string[],
  filenames: readonly string[],
  cwd: string,
): Promise<Inputs> {
  for (const operand of [...operands, ...filenames]) {
    const error = operandError(operand);
    if (error !== undefined && (operand === "" || statOf(resolve(cwd, operand)) === undefined)) throw error;
  }
  const kinds = new Map<string, Kind>();
  for (const operand of operands) kinds.set(operand, await kindOf(operand, resolve(cwd, operand)));
  const of = (...wanted: readonly Kind[]) =>
    [...kinds].filter(([, kind]) => wanted.includes(kind)).map(([operand]) => operand);
  return {
    manifests: [...new Set([...filenames, ...of("manifest", "project")])],
    dockerfiles: of("dockerfile"),
    projects: of("project"),
    images: operands.filter((operand) => kinds.get(operand) === "image"),
  };
}

export function isEmpty({ manifests, dockerfiles, images, objects = [] }: Inputs): boolean {
  return manifests.length + dockerfiles.length + images.length + objects.length === 0;
}

async function kindOf(operand: string, path: string): Promise<Kind> {
  if (operand === "-") return "manifest";
  if (TRANSPORT.test(operand)) return "image";
  const stats = statOf(path);
  if (stats?.isDirectory() === true)
    return statOf(join(path, "oci-layout")) === undefined ? "project" : "image";
  if (MANIFEST.test(operand)) return "manifest";
  return stats?.isFile() === true && (await isDockerfile(basename(path))) ? "dockerfile" : "image";
}

async function isDockerfile(name: string): Promise<boolean> {
  // Loaded only for possible Dockerfiles.
  if (!/(?:docker|container)file/i.test(name)) return false;
  const { isDockerfileName } = await import("../../evidence/dockerfile.ts");
  return isDockerfileName(name);
}
