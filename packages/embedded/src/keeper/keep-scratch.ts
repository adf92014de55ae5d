// Keeps one scratch server for its owner, and leaves nothing behind when the owner is gone.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launchServer, type Server } from '../server/launch.ts';
import { scratchPrefix } from '../system/places.ts';
import { cloneTree } from '../system/tree.ts';
import { makeHolders } from './holders.ts';
import type { Answer, ScratchOrder } from './order.ts';
import { sweepScratch } from './sweep.ts';

/** Safety of the data and background work are given up for speed; nothing is left in /dev/shm after kill -9. */
const throwaway = (major: number): Readonly<Record<string, string>> => ({
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '128MB',
  max_logical_replication_workers: '0',
  autovacuum: 'off',
  shared_buffers: '16MB',
  ...(major >= 18 ? { io_method: 'sync' } : {}),
  dynamic_shared_memory_type: 'mmap',
  max_connections: '120',
});

/**
 * A new session plans every query for the first time, and the memory for that comes in pages of 4 kB, which on a virtual
 * machine costs more than the planning. glibc is told to take it in large pages and to keep it (its manual, "Memory Allocation
 * Tunables"; mallopt(3)). Versions and C libraries that know no such word pass over it.
 */
const allocator = {
  GLIBC_TUNABLES: [
    'glibc.malloc.hugetlb=1',
    'glibc.malloc.top_pad=8388608',
    'glibc.malloc.mmap_threshold=67108864',
    'glibc.malloc.trim_threshold=268435456',
  ].join(':'),
};

export async function keepScratch(order: ScratchOrder, answer: (answer: Answer) => void): Promise<void> {
  const folder = mkdtempSync(join(order.places[0]!, scratchPrefix()));
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')];
  // The server's account passes through; what it and others may read is behind 0700 folders of its own.
  if (order.account !== null) chmodSync(folder, 0o711);
  const holders = makeHolders(0);
  let server: Server | undefined;
  try {
    // Before anything else: a sweeper takes a folder that nobody answers for as left behind.
    await holders.open(join(folder, 'keeper.sock'), 'scratch');
    mkdirSync(socket, { mode: 0o700 });
    if (order.account !== null) chownSync(socket, order.account.uid, order.account.gid);
    cloneTree(order.template, data, order.account);
    server = launchServer({
      bin: order.bin,
      data,
      log: join(folder, 'server.log'),
      account: order.account,
      settings: {
        ...throwaway(order.major),
        ...order.settings,
        listen_addresses: '',
        unix_socket_directories: socket,
      },
      environment: allocator,
    });
    await Promise.race([server.ready, holders.unused]);
    answer({ state: 'ready', folder });
    await sweepScratch(order.places);
    await Promise.race([server.gone, holders.unused]);
  } finally {
    await server?.end('SIGQUIT', 5_000);
    holders.close();
    // Children of a postmaster that had to be killed may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
