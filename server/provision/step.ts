// One thing that provisioning has to do: in words for the operator, and as the deed.

export interface Step {
  /** `make database s-vn-gso-48`; holds no secret. */
  what: string;
  run: () => Promise<void>;
}
