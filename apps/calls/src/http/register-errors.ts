// Turns whatever a handler throws into a problem for the caller and a line for the log, neither with SQL or values.

import type { FastifyError, FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { type DatabaseFault, describeFault } from '../db/describe-fault.ts';
import { type Problem, ProblemError } from './problem.ts';

export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const fault = describeFault(error);
    const problem = fault === null ? problemOf(error) : problemOfFault(fault);
    const route = request.routeOptions.url;
    if (fault !== null) request.log.error({ route, ...renderFault(fault) }, faultWords(fault));
    else if (problem.status >= 500)
      request.log.error({ route, error: nameAndPlace(error) }, 'the request failed');
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', ...problem }));
  });
  app.setNotFoundHandler(() => {
    throw new ProblemError({ status: 404, title: 'there is nothing here' });
  });
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ZodError) {
    const faults = error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    return { status: 400, title: 'the request cannot be understood', detail: faults.join('; ') };
  }
  // Fastify's own errors (unsupported media type, body too large …) are about the request and speak of nothing else.
  const { statusCode, message } = error as FastifyError;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, title: message };
  return { status: 500, title: 'something went wrong here' };
}

function problemOfFault(fault: DatabaseFault): Problem {
  return fault.kind === 'other'
    ? { status: 500, title: 'something went wrong here' }
    : { status: 503, title: 'the database cannot serve this now' };
}

/** `UndefinedColumn` is what operators look for in the log when a migration was forgotten. */
function faultWords(fault: DatabaseFault): string {
  return fault.kind === 'schema'
    ? 'UndefinedColumn or table: the schema lacks what this release needs'
    : 'database fault';
}

function renderFault(fault: DatabaseFault) {
  return { sqlstate: fault.code, ...(fault.detail !== null && { detail: fault.detail }) };
}

/** Name and stack without the message, which may quote a value. */
function nameAndPlace(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const place = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, place: place?.slice(0, 8).map((line) => line.trim()) };
}
