import type { RequestHandler } from "express";
import helmet, { type HelmetOptions } from "helmet";

const halfYear = 180 * 24 * 3600; // seconds

/**
 * Nothing comes from another origin, no script from within a page, and only the named origins may frame a page: offices
 * embed maps in their portals.
 * @param frameOrigins - `https://portal.example`; this server itself always may
 */
export function securityHeaders(frameOrigins: readonly string[]): RequestHandler {
  const common: HelmetOptions = {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // MapLibre's worker is a file of ours (web/map); it needs no blob and no eval
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        // antd writes style elements at run time
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'", ...frameOrigins],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" },
    // the older header knows no list of origins
    xFrameOptions: frameOrigins.length > 0 ? false : { action: "sameorigin" },
  };
  // Plain HTTP on an office network must go on working; who reached us by HTTPS is to stay with it.
  const overHttp = helmet({
    ...common,
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  const overHttps = helmet({ ...common, strictTransportSecurity: { maxAge: halfYear, includeSubDomains: false } });
  return (request, response, next) => (request.secure ? overHttps : overHttp)(request, response, next);
}
