import fc from "fast-check";
import stringWidth from "fast-string-width";
import { expect, test } from "vitest";
import { elide, elidePath, elideStart, wrap } from "./terminal.ts";

test.each([
  ["short", 10, "short"],
  ["much too long", 8, "much to…"],
  ["設定ファイル", 7, "設定フ…"],
  ["a\nb", 10, "a\\nb"],
])("%j on %i columns is %j", (text, columns, expected) => {
  expect(elide(text, columns)).toBe(expected);
});

test.each([
  ["short", 10, "short"],
  ["com.fasterxml.jackson.core:jackson-databind", 22, "…core:jackson-databind"],
  ["設定ファイル", 7, "…ァイル"],
  ["a\nb", 10, "a\\nb"],
])("%j, from its end, on %i columns is %j", (text, columns, expected) => {
  expect(elideStart(text, columns)).toBe(expected);
});

test.each([
  ["a/b/c.yaml:3", 20, "a/b/c.yaml:3"],
  ["apps/portal-production/deploy.yaml:3", 20, "…/deploy.yaml:3"],
  ["apps/portal/prod/web.yaml:3", 20, "…/prod/web.yaml:3"],
  [`apps/${"x".repeat(40)}.yaml`, 20, "apps/xxxxxxxxxxxxxx…"],
])("the path %j on %i columns is %j", (path, columns, expected) => {
  expect(elidePath(path, columns)).toBe(expected);
});

test("never more columns than there are", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.integer({ min: 16, max: 40 }),
      (text, columns) => {
        expect(stringWidth(elide(text, columns))).toBeLessThanOrEqual(columns);
        expect(stringWidth(elideStart(text, columns))).toBeLessThanOrEqual(columns);
        expect(stringWidth(elidePath(`${text}/${text}`, columns))).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test("a text is wrapped alike, however long it is and however many there were", () => {
  const long = "word ".repeat(400).trim();
  expect(wrap(long, 80)).toEqual(wrap(long, 80));
  expect(wrap(long, 80).join(" ")).toBe(long);
  for (let count = 0; count < 2_100; count++)
    expect(wrap(`${count} times`, 5)).toEqual([`${count}`, "times"]);
});
