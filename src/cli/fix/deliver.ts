import { resolve } from "node:path";
import { styleText } from "node:util";
import { escapedUnits } from "../../contract/code-units.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { helmValues } from "../../fix/helm-values.ts";
import type { Session } from "../command-line/command.ts";
import { writeOutput } from "../process/write-output.ts";
import { warn } from "../terminal/failure.ts";
import { LogGuard, runsInPipeline, writeData } from "../terminal/log-guard.ts";
import { printable } from "../terminal/printable.ts";
import { type ChangedFile, diffOf, type FixedFile, placeOf } from "./fix-file.ts";
import type { FixValues } from "./flags.ts";

/** Shows or writes a fixed file. */
export type Deliver = (fixed: FixedFile) => Promise<void>;

/** @param inputs inputs as the user named them */
export function delivery(session: Session, values: FixValues, inputs: readonly string[]): Deliver {
  return values.as === "helm-values" ? asHelmValues(session) : changeDelivery(session, values, inputs);
}

/** Writes changed files, or shows how they differ. */
export function changeDelivery(
  session: Session,
  { write: writes }: Pick<FixValues, "write">,
  inputs: readonly string[],
): (changed: ChangedFile) => Promise<void> {
  return writes ? (changed) => write(changed, session, inputs) : (changed) => show(changed, session);
}

/** Control and format characters, which YAML allows as escapes inside double quotes. */
const ACTING = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function asHelmValues({ context, lang, quiet }: Session): Deliver {
  let separator = "";
  return async ({ workloads }) => {
    for (const { facts, plan } of workloads) {
      const text = helmValues(facts, plan.edits, lang);
      if (text === "") continue;
      if (separator === "" && !quiet) await warn(TO_CHECK, context, lang);
      await writeData(context.stdout, `${separator}${text.replace(ACTING, escapedUnits)}`);
      separator = "---\n";
    }
  };
}

const TO_CHECK: Text = {
  fr: "ces noms sont ceux d'un chart de « helm create » (podSecurityContext pour le pod, securityContext pour le conteneur) ; d'autres charts nomment ce dernier containerSecurityContext. Vérifier en rendant le chart avec ces valeurs : helm template CHART --values FICHIER | douane check -f - ; ce qui n'est pas arrivé à sa place y est dit, et « douane fix - --as helm-values » sur ce rendu s'y adapte.",
  en: "these names are those of a chart that `helm create` made (podSecurityContext for the pod, securityContext for the container); other charts call the latter containerSecurityContext. Check by rendering the chart with these values: helm template CHART --values FILE | douane check -f -; what did not arrive in its place is said there, and `douane fix - --as helm-values` of what was rendered adapts to it.",
};

async function write(
  fixed: ChangedFile,
  { context, lang, quiet }: Session,
  inputs: readonly string[],
): Promise<void> {
  const { file, before, after } = fixed;
  if (file === "-") return writeFiltered(after, { context, lang });
  if (after === before) return;
  const place = placeOf(fixed, inputs, context.cwd);
  // On interruption, the list of files written so far must be reported.
  await context.catchSignals(async () => {
    const condition = place?.confinement ?? { isOwn: (text: string) => text === before };
    await writeOutput(place?.path ?? resolve(context.cwd, file), after, context, condition);
    if (!quiet) await context.stderr.write(printable(written(excerpt(file))[lang]));
  });
}

function written(file: string): Text {
  return { fr: `${file} : écrit\n`, en: `${file}: written\n` };
}

/** Writes a corrected standard input: exact, but in the log of a pipeline. */
async function writeFiltered(
  text: string,
  { context, lang }: Pick<Session, "context" | "lang">,
): Promise<void> {
  await writeData(context.stdout, text);
  if (isGuarded(text, context)) await warn(GUARDED, context, lang);
}

/**
 * Whether the output is a pipeline's log, whose runner would execute commands in this text: the text is then
 * escaped.
 */
function isGuarded(text: string, { stdout, env }: Pick<Session["context"], "stdout" | "env">): boolean {
  const isLog = !stdout.isTTY && stdout.isFile !== true && runsInPipeline(env);
  return isLog && new LogGuard().guard(text) !== text;
}

const GUARDED: Text = {
  fr: "cette sortie contient des commandes à l'exécuteur du pipeline (::…), montrées échappées dans son journal : la rediriger vers un fichier (> FICHIER) pour l'avoir telle quelle.",
  en: "this output contains commands to the pipeline's runner (::…), which its log shows escaped: redirect it to a file (> FILE) to have it as it is.",
};

async function show(fixed: ChangedFile, { context, color, lang }: Session): Promise<void> {
  const { stdout, cwd } = context;
  const { text, isMasked } = diffOf(fixed, cwd);
  const harmless = forPatch(text);
  if (stdout.isTTY || color) await stdout.write(onTerminal(text, color));
  else await writeData(stdout, harmless);
  if (isGuarded(harmless, context)) await warn(GUARDED, context, lang);
  if (harmless !== text) await warn(escaped(excerpt(fixed.file)), context, lang);
  if (isMasked) await warn(masked(excerpt(fixed.file)), context, lang);
}

function masked(file: string): Text {
  return {
    fr: `${file} : ce diff masque des secrets, que le fichier garde tels quels. git apply ne peut donc pas s'en servir : douane fix --write.`,
    en: `${file}: this diff masks secrets, which the file keeps as they are. So git apply cannot use it: douane fix --write.`,
  };
}

function escaped(file: string): Text {
  return {
    fr: `${file} : ce diff montre échappés des caractères qui agissent sur un terminal ou retournent l'écriture (\\u{202e}), que le fichier garde tels quels. git apply ne peut donc pas s'en servir : douane fix --write.`,
    en: `${file}: this diff shows escaped what acts on a terminal or turns the writing (\\u{202e}), which the file keeps as it is. So git apply cannot use it: douane fix --write.`,
  };
}

/**
 * The diff with control characters escaped, since a pipeline's log may display them. Tabs, line breaks and
 * byte order marks are kept.
 */
function forPatch(diff: string): string {
  return diff.replace(/[^\n\r\t]+|\r(?!\n)/g, (piece, at: number) => {
    const mark = piece.startsWith("\uFEFF", 1) && diff.charAt(at - 1) === "\n" ? 2 : 0;
    return piece.slice(0, mark) + printable(piece.slice(mark));
  });
}

const COLORS: Readonly<Record<string, "green" | "red" | "cyan">> = { "+": "green", "-": "red", "@": "cyan" };

/** The diff for a terminal, without control sequences from the manifest. */
function onTerminal(diff: string, color: boolean): string {
  const lines = printable(diff.replaceAll("\r\n", "\n")).split("\n");
  const colored = lines.map((line) => {
    const style = COLORS[line.charAt(0)];
    return color && style !== undefined ? styleText(style, line, { validateStream: false }) : line;
  });
  return colored.join("\n");
}
