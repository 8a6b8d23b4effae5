import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { problem } from "../../data/schema/problem.ts";
import { escapeHtml } from "./escape_html.ts";
import { sendProblem } from "./problems.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Listener {
  /** http://127.0.0.1:8080, or https */
  address: string;
  /** From now on this answers. */
  serve: (handler: Handler) => void;
  /** Stops taking requests, lets those under way finish for `grace_ms`, then cuts them. */
  close: (grace_ms: number) => Promise<void>;
}

const largestHeader = 16 * 1024; // bytes, all headers and the address of a request together

/** The port cannot be had; the message says why and what to do. */
export class ListenError extends Error {}

/**
 * Takes the port before anything slow begins: a taken port is known at once, and who opens the page
 * while the database is still booting sees what is going on instead of a refused connection.
 * @param progress - the sentence to show meanwhile
 * @param tls - certificate and key (PEM): then it speaks HTTPS
 */
export async function listen(
  host: string,
  port: number,
  progress: () => string,
  tls?: { cert: Buffer; key: Buffer },
): Promise<Listener> {
  let handler: Handler = (request, response) => answerStarting(request, response, progress());
  const limits = { maxHeaderSize: largestHeader, headersTimeout: 15_000, requestTimeout: 60_000 };
  const take: Handler = (request, response) => handler(request, response);
  const server = tls ? createTlsServer({ ...limits, ...tls }, take) : createServer(limits, take);
  server.maxHeadersCount = 100;
  await bind(server, host, port);
  const bound = server.address() as AddressInfo;
  const shown = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return {
    address: `${tls ? "https" : "http"}://${shown}:${bound.port}`,
    serve: (next) => {
      handler = next;
    },
    close: (grace) => closeServer(server, grace),
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new ListenError(explain(error, host, port))));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE") {
    return (
      `端口 ${port} 已被占用：请关闭占用它的程序，或用 PORT=${port === 8080 ? 8081 : 8080} 换一个端口。` +
      ` / Port ${port} is taken: stop the program that holds it, or choose another with PORT=.`
    );
  }
  if (error.code === "EACCES") {
    return `没有权限使用端口 ${port}：请用 PORT 选择 1024 以上的端口。 / No permission for port ${port}: choose one above 1024 with PORT=.`;
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return `本机没有地址 ${host}：请改正 HOST。 / This machine has no address ${host}: correct HOST.`;
  }
  return `无法监听 ${host}:${port}（${error.message}）。 / Cannot listen on ${host}:${port}.`;
}

function answerStarting(request: IncomingMessage, response: ServerResponse, sentence: string): void {
  response.setHeader("Retry-After", "2");
  const path = request.url?.split("?")[0];
  if (path === "/healthz") {
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ alive: true }));
    return;
  }
  if (path !== "/" || request.method !== "GET") {
    sendProblem(
      response,
      problem("server.starting", { detail: `服务器正在启动：${sentence}`, fix: "请稍候片刻再试。" }),
    );
    return;
  }
  response.statusCode = 503;
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  response.end(startingPage(sentence));
}

function startingPage(sentence: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>网格图谱</title><style>html{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;
font:16px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;text-align:center;background:#F6F7F5;color:#1B2430}
p{margin:0;color:#4A5666}h1{font-size:20px;font-weight:600;margin:0 0 8px}
@media(prefers-color-scheme:dark){body{background:#10161F;color:#F2F5F9}p{color:#B4C0CF}}</style>
<h1>网格图谱正在启动</h1><p>${escapeHtml(sentence)}</p><p>Grid Atlas is starting; this page opens by itself.</p></html>`;
}

function closeServer(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
