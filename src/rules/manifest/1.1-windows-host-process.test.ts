import { expect, test } from "vitest";
import { inEveryList, judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { windowsHostProcess } from "./1.1-windows-host-process.ts";

function everywhere(hostProcess?: boolean) {
  const windowsOptions = hostProcess === undefined ? {} : { hostProcess };
  return {
    securityContext: { windowsOptions },
    ...inEveryList({ securityContext: { windowsOptions } }),
  };
}

test("accepted: absent or false", () => {
  for (const sketch of [inEveryList({}), everywhere(), everywhere(false)]) {
    expect(judgedPod(windowsHostProcess, { ...sketch, os: { name: "windows" } }).status).toBe("pass");
  }
});

test("refused in the pod and in every list", () => {
  const outcome = judgedPod(windowsHostProcess, everywhere(true));
  const message =
    "securityContext.windowsOptions.hostProcess is true: the container runs on the node, without isolation";
  expect(said(outcome)).toEqual([
    `pod: spec.${message}`,
    `first: ${message}`,
    `web: ${message}`,
    `debugger: ${message}`,
  ]);
  expect(remedies(outcome)[1]).toBe(
    "Remove `hostProcess: true` under the container's securityContext.windowsOptions.",
  );
});

test("open: what is not true or false", () => {
  const invalid = ["spec.template.spec.securityContext.windowsOptions.hostProcess"];
  expect(judgedPod(windowsHostProcess, { invalid }).status).toBe("unproven");
});
