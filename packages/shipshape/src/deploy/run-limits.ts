// RunLimits: how long a run of migrations holds and waits, and what it is when nobody says.

export interface RunLimits {
  /** 10 when left out: how long a runner that is not heard of keeps the lock. */
  readonly leaseSeconds?: number | undefined;
  /** 60 when left out: how long another runner, and then each locked table, is waited for. */
  readonly waitSeconds?: number | undefined;
  /** 200 when left out: how long one attempt may make the traffic on a table queue behind it. */
  readonly lockTimeoutMs?: number | undefined;
}

export function limitsOf({ leaseSeconds = 10, waitSeconds = 60, lockTimeoutMs = 200 }: RunLimits): {
  readonly leaseSeconds: number;
  readonly waitSeconds: number;
  readonly lockTimeoutMs: number;
} {
  return { leaseSeconds, waitSeconds, lockTimeoutMs };
}
