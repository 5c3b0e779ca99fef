import type { Inputs } from "../../assess/run/inputs.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { declaringFile } from "../../contract/object-location.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import { fileProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { RawWorkload, WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import { type HealthEndpoint, healthEndpoint } from "../../fix/healthcheck.ts";
import type { FixOptions } from "../../fix/plan.ts";
import type { HealthEndpoints } from "../../fix/probes.ts";
import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import { maskWorkload } from "../../secrets/workload.ts";
import { NOTHING, readWorkloads } from "../../workload/read-workloads.ts";
import { exitCodeOf } from "../check/exit-code.ts";
import { Problems } from "../check/problems.ts";
import type { Session } from "../command-line/command.ts";
import { readStdin } from "../process/read-stdin.ts";
import { warn } from "../terminal/failure.ts";
import { delivery } from "./deliver.ts";
import { fixEvidence } from "./fix-evidence.ts";
import { distinctFiles, type FixedFile, fixFile } from "./fix-file.ts";
import type { FixValues } from "./flags.ts";
import { fixInputs } from "./inputs.ts";
import { tell } from "./remarks.ts";
import { tell as say } from "./say.ts";
import { type TriedStart, triedStarts, triedTexts, writtenPaths } from "./tried-starts.ts";

/**
 * `douane fix`: plans edits, applies and verifies them in memory, shows or writes the result, then reports
 * remaining findings.
 */
export async function runFix(
  session: Session,
  values: FixValues,
  operands: readonly string[],
): Promise<number> {
  if (values.write && values.as === "helm-values") throw notBoth();
  const problems = new Problems(session, session.lang);
  const inputs = await fixInputs(operands, session.context, problems);
  const refused = inputs.manifests.length > 0 && (await fixManifests(session, values, inputs, problems));
  if (inputs.dockerfiles.length + inputs.projects.length > 0) {
    const { fixDockerfiles } = await import("./fix-dockerfiles.ts");
    await fixDockerfiles(session, values, inputs, problems);
  }
  return exitCodeOf([], [...problems.failures, ...(refused ? [EXIT.refused] : [])], "unproven");
}

/** Fixes manifests; resolves to whether a workload could not be fixed. */
async function fixManifests(
  session: Session,
  values: FixValues,
  { manifests, projects }: Inputs,
  problems: Problems,
): Promise<boolean> {
  const { context, lang, quiet } = session;
  const given = manifests.includes("-") ? await readStdin(context.stdin) : new Uint8Array();
  const { workloads, skipped, ...read } = await readWorkloads(manifests, {
    cwd: context.cwd,
    stdin: (async function* () {
      yield given;
    })(),
  });
  // A named folder may contain only a Dockerfile.
  await problems.unreadable(
    read.problems
      .filter(({ file, message }) => message !== NOTHING || !projects.includes(file))
      .map(fileProblem),
  );
  const empty = read.problems.filter(({ file, message }) => message === NOTHING && projects.includes(file));
  for (const { file } of quiet ? [] : empty) await say(noManifest(file), session);
  for (const { file, message } of quiet ? [] : skipped) {
    await warn({ fr: `${file} : ${message.fr}`, en: `${file}: ${message.en}` }, context, lang);
  }
  const facts = workloads.map((workload) => workload.facts);
  assertContainers(values, facts);
  const known = await fixEvidence(
    session,
    values.evidence,
    workloads.map(({ facts }) => maskWorkload(facts)),
  );
  const trials = known.trials.map(({ trial }) => trial);
  const startsOf = (workload: WorkloadFacts) => triedStarts(workload, known.images, trials);
  const tried = new Map<string, Text>();
  const options: FixOptions = {
    cluster: { minor: values.kubernetes ?? NEWEST_MINOR },
    writable: values.writable,
    written: (workload) => {
      const starts = startsOf(workload);
      for (const text of triedTexts(starts)) tried.set(text.en, text);
      return writtenPaths(starts);
    },
    seen: (workload) => new Map(startsOf(workload).map(({ placement, seen }) => [placement.path, seen])),
    endpoints: endpointsOf(known.images),
  };
  const deliver = delivery(session, values, manifests);
  const unsettled = new Set<Text>();
  let refused = false;
  for (const file of distinctFiles(
    facts.flatMap((one) => declaringFile(one.at) ?? []),
    context.cwd,
  )) {
    try {
      const fixed = fixFile(file, context.cwd, options, file === "-" ? given : undefined);
      await deliver(fixed);
      if (!quiet) await tell(fixed, session, values, options.cluster.minor, known);
      refused ||= fixed.workloads.some((workload) => workload.refused !== undefined);
      for (const text of consequences(fixed, known.images, startsOf)) unsettled.add(text);
    } catch (error) {
      await problems.failed({ kind: "file", file }, error);
    }
  }
  if (!quiet) for (const text of [...tried.values(), ...unsettled]) await warn(text, context, lang);
  return refused;
}

/** Refuses container names that are in no manifest, which are probably misspelt. */
function assertContainers({ writable }: FixValues, workloads: readonly RawWorkload[]): void {
  const known = new Set(workloads.flatMap((workload) => placements(workload).map(containerName)));
  const unknown = writable.find(({ container }) => !known.has(container));
  if (unknown === undefined || workloads.length === 0) return;
  const seen = quoted(unknown.container);
  throw new UsageError("container-unknown", {
    fr: `--writable : aucun conteneur ${seen} dans ces manifestes. Vérifier son nom.`,
    en: `--writable: no container ${seen} in these manifests. Check its name.`,
  });
}

function endpointsOf(images: ReadonlyMap<string, ImageEvidence>): HealthEndpoints {
  const endpoints = new Map<string, HealthEndpoint>();
  for (const [name, { image }] of images) {
    const endpoint = healthEndpoint(image.config);
    if (endpoint !== undefined) endpoints.set(name, endpoint);
  }
  return endpoints;
}

/** New requirements that fixed manifests have for their images, unless evidence shows that they are met. */
function consequences(
  { workloads }: FixedFile,
  images: ReadonlyMap<string, ImageEvidence>,
  startsOf: (workload: WorkloadFacts) => readonly TriedStart[],
): readonly Text[] {
  return workloads.flatMap(({ facts, plan, refused }) => {
    if (refused !== undefined) return [];
    const edited = new Set(plan.edits.map(({ path }) => path.at(-1)));
    const starts = startsOf(facts);
    const every = (holds: (placement: PlacementFacts) => boolean) => placements(facts).every(holds);
    const isNumeric = every(({ spec }) =>
      /^[1-9]\d*(?::|$)/.test(images.get(spec.image ?? "")?.image.config.user ?? ""),
    );
    const works = every(({ path }) =>
      starts.some(({ placement, seen }) => placement.path === path && seen.worksReadOnly),
    );
    return [
      ...((edited.has("runAsNonRoot") || edited.has("runAsUser")) && !isNumeric ? [NUMERIC_USER] : []),
      ...(edited.has("readOnlyRootFilesystem") && !works ? [READ_ONLY] : []),
    ];
  });
}

function noManifest(folder: string): Text {
  const name = excerpt(folder);
  return {
    fr: `${name} : aucun manifeste ici. « douane init » en écrit un pour commencer.`,
    en: `${name}: no manifest here. \`douane init\` writes one to begin with.`,
  };
}

const READ_ONLY: Text = {
  fr: "avec une racine en lecture seule, une application qui écrit ailleurs que dans /tmp échoue : donner ces chemins par --writable CONTENEUR:CHEMIN, ou par --evidence, d'après un essai (douane trial IMAGE --output FICHIER).",
  en: "under a read-only root an application that writes elsewhere than /tmp fails: give these paths by --writable CONTAINER:PATH, or those of a trial by --evidence: douane trial IMAGE --output FILE.",
};
const NUMERIC_USER: Text = {
  fr: "avec runAsNonRoot, une image sans USER, ou dont le USER est 0 ou un nom, ne démarre pas ; aucun manifeste n'y change rien, seul son Dockerfile (USER 1000). Pour le savoir : douane check IMAGE.",
  en: "under runAsNonRoot an image without USER, or whose USER is 0 or a name, does not start; no manifest can change that, only its Dockerfile (USER 1000). To find out: douane check IMAGE.",
};

function notBoth(): UsageError {
  return new UsageError("write-values", {
    fr: "--write et --as helm-values ne vont pas ensemble : les valeurs vont sur la sortie standard.",
    en: "--write and --as helm-values do not go together: values go to standard output.",
  });
}
