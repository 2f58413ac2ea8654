package grpc.api;

/** The level of a connection's protection, from weakest to strongest. */
public enum SecurityLevel {
  /** Plaintext: anyone between the two ends can read and change the data. */
  NONE,
  /** The two ends notice a change of the data; others may read it. */
  INTEGRITY,
  /**
   * Only the two ends can read the data, and they notice a change: TLS, or a connection inside one
   * machine.
   */
  PRIVACY_AND_INTEGRITY;

  /** {@return whether this level is at least as strong as the other} */
  public boolean satisfies(SecurityLevel required) {
    return compareTo(required) >= 0;
  }
}
