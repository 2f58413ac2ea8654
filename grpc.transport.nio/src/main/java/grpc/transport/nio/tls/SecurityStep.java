package grpc.transport.nio.tls;

import grpc.api.PeerSecurity;
import grpc.api.Status;
import grpc.spi.credentials.Security;
import grpc.spi.failure.Reason;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.DurationText;
import grpc.transport.nio.wire.LoopTimers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step between a connected socket and HTTP/2: asks credentials how to protect the connection.
 * Credentials may block, so a virtual thread asks them; meanwhile the loop does not read. Loop
 * only, except that thread.
 */
public final class SecurityStep {
  private static final Logger log = LoggerFactory.getLogger("grpc.credentials");

  private final Connection connection;
  private final Object credentials;
  private final Consumer<PeerSecurity> secured;
  private final Consumer<String> refused;
  private @Nullable Thread asking;
  private LoopTimers.@Nullable Timer timer;

  /**
   * A step that has not begun.
   *
   * @param credentials for messages
   * @param secured goes on with HTTP/2
   * @param refused gets the reason of a refusal, and closes the connection
   */
  public SecurityStep(
      Connection connection,
      Object credentials,
      Consumer<PeerSecurity> secured,
      Consumer<String> refused) {
    this.connection = connection;
    this.credentials = credentials;
    this.secured = secured;
    this.refused = refused;
  }

  /**
   * Asks the credentials.
   *
   * @param most the longest time for the credentials' answer
   */
  public void begin(Callable<Security> question, Duration most) {
    connection.wire().reading(false);
    timer = connection.schedule(most.toNanos(), () -> connection.close(late(most)));
    asking =
        Thread.ofVirtual()
            .name("tenon-credentials")
            .inheritInheritableThreadLocals(false)
            .start(() -> ask(question));
  }

  private Status late(Duration most) {
    return failure("did not answer within " + DurationText.of(most));
  }

  private Status failure(String what) {
    return Status.unavailable(
        "credentials %s, for the connection to %s: %s"
            .formatted(credentials, connection.wire().remoteAddress(), what));
  }

  private void ask(Callable<Security> question) {
    Security answer;
    try {
      answer = question.call();
    } catch (IOException e) {
      connection.close(failure(Reason.of(e)));
      return;
    } catch (InterruptedException e) { // end() interrupts, since the connection is gone
      connection.close(failure("interrupted"));
      return;
    } catch (Throwable thrown) { // a plugin's exception or error, perhaps of another version
      log.error("credentials {} of {} threw", credentials, credentials.getClass(), thrown);
      connection.close(failure("they threw " + thrown.getClass().getName()));
      return;
    }
    connection.execute(() -> decided(answer));
  }

  private void decided(@Nullable Security answer) {
    end();
    switch (answer) {
      case null -> connection.close(failure("their answer is null (expected: a Security)"));
      case Security.Plain(var peer) -> {
        connection.wire().reading(true);
        secured.accept(peer);
      }
      case Security.Refuse(var reason) -> {
        refused.accept(reason);
        connection.close(failure(reason));
      }
    }
  }

  /** Ends the step: the answer is there, or the connection is gone. */
  public void end() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (asking != null) {
      asking.interrupt();
      asking = null;
    }
  }
}
