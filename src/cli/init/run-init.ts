import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { EXIT, UsageError } from "../../contract/error.ts";
import { pathWord } from "../../contract/shell-word.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import { type DeploymentDraft, deploymentText } from "../../fix/draft/deployment.ts";
import { type PipelineSystem, pipelineText } from "../../fix/draft/pipeline.ts";
import { teamSettingsText } from "../../fix/draft/team-settings.ts";
import { readEvidence } from "../check/evidence-files.ts";
import type { Session } from "../command-line/command.ts";
import { VERSION } from "../process/version.ts";
import { TEAM_FILE, teamFileFrom } from "../settings/team-file.ts";
import { printable } from "../terminal/printable.ts";
import { applicationDraft } from "./application.ts";
import type { InitValues } from "./flags.ts";
import { type NewFile, writeNew } from "./new-files.ts";
import { lookAtRepository, type Repository, textOf } from "./repository.ts";

/** `douane init`: writes the files that a repository lacks; existing files stay unchanged. */
export async function runInit(
  session: Session,
  values: InitValues,
  operands: readonly string[],
): Promise<number> {
  const [folder = ".", ...others] = operands;
  if (others.length > 0 || !isFolder(resolve(session.context.cwd, folder)))
    throw oneFolder(others[0] ?? folder);
  const evidence = await readEvidence(session, values.evidence);
  const repository = await lookAtRepository(folder, session.context.cwd);
  const { lang } = session;
  const application = needsDeployment(repository, values)
    ? applicationDraft(repository, evidence, values.image, await trialSettings(repository.path), lang)
    : undefined;
  const deployment = application === undefined ? undefined : `deploy/${application.name}.yaml`;
  const system = values.ci ?? repository.system ?? "none";
  const files: readonly (NewFile & { readonly lines?: true })[] = [
    ...(application === undefined || deployment === undefined
      ? []
      : [{ file: deployment, text: deploymentText(application, lang) }]),
    { file: TEAM_FILE, text: teamSettingsText(lang) },
    ...(system === "none"
      ? []
      : [pipelineFile(system, repository, deployment === undefined ? "." : "deploy/", session)]),
  ];
  await say(session, found(repository));
  for (const file of files) await deliver(session, values, repository, file);
  if (system === "none" && values.ci === undefined) await say(session, NO_SYSTEM);
  for (const text of nextSteps(folder, repository, application, deployment)) await say(session, text);
  return EXIT.admitted;
}

/** Trial settings of the team's file, which the manifest must provide as well. */
async function trialSettings(path: string): Promise<TrialSettings> {
  const file = teamFileFrom(path);
  if (file === undefined) return {};
  const { loadTeamSettings } = await import("../settings/load.ts");
  return (await loadTeamSettings(file, file)).trial ?? {};
}

/** Whether to draft a Deployment: without evidence, a Dockerfile shows that there is an application. */
function needsDeployment(
  { manifests, charts, dockerfiles }: Repository,
  { evidence, image }: InitValues,
): boolean {
  const has = dockerfiles.length > 0 || evidence.length > 0 || image !== undefined;
  return has && manifests.length === 0 && charts.length === 0;
}

function pipelineFile(
  system: PipelineSystem,
  { manifests, charts }: Repository,
  folder: string,
  { lang }: Session,
) {
  const [chart] = charts;
  const draft = {
    manifests: folder,
    version: VERSION,
    ...(manifests.length > 0 || chart === undefined ? {} : { chart }),
  };
  const file = system === "gitlab" ? ".gitlab-ci.yml" : ".github/workflows/douane.yml";
  return { file, text: pipelineText(system, draft, lang), lines: true } as const;
}

async function deliver(
  session: Session,
  { dryRun }: InitValues,
  { path }: Repository,
  { file, text, lines }: NewFile & { readonly lines?: true },
): Promise<void> {
  const { stdout } = session.context;
  const shown = excerpt(file);
  const before = textOf(path, file);
  if (before === undefined && !dryRun && (await writeNew(path, { file, text }))) {
    return say(session, { fr: `${shown} : écrit`, en: `${shown}: written` });
  }
  if (before === undefined && dryRun) return stdout.write(`# ==> ${printable(file)}\n${printable(text)}`);
  // An existing pipeline file is not edited: the lines to add are printed for the user.
  const isAsked = lines === true && before?.includes("douane") !== true;
  await say(session, isAsked ? toAdd(shown) : stays(shown));
  if (isAsked) await stdout.write(printable(text));
}

function stays(file: string): Text {
  return { fr: `${file} : existe déjà, reste tel quel`, en: `${file}: stands there, stays as it is` };
}

function toAdd(file: string): Text {
  return {
    fr: `${file} : existe déjà, reste tel quel ; y ajouter ces lignes`,
    en: `${file}: stands there, stays as it is; add these lines to it`,
  };
}

function found({ dockerfiles, manifests, charts, system }: Repository): Text {
  const said = (none: string) => {
    const parts = [
      ...(dockerfiles.length === 0 ? [] : [`${dockerfiles.length} Dockerfile`]),
      ...(manifests.length === 0 ? [] : [manifests.slice(0, 3).map(excerpt).join(", ")]),
      ...(charts.length === 0 ? [] : [charts.slice(0, 3).map(excerpt).join(", ")]),
      ...(system === undefined ? [] : [system === "gitlab" ? "GitLab" : "GitHub"]),
    ];
    return parts.length === 0 ? none : parts.join(", ");
  };
  return { fr: `Trouvé : ${said("rien")}`, en: `Found: ${said("nothing")}` };
}

const NO_SYSTEM: Text = {
  fr: "Rien ne dit quel pipeline sert ici : --ci gitlab ou --ci github en écrit les lignes.",
  en: "Nothing says which pipeline is used here: --ci gitlab or --ci github writes its lines.",
};

/** Next commands, as the user would type them. */
function nextSteps(
  folder: string,
  { dockerfiles }: Repository,
  application: DeploymentDraft | undefined,
  deployment: string | undefined,
): readonly Text[] {
  const [dockerfile] = dockerfiles;
  const at = (file: string) => pathWord(folder === "." ? file : join(folder, file));
  const steps: readonly (readonly [Text, string])[] = [
    ...(dockerfile === undefined ? [] : [[CORRECT, `douane fix ${at(dockerfile)} --write`] as const]),
    ...(application === undefined || deployment === undefined
      ? []
      : application.probes === undefined
        ? [
            [TRY, `douane trial -f ${at(deployment)} IMAGE --output trial.json`] as const,
            [COMPLETE, `douane fix ${at(deployment)} --evidence trial.json --write`] as const,
          ]
        : [
            ...(application.isPlaceholder ? [[NAME, at(deployment)] as const] : []),
            [JUDGE, `douane trial -f ${at(deployment)} ${wordOf(application.source)}`] as const,
          ]),
    [JUDGE_ALL, `douane check ${pathWord(folder)}`] as const,
  ];
  return [
    { fr: "Ensuite :", en: "Next:" },
    ...steps.map(([{ fr, en }, what]) => ({ fr: `  ${what}   # ${fr}`, en: `  ${what}   # ${en}` })),
  ];
}

/** The image as a quoted word for a shell. */
function wordOf(source = "IMAGE"): string {
  return /^[\w./:@+-]+$/.test(source) ? source : "IMAGE";
}

const CORRECT: Text = {
  fr: "corriger ce qui peut l'être sans risque, puis reconstruire l'image",
  en: "correct what is safe, then build the image again",
};
const TRY: Text = { fr: "l'essayer, l'image étant construite", en: "try it, once the image is built" };
const COMPLETE: Text = {
  fr: "y écrire sondes, ports et emptyDir que l'essai a vus",
  en: "write the probes, ports and emptyDirs that the trial saw",
};
const NAME: Text = {
  fr: "y écrire le nom de l'image dans son registre",
  en: "write the image's name in your registry there",
};
const JUDGE: Text = { fr: "juger l'image par ce manifeste", en: "judge the image by this manifest" };
const JUDGE_ALL: Text = {
  fr: "juger le dépôt, comme le fera le pipeline",
  en: "judge the repository, as the pipeline will",
};

async function say({ context, lang, quiet }: Session, text: Text): Promise<void> {
  if (!quiet) await context.stderr.write(printable(`${text[lang]}\n`));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function oneFolder(seen: string): UsageError {
  return new UsageError("folder-expected", {
    fr: `${quoted(seen)} : init attend un seul répertoire, qui existe.`,
    en: `${quoted(seen)}: init takes one existing folder.`,
  });
}
