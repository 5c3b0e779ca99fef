// Repositories as the users have them: a missing build is reported once, with the command that builds.

import { deployment, yaml } from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { web } from "../given/folder.ts";

const TEMPLATE = "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n";
const WEB = yaml(web());

function templates(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${folder}/${index}.yaml`, TEMPLATE]));
}

export const cases: Cases = [
  {
    name: "a kustomization without anything else",
    given: { files: { "k/kustomization.yaml": "resources: [web.yaml]\n", "k/web.yaml": WEB } },
    expect: "refused",
    tells: "kubectl kustomize k | douane check -f -",
    why: "Its patches are not known before it is built: nothing is judged, and that is said.",
  },
  {
    name: "a repository of kontinuous beside a Deployment that conforms",
    given: {
      files: {
        "deploy/web.yaml": WEB,
        ".kontinuous/Chart.yaml": "dependencies: []\n",
        ...templates(".kontinuous/env/prod/templates"),
      },
    },
    expect: { "no-host-access": "yes" },
    tells: "npx kontinuous build --env prod -o | douane check -f -",
    why: "helm template cannot build it, and its files alone are not what is deployed.",
  },
  {
    name: "an umbrella chart whose charts are elsewhere",
    given: {
      files: {
        "deploy/web.yaml": WEB,
        "chart/Chart.yaml": "dependencies: [{name: redis}]\n",
        ...templates("chart/templates"),
      },
    },
    expect: { "no-host-access": "yes" },
    tells: "helm dependency build chart && helm template chart | douane check -f -",
    why: "helm template alone fails where dependencies are missing.",
  },
  {
    name: "overlays, their base and their components",
    given: {
      files: {
        "deploy/web.yaml": WEB,
        "k/base/kustomization.yaml": "resources: [web.yaml]\n",
        "k/base/web.yaml": yaml(deployment({ name: "base", pod: { containers: [] } })),
        "k/prod/kustomization.yaml": "resources: [../base]\n",
      },
    },
    expect: { "no-host-access": "yes" },
    tells: "kubectl kustomize k/prod | douane check -f -",
    why: "The base is built with its overlay: what is judged is the overlay.",
  },
  {
    name: "a folder of many charts",
    given: {
      files: {
        "deploy/web.yaml": WEB,
        ...Object.fromEntries(
          Array.from({ length: 20 }, (_, index) => [`charts/c${index}/Chart.yaml`, "apiVersion: v2\n"]),
        ),
      },
    },
    expect: { "no-host-access": "yes" },
    tells: "20 Helm charts (charts/c0, charts/c1, charts/c10…)",
    why: "One line, not twenty.",
  },
  {
    name: "a library chart beside rendered manifests",
    given: {
      files: {
        "deploy/web.yaml": WEB,
        "lib/Chart.yaml": "type: library\n",
        "lib/templates/_a.yaml": "{{ a }}\n",
      },
    },
    expect: { "no-host-access": "yes", seccomp: "yes" },
    trap: true,
    silent: true,
    why: "Nothing is rendered from a library by itself.",
  },
  {
    name: "a Kustomization of Flux in a file of Kustomize's name",
    given: {
      files: {
        "deploy/web.yaml": WEB,
        "deploy/kustomization.yaml":
          "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./deploy}\n",
      },
    },
    expect: { "no-host-access": "yes", seccomp: "yes" },
    trap: true,
    silent: true,
    why: "It is an object, not an overlay: the manifests beside it are what is deployed.",
  },
  {
    name: "values of charts, and settings of tools, beside rendered manifests",
    given: {
      files: {
        "apps/web-prod/web.yaml": WEB,
        "values/prod.yaml": "image: {repository: a, tag: '{{ tag }}'}\n",
        "skaffold.yaml":
          "apiVersion: skaffold/v4beta11\nkind: Config\nbuild: {artifacts: [{image: aides/web}]}\n",
      },
    },
    expect: { "no-host-access": "yes", seccomp: "yes" },
    trap: true,
    silent: true,
    why: "The rendered manifests are what is deployed.",
  },
];
