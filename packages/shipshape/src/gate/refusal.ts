// GateRefusal: this process may not start, and why.
import { type Finding, ShipshapeError } from '../report/index.ts';
import type { Judgement } from './judgement.ts';

export class GateRefusal extends ShipshapeError {
  readonly application: string;
  readonly judgement: Judgement;

  constructor(application: string, judgement: Judgement) {
    super(judgement.findings as [Finding, ...Finding[]]);
    this.name = 'GateRefusal';
    this.application = application;
    this.judgement = judgement;
  }
}
