import { EXECUTES, SHAPES } from "../../src/shell/last-command.ts";

/** docs/shells.md: the measured behaviour of the shell of `sh -c`. */
export function shellsPage(): string {
  const shells = Object.keys(EXECUTES);
  const rows = Object.entries({ plain: "node x", ...SHAPES }).map(([shape, text]) => {
    const cells = shells.map((shell) => (EXECUTES[shell]?.includes(shape as "plain") ? "exec" : "fork"));
    return `| \`${JSON.stringify(text).slice(1, -1).replaceAll("|", "\\|")}\` | ${cells.join(" | ")} |`;
  });
  return `${INTRODUCTION}
| \`sh -c\` | ${shells.join(" | ")} |
|---|${shells.map(() => "---|").join("")}
${rows.join("\n")}
`;
}

const INTRODUCTION = `<!-- Generated from src/shell/last-command.ts. -->

# Shells

*English below.*

\`CMD node x\` et \`["sh", "-c", "node x"]\` lancent un shell. S'il se remplace par la dernière commande (\`exec\`), le programme est le processus 1 et reçoit SIGTERM ; s'il la lance à côté de lui (\`fork\`), il garde le signal pour lui et le programme est tué à la fin du délai de grâce. Mesuré sur Debian 13 : dash 0.5.12, bash 5.2, busybox 1.37, mksh 59c, zsh 5.9, ksh93u+m 1.0.10, posh 0.14 ; le busybox 1.33 d'Alpine 3.14 fait de même. Le test \`src/shell/last-command.measured.test.ts\` refait la mesure.

\`/bin/sh\` est dash sur Debian et Ubuntu, busybox sur Alpine, bash sur Fedora, UBI et Amazon Linux : douane suit le lien dans l'image, et se fie au nom de l'image de base pour un Dockerfile. Plusieurs formes réunies : chacune doit être \`exec\`. bash ne le fait dans les listes que depuis la version 5.1 ; un shell qui pose un \`trap\` n'est remplacé nulle part et traite lui-même le signal : l'un et l'autre valent une remarque. Dans un fichier de script, seul ksh93 se remplace : y écrire \`exec\`.

\`CMD node x\` and \`["sh", "-c", "node x"]\` start a shell. When it replaces itself by the last command (\`exec\`), the program is process 1 and receives SIGTERM; when it runs it beside itself (\`fork\`), it keeps the signal and the program is killed at the end of the grace period. Measured on Debian 13: dash 0.5.12, bash 5.2, busybox 1.37, mksh 59c, zsh 5.9, ksh93u+m 1.0.10, posh 0.14; busybox 1.33 of Alpine 3.14 does the same. The test \`src/shell/last-command.measured.test.ts\` measures again.

\`/bin/sh\` is dash on Debian and Ubuntu, busybox on Alpine, bash on Fedora, UBI and Amazon Linux: douane follows the link in the image, and relies on the name of the base image for a Dockerfile. Of several forms together, each must be \`exec\`. bash does so in lists only since version 5.1; a shell that sets a \`trap\` is replaced nowhere and handles the signal itself: either is worth a note. In a script's file only ksh93 replaces itself: write \`exec\` there.
`;
