// Acceptances written, or claimed, to cover more than their scope.

import type { AcceptanceScope } from "../../../src/contract/acceptance-scope.ts";
import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { configOf, manifestOf } from "../../fixtures/image/image.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import type { Given } from "../given/given.ts";
import { imageOf } from "../given/image.ts";

const NO_USER = "1.1-image-user:absent";
const ROOT = imageOf({ config: { User: "" } });
const ZERO = imageOf({ config: { User: "0" } });
const GOOD = imageOf({});
const WEB = { repository: "registry.example/aides/web" };
const WORKLOAD = { workload: { namespace: "aides", kind: "Deployment", name: "web" } };
const GIVEN = withImage(manifests(web()), ROOT);
const MANIFEST = manifestOf(ROOT).digest;

/** Entries of the policy, each with the finding that it names and the last day on which it counts. */
interface Entry extends AcceptanceScope {
  readonly fingerprint?: string;
  readonly expires?: string;
}

function accepting(given: Given, ...entries: readonly Entry[]): Given {
  const words = { reason: "false", author: "platform", expires: "2026-12-31", fingerprint: NO_USER };
  return { ...given, policy: { acceptedFindings: entries.map((entry) => ({ ...words, ...entry })) } };
}

function user(name: string, given: Given, answer: Answer, why: string): Case {
  return one(name, given, "non-root", answer, why);
}

function one(name: string, given: Given, row: RowId, answer: Answer, why: string): Case {
  return { name, given, expect: { [row]: answer }, ...(answer === "no" ? {} : { trap: true }), why };
}

const TWO = {
  ...manifests(
    web({}, { containers: [server(), server({ name: "api", image: "registry.example/aides/api:1.4.2" })] }),
  ),
};
const INIT = manifests(
  web(
    {},
    {
      initContainers: [
        server({
          name: "init",
          image: "registry.example/aides/init:1.4.2",
          ports: undefined,
          readinessProbe: undefined,
          livenessProbe: undefined,
          command: ["/app/server"],
        }),
      ],
    },
  ),
);
const HOST = withImage(manifests(web({}, { hostNetwork: true })), GOOD);
const HOST_FINDING = "1.1-host-namespaces:aides/Deployment/web:hostNetwork";

export const cases: Cases = [
  ...[
    "1.1-image-user:*",
    "*",
    "1.1-image-user",
    "1.1-image-user:",
    "1.1-IMAGE-USER:absent",
    " 1.1-image-user:absent",
  ].map((fingerprint) =>
    user(
      `a fingerprint written ${fingerprint}`,
      accepting(GIVEN, { ...WEB, fingerprint }),
      "no",
      "Not this finding's.",
    ),
  ),
  ...[
    "registry.example/aides/*",
    "registry.example/aides",
    "registry.example/aides/",
    "registry.example/aides/web:1.4.2",
    `registry.example/aides/web@${MANIFEST}`,
    "registry.example/aides/we",
    "aides/web",
    "web",
    "",
    "*",
  ].map((repository) =>
    user(
      `a repository written ${repository}`,
      accepting(GIVEN, { repository }),
      "no",
      "No patterns, no parts.",
    ),
  ),
  user(
    "the repository in another case",
    accepting(GIVEN, { repository: "registry.example/AIDES/web" }),
    "yes",
    "Repositories are lower-case: the same one.",
  ),
  user(
    "a fingerprint of another root",
    accepting(withImage(manifests(web()), ZERO), WEB),
    "no",
    "USER 0 is another finding than none.",
  ),
  user(
    "the manifest's digest, of an image in a registry",
    accepting(GIVEN, { digest: MANIFEST }),
    "yes",
    "The very image.",
  ),
  user(
    "the config's digest",
    accepting(GIVEN, { digest: configOf(ROOT).digest }),
    "yes",
    "The very image, by its id.",
  ),
  user(
    "a layer's digest",
    accepting(GIVEN, { digest: ROOT.layers[0]?.diffId ?? MANIFEST }),
    "no",
    "A layer is in many images.",
  ),
  user(
    "the right digest and another repository",
    accepting(GIVEN, { digest: MANIFEST, repository: "registry.example/a/b" }),
    "no",
    "All that is given must fit.",
  ),
  user(
    "the right repository and another workload",
    accepting(GIVEN, { ...WEB, workload: { ...WORKLOAD.workload, name: "api" } }),
    "no",
    "All that is given must fit.",
  ),
  user("the right repository and workload", accepting(GIVEN, { ...WEB, ...WORKLOAD }), "yes", "All fits."),
  user(
    "the workload's kind in another case",
    accepting(GIVEN, { workload: { ...WORKLOAD.workload, kind: "deployment" } }),
    "no",
    "Kinds have a case.",
  ),
  user(
    "the workload's kind in the plural",
    accepting(GIVEN, { workload: { ...WORKLOAD.workload, kind: "deployments" } }),
    "no",
    "No kind.",
  ),
  user(
    "any namespace",
    accepting(GIVEN, { workload: { ...WORKLOAD.workload, namespace: "*" } }),
    "no",
    "No patterns.",
  ),
  user(
    "a manifest without a namespace, accepted in default",
    accepting(withImage(manifests({ ...web(), metadata: { name: "web" } }), ROOT), {
      workload: { ...WORKLOAD.workload, namespace: "default" },
    }),
    "no",
    "Where it will be applied is not known.",
  ),
  user(
    "the last day",
    { ...accepting(GIVEN, { ...WEB, expires: "2026-06-15" }), today: "2026-06-15" },
    "yes",
    "It counts to its end.",
  ),
  user(
    "the day after",
    { ...accepting(GIVEN, { ...WEB, expires: "2026-06-15" }), today: "2026-06-16" },
    "no",
    "It has expired.",
  ),
  user(
    "one that has expired before one that counts",
    accepting(GIVEN, { ...WEB, expires: "2026-01-01" }, WEB),
    "yes",
    "The second one counts.",
  ),
  user(
    "the image of one container of two",
    accepting({ ...TWO, images: { "aides/web": GOOD, "aides/api": ROOT } }, WEB),
    "no",
    "The finding is the other's.",
  ),
  user(
    "both images of two containers",
    accepting({ ...TWO, images: { "aides/web": ROOT, "aides/api": ROOT } }, WEB, {
      repository: "registry.example/aides/api",
    }),
    "yes",
    "Each by its own.",
  ),
  user(
    "the app's image, and its init container's is root's",
    accepting({ ...INIT, images: { "aides/web": ROOT, "aides/init": ROOT } }, WEB),
    "no",
    "The init container's is not accepted.",
  ),
  user(
    "two containers of one name",
    accepting(
      {
        ...manifests(
          web({}, { containers: [server(), server({ image: "registry.example/aides/api:1.4.2" })] }),
        ),
        images: { "aides/web": ROOT, "aides/api": ROOT },
      },
      WEB,
    ),
    "no",
    "Kubernetes refuses it: neither's image counts.",
  ),
  one(
    "the host's network, accepted for the image's repository",
    accepting(HOST, { ...WEB, fingerprint: HOST_FINDING }),
    "no-host-access",
    "no",
    "A finding about the pod is no image's.",
  ),
  one(
    "the host's network, accepted for another workload",
    accepting(HOST, { workload: { ...WORKLOAD.workload, name: "api" }, fingerprint: HOST_FINDING }),
    "no-host-access",
    "no",
    "Another workload.",
  ),
  one(
    "the whole row",
    accepting(GIVEN, { ...WEB, fingerprint: "non-root" }),
    "non-root",
    "no",
    "A row is no finding.",
  ),
];
