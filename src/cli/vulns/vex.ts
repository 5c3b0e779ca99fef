import type { CommandGroup } from "../command-line/command.ts";

export const vexCommand: CommandGroup = {
  description: {
    fr: "Explique ou écrit des déclarations VEX : ce qu'un éditeur dit d'une vulnérabilité dans son produit. Non signées, elles figurent avec les constats et ne lèvent rien.",
    en: "Explains or writes VEX statements: a publisher's statements about a vulnerability in its product. They are unsigned: they are shown beside the findings and unblock nothing.",
  },
  subcommands: [
    {
      name: "explain",
      summary: {
        fr: "dire de chaque déclaration où elle s'applique, ou pourquoi elle ne s'applique pas",
        en: "show where each statement applies, or why it does not",
      },
      load: async () => (await import("./vex-explain.ts")).explainVexCommand,
    },
    {
      name: "new",
      summary: { fr: "écrire une déclaration (OpenVEX)", en: "write a statement (OpenVEX)" },
      load: async () => (await import("./vex-new.ts")).newVexCommand,
    },
  ],
  examples: [
    {
      line: {
        fr: "douane vulns vex explain portail.vex.json portail.tar",
        en: "douane vulns vex explain portal.vex.json portal.tar",
      },
      says: { fr: "pourquoi une déclaration reste sans effet", en: "why a statement has no effect" },
    },
  ],
};
