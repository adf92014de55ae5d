// explainEmbedded: what the package of the embedded server says went wrong, in our form.
import { makeFinding, ShipshapeError } from '../report/index.ts';

/** Its own errors say what, because and do. Throws ShipshapeError `embedded-failed` for them, and any other as it is. */
export async function explainEmbedded<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { name, message, because, do: act } = error as Error & { because?: string; do?: string };
    if (name !== 'EmbeddedError' || because === undefined || act === undefined) throw error;
    throw new ShipshapeError([makeFinding('embedded-failed', { message, because, act })], { cause: error });
  }
}
