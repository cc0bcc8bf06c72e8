// One tab or window at a time has a profile open; another may take it over, and then this one lets go.

export interface Claim {
  /** Settles when another tab took the profile over. */
  readonly lost: Promise<void>;
  /**
   * Whether what is written now still meets nobody else's work. A tab that was frozen for long is not waited for: once it
   * wakes up, this says no before `lost` does.
   */
  holds(): Promise<boolean>;
  /** Nothing of the profile is used here any more; call it after a loss too. */
  release(): void;
}

export interface Ownership {
  /** Undefined while another tab has it. */
  claim(name: string): Promise<Claim | undefined>;
  /** Takes it from whoever has it, and waits (not for ever) until that tab has let go. */
  takeOver(name: string): Promise<Claim>;
}
