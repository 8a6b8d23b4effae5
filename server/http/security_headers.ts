import type { RequestHandler } from "express";
import helmet from "helmet";

const halfYear = 180 * 24 * 3600; // seconds

/**
 * Nothing comes from another origin, no script from within a page, and only the named origins may frame a page: offices
 * embed maps in their portals.
 * @param frameOrigins - `https://portal.example`; this server itself always may
 */
export function securityHeaders(frameOrigins: readonly string[]): RequestHandler {
  const overHttp = headersFor(frameOrigins, { secure: false });
  const overHttps = headersFor(frameOrigins, { secure: true });
  return (request, response, next) => (request.secure ? overHttps : overHttp)(request, response, next);
}

/** Plain HTTP on an office network must go on working; who reached us by HTTPS is to stay with it. */
function headersFor(frameOrigins: readonly string[], { secure }: { secure: boolean }): RequestHandler {
  return helmet({
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
    // browsers heed these over HTTPS only, and complain of them otherwise
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
    strictTransportSecurity: secure ? { maxAge: halfYear, includeSubDomains: false } : false,
    referrerPolicy: { policy: "same-origin" },
    // the older header knows no list of origins
    xFrameOptions: frameOrigins.length > 0 ? false : { action: "sameorigin" },
  });
}
