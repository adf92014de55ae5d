// Reads single values as the provider writes them. What cannot be understood is null: a field must never cost us the event.

import { z } from 'zod';

/** A provider's identifier: `CA…` with 34 characters at Twilio, other shapes at clouds that speak the same protocol. */
export const sid = z.string().regex(/^[\w:.-]{2,64}$/, 'is not an identifier');

/** A whole number from 0 to what `integer` holds, else null. */
export const wholeNumber = lenient((text) => {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : null;
  return number !== null && number <= 2_147_483_647 ? number : null;
});

/** RFC 2822 or ISO 8601, UTC where the text names no zone; null outside the years 2000 to 2999. */
export const instant = lenient((text) => {
  const zoned = /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned);
  const year = Number.isNaN(time) ? 0 : new Date(time).getUTCFullYear();
  return year >= 2000 && year < 3000 ? new Date(time) : null;
});

/** Text of at most `length` characters, null when empty. */
export const shortText = (length: number) => lenient((text) => text.slice(0, length) || null);

/** An identifier, or null when it is missing or has another shape. */
export const optionalSid = lenient((text) => (sid.safeParse(text).success ? text : null));

/** An http(s) URL that fits its column, else null: a cut URL would lead elsewhere. */
export const link = lenient((text) => (/^https?:\/\/.{1,1000}$/.test(text) ? text : null));

function lenient<T>(read: (text: string) => T | null) {
  return z
    .string()
    .optional()
    .transform((text): T | null => (text === undefined ? null : read(text.trim())));
}
