import { describe, expect, test } from "vitest";
import { inEveryList, judgedPod, ofOne, remedies, said } from "../../../test/fixtures/restricted.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { hostProbes } from "./1.1-host-probes.ts";

/** The five handlers, each with the given content. */
function handlers(handler: ContainerFacts["livenessProbe"] & object): readonly ContainerFacts[] {
  return [
    { livenessProbe: handler },
    { readinessProbe: handler },
    { startupProbe: handler },
    { lifecycle: { postStart: handler } },
    { lifecycle: { preStop: handler } },
  ];
}

describe("accepted", () => {
  test.each([
    {},
    ...handlers({ httpGet: { path: "/", port: 80 } }),
    ...handlers({ httpGet: { port: 80, host: "" }, tcpSocket: { port: 80, host: "" } }),
    ...handlers({ exec: { command: ["curl", "10.0.0.1"] } }),
  ])("%j", (container) => {
    expect(judgedPod(hostProbes, inEveryList(container)).status).toBe("pass");
  });
});

describe("refused", () => {
  test.each([
    ...handlers({ httpGet: { port: 80, host: "127.0.0.1" } }),
    ...handlers({ tcpSocket: { port: 80, host: "localhost" } }),
  ])("in every list: %j", (container) => {
    expect(said(judgedPod(hostProbes, inEveryList(container)))).toHaveLength(3);
  });

  test("with the address seen and the line to remove", () => {
    const outcome = judgedPod(hostProbes, ofOne({ livenessProbe: { httpGet: { host: "10.0.0.7" } } }));
    expect(said(outcome)).toEqual([
      "web: livenessProbe.httpGet.host is 10.0.0.7: the kubelet would call this address, not the pod",
    ]);
    expect(remedies(outcome)).toEqual([
      "Remove `host: 10.0.0.7` under the container's livenessProbe.httpGet.",
    ]);
  });
});

test("not asked before 1.34", () => {
  const sketch = ofOne({ livenessProbe: { tcpSocket: { host: "10.0.0.7" } } });
  expect(judgedPod(hostProbes, sketch, 33)).toMatchObject({
    status: "n/a",
    reason: { en: "Pod Security asks this from Kubernetes 1.34 on; the manifest is judged for 1.33" },
  });
  expect(judgedPod(hostProbes, sketch, 34).status).toBe("fail");
});

test("open: a probe that is not readable", () => {
  const invalid = ["spec.template.spec.containers[0].lifecycle"];
  expect(judgedPod(hostProbes, { invalid }).status).toBe("unproven");
});
