import { lstatSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { inDocumentTime } from "../contract/document-time.ts";
import { UsageError } from "../contract/error.ts";
import { pathWord } from "../contract/shell-word.ts";
import { excerpt, quoted } from "../contract/shown.ts";
import { aboutWorkload, fileProblem } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import { maskWorkload } from "../secrets/workload.ts";
import { createLocator } from "../workload/locate.ts";
import type { ReadProblem, Skipped } from "../workload/objects/problem.ts";
import { NOTHING, type ReadResult, readWorkloads } from "../workload/read-workloads.ts";
import type { Assessment } from "./run/assessment.ts";
import type { FoundWorkload, ReadWorkload } from "./run/found-workload.ts";

type UnknownObjects = ReadResult["unknownKinds"][number];

/**
 * Reads the workloads of manifests; reports unreadable ones.
 *
 * @param alone whether there are no other inputs, so that finding no workload is a problem
 */
export async function readManifests(
  assessment: Assessment,
  alone: boolean,
): Promise<readonly FoundWorkload[]> {
  const { ports } = assessment;
  const { cwd, signal } = ports;
  const { manifests, projects, stdin: given = new Uint8Array() } = assessment.request.inputs;
  const present: string[] = [];
  for (const name of manifests) {
    if (name === "-" || isThere(resolve(cwd, name))) present.push(name);
    else await assessment.failed({ kind: "file", file: name }, notFound(name));
  }
  const onMany = () => void ports.emit({ kind: "many-workloads" });
  const stdin = once(given);
  const { operatedKinds: operated = [] } = assessment.request.policy;
  const { exclusions } = assessment;
  const read = await readWorkloads(present, { cwd, stdin, signal, onMany, operated, exclusions });
  const { workloads, problems: unreadable, skipped } = read;
  const told = unreadable.filter(
    ({ file, message }) => alone || message !== NOTHING || !projects.includes(file),
  );
  await assessment.unreadable(told.map((problem) => fileProblem(hinted(problem, projects))));
  await assessment.skipped(skipped.map(fileProblem));
  if (read.operated.length > 0) await assessment.warn(leftToOperators(read.operated));
  const unknown = read.unknownKinds.filter(({ kind }) => !operated.includes(kind));
  if (unknown.length > 0) await assessment.warn(ofUnknownKinds(unknown));
  if (read.unjudgedObjects.length > 0) await assessment.warn(ofUnjudgedObjects(read.unjudgedObjects));
  return masked(workloads, assessment);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Maximum number of places named in one sentence. */
const NAMED = 3;
/** Maximum number of objects that change pods named in one sentence; there are few. */
const NAMED_OBJECTS = 10;

function leftToOperators(operated: readonly Skipped[]): Text {
  const places = operated
    .slice(0, NAMED)
    .map(({ kind = "", file, line = 1 }) => excerpt(`${kind} (${file}:${line})`));
  const named = `${places.join(", ")}${operated.length > NAMED ? ", …" : ""}`;
  return {
    fr: `politique : non jugé, laissé aux opérateurs de la plateforme (operatedKinds) : ${named}.`,
    en: `policy: not judged, left to the platform's operators (operatedKinds): ${named}.`,
  };
}

function ofUnknownKinds(unknown: readonly UnknownObjects[]): Text {
  const kinds = unknown.slice(0, NAMED).map(({ kind, file }) => excerpt(`${kind} (${file})`));
  const named = `${kinds.join(", ")}${unknown.length > NAMED ? ", …" : ""}`;
  return {
    fr: `non jugé, rien ne dit si le contrôleur de ces objets en démarre des pods : ${named}. S'il en démarre, les transmettre : kubectl get pods -o yaml | douane check -f -`,
    en: `not judged, nothing tells whether the controller of these objects starts pods from them: ${named}. If it does, pass them: kubectl get pods -o yaml | douane check -f -`,
  };
}

function ofUnjudgedObjects(unjudged: readonly UnknownObjects[]): Text {
  const kinds = unjudged.slice(0, NAMED_OBJECTS).map(({ kind, file }) => excerpt(`${kind} (${file})`));
  const named = `${kinds.join(", ")}${unjudged.length > NAMED_OBJECTS ? ", …" : ""}`;
  return {
    fr: `non jugé, ces objets peuvent changer les pods, leur placement ou leur trafic : ${named}. S'ils les changent, transmettre les pods du cluster : kubectl get pods -o yaml | douane check -f -`,
    en: `not judged, these objects may change the pods, their placement or their traffic: ${named}. If they do, pass the pods of the cluster: kubectl get pods -o yaml | douane check -f -`,
  };
}

/** Workloads with masked secrets; the unmasked workloads are not passed on. */
async function masked(
  workloads: readonly ReadWorkload[],
  assessment: Assessment,
): Promise<readonly FoundWorkload[]> {
  const find = createLocator();
  const found: FoundWorkload[] = [];
  for (const { facts, document, objectFolders } of workloads) {
    try {
      found.push({
        facts: inDocumentTime(document.section.text.length, () => maskWorkload(facts)),
        locate: (path) => find(document, path),
        document,
        unmasked: () => facts,
        objectFolders,
      });
    } catch (error) {
      await assessment.failed(aboutWorkload(facts), error);
    }
  }
  return found;
}

/** Whether the path exists; true for an unreadable path, which is reported later. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function notFound(name: string): UsageError {
  return new UsageError("manifest-not-found", {
    fr: `Fichier ou répertoire ${quoted(name)} introuvable. Vérifier le chemin des manifestes.`,
    en: `No file or folder ${quoted(name)}. Check the path of the manifests.`,
  });
}

/**
 * The problem with a hint: a file only looks like manifests, or a folder hides the image of the same name.
 */
function hinted(problem: ReadProblem, projects: readonly string[]): ReadProblem {
  const { file, message } = problem;
  if (message !== NOTHING) return problem;
  const other = otherFile(file);
  if (other !== undefined) return { file, message: other };
  if (!projects.includes(file) || !/^[a-z0-9][a-z0-9._/-]*[a-z0-9]$/.test(file)) return problem;
  return {
    file,
    message: {
      fr: `${message.fr} Pour l'image du même nom : douane check docker://${file}`,
      en: `${message.en} For the image of the same name: douane check docker://${file}`,
    },
  };
}

function otherFile(file: string): Text | undefined {
  const name = basename(file).toLowerCase();
  if (/^(?:docker-)?compose(?:[.-][\w.-]*)?\.ya?ml$/.test(name)) return COMPOSE;
  if (!["index.json", "manifest.json"].includes(name)) return undefined;
  const folder = pathWord(`oci:${dirname(file)}`);
  return {
    fr: `c'est un document d'une image OCI, pas un manifeste Kubernetes. Nommer le répertoire de l'image : douane check ${folder}`,
    en: `this is a document of an OCI image, no Kubernetes manifest. Name the image's folder: douane check ${folder}`,
  };
}

const COMPOSE: Text = {
  fr: "un fichier Compose n'est pas un manifeste Kubernetes : la plateforme ne l'exécute pas. Nommer les manifestes rendus, ou une image : douane check registry.example.fr/equipe/portail:1.4.2. Pour un essai, déclarer les services de ce fichier par trial.compose de douane.yaml.",
  en: "a Compose file is no Kubernetes manifest: the platform does not run it. Name rendered manifests, or an image: douane check registry.example.fr/team/portal:1.4.2. Services that a trial needs are taken from this file by trial.compose of douane.yaml.",
};
