// Where in its life the process is: only one that serves should get traffic.

export type Phase = 'starting' | 'serving' | 'stopping';

/** Changed by who starts and stops the process, read by `/readyz`. */
export interface Life {
  phase: Phase;
}
