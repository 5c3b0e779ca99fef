import { resolve } from "node:path";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { CommitStatus, Forge } from "../../forge/forge.ts";
import type { Session } from "../command-line/command.ts";
import { readInputFile } from "../process/input-file.ts";
import { reportFailure, tell, warn } from "../terminal/failure.ts";
import type { CommentValues } from "./flags.ts";

/** `douane comment`: writes a comment and a status; a failure of one does not prevent the other. */
export async function runComment(
  session: Session,
  values: CommentValues,
  operands: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  const [file] = operands;
  if (file === undefined) throw oneFile();
  const { caFile, insecureRegistry, name = "douane", exit } = values;
  const report = await reportIn(session, file, exit);
  const { forgeHere } = await import("../../forge/forge-here.ts");
  const here = forgeHere(context.env, {
    insecureHosts: insecureRegistry,
    signal: context.signal,
    ...(caFile === undefined ? {} : { caFile: resolve(context.cwd, caFile) }),
  });
  if ("reason" in here) {
    if (!quiet) await warn(notWritten(here.reason), context, lang);
    return EXIT.admitted;
  }
  try {
    const done = [
      await attempt(session, () => comment(here.forge, name, { report, secret: here.secret, lang })),
      ...(exit === undefined ? [] : [await attempt(session, () => status(here.forge, name, exit, lang))]),
    ];
    return Math.max(...done);
  } finally {
    await here.close();
  }
}

/** Report in the file; if the run wrote none, a text saying so, since an earlier comment must not stay. */
async function reportIn(session: Session, file: string, exit: number | undefined): Promise<string> {
  const { context, lang } = session;
  try {
    return await readInputFile(resolve(context.cwd, file), file, "jsonBytes");
  } catch (error) {
    if (exit === undefined || exit === EXIT.admitted) throw error;
    await reportFailure(error, context, lang);
    return `**douane** · ${outcomeOf(exit)[lang]} · ${NO_REPORT[lang]}\n`;
  }
}

const NO_REPORT: Text = {
  fr: "aucun rapport n'a été écrit : le journal du job dit pourquoi",
  en: "no report was written: the log of the job says why",
};

/** Runs `work` and prints its result; resolves to the exit code. */
async function attempt({ context, lang, quiet }: Session, work: () => Promise<Text>): Promise<number> {
  try {
    const text = await work();
    if (!quiet) await tell(text, context, lang);
    return EXIT.admitted;
  } catch (error) {
    return reportFailure(error, context, lang);
  }
}

async function comment(
  { name: forge, conversation }: Forge,
  name: string,
  { report, secret, lang }: { readonly report: string; readonly secret: string; readonly lang: Lang },
): Promise<Text> {
  if (conversation === undefined) return NO_MERGE_REQUEST;
  const { commentBody, markerOf } = await import("../../forge/comment-body.ts");
  const { publishComment } = await import("../../forge/publish-comment.ts");
  const marker = markerOf(name);
  const done = await publishComment(conversation, marker, commentBody(report, marker, [secret], lang));
  const { fr, en } = DONE[done];
  return { fr: `commentaire ${fr} sur ${forge}`, en: `comment ${en} on ${forge}` };
}

async function status(forge: Forge, name: string, exit: number, lang: Lang): Promise<Text> {
  const state: CommitStatus["state"] = exit === EXIT.admitted ? "success" : "failure";
  await forge.setStatus({ name, state, description: outcomeOf(exit)[lang] });
  return {
    fr: `statut du commit écrit sur ${forge.name}`,
    en: `status of the commit written on ${forge.name}`,
  };
}

const DONE = {
  created: { fr: "écrit", en: "written" },
  updated: { fr: "mis à jour", en: "updated" },
  unchanged: { fr: "inchangé", en: "unchanged" },
} as const satisfies Record<string, Text>;

/** Short texts by exit code: GitHub allows 140 characters. */
const OUTCOMES: Readonly<Record<number, Text>> = {
  [EXIT.admitted]: { fr: "rien n'arrête le pipeline", en: "nothing stops the pipeline" },
  [EXIT.refused]: { fr: "refusée par le contrat", en: "refused by the contract" },
  [EXIT.unproven]: { fr: "à prouver, ou laissée de côté", en: "unproven, or left out" },
  [EXIT.refusedUnread]: {
    fr: "refusée ; autre chose n'a pas pu être lu",
    en: "refused; something else could not be read",
  },
  [EXIT.unavailable]: { fr: "une source n'était pas joignable", en: "a source could not be reached" },
};

function outcomeOf(exit: number): Text {
  return OUTCOMES[exit] ?? failed(exit);
}

function failed(exit: number): Text {
  return { fr: `douane a échoué (code ${exit})`, en: `douane failed (code ${exit})` };
}

const NO_MERGE_REQUEST: Text = {
  fr: "pas de commentaire : ce pipeline n'est pas celui d'une merge request",
  en: "no comment: this pipeline is not that of a merge request",
};

function notWritten(reason: Text): Text {
  return {
    fr: `pas de commentaire : ${reason.fr}. Le rapport reste dans son fichier.`,
    en: `no comment: ${reason.en}. The report stays in its file.`,
  };
}

function oneFile(): UsageError {
  return new UsageError("file-missing", {
    fr: "Nommer un rapport Markdown : douane check … --format markdown=douane.md, puis douane comment douane.md.",
    en: "Name one report in Markdown: `douane check … --format markdown=douane.md`, then `douane comment douane.md`.",
  });
}
