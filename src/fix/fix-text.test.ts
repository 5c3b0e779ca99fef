import { describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { fixText } from "./fix-text.ts";
import type { FixOptions } from "./plan.ts";

const OPTIONS: FixOptions = { cluster: { minor: 37 }, writable: [], endpoints: new Map() };

function fix(text: string, options: Partial<FixOptions> = {}): string {
  const fixed = fixText("m.yaml", text, { ...OPTIONS, ...options });
  expect(fixed.workloads.map(({ refused }) => refused)).toEqual(fixed.workloads.map(() => undefined));
  return fixed.text;
}

function refusals(text: string): readonly string[] {
  const { workloads } = fixText("m.yaml", text, OPTIONS);
  return workloads.flatMap(({ refused }) =>
    refused === undefined ? [] : [`${refused.path}: ${refused.message.en}`],
  );
}

test("attempts beyond the bound on characters (fixCharacters, shortened) are refused by its name", () => {
  const text = pod({}).replace("runAsNonRoot: true, ", "");
  const refusedAt = (most: number) =>
    fixText("m.yaml", text, OPTIONS, most).workloads.map(({ refused }) => refused?.message.en);
  expect(refusedAt(text.length)).toEqual([undefined]);
  expect(refusedAt(text.length - 1)).toEqual([
    `too many workloads of this document cannot be corrected (limit fixCharacters, ${LIMITS.fixCharacters}): write them in documents of their own`,
  ]);
});

/** Removed lines and added lines. */
function changed(text: string, options: Partial<FixOptions> = {}): readonly string[] {
  const [before, after] = [text.split("\n"), fix(text, options).split("\n")];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line.trim()}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

/** A pod that conforms except for the given parts. */
function pod({ spec = "", container = "", context = "" }): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
${spec}  containers:
  - name: web
    image: registry.example/web:1.2.3
${container}    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}
${context}`;
}

test("what conforms stays as it is", () => {
  expect(fix(pod({}))).toBe(pod({}));
});

describe("exactly what is missing or refused changes", () => {
  test.each([
    [
      "hostNetwork",
      { spec: "  hostNetwork: yes # why\n" },
      ["- hostNetwork: yes # why", "+ hostNetwork: false # why"],
    ],
    [
      "hostPID, hostIPC",
      { spec: "  hostPID: on\n  hostIPC: true\n" },
      ["- hostPID: on", "- hostIPC: true", "+ hostPID: false", "+ hostIPC: false"],
    ],
    [
      "privileged",
      { context: "      privileged: 'true'\n".replaceAll("'", "") },
      ["- privileged: true", "+ privileged: false"],
    ],
    [
      "procMount, quoted",
      { context: '      procMount: "Unmasked"\n' },
      ['- procMount: "Unmasked"', '+ procMount: "Default"'],
    ],
    [
      "procMount, single quotes",
      { context: "      procMount: 'Unmasked'\n" },
      ["- procMount: 'Unmasked'", "+ procMount: 'Default'"],
    ],
    ["runAsUser", { context: "      runAsUser: 0 # legacy\n" }, ["- runAsUser: 0 # legacy", "+ # legacy"]],
    [
      "runAsNonRoot",
      { context: "      runAsNonRoot: false\n" },
      ["- runAsNonRoot: false", "+ runAsNonRoot: true"],
    ],
    [
      "seccomp",
      { context: "      seccompProfile:\n        type: Localhost\n        localhostProfile: a.json\n" },
      ["- type: Localhost", "- localhostProfile: a.json", "+ type: RuntimeDefault"],
    ],
    [
      "AppArmor",
      { context: "      appArmorProfile: {type: Unconfined}\n" },
      ["- appArmorProfile: {type: Unconfined}", "+ appArmorProfile: {type: RuntimeDefault}"],
    ],
    [
      "a HostProcess",
      { context: "      windowsOptions: {hostProcess: true}\n" },
      ["- windowsOptions: {hostProcess: true}", "+ windowsOptions: {hostProcess: false}"],
    ],
    [
      "SELinux",
      { context: "      seLinuxOptions:\n        # ours\n        type: spc_t\n" },
      ["- seLinuxOptions:", "- # ours", "- type: spc_t", "+ # ours"],
    ],
    [
      "hostPort",
      { container: "    ports: [{hostPort: 80, containerPort: 80}]\n" },
      ["- ports: [{hostPort: 80, containerPort: 80}]", "+ ports: [{containerPort: 80}]"],
    ],
    [
      "the host of a probe",
      { container: "    livenessProbe: {tcpSocket: {port: 80, host: 10.0.0.1}}\n" },
      [
        "- livenessProbe: {tcpSocket: {port: 80, host: 10.0.0.1}}",
        "+ livenessProbe: {tcpSocket: {port: 80}}",
      ],
    ],
  ])("%s", (_, parts, lines) => {
    expect(changed(pod(parts))).toEqual(lines);
  });

  test.each([
    ["drop: [NET_RAW]", "drop: [NET_RAW, ALL]"],
    ["drop: []", "drop: [ALL]"],
    ["drop: [all,]", "drop: [all, ALL,]"],
    ["drop: [ALL], add: [CHOWN]", "drop: [ALL]"],
    ["add: [CHOWN, NET_BIND_SERVICE, KILL], drop: [ALL]", "add: [NET_BIND_SERVICE], drop: [ALL]"],
    ["add: [NET_BIND_SERVICE, SYS_ADMIN, CHOWN], drop: [ALL]", "add: [NET_BIND_SERVICE], drop: [ALL]"],
    ["drop: [ALL], add: [NET_BIND_SERVICE]", "drop: [ALL], add: [NET_BIND_SERVICE]"],
    ["drop", "drop: [ALL]"],
    ["", "drop: [ALL]"],
  ])("capabilities: {%s} becomes {%s}", (before, after) => {
    const text = pod({}).replace("{drop: [ALL]}", `{${before}}`);
    const written = before === "" ? "\n        drop:\n        - ALL" : ` {${after}}`;
    expect(fix(text)).toBe(pod({}).replace(" {drop: [ALL]}", written));
  });

  test("sysctls: the unsafe ones go, and the list when nothing remains", () => {
    const sysctls = (names: readonly string[]) =>
      pod({}).replace(
        "  securityContext: {",
        `  securityContext:\n    sysctls:\n${names.map((name) => `    - name: ${name} # ${name}\n      value: "1"\n`).join("")}    runAsNonRoot: true\n    seccompProfile: {type: RuntimeDefault}\n  x: {`,
      );
    expect(changed(sysctls(["net.ipv4.tcp_syncookies", "vm.swappiness"]))).toEqual([
      "- - name: vm.swappiness # vm.swappiness",
      "+ # vm.swappiness",
    ]);
    expect(fix(sysctls(["vm.swappiness"]))).not.toContain("sysctls:");
    expect(fix(sysctls(["vm.swappiness"]))).toContain("    # vm.swappiness\n    runAsNonRoot: true\n");
  });

  test("an AppArmor annotation", () => {
    const key = "container.apparmor.security.beta.kubernetes.io/web";
    const text = pod({}).replace("{name: web}", `{name: web, annotations: {${key}: unconfined}}`);
    expect(changed(text)[1]).toContain(`${key}: runtime/default`);
  });

  test("an older cluster asks less", () => {
    const probe = pod({ container: "    livenessProbe: {tcpSocket: {port: 80, host: 10.0.0.1}}\n" });
    expect(fix(probe, { cluster: { minor: 33 } })).toBe(probe);
  });
});

describe("empty values are filled where they stand", () => {
  test.each([
    ["    securityContext: {} # todo\n", "    securityContext: # todo\n"],
    ["    securityContext:\n", "    securityContext:\n"],
    ["    securityContext: ~\n", "    securityContext:\n"],
    ["    securityContext: null # none\n      # later\n", "    securityContext: # none\n"],
    ["    securityContext: !!map {}\n", "    securityContext: !!map\n"],
  ])("%j", (before, after) => {
    const head = pod({}).split("    securityContext:\n      allow")[0] ?? "";
    const fixed = fix(`${head}${before}    tty: false\n`);
    expect(fixed).toContain(
      `${after}      allowPrivilegeEscalation: false\n      readOnlyRootFilesystem: true\n`,
    );
    expect(fixed).toContain(
      "    tty: false\n    volumeMounts:\n    - name: tmp\n      mountPath: /tmp\n  volumes:\n",
    );
  });
});

describe("places", () => {
  test("comments of a block stay with it, those of the next one do not move", () => {
    const text = pod({}).replace(
      / {4}securityContext:\n[^]*/,
      "    tty: false\n    # of web\n  # of the next\n  - name: b\n# end\n",
    );
    expect(fix(text)).toContain("    # of web\n    securityContext:\n");
    expect(fix(text)).toContain(
      "      mountPath: /tmp\n  # of the next\n  - name: b\n    securityContext:\n",
    );
    expect(fix(text)).toMatch(/emptyDir: \{\}\n# end\n$/);
  });

  test("a block scalar keeps its empty lines", () => {
    const text = pod({}).replace(
      / {4}securityContext:\n[^]*/,
      "    args:\n    - |+\n      a\n\n\n  - name: b\n",
    );
    expect(fix(text)).toContain("      a\n\n\n    securityContext:\n");
  });

  test("a last line without its break stays without", () => {
    const text = pod({}).replace(/\n$/, "").replace("      readOnlyRootFilesystem: true\n", "");
    expect(fix(text)).toMatch(/\n {2}volumes:\n {2}- name: tmp\n {4}emptyDir: \{\}$/);
  });

  test("the first key behind a dash makes room for the next", () => {
    const ports = "    ports:\n    - hostPort: 80 # host\n      # about\n      containerPort: 80\n";
    expect(fix(pod({ container: ports }))).toContain(
      "    - # host\n      # about\n      containerPort: 80\n",
    );
  });

  test("indentation is the document's own", () => {
    const text =
      "apiVersion: v1\nkind: Pod\nspec:\n    containers:\n        -   name: a\n            image: x\n";
    expect(fix(text)).toContain(
      "            image: x\n            securityContext:\n                allowPrivilegeEscalation: false\n",
    );
    expect(fix(text)).toContain("\n    volumes:\n        - name: tmp\n");
  });

  test("brackets over several lines get lines of their own, comments and trailing commas stay", () => {
    const text = `apiVersion: v1
kind: Pod
spec: {
  containers: [
    {name: a, image: x, # c1
     args: [a, b] # c2
    },
    { name: b }
  ], # c3
 }
`;
    expect(fix(text)).toContain(
      "     args: [a, b], # c2\n     securityContext: {allowPrivilegeEscalation: false, ",
    );
    expect(fix(text)).toContain("    { name: b, securityContext: {");
    expect(fix(text)).toMatch(/\], # c3\n {2}securityContext: \{.*\},\n {2}volumes: \[.*\],\n \}\n$/);
  });

  test("several documents, of which one is broken and one no workload", () => {
    const text = `# head\n---\n${pod({ spec: "  hostPID: true\n" })}---\na: [\n---\nkind: ConfigMap\napiVersion: v1\n...\n---\n${pod({})}`;
    expect(changed(text)).toEqual(["- hostPID: true", "+ hostPID: false"]);
  });

  test("JSON keeps its own indentation, minified JSON its line", () => {
    const object = { apiVersion: "v1", kind: "Pod", spec: { containers: [{ name: "a" }] } };
    for (const indent of ["", "\t", "   "]) {
      const fixed = fix(JSON.stringify(object, undefined, indent));
      expect(fixed).toBe(JSON.stringify(JSON.parse(fixed), undefined, indent));
    }
    const two = JSON.stringify(object).repeat(2);
    expect(fix(two).split('"runAsNonRoot":true')).toHaveLength(3);
  });
});

describe("anchors", () => {
  const CONTAINERS = (body: string) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${body}`;

  test("are edited where they are written, once, when all their users change alike", () => {
    const fixed = fix(
      CONTAINERS(
        "  - name: a\n    securityContext: &sc\n      privileged: true # why\n  - name: b\n    securityContext: *sc\n",
      ),
    );
    expect(fixed).toContain(
      "securityContext: &sc\n      privileged: false # why\n      allowPrivilegeEscalation: false\n",
    );
    expect(fixed).toContain("  - name: b\n    securityContext: *sc\n");
    expect(fixed.split("drop:")).toHaveLength(2);
  });

  test("merge keys, from an extension key", () => {
    const fixed = fix(
      `x-base: &base\n  securityContext: {privileged: true}\n${CONTAINERS("  - {<<: *base, name: a}\n  - <<: *base\n    name: b\n")}`,
    );
    expect(fixed).toMatch(
      /^x-base: &base\n {2}securityContext: \{privileged: false, allowPrivilegeEscalation: false, /,
    );
    expect(fixed).toContain("  - <<: *base\n    name: b\n    volumeMounts:\n    - name: tmp-b\n");
  });

  test("a shared list of mounts leads to a shared volume", () => {
    const fixed = fix(
      CONTAINERS(
        "  - name: a\n    volumeMounts: &m\n    - {name: d, mountPath: /d}\n  - name: b\n    volumeMounts: *m\n",
      ),
    );
    expect(fixed.match(/emptyDir/g)).toHaveLength(1);
    expect(fixed).toContain("  - name: b\n    volumeMounts: *m\n");
  });

  test("an alias of a scalar is replaced, its anchor is not", () => {
    const fixed = fix(
      CONTAINERS("  - name: a\n    tty: &yes true\n    securityContext: {privileged: *yes}\n"),
    );
    expect(fixed).toContain("tty: &yes true\n    securityContext: {privileged: false,");
  });

  test.each([
    [
      "a scalar that others take",
      "  - name: a\n    stdin: *yes\n",
      "spec:\n  hostPID: &yes true\n",
      "spec.hostPID: the anchor `&yes`",
    ],
    [
      "a mapping that is not only a securityContext",
      "  - name: a\n    securityContext: *m\n",
      "metadata:\n  labels: &m {a: b}\nspec:\n",
      "metadata.labels.allowPrivilegeEscalation: the anchor `&m`",
    ],
  ])("refused: %s", (_, containers, head, says) => {
    const text = CONTAINERS(containers).replace("spec:\n", head);
    expect(refusals(text)[0]).toContain(says);
  });

  test("one workload that cannot be edited does not keep the others back", () => {
    const item = (name: string, more: string) =>
      `- apiVersion: v1\n  kind: Pod\n  metadata: {name: ${name}}\n  spec:\n    hostPID: ${more}\n    containers: [{name: a}]\n`;
    const text = `apiVersion: v1\nkind: List\nitems:\n${item("a", "true")}${item("b", "&t true\n    enableServiceLinks: *t")}${item("c", "true")}`;
    expect(refusals(text)).toHaveLength(1);
    expect(fixText("m.yaml", text, OPTIONS).text.match(/hostPID: false/g)).toHaveLength(2);
  });
});

describe("refused", () => {
  test.each([
    ["an explicit key", "apiVersion: v1\nkind: Pod\nspec:\n  ? containers\n  : - name: a\n"],
    ["a port that is nothing else", pod({ container: "    ports:\n    - hostPort: 80\n" })],
    [
      "a comment between brackets",
      pod({ container: "    ports: [{containerPort: 80, # c\n      hostPort: 80}]\n" }),
    ],
  ])("%s", (_, text) => {
    expect(refusals(text)).toHaveLength(1);
    expect(fixText("m.yaml", text, OPTIONS).text).toBe(text);
  });
});

describe("what Kubernetes cannot decode", () => {
  const text = pod({ context: '      privileged: "yes"\n      runAsUser: 0\n' });

  test("is left, and named; the rest is fixed", () => {
    expect(changed(text)).toEqual(["- runAsUser: 0"]);
    const [workload] = fixText("m.yaml", text, OPTIONS).workloads;
    expect(workload?.plan.left.map(({ message }) => message.en)).toEqual([
      'not valid Kubernetes: spec.containers[0].securityContext.privileged must be true or false, not the string "yes"',
    ]);
  });
});

test("a Windows pod gets nothing that it must not have", () => {
  const text = pod({ spec: "  os: {name: windows}\n" }).replace(/ {4}securityContext:\n[^]*/, "");
  const { text: after, workloads } = fixText("m.yaml", text, OPTIONS);
  expect(after).toBe(text);
  expect(workloads[0]?.plan.left[0]?.message.en).toContain("Windows");
});

describe("writable paths", () => {
  const writable = (path: string, container = "web") => ({ writable: [{ container, path }] });
  const volumes = (list: string) =>
    pod({ spec: `  volumes: ${list}\n`, container: "    volumeMounts: [{name: data, mountPath: /data}]\n" });

  test.each([
    ["is mounted already", volumes("[{name: data, emptyDir: {}}]"), writable("/data/"), []],
    ["lies below what can be written to", volumes("[{name: data, emptyDir: {}}]"), writable("/data/a"), []],
    ["is another container's", pod({}), writable("/data", "other"), []],
    [
      "a configMap, which cannot be written to",
      volumes("[{name: data, configMap: {name: c}}]"),
      writable("/data"),
      [],
    ],
  ])("%s: nothing to do", (_, text, options) => {
    expect(fix(text, options)).toBe(text);
  });

  test("what is mounted read-only is named", () => {
    const text = volumes("[{name: data, configMap: {name: c}}]");
    const [workload] = fixText("m.yaml", text, { ...OPTIONS, ...writable("/data") }).workloads;
    expect(workload?.plan.left[0]?.message.en).toBe(
      "/data is mounted read-only already: no emptyDir is added there",
    );
  });

  test.each([
    [
      "a volume that nobody mounts is used",
      "[{name: cache, emptyDir: {}}]",
      "/cache",
      "{name: cache, mountPath: /cache}",
      1,
    ],
    [
      "a name that is taken is not",
      "[{name: cache, secret: {}}]",
      "/cache",
      "{name: cache-web, mountPath: /cache}",
      2,
    ],
    [
      "twice taken",
      "[{name: cache, secret: {}}, {name: cache-web, secret: {}}]",
      "/cache",
      "{name: cache-web-2, mountPath: /cache}",
      3,
    ],
    ["odd characters", "[]", "/Ä/_b c/", '{name: b-c, mountPath: "/Ä/_b c"}', 1],
    ["nothing but odd ones", "[]", "/é", '{name: data, mountPath: "/é"}', 1],
    ["words that YAML would read otherwise", "[]", "/x: y", '{name: x-y, mountPath: "/x: y"}', 1],
  ])("%s", (_, list, path, mount, count) => {
    const text = pod({
      spec: `  volumes: ${list}\n`,
      container: "    volumeMounts: [{name: z, mountPath: /z}]\n",
    });
    const fixed = fix(text, writable(path));
    expect(fixed).toContain(`{name: z, mountPath: /z}, ${mount}]`);
    expect(fixed.match(/emptyDir|secret:/g)).toHaveLength(count);
  });

  test("of two paths, one below the other, the outer one suffices", () => {
    const options = { writable: [...writable("/a/b").writable, ...writable("/a").writable] };
    expect(fix(pod({}), options).match(/mountPath/g)).toHaveLength(1);
  });

  test("the claim of a StatefulSet has its name, too", () => {
    const set = `apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  volumeClaimTemplates: [{metadata: {name: tmp}}]\n  template:\n    spec:\n      containers: [{name: db}]\n`;
    expect(fix(set)).toContain("{name: tmp-db, mountPath: /tmp}");
  });
});

describe("probes", () => {
  const endpoints = new Map([
    ["registry.example/web:1.2.3", { path: "/health", port: 8080, scheme: "HTTP" as const }],
  ]);

  test("come from the image's HEALTHCHECK, where they are missing", () => {
    const text = pod({ container: "    readinessProbe: {tcpSocket: {port: 80}}\n" });
    expect(changed(text, { endpoints })).toEqual([
      "+ livenessProbe:",
      "+ httpGet:",
      "+ path: /health",
      "+ port: 8080",
    ]);
  });

  test("are for what runs long, and for the image that has one", () => {
    const batch = pod({ spec: "  restartPolicy: Never\n" });
    expect(fix(batch, { endpoints })).toBe(batch);
    const other = pod({}).replace("1.2.3", "1.2.4");
    expect(fix(other, { endpoints })).toBe(other);
  });
});
