// Row 1: steps of the entrypoint before the application runs, and names of users other than root.

import type { Answer } from "../../../src/contract/verdict.ts";
import { deployment, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

export const cases: Cases = [
  script("su-exec app", 'exec su-exec app "$@"', "no", "1.1: no su at run time."),
  script("su -c", 'su app -c "/app/server"', "no", "1.1 names su."),
  script("sudo -E", "sudo -E -u app /app/server", "no", "1.1 names sudo."),
  script(
    "sudo in a condition",
    'if [ -d /data ]; then sudo chown app /data; fi\nexec "$@"',
    "unproven",
    "Nobody can tell whether the call is reached.",
  ),
  script(
    "sudo where the user is root",
    'if [ "$(id -u)" = 0 ]; then sudo chown app /data; fi\nexec "$@"',
    "yes",
    "USER 1000 never takes that branch.",
  ),
  script(
    "setpriv",
    'exec setpriv --reuid=1000 --clear-groups "$@"',
    "no",
    "1.1: changes the user at run time.",
  ),
  script(
    "gosu where the user is root",
    'if [ "$(id -u)" = "0" ]; then exec gosu app "$0" "$@"; fi\nexec "$@"',
    "yes",
    "USER 1000 never takes that branch: official images do so.",
  ),
  script(
    "gosu where the user is not root",
    'if [ "$(id -u)" != "0" ]; then exec gosu root "$@"; fi\nexec "$@"',
    "no",
    "USER 1000 takes that branch.",
  ),
  script(
    "runuser in a subshell",
    "(runuser -u app -- /app/server)",
    "no",
    "1.1: changes the user at run time.",
  ),
  script("sudo by its path", "/usr/bin/sudo /app/server", "no", "The same program by its path."),
  script("sudo behind exec and env", "exec env A=1 sudo /app/server", "no", "env starts it."),
  script(
    "a variable that holds sudo",
    'CMD="sudo -E /app/server"\nexec $CMD',
    "no",
    "The variable is set once, in the line above: it is sudo that starts.",
  ),
  script("a variable that holds su", "S=su\n$S app -c /app/server", "no", "The same with su."),
  script("eval", 'eval "$START"', "unproven", "What eval runs cannot be read."),
  script("exec of the arguments", 'exec "$@"', "yes", "The arguments are the image's CMD, which is known."),
  script(
    "a function called su_check",
    'su_check() { echo ok; }\nsu_check\nexec "$@"',
    "yes",
    "A name that begins with su is not su.",
  ),
  script(
    "a here-document that speaks of sudo",
    'cat <<TEXT\nrun sudo systemctl restart app\nTEXT\nexec "$@"',
    "yes",
    "A text calls nothing.",
  ),
  script(
    "the word su in a message in French",
    'echo "démarrage sans su ni sudo"\nexec "$@"',
    "yes",
    "A text calls nothing.",
  ),
  script(
    "a file named sudoers that is read",
    'test -f /etc/sudoers && echo "has sudoers"\nexec "$@"',
    "yes",
    "Nothing changes the user.",
  ),
  script(
    "chmod and chown",
    'chmod 0700 /tmp/app 2>/dev/null || true\nexec "$@"',
    "yes",
    "Neither changes the user.",
  ),
  script(
    "a variable named SUDO that is set",
    'SUDO_PROMPT=none\nexport SUDO_PROMPT\nexec "$@"',
    "yes",
    "A variable's name calls nothing.",
  ),
  {
    name: "CMD sudo",
    given: image({ config: { Cmd: ["sudo", "/app/server"] } }),
    expect: { "non-root": "no" },
    why: "1.1 names sudo.",
  },
  {
    name: "an argument that is called sudo",
    given: image({ config: { Cmd: ["/app/server", "--role", "sudo"] } }),
    expect: { "non-root": "yes" },
    trap: true,
    why: "An argument of the application's own.",
  },
  {
    name: "sudo is installed and nobody calls it",
    given: image({ files: { "usr/bin/sudo": { content: "\x7fELF", mode: 0o4755 } } }),
    expect: { "non-root": "yes" },
    trap: true,
    why: "A setuid file is a note: what is judged is the entrypoint's way.",
  },
  {
    name: "the manifest's command calls su-exec",
    given: withImage(manifests(web({ command: ["/sbin/su-exec", "1000", "/app/server"] })), imageOf({})),
    expect: { "non-root": "no" },
    why: "The manifest's command is what starts.",
  },
  ...[
    ["sudo", "-E", "node"],
    ["sh", "-c", "exec su-exec app node"],
    ["env", "-S", "gosu app node"],
  ].map((command) => ({
    name: `the manifest's command ${command.join(" ")}, without the image`,
    given: manifests(web({ command })),
    expect: { "non-root": "no" } as const,
    why: "1.1, whatever the image holds.",
  })),
  ...[{ args: ["sudo", "-E"] }, { command: ["node", "sudo"] }, { command: ["sh", "-c", "echo sudo"] }].map(
    (container) => ({
      name: `the manifest's ${JSON.stringify(container)}, without the image`,
      given: manifests(web(container)),
      expect: { "non-root": "unproven" } as const,
      trap: true as const,
      why: "No call that is certain.",
    }),
  ),
  {
    name: "the manifest's command leaves the image's gosu aside",
    given: withImage(
      manifests(web({ command: ["/app/server"] })),
      imageOf({
        files: { "entrypoint.sh": { content: '#!/bin/sh\nexec gosu app "$@"\n', mode: 0o755 } },
        config: { Entrypoint: ["/entrypoint.sh"] },
      }),
    ),
    expect: { "non-root": "yes" },
    trap: true,
    why: "command stands in place of ENTRYPOINT: the script is never run.",
  },
  user("-1", "no", "Not a uid."),
  user("4294967295", "no", "Not a uid: the number that means none."),
  user("65532", "yes", "Distroless' nonroot, by its number."),
  user("nonroot", "no", "A name, whatever it says."),
  user("0:0", "no", "Root and its group."),
  user("+0", "no", "Not a number that is not 0."),
  user("1000:app", "yes", "The user is a number; the group may be a name."),
  user("999999", "yes", "A number without an entry in passwd."),
  {
    name: "a user named app whose uid is 0, beside runAsUser",
    given: withImage(
      manifests(web()),
      imageOf({
        config: { User: "app" },
        files: { "etc/passwd": "root:x:0:0::/:/bin/sh\napp:x:0:0::/:/bin/sh\n" },
      }),
    ),
    expect: { "non-root": "no" },
    why: "The name is root's.",
  },
  {
    name: "a user that passwd does not have",
    given: withImage(manifests(web()), imageOf({ config: { User: "ghost" } })),
    expect: { "non-root": "no" },
    why: "It cannot be resolved: the container does not start.",
  },
  {
    name: "runAsNonRoot: false at the container",
    given: withImage(
      manifests(
        web({
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            runAsNonRoot: false,
          },
        }),
      ),
      imageOf({}),
    ),
    expect: { "non-root": "no" },
    why: "Restricted: runAsNonRoot must be true, and the container's word stands above the pod's.",
  },
  {
    name: "runAsNonRoot nowhere",
    given: withImage(
      manifests(
        web({}, { securityContext: { runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } } }),
      ),
      imageOf({}),
    ),
    expect: { "non-root": "no" },
    why: "Restricted: runAsNonRoot must be true.",
  },
  {
    name: "an init container with runAsUser: 0",
    given: withImage(
      manifests(
        web(
          {},
          {
            initContainers: [
              server({
                name: "init",
                ports: undefined,
                readinessProbe: undefined,
                livenessProbe: undefined,
                command: ["/app/server"],
                securityContext: {
                  runAsUser: 0,
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ["ALL"] },
                },
              }),
            ],
          },
        ),
      ),
      imageOf({}),
    ),
    expect: { "non-root": "no" },
    why: "Containers never run as root; an init container is one.",
  },
  {
    name: "one of two images is root's",
    given: {
      ...manifests(
        deployment({
          pod: podSpec({
            containers: [server(), server({ name: "side", image: "registry.example/outils/side:1.0.0" })],
          }),
        }),
      ),
      images: { "aides/web": imageOf({}), "outils/side": imageOf({ config: { User: "" } }) },
    },
    expect: { "non-root": "no" },
    why: "The worst container counts.",
  },
  {
    name: "runAsUser 1000 on an image without USER",
    given: withImage(manifests(web()), imageOf({ config: { User: "" } })),
    expect: { "non-root": "no" },
    why: "1.1 asks for an explicit USER in the image, whatever runAsUser says.",
  },
  {
    name: "manifest without its image",
    given: manifests(web()),
    expect: { "non-root": "unproven" },
    trap: true,
    why: "The image was not read.",
  },
  {
    name: "an entrypoint with file capabilities that the profile takes away",
    given: withImage(
      manifests(web()),
      imageOf({
        files: {
          "app/server": {
            content: "\x7fELF",
            mode: 0o755,
            xattrs: { "security.capability": capability(10) },
          },
        },
      }),
    ),
    expect: { "non-root": "no" },
    why: "Design, row 1: file capabilities beyond the bounding set keep it from starting.",
  },
];

/** An effective VFS_CAP_REVISION_2 attribute that permits this capability. */
function capability(number: number): Uint8Array {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt32LE(0x0200_0001, 0);
  bytes.writeUInt32LE(1 << number, 4);
  return bytes;
}

function script(name: string, body: string, answer: Answer, why: string): Case {
  return {
    name: `an entrypoint script with ${name}`,
    given: image({
      files: {
        "entrypoint.sh": { content: `#!/bin/sh\nset -e\n${body}\n`, mode: 0o755 },
        "bin/sh": { content: "\x7fELF", mode: 0o755 },
      },
      config: { Entrypoint: ["/entrypoint.sh"] },
    }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}

function user(name: string, answer: Answer, why: string): Case {
  return {
    name: `USER ${name}`,
    given: image({ config: { User: name } }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
