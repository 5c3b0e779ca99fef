import { expect, test } from "vitest";
import { inDocumentTime, isDocumentTime } from "./document-time.ts";
import { LIMITS } from "./limits.ts";

/** Error of the work, if any, under the given time limit. */
function errorOf(documentMs: number, work: () => unknown): unknown {
  const own = LIMITS.documentMs;
  Reflect.set(LIMITS, "documentMs", documentMs);
  try {
    return void inDocumentTime(LIMITS.unwatchedCharacters + 1, work);
  } catch (error) {
    return error;
  } finally {
    Reflect.set(LIMITS, "documentMs", own);
  }
}

test("work that never ends is ended, with an error that names the bound", () => {
  const error = errorOf(1, () => {
    for (;;);
  });
  expect(isDocumentTime(error)).toBe(true);
  expect(error).toMatchObject({ message: expect.stringContaining("documentMs") as string });
});

test("an error of the work's own is another one", () => {
  const error = errorOf(60_000, () => {
    throw new Error("broken");
  });
  expect(error).toEqual(new Error("broken"));
  expect(isDocumentTime(error)).toBe(false);
});
