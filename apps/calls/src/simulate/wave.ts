// Makes a small recording as Twilio serves it: WAV, 8 kHz, mono, 16-bit PCM.

const sampleRate = 8000;
const headerBytes = 44;

/** RIFF/WAVE with one `fmt ` and one `data` chunk, holding a 440 Hz tone of so many seconds. */
export function makeWave(seconds: number): Buffer {
  const samples = Math.round(seconds * sampleRate);
  const dataBytes = samples * 2;
  const file = Buffer.alloc(headerBytes + dataBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
  oneSecondOfTone.copy(file, headerBytes);
  for (let at = oneSecondOfTone.length; at < dataBytes; at += oneSecondOfTone.length) {
    oneSecondOfTone.copy(file, headerBytes + at);
  }
  return file;
}

// A whole number of periods fits into a second, so that repeating it leaves no click.
const oneSecondOfTone = Buffer.alloc(sampleRate * 2);
for (let sample = 0; sample < sampleRate; sample++) {
  oneSecondOfTone.writeInt16LE(
    Math.round(8000 * Math.sin((2 * Math.PI * 440 * sample) / sampleRate)),
    sample * 2,
  );
}
