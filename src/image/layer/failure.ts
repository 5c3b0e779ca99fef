import { DouaneError, EXIT, InvalidInputError, UnavailableError, UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import { CorruptImageError } from "../tar/corrupt-image.ts";

/** An error as plain data, to be passed between threads. */
export interface Failure {
  readonly message: string;
  readonly stack?: string;
  /** Code and text of a DouaneError. */
  readonly said?: Said;
}

interface Said {
  readonly code: string;
  readonly exit: number;
  readonly text: Text;
  readonly isCorrupt: boolean;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  const stack = error.stack === undefined ? {} : { stack: error.stack };
  if (!(error instanceof DouaneError)) return { message: error.message, ...stack };
  return { message: error.message, ...stack, said: saidBy(error) };
}

/** The error with its original class, and with the stack in the other thread. */
export function errorOf({ message, stack, said }: Failure): Error {
  const error = said === undefined ? new Error(message) : douaneError(said);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** The error with the layer at the start of its text, if it is a DouaneError; other errors unchanged. */
export function inLayer(error: unknown, index: number, digest: string): unknown {
  if (!(error instanceof DouaneError)) return error;
  return prefixed(error, {
    fr: `couche ${index + 1} (${digest})`,
    en: `layer ${index + 1} (${digest})`,
  });
}

/** The error with its place at the start of its text. */
export function prefixed(error: DouaneError, where: Text): DouaneError {
  const said = saidBy(error);
  const text = { fr: `${where.fr} : ${said.text.fr}`, en: `${where.en}: ${said.text.en}` };
  return douaneError({ ...said, text }, { cause: error });
}

function saidBy(error: DouaneError): Said {
  const { code, exit, text } = error;
  return { code, exit, text, isCorrupt: error instanceof CorruptImageError };
}

function douaneError({ code, exit, text, isCorrupt }: Said, options?: ErrorOptions): DouaneError {
  if (isCorrupt) return new CorruptImageError(code, text, options);
  if (exit === EXIT.usage) return new UsageError(code, text, options);
  if (exit === EXIT.unavailable) return new UnavailableError(code, text, options);
  return exit === EXIT.invalid
    ? new InvalidInputError(code, text, options)
    : new DouaneError(code, exit, text, options);
}
