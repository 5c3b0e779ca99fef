import { describe, expect, test } from "vitest";
import { inEveryList, judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { appArmor } from "./1.1-apparmor.ts";

const KEY = "container.apparmor.security.beta.kubernetes.io/web";

function profile(type?: string) {
  return { securityContext: { appArmorProfile: type === undefined ? {} : { type } } };
}

describe("the field", () => {
  test.each(["RuntimeDefault", "Localhost"])("accepted: %s", (type) => {
    expect(judgedPod(appArmor, { ...profile(type), ...inEveryList(profile(type)) }).status).toBe("pass");
  });

  test("accepted: none", () => {
    expect(judgedPod(appArmor, inEveryList({})).status).toBe("pass");
  });

  test.each(["Unconfined", "runtimedefault"])("refused in the pod and in every list: %s", (type) => {
    const outcome = judgedPod(appArmor, { ...profile(type), ...inEveryList(profile(type)) });
    const message = `securityContext.appArmorProfile.type is ${type}: AppArmor no longer protects`;
    expect(said(outcome)).toEqual([
      `pod: spec.${message}`,
      `first: ${message}`,
      `web: ${message}`,
      `debugger: ${message}`,
    ]);
    expect(remedies(outcome)[1]).toBe(
      "Write `appArmorProfile: { type: RuntimeDefault }` under the container's securityContext instead.",
    );
  });

  test("refused: a profile without a type", () => {
    expect(said(judgedPod(appArmor, profile()))).toEqual([
      "pod: spec.securityContext.appArmorProfile.type is missing",
    ]);
  });

  test("open: a type that is no text", () => {
    const invalid = ["spec.template.spec.securityContext.appArmorProfile.type"];
    expect(judgedPod(appArmor, { ...profile(), invalid }).status).toBe("unproven");
  });
});

describe("the annotation", () => {
  test.each(["", "runtime/default", "localhost/web"])("accepted: %j", (value) => {
    expect(judgedPod(appArmor, { annotations: { [KEY]: value } }).status).toBe("pass");
  });

  test.each(["unconfined", "runtime/Default", "localhost"])("refused: %s", (value) => {
    const outcome = judgedPod(appArmor, { annotations: { [KEY]: value } });
    expect(said(outcome)).toEqual([`pod: the annotation ${KEY} is ${value}: AppArmor no longer protects`]);
    expect(remedies(outcome)).toEqual([
      `Remove \`${KEY}: ${value}\` under spec.template.metadata.annotations.`,
    ]);
    expect(outcome).toMatchObject({
      findings: [{ at: { path: `spec.template.metadata.annotations["${KEY}"]` } }],
    });
  });

  test("trap: annotations about something else", () => {
    expect(judgedPod(appArmor, { annotations: { "example.org/apparmor": "unconfined" } }).status).toBe(
      "pass",
    );
    const invalid = [
      'spec.template.metadata.annotations["prometheus.io/port"]',
      "spec.template.metadata.name",
    ];
    expect(judgedPod(appArmor, { invalid }).status).toBe("pass");
  });

  test.each([
    `spec.template.metadata.annotations["${KEY}"]`,
    "spec.template.metadata.annotations",
    "spec.template.metadata",
  ])("open: %s is not readable", (path) => {
    expect(judgedPod(appArmor, { invalid: [path] }).status).toBe("unproven");
  });
});
