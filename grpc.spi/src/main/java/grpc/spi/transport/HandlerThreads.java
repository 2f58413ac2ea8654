package grpc.spi.transport;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the virtual threads of handlers. They inherit neither inheritable thread locals nor a
 * context class loader: those of the reader have no relation to the request. There is one factory
 * per method, so a named thread costs no more than one without a name.
 */
public final class HandlerThreads {
  /** For handlers of any method. */
  public static final ThreadFactory UNNAMED = named("grpc handler");

  private HandlerThreads() {}

  /**
   * {@return a factory for the handlers of a method; its threads are named {@code grpc
   * acme.Greeter/SayHello}}
   *
   * @param fullName {@code package.Service/Method}
   */
  public static ThreadFactory ofMethod(String fullName) {
    return named("grpc " + fullName);
  }

  private static ThreadFactory named(String name) {
    return Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).factory();
  }
}
