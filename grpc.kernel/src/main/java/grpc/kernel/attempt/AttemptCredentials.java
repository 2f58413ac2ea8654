package grpc.kernel.attempt;

import grpc.api.CallCredentials;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Peer;
import grpc.api.SecurityLevel;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.pick.ControlPlaneStatus;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.failure.Reason;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the credentials of the channel, then those of the call, what they add to the headers of one
 * attempt. On the attempt's own thread, which they may block.
 */
final class AttemptCredentials {
  private static final Logger log = LoggerFactory.getLogger("grpc.credentials");

  private final CallCredentials.Attempt attempt;

  private AttemptCredentials(CallCredentials.Attempt attempt) {
    this.attempt = attempt;
  }

  /**
   * {@return what credentials add}
   *
   * @param peer the connection that was picked
   * @throws StatusException with the status that ends the attempt: that of the call if it is over
   * @throws InterruptedException when the application has interrupted the thread
   */
  static Metadata ask(CallLifetime call, Peer peer) throws InterruptedException {
    var attempt = CallCredentials.Attempt.of(call.method(), call.authority(), peer);
    var credentials = new AttemptCredentials(attempt);
    var asked = call.asksCredentials();
    asked.enter();
    try {
      requireRunning(call);
      var both =
          credentials
              .metadata(call.environment().settings().callCredentials())
              .merged(credentials.metadata(call.options().callCredentials()));
      requireRunning(call);
      return both;
    } catch (InterruptedException e) { // by the end of the call, or by the application
      requireRunning(call);
      throw e;
    } catch (StatusException e) {
      requireRunning(call);
      throw e;
    } finally {
      asked.leave();
    }
  }

  private static void requireRunning(CallLifetime call) {
    var over = call.over();
    if (over != null) {
      throw over.asException();
    }
  }

  private Metadata metadata(Optional<CallCredentials> from) throws InterruptedException {
    return from.isEmpty() ? Metadata.EMPTY : metadata(from.get());
  }

  private Metadata metadata(CallCredentials from) throws InterruptedException {
    @Nullable Metadata given = null;
    var level = attempt.peer().security().level();
    var required = level;
    try {
      required = from.requiredSecurity();
      if (level.satisfies(required)) {
        given = from.metadata(attempt);
      }
    } catch (Exception e) {
      throw failed(from, e);
    } catch (Error e) { // credentials of another version throw LinkageErrors
      var failure = PluginFailure.of("call credentials", from, e);
      log.error("{}", failure.getMessage(), e);
      throw failure.status().asException();
    }
    if (!level.satisfies(required)) {
      throw tooWeak(from, required).asException();
    }
    if (given == null) {
      throw Status.internal(
              name(from) + " answered null (expected: Metadata; Metadata.EMPTY for no addition)")
          .asException();
    }
    for (var entry : given) {
      requireUnreserved(from, entry.name());
    }
    return given;
  }

  private Status tooWeak(CallCredentials from, SecurityLevel required) {
    return Status.of(
        StatusCode.UNAUTHENTICATED,
        "%s require a connection with %s, and the one to %s has %s: open the channel with credentials that protect it, or override requiredSecurity() if what they add is no secret"
            .formatted(
                name(from), required, attempt.peer().remote(), attempt.peer().security().level()));
  }

  private static StatusException failed(CallCredentials from, Exception thrown)
      throws InterruptedException {
    if (thrown instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (Thread.interrupted()) { // many report an interrupt as an exception of their own
      throw new InterruptedException();
    }
    log.debug("{} failed", name(from), thrown);
    if (thrown instanceof StatusException chosen) {
      var status = chosen.status();
      return ControlPlaneStatus.ofCredentials(
              status.withMessage(name(from) + ": " + status.message()))
          .asException();
    }
    var code = thrown instanceof IOException ? StatusCode.UNAVAILABLE : StatusCode.UNAUTHENTICATED;
    return Status.of(
            code,
            "%s failed: %s: %s"
                .formatted(name(from), thrown.getClass().getName(), Reason.of(thrown)))
        .asException();
  }

  private static void requireUnreserved(CallCredentials from, String name) {
    try {
      var _ = MetadataKey.isBinary(name) ? MetadataKey.binary(name) : MetadataKey.text(name);
    } catch (IllegalArgumentException e) {
      throw Status.internal(name(from) + " gave a bad key: " + Reason.of(e)).asException();
    }
  }

  /** The class alone: what the object says of itself may be the secret. */
  private static String name(CallCredentials credentials) {
    return "call credentials " + credentials.getClass().getName();
  }
}
