import { z } from "zod";
import { GRACE_DEFAULTS } from "../contract/grace-period.ts";
import { optional } from "../contract/i18n-meta.ts";

/** Maximum days of a grace period: longer is an acceptance, which names its finding. */
const MOST_DAYS = 30;
const days = z.int().min(0).max(MOST_DAYS);

/** Schema of the section on grace periods: pods that were admitted, and that new data or rules refuse. */
export const gracePeriod = z.strictObject({
  criticalDays: optional(days, {
    fr: `Jours pendant lesquels entre encore un pod qu'une vulnérabilité critique, inconnue à son admission, refuse. 0 : aucun. Par défaut : ${GRACE_DEFAULTS.criticalDays}.`,
    en: `Days for which a pod still enters that a critical vulnerability refuses which was not known at its admission. 0: none. Default: ${GRACE_DEFAULTS.criticalDays}.`,
  }),
  exploitedDays: optional(days, {
    fr: `La même durée pour une vulnérabilité exploitée. Un logiciel malveillant n'en a jamais. Par défaut : ${GRACE_DEFAULTS.exploitedDays}.`,
    en: `The same for an exploited vulnerability. Malware never has any. Default: ${GRACE_DEFAULTS.exploitedDays}.`,
  }),
  ruleDays: optional(days, {
    fr: `La même durée pour une exigence forte qu'une autre version de douane lit autrement dans la même image. Par défaut : ${GRACE_DEFAULTS.ruleDays}.`,
    en: `The same for a mandatory row that another version of douane reads otherwise in the same image. Default: ${GRACE_DEFAULTS.ruleDays}.`,
  }),
  endingPerHour: optional(z.int().min(1).max(10_000), {
    fr: `Gabarits de pods au plus dont le délai finit en une heure ; les autres finissent plus tard, de trois jours au plus. Des données fausses n'arrêtent ainsi pas tout un cluster. Par défaut : ${GRACE_DEFAULTS.endingPerHour}.`,
    en: `Pod templates at most whose period ends in one hour; the others end later, by three days at most. So wrong data do not stop a whole cluster. Default: ${GRACE_DEFAULTS.endingPerHour}.`,
  }),
});
