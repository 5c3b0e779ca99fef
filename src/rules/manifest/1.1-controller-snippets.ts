// The application adds no program and no files to a controller that other applications share (contract 1.1: an
// image must not be able to affect other applications or the platform). An ingress controller holds the
// certificates, and often the Secrets, of all its applications.
//
//   of annotations configuration-, server-, auth-, stream-snippet (nginx), config-backend… (HAProxy), fields
//   of VirtualServer, KongPlugin, ApisixRoute, EnvoyExtensionPolicy:
//     Lua, njs, Perl, WebAssembly, a program                                        fail
//     a brace that closes a block of the controller                                 fail
//     root, alias, include, errorfile: files of the controller                      fail
//     headers, redirects, limits, timeouts of the application's own requests        note
//     other directives (proxy_pass, access_log), another syntax (ModSecurity)       unproven
//   no snippet; snippets of others' routes                                          fine
//
// Source: https://github.com/kubernetes/ingress-nginx/issues/7837 (CVE-2021-25742)

import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { RelatedFacts, SnippetEffect } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedPlace, relatedTitle } from "./related-place.ts";

const ID = "1.1-controller-snippets";

interface Placed {
  readonly object: RelatedFacts;
  readonly effect: SnippetEffect;
}

export const controllerSnippets = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Aucun programme ni fichier n'est introduit dans un contrôleur partagé",
    en: "No program and no file is put into a controller that others share",
  },
  why: {
    fr: "Le contrôleur d'entrée détient les certificats, et souvent les Secrets, de toutes les applications : un fragment de sa configuration qui exécute du code ou lit ses fichiers les donne à qui écrit ce fragment.",
    en: "The ingress controller holds the certificates, and often the Secrets, of every application: a piece of its configuration that runs code or reads its files hands them to whoever writes that piece.",
  },
  remedy: {
    fr: "Utiliser les annotations et les champs prévus par le contrôleur, ou faire ce travail dans l'application.",
    en: "Use the annotations and fields that the controller has for it, or do this work in the application.",
  },
  needs: ["workload"],
  check({ workload }) {
    const placed = (workload.related ?? []).flatMap((object): readonly Placed[] =>
      object.effect.is === "snippet" ? [{ object, effect: object.effect }] : [],
    );
    const { findings, notes } = sortFindings(placed.flatMap((one) => judge(workload, one)));
    const doubt = placed.find(({ effect }) => effect.does === "unknown");
    return outcomeOf({ findings, notes }, doubt === undefined ? PROOF : unproven(doubt));
  },
});

const PROOF: Text = {
  fr: "aucun objet parmi les manifestes n'introduit de programme ni de fichier dans un contrôleur partagé",
  en: "no object among the manifests puts a program or a file into a controller that others share",
};

const EFFECTS: Readonly<Record<Exclude<SnippetEffect["does"], "unknown">, Text>> = {
  "runs-code": {
    fr: "exécute un programme dans un contrôleur que d'autres applications partagent",
    en: "runs a program in a controller that other applications share",
  },
  "leaves-its-place": {
    fr: "sort de sa place dans la configuration d'un contrôleur que d'autres applications partagent",
    en: "leaves its place in the configuration of a controller that other applications share",
  },
  "reads-files": {
    fr: "atteint les fichiers d'un contrôleur que d'autres applications partagent",
    en: "reaches files of a controller that other applications share",
  },
  ordinary: {
    fr: "change la configuration d'un contrôleur partagé, pour les requêtes de l'application seulement",
    en: "changes the configuration of a shared controller, for the application's own requests only",
  },
};

function judge(workload: WorkloadFacts, { object, effect }: Placed): readonly JudgedOne[] {
  const { does } = effect;
  if (does === "unknown") return [];
  const [title, where] = [relatedTitle(object), settingOf(effect)];
  return [
    {
      refutes: does !== "ordinary",
      finding: {
        message: {
          fr: `${title} ${EFFECTS[does].fr} (${where})`,
          en: `${title} ${EFFECTS[does].en} (${where})`,
        },
        fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, effect.field),
        at: placeOf(object),
      },
    },
  ];
}

function settingOf({ field, directive }: SnippetEffect): string {
  return directive === "" ? excerpt(field) : `${excerpt(field)}: ${excerpt(directive)}`;
}

function unproven({ object, effect }: Placed) {
  const [place, where] = [relatedPlace(object), settingOf(effect)];
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `${place} introduit dans la configuration d'un contrôleur partagé une directive dont la portée n'est pas connue (${where})`,
      en: `${place} puts a directive into the configuration of a shared controller whose reach is not known (${where})`,
    },
    settle: {
      fr: "Retirer cette directive, ou la remplacer par une annotation ou un champ prévus par le contrôleur.",
      en: "Remove this directive, or replace it with an annotation or a field that the controller has for it.",
    },
  } as const;
}
