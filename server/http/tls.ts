import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { ListenError } from "./listener.ts";

export interface TlsFiles {
  cert: string;
  key: string;
}

/**
 * Reads certificate chain and key (PEM) and sees that they belong together.
 * @throws ListenError that names the file
 */
export function readTls({ cert, key }: TlsFiles): { cert: Buffer; key: Buffer } {
  const read = { cert: readPem("TLS_CERT", cert), key: readPem("TLS_KEY", key) };
  try {
    createSecureContext(read);
  } catch (error) {
    throw new ListenError(
      `TLS_CERT 与 TLS_KEY 无法配对使用（${(error as Error).message}）。请提供同一证书的 PEM 文件，私钥不加口令。` +
        " / TLS_CERT and TLS_KEY cannot be used together: give PEM files of one certificate, the key without a passphrase.",
    );
  }
  return read;
}

/**
 * What people will miss where others reach the server over plain HTTP; null where nothing is missing: on this machine
 * alone, with a certificate, or behind a proxy that has one.
 */
export function missingOverHttp(
  config: { host: string; tls: TlsFiles | undefined; trust_proxy: unknown },
  isLoopback: boolean,
): string | null {
  if (isLoopback || config.tls || config.trust_proxy !== undefined) return null;
  return (
    `  HOST=${config.host}：其他电脑经明文 HTTP 访问，口令可能被窃听，且断网刷新、定位、摄像头和屏幕常亮不可用。\n` +
    "  请设置 TLS_CERT 和 TLS_KEY，或置于 HTTPS 反向代理之后并设置 TRUST_PROXY。\n" +
    "  Others reach this server over plain HTTP: passwords can be read on the way, and reloading offline, location, camera\n" +
    "  and a screen that stays on are missing. Set TLS_CERT and TLS_KEY, or TRUST_PROXY behind a proxy with HTTPS."
  );
}

function readPem(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ListenError(
      `无法读取 ${setting} 指定的文件 ${file}（${(error as Error).message}）。 / The file of ${setting} cannot be read.`,
    );
  }
}
