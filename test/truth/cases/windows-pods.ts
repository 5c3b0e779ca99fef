// A pod declared for Windows: Pod Security exempts it from requirements about Linux, the contract does not.

import type { Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const windows = { os: { name: "windows" } };
const NO = { "no-escalation": "no", seccomp: "no" } as const;

export const cases: Cases = [
  {
    name: "os: windows, and no security settings",
    given: manifests(web({ securityContext: {} }, { ...windows, securityContext: {} })),
    expect: NO,
    why: "1.1: a Linux platform, and mandatory settings that nothing waives.",
  },
  {
    name: "os: windows, and all of Restricted's settings",
    given: manifests(web({}, windows)),
    expect: NO,
    why: "The API server refuses the fields for such a pod: they would not hold.",
  },
  {
    name: "os: windows, in a cluster that exempts nobody yet",
    given: { ...manifests(web({ securityContext: {} }, windows)), minor: 24 },
    expect: NO,
    why: "The same pod.",
  },
  {
    name: "os: windows, with windowsOptions",
    given: manifests(
      web({}, { ...windows, securityContext: { windowsOptions: { runAsUserName: "ContainerUser" } } }),
    ),
    expect: NO,
    why: "Windows has neither seccomp nor capabilities.",
  },
  {
    name: "os: linux",
    given: manifests(web({}, { os: { name: "linux" } })),
    expect: { "no-escalation": "yes", seccomp: "yes" },
    trap: true,
    why: "It says what is so anyway.",
  },
  {
    name: "a node selector for Linux",
    given: manifests(web({}, { nodeSelector: { "kubernetes.io/os": "linux" } })),
    expect: { "no-escalation": "yes", seccomp: "yes" },
    trap: true,
    why: "As charts write it.",
  },
];
