import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { OtherEnvironments } from "./other-environments.ts";

function placed(folder: string, name = "web", namespace = "shop") {
  const { namespace: _, ...facts } = workloadFacts({ facts: { name } });
  return { facts: { ...facts, ...(namespace === "" ? {} : { namespace }) }, folder };
}

const WEB = placed("/r/envs/prod/web");

test.each<[string, readonly ReturnType<typeof placed>[], string, boolean]>([
  ["no copy", [WEB], "/r/envs/dev/web", false],
  ["its own folder", [WEB, placed("/r/envs/dev/web")], "/r/envs/prod/web", false],
  ["the copy's folder", [WEB, placed("/r/envs/dev/web")], "/r/envs/dev/web", true],
  ["another folder of the copy's environment", [WEB, placed("/r/envs/dev/web")], "/r/envs/dev/mail", true],
  ["another folder of its environment", [WEB, placed("/r/envs/dev/web")], "/r/envs/prod/mail", false],
  ["a folder of all environments", [WEB, placed("/r/envs/dev/web")], "/r/envs/common", false],
  ["a folder above", [WEB, placed("/r/envs/dev/web")], "/r", false],
  ["a copy of another name", [WEB, placed("/r/envs/dev/web", "web-dev")], "/r/envs/dev/web", false],
  ["a copy of another namespace", [WEB, placed("/r/envs/dev/web", "web", "x")], "/r/envs/dev/web", false],
  ["a copy without a namespace", [WEB, placed("/r/envs/dev", "web", "")], "/r/envs/dev", false],
  ["a copy on standard input", [WEB, placed("-")], "-", true],
  ["a copy above", [WEB, placed("/r/envs")], "/r/envs", false],
  ["copies in three environments", [WEB, placed("/r/envs/a"), placed("/r/envs/b")], "/r/envs/b/x", true],
])("%s", (_, workloads, folder, isOther) => {
  expect(new OtherEnvironments(workloads).includes(folder, WEB)).toBe(isOther);
});

test("where applications come before environments, the names of environments tell", () => {
  const own = placed("/r/web/prod");
  const environments = new OtherEnvironments([own, placed("/r/web/dev"), placed("/r/mail/dev", "mail")]);
  expect(environments.includes("/r/mail/dev", own)).toBe(true);
  expect(environments.includes("/r/mail/prod", own)).toBe(false);
  expect(environments.includes("/r/mail", own)).toBe(false);
});

test("a copy of another workload hides nothing: the folder has no copy of this one", () => {
  const own = placed("/r/a");
  const environments = new OtherEnvironments([own, placed("/r/a", "other"), placed("/r/b", "other")]);
  expect(environments.includes("/r/b", own)).toBe(false);
});

test("the platform's layout names environments without copies", () => {
  const own = placed("/r/deployment-targets/prod/web");
  const environments = new OtherEnvironments([own]);
  expect(environments.includes("/r/deployment-targets/dev/web", own)).toBe(true);
  expect(environments.includes("/r/deployment-targets/prod/mail", own)).toBe(false);
  expect(environments.includes("/r/resources", own)).toBe(false);
});
