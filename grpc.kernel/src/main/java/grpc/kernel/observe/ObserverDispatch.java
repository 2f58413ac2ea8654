package grpc.kernel.observe;

import grpc.kernel.registry.PluginFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls observers; an observer that throws must not end the call it observes. The log has an error
 * the first time for each class, and then no more, since it may happen with each call.
 */
final class ObserverDispatch {
  private static final Logger log = LoggerFactory.getLogger("grpc.observer");

  private final Set<Class<?>> known = ConcurrentHashMap.newKeySet();

  <T> void each(List<T> observers, Consumer<T> tell) {
    for (T observer : observers) {
      try {
        tell.accept(observer);
      } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
        failed(observer, thrown);
      }
    }
  }

  /** {@return the answers, without those that are {@code none} or were not given} */
  <T, R> List<R> ask(List<T> observers, Function<T, R> ask, R none) {
    var answers = new ArrayList<R>(observers.size());
    each(
        observers,
        observer -> {
          R answer = ask.apply(observer);
          if (!answer.equals(none)) {
            answers.add(answer);
          }
        });
    return answers;
  }

  private void failed(Object observer, Throwable thrown) {
    if (known.add(observer.getClass())) {
      log.error(
          "{}; calls go on without it, and this is not said again",
          PluginFailure.of("observer", observer, thrown).getMessage(),
          thrown);
    }
  }
}
