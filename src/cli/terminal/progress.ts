import { stripVTControlCharacters } from "node:util";
import { elide } from "../../report/terminal.ts";
import type { Session } from "../command-line/command.ts";
import { printable } from "./printable.ts";

/** A line on stderr that shows progress, and is erased at the end. */
export interface Progress {
  /** False if nothing is shown. */
  readonly isShown: boolean;
  show(text: string): void;
  clear(): Promise<void>;
}

const CLEAR_LINE = "\r\u001b[2K";

/** Progress line on stderr; shows nothing unless stderr is a terminal. */
export function progressOn({ context: { stderr, env }, quiet }: Session): Progress {
  if (!stderr.isTTY || quiet || env["TERM"] === "dumb") {
    return { isShown: false, show: () => {}, clear: async () => {} };
  }
  let shown = false;
  return {
    isShown: true,
    show(text) {
      shown = true;
      const line = elide(printable(stripVTControlCharacters(text)), (stderr.columns ?? 80) - 1);
      void stderr.write(`${CLEAR_LINE}${line}`);
    },
    async clear() {
      if (shown) await stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}
