import { afterEach, expect, test, vi } from "vitest";
import { inDocumentTime, isDocumentTime } from "./document-time.ts";
import { InvalidInputError } from "./error.ts";
import { LIMITS } from "./limits.ts";
import * as within from "./within-time.ts";

vi.mock("./within-time.ts", { spy: true });

afterEach(() => {
  vi.resetAllMocks();
});

test("what is small is done as it is; more is watched for as long as the bound says", () => {
  const watch = vi.mocked(within.withinTime);
  expect(inDocumentTime(LIMITS.unwatchedCharacters, () => "small")).toBe("small");
  expect(watch).not.toHaveBeenCalled();
  expect(inDocumentTime(LIMITS.unwatchedCharacters + 1, () => "large")).toBe("large");
  expect(watch).toHaveBeenCalledWith(LIMITS.documentMs, expect.any(Function), expect.any(Function));
});

test("work that is ended is an error that names the bound", () => {
  vi.mocked(within.withinTime).mockImplementation((_, late) => {
    throw late();
  });
  const large = () => inDocumentTime(LIMITS.unwatchedCharacters + 1, () => 0);
  expect(large).toThrow("more than 120 s of work on one document (bound documentMs)");
  let seen: unknown;
  try {
    large();
  } catch (error) {
    seen = error;
  }
  expect(isDocumentTime(seen)).toBe(true);
  expect(isDocumentTime(new Error("other"))).toBe(false);
  expect(isDocumentTime(new InvalidInputError("other", { fr: "autre", en: "other" }))).toBe(false);
  expect(isDocumentTime({ code: "document-time-limit" })).toBe(false);
  expect(seen).toMatchObject({ code: "document-time-limit" });
});
