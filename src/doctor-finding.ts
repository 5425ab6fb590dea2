/** One thing that `npm run doctor` looked at. */
export interface Finding {
  readonly subject: string;
  readonly state: 'good' | 'warning' | 'bad';
  /** What was found, in words without secrets. */
  readonly found: string;
  /** What to do; absent when nothing is to be done. */
  readonly remedy?: string;
}
