// A server in place of the service: verifies with twilio's library, answers with its TwiML builder, keeps what it received.
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import twilio from 'twilio';

export interface Received {
  readonly path: string;
  readonly token: string;
  readonly form: Readonly<Record<string, string>>;
  readonly valid: boolean;
}

export interface VoiceAnswer {
  readonly status: number;
  readonly body: string;
}

export interface VerifyingServer {
  readonly url: string;
  readonly received: Received[];
  /** `visit` counts the voice requests from 0. */
  answerVoice: (visit: number) => VoiceAnswer;
  readonly close: () => Promise<void>;
}

export const publicUrl = 'https://calls.example';

/** The parameter stands for whatever makes one answer differ from another. */
export function makeTwiml(parameter = 'same'): string {
  const response = new twilio.twiml.VoiceResponse();
  response.start().recording({
    recordingStatusCallback: '/webhook/recording_status',
    recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
  });
  const stream = response.connect({ action: '/webhook/stream_ended' }).stream({
    url: 'wss://calls.example/ws/twilio-media',
    statusCallback: `${publicUrl}/webhook/stream_status#rc=3`,
  });
  stream.parameter({ name: 'parameter', value: parameter });
  return response.toString();
}

export async function startVerifyingServer(authToken: string): Promise<VerifyingServer> {
  const received: Received[] = [];
  let visits = 0;
  const fastify = Fastify({ forceCloseConnections: true });
  await fastify.register(formbody);
  fastify.post('/webhook/:name', async (request, reply) => {
    const form = { ...(request.body as Record<string, string>) };
    const signature = request.headers['x-twilio-signature'] as string;
    const token = request.headers['i-twilio-idempotency-token'] as string;
    const valid = twilio.validateRequest(authToken, signature, publicUrl + request.url, form);
    received.push({ path: request.url, token, form, valid });
    if (request.url === '/webhook/incoming_call') {
      const answer = server.answerVoice(visits++);
      return reply.code(answer.status).type('text/xml').send(answer.body);
    }
    if (request.url === '/webhook/stream_ended') {
      return reply.type('text/xml').send('<Response><Hangup/></Response>');
    }
    return reply.code(204).send();
  });
  const server: VerifyingServer = {
    url: await fastify.listen({ host: '127.0.0.1', port: 0 }),
    received,
    answerVoice: () => ({ status: 200, body: makeTwiml() }),
    close: () => fastify.close(),
  };
  return server;
}
