package grpc.api;

import java.io.IOException;
import java.util.Objects;

/**
 * Proves the caller's identity to a server, for example by a token. Give them to a channel ({@code
 * GrpcChannelBuilder.callCredentials}) or to a call ({@link CallOptions#withCallCredentials}). If
 * both have some, both are asked, the channel's first.
 *
 * <p>The kernel asks for each attempt of a call, once it has a connection and before it sends
 * anything. A retry, a hedge and the repetition of a request that no server has seen ask anew, so
 * return the token that is valid now. Implement it so that any number of threads may call it.
 *
 * <p>The kernel names your class in errors, and never calls its {@code toString}. The messages of
 * your exceptions go to the caller: keep secrets out of them.
 */
@FunctionalInterface
public interface CallCredentials {
  /**
   * {@return the metadata to add to the request's headers, for example {@code authorization};
   * {@link Metadata#EMPTY} for no addition} It goes behind the metadata of the call's options.
   *
   * <p>It may block. It runs on the thread that makes the attempt: the caller's, or a virtual
   * thread of a call with several attempts, on which no {@link CallContext} is bound. The call's
   * deadline goes on meanwhile. When the call ends, the kernel interrupts the thread; end then.
   *
   * @param attempt what the call is, and where it goes
   * @throws IOException if the proof cannot be had now, for example because a token server does not
   *     answer; the attempt ends with UNAVAILABLE, which a retry policy may name
   * @throws InterruptedException if the thread was interrupted; the call ends
   * @throws StatusException to choose the code. A code that gRFC A54 keeps for applications, such
   *     as NOT_FOUND, becomes INTERNAL. Any other exception ends the attempt with UNAUTHENTICATED
   */
  Metadata metadata(Attempt attempt) throws IOException, InterruptedException;

  /**
   * {@return the least protection of a connection for these credentials; by default others can
   * neither read nor change them} On a weaker connection the kernel does not ask for metadata: the
   * call fails with UNAUTHENTICATED. Return {@link SecurityLevel#NONE} if what you add is no
   * secret.
   */
  default SecurityLevel requiredSecurity() {
    return SecurityLevel.PRIVACY_AND_INTEGRITY;
  }

  /** The attempt of a call that credentials are asked for. The kernel makes it; immutable. */
  final class Attempt {
    private static final String DEFAULT_PORT = ":443";

    private final MethodDescriptor<?, ?> method;
    private final String authority;
    private final Peer peer;

    private Attempt(MethodDescriptor<?, ?> method, String authority, Peer peer) {
      this.method = Objects.requireNonNull(method, "method");
      this.authority = Objects.requireNonNull(authority, "authority");
      this.peer = Objects.requireNonNull(peer, "peer");
    }

    /** {@return an attempt, for tests of your credentials} */
    public static Attempt of(MethodDescriptor<?, ?> method, String authority, Peer peer) {
      return new Attempt(method, authority, peer);
    }

    /** {@return the method that is called} */
    public MethodDescriptor<?, ?> method() {
      return method;
    }

    /** {@return the {@code :authority} of the call: {@code host} or {@code host:port}} */
    public String authority() {
      return authority;
    }

    /**
     * {@return the service that a token is for: {@code https://host/package.Service}, with the port
     * of the authority unless it is 443}
     */
    public String audience() {
      var host =
          authority.endsWith(DEFAULT_PORT)
              ? authority.substring(0, authority.length() - DEFAULT_PORT.length())
              : authority;
      return "https://" + host + "/" + method.serviceName();
    }

    /** {@return the two ends of the connection that will carry the call, and its protection} */
    public Peer peer() {
      return peer;
    }

    @Override
    public String toString() {
      return "Attempt[method=%s, authority=%s, peer=%s]".formatted(method, authority, peer);
    }
  }
}
