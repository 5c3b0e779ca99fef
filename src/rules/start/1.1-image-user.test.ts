import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import { imageUser } from "./1.1-image-user.ts";

const PASSWD = {
  path: "/etc/passwd",
  content:
    "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n  app:x:1000:1000::/home/app:/bin/sh\nbroken:x\nodd:x:1000a:0\nhigh:x:4294967296:0\n",
};

function check(user: string, files = [PASSWD]) {
  return checkRule(imageUser, { image: imageFacts({ config: { user }, files }) });
}

describe("accepted by the kubelet under runAsNonRoot", () => {
  test.each(["1000", "1000:0", "1000:", "1000:app", "65532:65532", "4242", "+1000"])("USER %s", (user) => {
    expect(check(user).status).toBe("pass");
  });
});

describe("refused", () => {
  test.each([
    ["", "sets no USER"],
    ["root", "has UID 0"],
    ["root:root", "has UID 0"],
    ["0", "is root"],
    ["0:0", "is root"],
    ["0:1000", "is root"],
    ["00", "is root"],
    ["+0", "is root"],
    ["toor", "has UID 0"],
    ["app", "Write"],
    ["ghost", "not in the image's /etc/passwd"],
    // Containerd reads a missing or invalid number as 0.
    ["broken", "has UID 0"],
    ["odd", "has UID 0"],
    ["high", "which is no UID"],
    ["-1", "is no UID"],
    // docker, podman and containerd's clients split USER into two parts at most.
    ["1000:1000:0", "not of the form user[:group]"],
    ["1000::", "not of the form user[:group]"],
    ["app:app:app", "not of the form user[:group]"],
    ["0:0:0", "not of the form user[:group]"],
    ["4294967296", "is no UID"],
  ])("USER %j: %s", (user, says) => {
    const outcome = check(user);
    expect(outcome.status).toBe("fail");
    expect(JSON.stringify(outcome)).toContain(says);
  });

  test("a name, when the image has no /etc/passwd", () => {
    expect(check("app", []).status).toBe("fail");
  });

  test("unless /etc/passwd is longer than what was read: the rest may name it", () => {
    const cut = [{ ...PASSWD, truncated: true as const }];
    expect(check("ghost", cut)).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("accountFileBytes") },
    });
    expect(check("root", cut).status).toBe("fail");
  });

  test("a name that would reach into the terminal is escaped", () => {
    expect(check("a\u001b[2Jb")).toMatchObject({
      findings: [{ message: { en: expect.stringContaining("a\\u001b[2Jb") } }],
    });
  });

  test("a name with its uid, and the remedy names it", () => {
    expect(check("app")).toMatchObject({
      findings: [{ remedy: { en: "Write `USER 1000` in the Dockerfile instead." } }],
    });
  });
});

describe("with the manifest", () => {
  function inPod(user: string, runAsUser?: number, invalid: readonly string[] = []) {
    const workload = workloadFacts({
      ...(runAsUser === undefined ? {} : { securityContext: { runAsUser } }),
      facts: { invalid: invalid.map((path) => ({ path, problem: { fr: "non valide", en: "not valid" } })) },
    });
    const [placement] = placements(workload);
    const image = imageFacts({ config: { user }, files: [PASSWD] });
    return checkRule(imageUser, { image, workload, ...(placement === undefined ? {} : { placement }) });
  }

  test("a name is accepted, with a note, when the container has a numeric runAsUser", () => {
    expect(inPod("app", 1001)).toMatchObject({
      status: "pass",
      proof: { en: "USER app (UID 1000); the manifest sets `runAsUser: 1001`, which the kubelet can verify" },
      notes: [
        {
          message: {
            en: "USER app is a name: the image is accepted only because the manifest sets `runAsUser: 1001`",
          },
          remedy: { en: "Write `USER 1000` in the Dockerfile instead." },
        },
      ],
    });
  });

  test.each([
    ["app", undefined],
    ["app", 0],
    ["", 1000],
    ["0", 1000],
    ["root", 1000],
    ["toor", 1000],
    ["ghost", 1000],
    ["-1", 1000],
  ])("USER %j with runAsUser %s is refused", (user, runAsUser) => {
    expect(inPod(user, runAsUser).status).toBe("fail");
  });

  test.each([undefined, 0, 1000, 2000])("a number is accepted with runAsUser %s", (runAsUser) => {
    expect(inPod("1000", runAsUser)).toMatchObject({ status: "pass" });
    expect(inPod("1000", runAsUser)).not.toHaveProperty("notes");
  });

  test("a name with a runAsUser that is no number is open", () => {
    const invalid = ["spec.template.spec.securityContext.runAsUser"];
    expect(inPod("app", undefined, invalid)).toMatchObject({
      status: "unproven",
      reason: { en: "not valid" },
    });
    expect(inPod("1000", undefined, invalid).status).toBe("pass");
    expect(inPod("root", undefined, invalid).status).toBe("fail");
  });
});
