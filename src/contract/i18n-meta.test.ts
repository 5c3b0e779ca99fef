import { expect, test } from "vitest";
import { z } from "zod";
import { described, optional } from "./i18n-meta.ts";

const TEXT = { fr: "Nom de l'équipe.", en: "Name of the team." };

test("a description is in both languages, and changes nothing of what is accepted", () => {
  const schema = described(z.string().min(1), TEXT);
  expect(schema.meta()).toEqual({ description: TEXT.en, descriptionFr: TEXT.fr });
  expect([schema.safeParse("a").success, schema.safeParse("").success]).toEqual([true, false]);
});

test("a field that may be absent may not be undefined", () => {
  const schema = z.strictObject({ name: optional(z.string(), TEXT) });
  expect(schema.shape.name.meta()).toEqual({ description: TEXT.en, descriptionFr: TEXT.fr });
  expect([{}, { name: "a" }, { name: undefined }].map((value) => schema.safeParse(value).success)).toEqual([
    true,
    true,
    false,
  ]);
});
