// The manifest starts its container for production (contract 1.4), as 1.4-development-mode judges it
// with the image.
//
//   command: nodemon, next dev, npm run dev; env: NODE_ENV=development, DEBUG=1   fail
//   args alone: their program is not known                                       silent
//   the image was read                                                           n/a

import { developmentMode } from "../start/1.4-development-mode.ts";
import { manifestRule } from "./manifest-rule.ts";

export const manifestDevelopmentMode = manifestRule({
  id: "1.4-manifest-development-mode",
  of: developmentMode,
});
