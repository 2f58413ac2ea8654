package grpc.api;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over received messages until there are no more. All iterators of a call share its
 * position.
 */
final class ReceivingIterator<T> implements Iterator<T> {
  private final Supplier<Optional<T>> receive;
  private @Nullable T next;

  ReceivingIterator(Supplier<Optional<T>> receive) {
    this.receive = receive;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = receive.get().orElse(null);
    }
    return next != null;
  }

  @Override
  public T next() {
    T message = hasNext() ? next : null;
    next = null;
    if (message == null) {
      throw new NoSuchElementException("no message is left: the other side has ended its messages");
    }
    return message;
  }
}
