package grpc.kernel.server;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * Where defects of handlers are told. Their clients are referred to the server's log; where no
 * slf4j binding is present there is none, and the first defect of the process goes to the error
 * stream, so that it can be found at all.
 */
final class HandlerFailures {
  /** Those of all servers of this process. */
  static final HandlerFailures OF_PROCESS =
      new HandlerFailures(
          LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory, () -> System.err);

  private final boolean unlogged;
  private final Supplier<PrintStream> errors;
  private final AtomicBoolean shown = new AtomicBoolean();

  HandlerFailures(boolean unlogged, Supplier<PrintStream> errors) {
    this.unlogged = unlogged;
    this.errors = errors;
  }

  /**
   * Tells of a defect.
   *
   * @param log of the class that found it
   * @param path the method, {@code /package.Service/Method}
   * @param what what happened
   */
  void tell(Logger log, String path, String what, Throwable thrown) {
    log.error("{}: {}", path, what, thrown);
    if (unlogged && !shown.getAndSet(true)) {
      var text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text, true));
      errors
          .get()
          .printf(
              "%s: %s; no slf4j binding is present, so that only this first failure of a handler is"
                  + " shown: add logback-classic or another binding%n%s",
              path, what, text); // one write, so that it comes in one piece
    }
  }
}
