import { expect, test } from "vitest";
import { InvalidInputError, UnavailableError, UsageError } from "./error.ts";

const TEXT = { fr: "l'image est tronquée", en: "the image is truncated" };

test.each([
  [UsageError, 64],
  [InvalidInputError, 65],
  [UnavailableError, 69],
] as const)("%o carries its exit code, a stable code, both languages and its cause", (Kind, exit) => {
  const cause = new Error("short read");
  const error = new Kind("truncated", TEXT, { cause });
  expect(error).toMatchObject({
    exit,
    code: "truncated",
    text: TEXT,
    message: TEXT.en,
    cause,
    name: Kind.name,
  });
});
