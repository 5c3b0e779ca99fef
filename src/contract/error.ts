import type { Text } from "./text.ts";

/** Exit codes by sysexits(3), by which a pipeline distinguishes reasons. */
export const EXIT = {
  admitted: 0,
  refused: 1,
  unproven: 2,
  /** A subject was refused, and another source was unreadable: both must be visible. */
  refusedUnread: 3,
  usage: 64,
  invalid: 65,
  unavailable: 69,
  bug: 70,
} as const;

/**
 * Error for users: what happened, the value seen, and a remedy, in both languages. `code` is stable
 * (kebab-case); `exit` is the process's exit code.
 */
export class DouaneError extends Error {
  override readonly name: string = "DouaneError";
  readonly code: string;
  readonly text: Text;
  readonly exit: number;

  constructor(code: string, exit: number, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.code = code;
    this.text = text;
    this.exit = exit;
  }
}

/** Error for a wrong command line or setting (64). */
export class UsageError extends DouaneError {
  override readonly name = "UsageError";
  constructor(code: string, text: Text, options?: ErrorOptions) {
    super(code, EXIT.usage, text, options);
  }
}

/** Error for input in an invalid format (65): corrupt, hostile, or not an image. */
export class InvalidInputError extends DouaneError {
  override readonly name = "InvalidInputError";
  constructor(code: string, text: Text, options?: ErrorOptions) {
    super(code, EXIT.invalid, text, options);
  }
}

/** Error for an unreachable source or executor (69): another attempt may help. */
export class UnavailableError extends DouaneError {
  override readonly name = "UnavailableError";
  constructor(code: string, text: Text, options?: ErrorOptions) {
    super(code, EXIT.unavailable, text, options);
  }
}
