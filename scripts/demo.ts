import { buildExample } from "../examples/build.ts";
import type { Lang, Text } from "../src/contract/text.ts";
import { problemsText } from "../src/trial/available-executor.ts";
import { runcExecutor } from "../src/trial/runc/executor.ts";

/** A command of `npm start -- demo`, and the texts around it. */
export interface Demonstration {
  readonly argv: readonly string[];
  readonly before: string;
  readonly after: (exit: number) => string;
}

/** Demonstration without arguments: an image that is refused. */
export function refusedImage(lang: Lang): Demonstration {
  const image = buildExample("portal");
  return {
    argv: ["check", image],
    before: {
      fr: "Démonstration : une image d'exemple (examples/portal) passe le contrôle de la plateforme.",
      en: "A demonstration: an example image (examples/portal) goes through the platform's check.",
    }[lang],
    after: (exit) =>
      ({
        fr: `Un pipeline aurait reçu le code de retour ${exit}. La même application corrigée, essayée et admise : npm start -- demo\nVotre image : npm start -- check IMAGE`,
        en: `A pipeline would have got exit code ${exit}. The same application put right, tried and admitted: npm start -- demo\nYour image: npm start -- check IMAGE`,
      })[lang],
  };
}

/**
 * Demonstration of the corrected application, tried with its manifest; without a trial if none is possible.
 */
export async function admittedApplication(lang: Lang): Promise<Demonstration> {
  const found = await runcExecutor(process.env).capabilities(AbortSignal.timeout(30_000));
  if (!found.available) return untried(problemsText(found.problems), lang);
  return {
    argv: ["trial", "-f", "examples/portal-fixed/deploy", buildExample("portal-running")],
    before: {
      fr: "Démonstration : l'application corrigée (examples/portal-fixed) est mise en image avec le Node de ce clone, essayée d'après son manifeste, et jugée.",
      en: "A demonstration: the application put right (examples/portal-fixed) becomes an image with this clone's Node, is tried by its manifest, and judged.",
    }[lang],
    after: (exit) =>
      ({
        fr: `Un pipeline aurait reçu le code de retour ${exit}. La vôtre : npm start -- trial -f MANIFESTES IMAGE`,
        en: `A pipeline would have got exit code ${exit}. Yours: npm start -- trial -f MANIFESTS IMAGE`,
      })[lang],
  };
}

function untried(problems: Text, lang: Lang): Demonstration {
  return {
    argv: ["check", buildExample("portal-fixed")],
    before: {
      fr: `Aucun essai n'est possible ici. ${problems.fr}\nL'application corrigée (examples/portal-fixed) est donc contrôlée sans être lancée.`,
      en: `No trial is possible here. ${problems.en}\nThe application put right (examples/portal-fixed) is therefore checked without being run.`,
    }[lang],
    after: () =>
      ({
        fr: "N'a pas été essayé : ce que l'application écrit, journalise, écoute et garde. Où et comment l'essayer : docs/usage/trials.fr.md (« Là où aucun essai n'est possible »), puis : npm start -- demo",
        en: 'Not tried: what the application writes, logs, listens on and keeps. Where and how to try it: docs/usage/trials.md ("Where no trial is possible"), then: npm start -- demo',
      })[lang],
  };
}
