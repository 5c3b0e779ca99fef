import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { RuleId } from "../../contract/rows.ts";
import { excerpts } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";

/** Maximum number of names in a sentence. */
const SHOWN = 5;

/** Names of the ConfigMaps that the pod uses and that are not among the judged files, each once, in order. */
export function configMapsElsewhere(workload: WorkloadFacts): readonly string[] {
  const { objects = [], pod } = workload;
  const known = new Set(objects.flatMap(({ kind, name }) => (kind === "ConfigMap" ? [name] : [])));
  const ofContainers = placements(workload).flatMap(({ spec: { env = [], envFrom = [] } }) => [
    ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
    ...envFrom.map(({ configMapRef }) => configMapRef?.name),
  ]);
  const ofVolumes = pod.spec.volumes.flatMap(({ configMap, projected }) => [
    configMap?.name,
    ...(projected?.sources ?? []).map((source) => source.configMap?.name),
  ]);
  const isElsewhere = (name: string | undefined): name is string =>
    name !== undefined && name !== "" && !known.has(name);
  return [...new Set([...ofContainers, ...ofVolumes].filter(isElsewhere))].toSorted();
}

/** Note that nobody read what these ConfigMaps hold: they are elsewhere. */
export function notRead(rule: RuleId, workload: WorkloadFacts): readonly Finding[] {
  const names = configMapsElsewhere(workload);
  if (names.length === 0) return [];
  const list = excerpts(names, SHOWN);
  return [
    {
      message: {
        fr: `ConfigMap absents des fichiers jugés, dont le contenu n'a pas été lu : ${list}`,
        en: `ConfigMaps that are not among the judged files, whose content was not read: ${list}`,
      },
      remedy: {
        fr: "Mettre leurs manifestes parmi les fichiers jugés.",
        en: "Put their manifests among the judged files.",
      },
      fingerprint: fingerprint(rule, workloadKey(workload), "elsewhere"),
      at: manifestPlace(workload, workload.podPath),
    },
  ];
}

/** The rest of a sentence about the ConfigMaps that a manifest names. */
export function exceptElsewhere(workload: WorkloadFacts): Text {
  const names = configMapsElsewhere(workload);
  if (names.length === 0) return { fr: "", en: "" };
  const list = excerpts(names, SHOWN);
  return {
    fr: ` (sauf ${list}, absents des fichiers jugés)`,
    en: ` (save ${list}, not among the judged files)`,
  };
}
