package grpc.api;

import java.io.IOException;

/**
 * Proves to a server on whose behalf a call is made, by metadata such as a bearer token. The kernel
 * asks for the metadata of each attempt of a call, once a connection is found and before anything
 * is sent. Safe for use by several threads.
 */
@FunctionalInterface
public interface CallCredentials {
  /**
   * {@return the metadata of one attempt} Runs on the thread that makes the call, and may block:
   * the call's deadline goes on, and its cancellation interrupts the thread.
   *
   * @throws IOException if the proof cannot be had now; the attempt ends with UNAVAILABLE
   * @throws StatusException to end the attempt with that status; a code that only servers give, as
   *     gRFC A54 lists them, becomes INTERNAL
   * @throws RuntimeException for any other failure; the attempt ends with UNAUTHENTICATED
   * @throws InterruptedException if the call ended meanwhile
   */
  Metadata metadata(Attempt attempt) throws IOException, InterruptedException;

  /**
   * {@return the least protection of a connection that may carry the proof} The kernel ends a call
   * over a weaker connection with UNAUTHENTICATED, and does not ask for metadata.
   */
  default SecurityLevel requiredSecurity() {
    return SecurityLevel.PRIVACY_AND_INTEGRITY;
  }

  /** What the credentials are asked for; the kernel implements it, and may add to it. */
  interface Attempt {
    /** {@return the method that is called} */
    MethodDescriptor<?, ?> method();

    /** {@return the {@code :authority} of the call} */
    String authority();

    /**
     * {@return the audience of a token for this call: {@code https://}, the authority, {@code /}
     * and the service, without the port 443 and without the method}
     */
    String audience();

    /** {@return the connection that will carry the attempt} */
    Peer peer();
  }
}
