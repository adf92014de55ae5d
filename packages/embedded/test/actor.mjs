// A process of the tests: it uses the built package as a user would, does what it is told, and can be killed.
const { findKeptServer, joinKeptServer, startScratchServer } = await import(process.env.PACKAGE);

let server;
const acts = {
  async scratch(options) {
    server = await startScratchServer(options);
    return server.url('postgres');
  },
  async join(options) {
    server = await joinKeptServer(options);
    server.lost.then((error) => process.send({ lost: error.code }));
    return { url: server.url, started: server.started };
  },
  find: (options) => findKeptServer(options),
  leave: () => server.leave(),
  async end() {
    process.disconnect();
  },
  async fail() {
    setImmediate(() => {
      throw new Error('an error nobody catches');
    });
  },
};

process.on('message', async ({ act, options }) => {
  try {
    const value = await acts[act](options);
    if (process.connected) process.send({ value: value ?? null });
  } catch (error) {
    const { message, code, because } = error;
    process.send({ error: { message, code, because, do: error.do } });
  }
});
process.umask(Number(process.env.UMASK ?? 0o22));
process.send({ value: 'here' });
