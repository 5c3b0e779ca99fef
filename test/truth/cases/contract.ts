// The contract's own examples, and workloads that meet all of it.

import { pod } from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { dockerfile, manifests, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

const CONFIG_MOUNT = pod({
  name: "example-myapp",
  pod: {
    containers: [
      {
        name: "myapp",
        image: "registry.example/aides/web:1.0.0",
        volumeMounts: [{ name: "config", mountPath: "/etc/myapp", readOnly: true }],
      },
    ],
    volumes: [
      {
        name: "config",
        configMap: { name: "myapp-config", items: [{ key: "config.yaml", path: "config.yaml" }] },
      },
    ],
  },
});

export const cases: Cases = [
  {
    name: "an image with USER 1000 and one program",
    given: image(),
    expect: { "non-root": "yes", "no-baked-state": "yes", minimal: "yes", "immutable-tag": "yes" },
    trap: true,
    why: "1.1: a numeric USER that is not 0; nothing is baked in; Alpine is minimal by design; a three-part tag.",
  },
  {
    name: "the same image alone: what it does when it runs is not known",
    given: image(),
    expect: {
      "read-only-root": "unproven",
      "stdout-logs": "unproven",
      stateless: "unproven",
      "no-host-access": "unproven",
    },
    trap: true,
    why: "Silence is never a yes: no trial, no manifest.",
  },
  {
    name: "a Deployment that meets the contract, with its image and its trial",
    given: { ...withImage(manifests(web()), imageOf({})), trial: {} },
    expect: {
      "non-root": "yes",
      "no-host-access": "yes",
      "no-escalation": "yes",
      seccomp: "yes",
      "read-only-root": "yes",
      "stdout-logs": "yes",
      "no-baked-state": "yes",
      "bind-all": "yes",
      health: "yes",
      "twelve-factor": "yes",
      "env-config": "yes",
      stateless: "yes",
    },
    trap: true,
    why: "It conforms in every row.",
  },
  {
    name: "1.1 good: FROM gcr.io/distroless/base, USER 1000, CMD",
    given: dockerfile('FROM gcr.io/distroless/base\nUSER 1000\nCMD ["myapp"]\n'),
    expect: { "non-root": "unproven", "read-only-root": "unproven", minimal: "unproven" },
    trap: true,
    why: "The contract's own ✅ example: nothing of it is refuted, the image itself has to prove it.",
  },
  {
    name: "1.1 bad: FROM ubuntu:20.04, CMD bash",
    given: dockerfile('FROM ubuntu:20.04\nCMD ["bash"]\n'),
    expect: { "non-root": "no", minimal: "no" },
    why: "The contract's own ❌ example: no USER on a base that runs as root.",
  },
  {
    name: "1.2 bad: --log-file=/var/log/myapp.log",
    given: image({ config: { Cmd: ["/app/server", "--log-file=/var/log/myapp.log"] } }),
    expect: { "stdout-logs": "no" },
    why: "The contract's own ❌ example of 1.2.",
  },
  {
    name: "1.2 good: the program alone",
    given: image({ config: { Cmd: ["/app/server"] } }),
    expect: { "stdout-logs": "unproven", "read-only-root": "unproven" },
    trap: true,
    why: "The contract's own ✅ example of 1.2: nothing says that it writes.",
  },
  {
    name: "1.4 good: --config-file=/etc/myapp/config.yaml, which a ConfigMap gives",
    given: withImage(
      manifests(CONFIG_MOUNT),
      imageOf({ config: { Cmd: ["/app/server", "--config-file=/etc/myapp/config.yaml"] } }),
    ),
    expect: { "env-config": "yes", "no-baked-state": "yes" },
    trap: true,
    why: "The contract's own ✅ example of 1.4: the configuration is injected as a file.",
  },
  {
    name: "1.4 bad: ADD ./envs/prod/config.yaml in a Dockerfile",
    given: dockerfile(
      'FROM alpine:3.20\nUSER 1000\nADD ./envs/prod/config.yaml /etc/myapp/config.yaml\nCMD ["myapp", "--config-file=/etc/myapp/config.yaml"]\n',
    ),
    expect: { "no-baked-state": "no" },
    why: "The contract's own ❌ example of 1.4.",
  },
  {
    name: "1.4 bad: the same in an image, by its history",
    given: image({
      files: { "etc/myapp/config.yaml": "url: https://api.prod.example.fr\n" },
      by: "ADD ./envs/prod/config.yaml /etc/myapp/config.yaml # buildkit",
      config: { Cmd: ["/app/server", "--config-file=/etc/myapp/config.yaml"] },
    }),
    expect: { "no-baked-state": "no" },
    why: "The contract's own ❌ example of 1.4, built.",
  },
  {
    name: "3.2: the tag latest",
    given: { ...image(), tag: "latest" },
    expect: { "immutable-tag": "no" },
    why: "« Ne jamais utiliser le tag latest. »",
  },
];
