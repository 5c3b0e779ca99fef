import { expect, test } from "vitest";
import { interactivity } from "./interactivity.ts";

test.each([
  [["[", "-z", "$PS1", "]"], true, false, true],
  [["[", "-n", "${PS1-}", "]"], false, true, false],
  [["case", "$-", "*i*"], false, true, false],
  [["case", "$-", "*"], true, false, true],
  [["[[", "$-", "!=", "*i*", "]]"], true, false, true],
  [["[[", "$-", "==", "*i*", "]]"], false, true, false],
  [["[", "-n", "$DB_HOST", "]"], undefined, undefined, undefined],
])(
  "%j holds in a shell that is not interactive: %s, in an interactive one: %s",
  (words, other, own, required) => {
    expect(interactivity({ words, holds: true }, false)).toBe(other);
    expect(interactivity({ words, holds: true }, true)).toBe(own);
    expect(interactivity({ words, holds: false }, true)).toBe(required);
  },
);
