import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Context, Output } from "../process/context.ts";

/** Range of widths: a narrower report is unreadable, a wider one is a mistake. */
const [NARROWEST, WIDEST] = [40, 400];

/** Width from COLUMNS, set by shells and CI runners; undefined if invalid. */
export function widthAsked(text = ""): number | undefined {
  const width = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return width >= NARROWEST && width <= WIDEST ? width : undefined;
}

/** Parses `--width`. A UsageError `width-unknown` shows the value. */
export function parseWidth(text: string): number {
  const width = widthAsked(text);
  if (width !== undefined) return width;
  throw new UsageError("width-unknown", {
    fr: `--width ${quoted(text)} : écrire un nombre de colonnes, de ${NARROWEST} à ${WIDEST}.`,
    en: `--width ${quoted(text)}: write a number of columns, ${NARROWEST} to ${WIDEST}.`,
  });
}

/** The context with streams of the given width; unchanged if none was given. */
export function ofWidth(context: Context, columns: number | undefined): Context {
  if (columns === undefined) return context;
  const sized = (output: Output): Output => ({ ...output, columns });
  return { ...context, stdout: sized(context.stdout), stderr: sized(context.stderr) };
}
