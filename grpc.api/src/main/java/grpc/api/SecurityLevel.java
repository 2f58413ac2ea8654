package grpc.api;

/** How well a connection protects what it carries. The order of the constants is their strength. */
public enum SecurityLevel {
  /** Anyone on the way can read and change it: plaintext. */
  NONE,
  /** A change is noticed; others on the way may read it. */
  INTEGRITY,
  /** Only the two ends can read it, and a change is noticed: TLS, or a way inside one machine. */
  PRIVACY_AND_INTEGRITY;

  /** {@return whether this level is at least as strong as the other} */
  public boolean satisfies(SecurityLevel required) {
    return compareTo(required) >= 0;
  }
}
