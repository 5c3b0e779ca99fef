// False findings that the platform accepts (policy), which open no door to any other image.

import type { AcceptanceScope } from "../../../src/contract/acceptance-scope.ts";
import { manifestOf } from "../../fixtures/image/image.ts";
import type { Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import type { Given } from "../given/given.ts";
import { imageOf } from "../given/image.ts";

const NO_USER = "1.1-image-user:absent";
const ROOT = imageOf({ config: { User: "" } });
const OTHER_ROOT = imageOf({ config: { User: "", Labels: { other: "image" } } });
const WEB = { repository: "registry.example/aides/web" };
const ELSEWHERE = "the finding exists elsewhere here, where it counts";

function accepting(given: Given, fingerprint: string, ...scopes: readonly AcceptanceScope[]): Given {
  const words = { reason: "false", author: "platform", expires: "2026-12-31" };
  return {
    ...given,
    policy: { acceptedFindings: scopes.map((scope) => ({ fingerprint, ...scope, ...words })) },
  };
}

const WORKLOAD = withImage(manifests(web()), ROOT);

export const cases: Cases = [
  {
    name: "no USER, accepted for the very repository",
    given: accepting(WORKLOAD, NO_USER, WEB),
    expect: { "non-root": "yes" },
    trap: true,
    why: "The platform has said that this finding is false.",
  },
  {
    name: "no USER, accepted for the very digest",
    given: accepting({ image: ROOT }, NO_USER, { digest: manifestOf(ROOT).digest }),
    expect: { "non-root": "yes" },
    trap: true,
    why: "The same, of an image that no registry holds yet.",
  },
  {
    name: "no USER, accepted for another digest",
    given: accepting({ image: OTHER_ROOT }, NO_USER, { digest: manifestOf(ROOT).digest }),
    expect: { "non-root": "no" },
    tells: ELSEWHERE,
    why: "1.1; the acceptance is another image's.",
  },
  {
    name: "no USER, accepted for another repository",
    given: accepting(WORKLOAD, NO_USER, { repository: "registry.example/aides/api" }),
    expect: { "non-root": "no" },
    tells: ELSEWHERE,
    why: "1.1; the acceptance is another repository's.",
  },
  {
    name: "no USER, accepted for a repository that this one's name begins with",
    given: accepting(
      {
        ...manifests(web({ image: "registry.example/aides/web-admin:1.4.2" })),
        images: { "aides/web-admin": ROOT },
      },
      NO_USER,
      WEB,
    ),
    expect: { "non-root": "no" },
    why: "aides/web-admin is another repository.",
  },
  {
    name: "no USER, accepted without a scope",
    given: accepting(WORKLOAD, NO_USER, {}),
    expect: { "non-root": "no" },
    why: "An entry without a scope would let every root image in.",
  },
  {
    name: "no USER in a local image, accepted for a repository",
    given: accepting({ image: ROOT }, NO_USER, WEB),
    expect: { "non-root": "no" },
    tells: ELSEWHERE,
    why: "An archive can carry any name.",
  },
  {
    name: "no USER in two containers, accepted for the image of one",
    given: accepting(
      {
        ...manifests(
          web(
            {},
            { containers: [server(), server({ name: "api", image: "registry.example/aides/api:1.4.2" })] },
          ),
        ),
        images: { "aides/web": ROOT, "aides/api": OTHER_ROOT },
      },
      NO_USER,
      WEB,
    ),
    expect: { "non-root": "no" },
    why: "The other container's image is not accepted.",
  },
  {
    name: "no USER, accepted for a workload of the same name in another namespace",
    given: accepting(WORKLOAD, NO_USER, {
      workload: { namespace: "autre", kind: "Deployment", name: "web" },
    }),
    expect: { "non-root": "no" },
    tells: ELSEWHERE,
    why: "Deployment/web is not everybody's.",
  },
  {
    name: "no USER, accepted until yesterday",
    given: { ...accepting(WORKLOAD, NO_USER, WEB), today: "2027-01-01" },
    expect: { "non-root": "no" },
    why: "It has expired.",
  },
  {
    name: "sudo, where only the missing USER is accepted",
    given: accepting(
      withImage(manifests(web()), imageOf({ config: { User: "1001", Entrypoint: ["sudo", "/app/server"] } })),
      NO_USER,
      WEB,
    ),
    expect: { "non-root": "no" },
    tells: "covers no finding",
    why: "Another finding of the same row.",
  },
  {
    name: "an image that conforms, and an acceptance for another one",
    given: accepting(withImage(manifests(web()), imageOf({})), NO_USER, {
      repository: "registry.example/paie/api",
    }),
    expect: { "non-root": "yes" },
    tells: "is not judged here",
    trap: true,
    why: "The policy is the whole platform's.",
  },
];
