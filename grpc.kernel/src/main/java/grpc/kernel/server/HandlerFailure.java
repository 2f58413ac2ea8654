package grpc.kernel.server;

import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.log.SeldomLog;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.failure.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What clients see of a handler that throws. */
final class HandlerFailure {
  private static final Logger log = LoggerFactory.getLogger("grpc.server.handler");
  private static final SeldomLog PLUGINS = new SeldomLog(log, Level.ERROR);

  private HandlerFailure() {}

  /** The answer that a handler has thrown. */
  static Status answer(String path, StatusException e) {
    var status = e.status();
    if (status.isOk()) {
      return Status.unknown("a StatusException with OK was thrown (expected: another code)");
    }
    if (PluginFailure.isToldIn(status)) { // of a call that the handler made; not for strangers
      PLUGINS.log(path + ": a call of the handler failed", e);
      return Status.internal(
          "a call of the handler of %s failed; see the server's log".formatted(Excerpt.of(path)));
    }
    return status;
  }

  /** The answer where a handler has thrown what is none. */
  static Status unknown(String path) {
    return Status.unknown("the handler of " + Excerpt.of(path) + " failed; see the server's log");
  }
}
