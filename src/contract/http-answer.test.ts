import { expect, test } from "vitest";
import { answerText, finalStatus } from "./http-answer.ts";

test.each([
  [{ status: 200 }, 200, "200"],
  [{ error: "timeout" }, undefined, "timeout"],
  [{}, undefined, "?"],
  [{ status: 302 }, 302, "302"],
  [{ status: 302, redirected: { to: "/ok", status: 200 } }, 200, "302 → /ok 200"],
  [{ status: 302, redirected: { to: "/err", status: 500 } }, 500, "302 → /err 500"],
  [{ status: 302, redirected: { to: "/slow", error: "timeout" } }, undefined, "302 → /slow timeout"],
])("%j", (answer, status, text) => {
  expect([finalStatus(answer), answerText(answer, "?")]).toEqual([status, text]);
});
