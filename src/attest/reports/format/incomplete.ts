import type { Text } from "../../../contract/text.ts";

/** Sentence of a reason; `count` is the number of places where the report gives the reason. */
type Wording = (count: number) => Text;

function always(fr: string, en: string): Wording {
  return () => ({ fr, en });
}

/** Reasons why a report proves nothing, by name. */
const WORDINGS = {
  "completion-unknown": always(
    "le rapport ne dit pas si l'analyse est allée à son terme : indiquer le code de sortie de l'outil et la cible analysée",
    "the report does not say whether the scan finished: give the tool's exit code and the scanned target",
  ),
  "counts-disagree": always(
    "les nombres de résultats indiqués par le rapport se contredisent",
    "the numbers of findings that the report gives contradict each other",
  ),
  "error-notifications": (count) => ({
    fr: `erreurs signalées par l'outil : ${count}`,
    en: `errors reported by the tool: ${count}`,
  }),
  "execution-failed": always(
    "l'outil indique un échec de l'analyse",
    "the tool reports that the scan failed",
  ),
  "exit-code": always(
    "le code de sortie indiqué est celui d'un échec de l'outil",
    "the given exit code is that of a tool that failed",
  ),
  "findings-missing": always(
    "la liste des résultats manque (api/issues/search)",
    "the list of findings is missing (api/issues/search)",
  ),
  "gate-missing": always(
    "le résultat de la « quality gate » manque (api/qualitygates/project_status)",
    "the result of the quality gate is missing (api/qualitygates/project_status)",
  ),
  "kind-unknown": always(
    "le rapport ne dit pas quel type d'analyse l'a produit (SAST, DAST, recherche de secrets)",
    "the report does not say which kind of scan made it (SAST, DAST, secret detection)",
  ),
  "mixed-kinds": always(
    "le rapport mêle plusieurs types d'analyse : fournir un fichier par outil",
    "the report mixes several kinds of scan: give one file per tool",
  ),
  "mixed-targets": always(
    "les parties du rapport portent sur des projets ou des commits différents",
    "the parts of the report are about different projects or commits",
  ),
  "no-files": always("l'outil n'a analysé aucun fichier", "the tool analysed no file"),
  "no-results": (count) => ({
    fr: `exécutions sans liste de résultats, donc non démarrées : ${count}`,
    en: `runs without a list of results, which did not start: ${count}`,
  }),
  "no-rules": always("l'outil n'a appliqué aucune règle", "the tool applied no rule"),
  "no-runs": always("le rapport ne contient aucune exécution", "the report contains no run"),
  "no-security-rules": always(
    "rien n'indique que des règles de sécurité ont été appliquées : indiquer le jeu de règles",
    "nothing shows that security rules were applied: give the rule set",
  ),
  "no-sites": always("l'outil n'a visité aucun site", "the tool visited no site"),
  "no-successful-answers": always(
    "l'application n'a presque jamais répondu avec succès (codes 2xx) : l'analyse n'a vu que des refus ou des erreurs",
    "the application hardly ever answered with success (2xx): the scan saw refusals or errors only",
  ),
  "no-urls": always("le rapport ne nomme aucune URL visitée", "the report names no URL that was visited"),
  "pages-missing": (count) => ({
    fr: `résultats annoncés qui manquent dans le fichier (autres pages de l'API) : ${count}`,
    en: `announced findings that are missing from the file (further pages of the API): ${count}`,
  }),
  "other-kind": always(
    "le rapport est celui d'un autre type d'outil (dépendances, configuration, image) : ni SAST, ni DAST, ni recherche de secrets",
    "the report is that of another kind of tool (dependencies, configuration, image): neither SAST, DAST nor secret detection",
  ),
  "passive-scan": always(
    "rien n'indique une attaque : une analyse passive (« baseline ») ne cherche pas d'injections",
    "nothing shows an attack: a passive (baseline) scan does not look for injections",
  ),
  "results-elsewhere": always(
    "une partie des résultats est dans d'autres fichiers, que le rapport nomme seulement",
    "a part of the results is in other files, which the report only names",
  ),
  "rules-skipped": (count) => ({
    fr: `règles que l'outil n'a pas pu appliquer : ${count}`,
    en: `rules that the tool could not apply: ${count}`,
  }),
  "scan-status": always(
    "le rapport indique un statut d'analyse autre que « success »",
    "the report gives a scan status other than “success”",
  ),
  "scanner-errors": (count) => ({
    fr: `erreurs d'analyse dans le rapport : ${count}`,
    en: `scan errors in the report: ${count}`,
  }),
  "skipped-paths": (count) => ({
    fr: `fichiers que l'outil n'a pas pu analyser : ${count}`,
    en: `files that the tool could not analyse: ${count}`,
  }),
  "task-missing": always(
    "rien ne montre que l'analyse s'est terminée sur le serveur (api/ce/task)",
    "nothing shows that the analysis finished on the server (api/ce/task)",
  ),
  "task-unfinished": always(
    "l'analyse ne s'est pas terminée avec succès sur le serveur",
    "the analysis did not finish successfully on the server",
  ),
  "tool-contradicted": always(
    "le rapport nomme un autre outil que celui qui est indiqué",
    "the report names another tool than the given one",
  ),
  "tool-unknown": always("le rapport ne nomme pas son outil", "the report does not name its tool"),
  "unreadable-findings": (count) => ({
    fr: `résultats illisibles dans le rapport : ${count}`,
    en: `unreadable findings in the report: ${count}`,
  }),
} satisfies Record<string, Wording>;

export type IncompleteReason = keyof typeof WORDINGS;

export const INCOMPLETE_REASONS = Object.keys(WORDINGS) as readonly IncompleteReason[];

/** Reason why a report is incomplete, with its sentence. */
export interface Incomplete {
  readonly reason: IncompleteReason;
  readonly text: Text;
}

export function incomplete(reason: IncompleteReason, count = 1): Incomplete {
  return { reason, text: WORDINGS[reason](count) };
}

/** The reasons whose number of places is not zero. */
export function incompleteWhere(
  counts: Readonly<Partial<Record<IncompleteReason, number | boolean>>>,
): readonly Incomplete[] {
  return (Object.keys(counts) as IncompleteReason[]).flatMap((reason) => {
    const count = Number(counts[reason]);
    return count === 0 ? [] : [incomplete(reason, count)];
  });
}
