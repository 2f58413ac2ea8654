package grpc.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As long as somebody expects them, the signals on which a JVM ends have it exit with 0, not with
 * 128 + the signal's number. The exit is {@link System#exit}, so that every shutdown hook of the
 * process ends first. A signal that the application handles itself, or that is ignored, is left
 * alone. Thread-safe.
 *
 * <p>{@code sun.misc.Signal} is the one interface that there is; javac refuses its name under
 * -Werror, so it is called by reflection.
 */
final class ExitOnSignal {
  /** There is one handler of a signal in a process. */
  static final ExitOnSignal OF_PROCESS = new ExitOnSignal();

  private static final Logger log = LoggerFactory.getLogger("grpc.server");
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  /** The JVM's own handlers, by the names of their signals. */
  private final Map<String, Object> former = new HashMap<>();

  private int expecting;

  private ExitOnSignal() {}

  /** One more server ends on signals. */
  synchronized void expect() {
    if (expecting++ == 0) {
      SIGNALS.forEach(this::take);
    }
  }

  /** A server that was expected has ended. */
  synchronized void forget() {
    if (--expecting == 0) {
      SIGNALS.forEach(this::giveBack);
    }
  }

  private void take(String signal) {
    try {
      var old = Signals.handle(signal, Signals.EXIT);
      if (Signals.isOfJvm(old)) {
        former.put(signal, old);
      } else {
        Signals.handle(signal, old);
      }
    } catch (InvocationTargetException e) { // java -Xrs, or a system without this signal
      log.debug("SIG{} stays as it is", signal, e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      log.warn("the process will not exit with 0 on SIG{}: no sun.misc.Signal", signal, e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a handler is itself alone
  private void giveBack(String signal) {
    var old = former.remove(signal);
    if (old == null) {
      return;
    }
    try {
      var ours = Signals.handle(signal, old);
      if (ours != Signals.EXIT) { // the application has set another meanwhile
        Signals.handle(signal, ours);
      }
    } catch (ReflectiveOperationException e) {
      log.debug("SIG{} stays as it is", signal, e);
    }
  }

  /** {@code sun.misc.Signal}. */
  private static final class Signals {
    static final Object EXIT = exit();

    private Signals() {}

    private static Class<?> type(String name) throws ClassNotFoundException {
      return Class.forName("sun.misc." + name);
    }

    private static Object exit() {
      try {
        var handler = type("SignalHandler");
        return Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass().equals(handler)) {
                System.exit(0);
              }
              return method.invoke("exits with 0", arguments); // Object's methods
            });
      } catch (ClassNotFoundException e) {
        throw new NoClassDefFoundError(e.getMessage());
      }
    }

    /** Sets the handler. {@return the one before} */
    static Object handle(String signal, Object handler) throws ReflectiveOperationException {
      var type = type("Signal");
      return type.getMethod("handle", type, type("SignalHandler"))
          .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
    }

    /** Neither the application's, nor the system's: SIG_DFL and SIG_IGN. */
    static boolean isOfJvm(Object handler) throws ReflectiveOperationException {
      var type = type("SignalHandler");
      return handler.getClass().getModule().equals(type.getModule())
          && !handler.equals(type.getField("SIG_DFL").get(null))
          && !handler.equals(type.getField("SIG_IGN").get(null));
    }
  }
}
