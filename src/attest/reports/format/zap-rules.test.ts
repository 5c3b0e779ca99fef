import { expect, test } from "vitest";
import { isZapAttack } from "./zap-rules.ts";

// https://www.zaproxy.org/docs/alerts/
const ATTACKS =
  "10045 10047 10048 10051 10053 10058 10095 10104 10106 10107 90017 90018 90019 90020 90021 90023 90024 90025 90026 90027 90028 90029 90034 90035 90036 90037 90039";

test.each([...ATTACKS.split(" "), "0", "6", "7", "99", "20000", "20012", "40018", "49999"])(
  "rule %s attacks, as a text and as a number",
  (rule) => {
    expect([isZapAttack(rule), isZapAttack(Number(rule))]).toEqual([true, true]);
  },
);

test.each(["100", "10021", "10038", "19999", "50000", "90022", "90033", "100000", "4001899", "x", "", "-1"])(
  "rule %s reads answers alone, or is none",
  (rule) => {
    expect(isZapAttack(rule)).toBe(false);
  },
);

test.each([undefined, null, ["40018"], true])("%j is no rule", (rule) => {
  expect(isZapAttack(rule)).toBe(false);
});
