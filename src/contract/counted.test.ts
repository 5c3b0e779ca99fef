import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test.each([
  [0, "0 paquet", "0 packages"],
  [1, "1 paquet", "1 package"],
  [2, "2 paquets", "2 packages"],
])("%i", (count, fr, en) => {
  expect(counted(count, "fr", ["paquet", "paquets"])).toBe(fr);
  expect(counted(count, "en", ["package", "packages"])).toBe(en);
});
