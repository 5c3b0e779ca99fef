import { styleText } from "node:util";
import { DouaneError, EXIT } from "../../contract/error.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { machineFailure } from "../../files/write-failure.ts";
import { type Context, Interruption, type Output } from "../process/context.ts";
import { usesColor } from "./color.ts";
import { printable } from "./printable.ts";

const LABELS = {
  error: { fr: "Erreur :", en: "Error:" },
  warning: { fr: "Attention :", en: "Warning:" },
} as const satisfies Record<string, Text>;

const INTERRUPTED: Text = {
  fr: "Interrompu : il ne reste rien de ce qui était en cours.",
  en: "Interrupted: everything was cleaned up.",
};

const BUG: Text = {
  fr: "C'est un défaut de douane, pas de l'image. Merci de le signaler avec la sortie de la même commande suivie de --debug.",
  en: "This is a defect of douane, not of your image. Please report it with the output of the same command followed by --debug.",
};

/**
 * Reports on stderr why a command failed, and returns its exit code. A stack trace is shown only on request.
 */
export async function reportFailure(error: unknown, context: Context, lang: Lang): Promise<number> {
  const { signal, stderr } = context;
  if (signal.aborted && signal.reason instanceof Interruption) {
    // Only for a user at a terminal; a stopped pipeline has no reader.
    if (stderr.isTTY) await stderr.write(`\n${INTERRUPTED[lang]}\n`);
    return signal.reason.exit;
  }
  const failure = machineFailure(error) ?? error;
  await say("error", textOf(failure)[lang], context, lang);
  if (wantsStack(context)) await stderr.write(`${printable(await withoutSecrets(stackOf(error)))}\n`);
  return failure instanceof DouaneError ? failure.exit : EXIT.bug;
}

/** Prints a warning, which does not stop the command. */
export async function warn(text: Text, context: Context, lang: Lang): Promise<void> {
  await say("warning", text[lang], context, lang);
}

/** Prints the result of a run. */
export async function tell(text: Text, { stderr }: Context, lang: Lang): Promise<void> {
  await stderr.write(`douane: ${printable(text[lang])}\n`);
}

async function say(
  kind: keyof typeof LABELS,
  message: string,
  { stderr, env, argv }: Context,
  lang: Lang,
): Promise<void> {
  const label = LABELS[kind][lang];
  const color = usesColor(stderr, env, argv.includes("--no-color"));
  const style = kind === "error" ? "red" : "yellow";
  const shown = color ? styleText(["bold", style], label, { validateStream: false }) : label;
  const lines = await fitted(printable(`${label} ${await withoutSecrets(message)}`), stderr);
  await stderr.write(`${shown}${lines.slice(label.length)}\n`);
}

/** Text wrapped between words for a terminal; one searchable line in a log. */
async function fitted(text: string, { isTTY, columns }: Output): Promise<string> {
  if (!isTTY || columns === undefined) return text;
  const { wrap } = await import("../../report/terminal.ts");
  const wrapped = text.split("\n").flatMap((line) => {
    const indent = " ".repeat(Math.min(line.search(/\S|$/), columns / 2));
    return wrap(line.trimStart(), columns - indent.length).map((part) => `${indent}${part}`);
  });
  return wrapped.join("\n");
}

/** Masks a message, which may quote input. Detectors are loaded on demand. */
async function withoutSecrets(message: string): Promise<string> {
  const { maskText } = await import("../../secrets/scan.ts");
  return maskText(message);
}

/** Text for an error; an unexpected error is reported as a bug of douane. */
export function textOf(caught: unknown): Text {
  const error = machineFailure(caught) ?? caught;
  if (error instanceof DouaneError) return error.text;
  const seen = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    fr: `Une erreur imprévue s'est produite (${seen}). ${BUG.fr}`,
    en: `Something unexpected happened (${seen}). ${BUG.en}`,
  };
}

function wantsStack({ argv, env }: Context): boolean {
  return argv.includes("--debug") || env["DOUANE_DEBUG"] === "1";
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\n[cause] ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
