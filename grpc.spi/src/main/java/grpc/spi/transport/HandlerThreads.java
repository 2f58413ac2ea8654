package grpc.spi.transport;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the virtual threads of handlers. They inherit neither inheritable thread locals nor a
 * context class loader: a request comes on a thread that says nothing of who sent it. A factory is
 * made once a method, so that its threads have a name and cost no more than those without.
 */
public final class HandlerThreads {
  /** For handlers of no method in particular. */
  public static final ThreadFactory UNNAMED = named("grpc handler");

  private HandlerThreads() {}

  /**
   * {@return a factory for the handlers of a method, whose threads are called {@code grpc
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
