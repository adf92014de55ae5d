// What is in flight: the first refusal is the reason, and none goes unhandled.
import { expect, test } from 'vitest';
import { makeFlight } from '../../src/migrate/flight.ts';

test('all that was sent has been answered when it is said that nothing was refused', async () => {
  const flight = makeFlight();
  const answered: string[] = [];
  flight.send(Promise.resolve().then(() => answered.push('first')));
  flight.send(Promise.resolve('second').then((word) => answered.push(word)));
  expect(await flight.fault()).toBeUndefined();
  expect(answered).toEqual(['first', 'second']);
});

test('the reason is what was refused first in the order of sending, whichever answer comes first', async () => {
  const flight = makeFlight();
  const [cause, consequence] = [new Error('cause'), new Error('consequence')];
  flight.send(Promise.resolve());
  flight.send(Promise.resolve().then(() => Promise.reject(cause)));
  flight.send(Promise.reject(consequence));
  expect(await flight.fault()).toBe(cause);
});
