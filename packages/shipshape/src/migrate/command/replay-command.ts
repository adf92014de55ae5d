// ReplayCommand: how the team's own tool is called to apply migrations.

export interface ReplayCommand {
  /** For the shell: `npm run migrate`. `{migration}` in it stands for one migration's name: a replay then runs it for each. */
  readonly command: string;
  /** Where it runs. */
  readonly cwd: string;
  /** For each run. */
  readonly timeoutSeconds?: number | undefined;
}
