// Reads from a TwiML answer what decides how the call goes on: whom it connects, streams to and records for.

export interface Twiml {
  readonly connectAction: string | undefined;
  readonly streamStatusCallback: string | undefined;
  /** The address of `<Stream>`: undefined when the answer starts no stream. */
  readonly streamUrl: string | undefined;
  /** The attributes of `<Recording>`: undefined when the answer starts no recording. */
  readonly recording:
    | { readonly statusCallback: string | undefined; readonly events: readonly string[] }
    | undefined;
}

/** Throws SyntaxError when the text is not a `<Response>`. Twilio's own builder escapes, so attributes are enough. */
export function parseTwiml(text: string): Twiml {
  if (!/<Response(\s[^>]*)?(\/>|>[\s\S]*<\/Response>\s*$)/.test(text)) {
    throw new SyntaxError('the answer is not TwiML: it has no complete <Response>');
  }
  const stream = readAttributes(text, 'Stream');
  const recording = readAttributes(text, 'Recording');
  return {
    connectAction: readAttributes(text, 'Connect')?.action,
    streamStatusCallback: stream?.statusCallback,
    streamUrl: stream?.url,
    recording: recording && {
      statusCallback: recording.recordingStatusCallback,
      events: (recording.recordingStatusCallbackEvent ?? 'completed').split(' '),
    },
  };
}

function readAttributes(text: string, element: string): Record<string, string> | undefined {
  const tag = new RegExp(`<${element}((?:\\s+[\\w:]+="[^"]*")*)\\s*/?>`).exec(text);
  if (!tag) return undefined;
  const attributes = [...tag[1]!.matchAll(/([\w:]+)="([^"]*)"/g)];
  return Object.fromEntries(attributes.map(([, name, value]) => [name!, unescapeXml(value!)]));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([0-9a-fA-F]+));/g, (_, name, decimal, hex) =>
    name ? entities[name]! : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}
