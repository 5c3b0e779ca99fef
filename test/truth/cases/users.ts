// Row 1: the user of the container.

import type { Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

const PASSWD = { "etc/passwd": "root:x:0:0::/:/bin/sh\napp:x:1001:1001::/app:/bin/sh\n" };

export const cases: Cases = [
  {
    name: "no USER",
    given: image({ config: { User: "" } }),
    expect: { "non-root": "no" },
    why: "1.1: it is mandatory to set a USER.",
  },
  {
    name: "USER 0",
    given: image({ config: { User: "0" } }),
    expect: { "non-root": "no" },
    why: "1.1.",
  },
  {
    name: "USER 00:1000",
    given: image({ config: { User: "00:1000" } }),
    expect: { "non-root": "no" },
    why: "A number with leading zeros is 0.",
  },
  {
    name: "USER 1000:0",
    given: image({ config: { User: "1000:0" } }),
    expect: { "non-root": "yes" },
    trap: true,
    why: "The group 0 is OpenShift's convention; the user is not root.",
  },
  {
    name: "USER app, alone",
    given: image({ config: { User: "app" }, files: PASSWD }),
    expect: { "non-root": "no" },
    why: "1.1 asks for a UID; the kubelet cannot verify a name.",
  },
  {
    name: "USER app, and a manifest whose runAsUser is 1001",
    given: withImage(
      manifests(
        web(
          {},
          {
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1001,
              seccompProfile: { type: "RuntimeDefault" },
            },
          },
        ),
      ),
      imageOf({ config: { User: "app" }, files: PASSWD }),
    ),
    expect: { "non-root": "yes" },
    trap: true,
    why: "A name with a uid that is not 0, and every container that uses it sets a numeric runAsUser.",
  },
  {
    name: "USER root, whatever runAsUser says",
    given: withImage(manifests(web()), imageOf({ config: { User: "root" } })),
    expect: { "non-root": "no" },
    why: "1.1 asks it of the image.",
  },
  {
    name: "USER 1000 and runAsUser: 0",
    given: withImage(
      manifests(web({}, { securityContext: { runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } } })),
      imageOf({}),
    ),
    expect: { "non-root": "no" },
    why: "The manifest makes it root.",
  },
  {
    name: "an entrypoint script that calls gosu",
    given: image({
      files: { "entrypoint.sh": { content: '#!/bin/sh\nexec gosu app "$@"\n', mode: 0o755 } },
      config: { Entrypoint: ["/entrypoint.sh"] },
    }),
    expect: { "non-root": "no" },
    why: "1.1: no change of privileges at run time.",
  },
  {
    name: "an entrypoint script that only speaks of sudo",
    given: image({
      files: {
        "entrypoint.sh": {
          content: '#!/bin/sh\n# no sudo here\necho "run without sudo or su"\nexec "$@"\n',
          mode: 0o755,
        },
      },
      config: { Entrypoint: ["/entrypoint.sh"] },
    }),
    expect: { "non-root": "yes" },
    trap: true,
    why: "A comment and a message call nothing.",
  },
];
