package grpc.transport.inprocess;

import java.io.Serial;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server for channels of the same JVM.
 *
 * <p>A {@linkplain #named named} address is a value: a channel finds the server of the same name in
 * the same runtime. The target {@code inprocess:name} means the same. A {@linkplain #unique unique}
 * address is an identity: a channel of any runtime with this object finds its server.
 */
public final class InProcessAddress extends SocketAddress {
  @Serial private static final long serialVersionUID = 1L;
  private static final AtomicLong COUNT = new AtomicLong();

  private final String name;
  private final transient @Nullable ListenerSlot own;

  private InProcessAddress(String name, @Nullable ListenerSlot own) {
    this.name = name;
    this.own = own;
  }

  /**
   * {@return the address of this name within a runtime}
   *
   * @throws IllegalArgumentException when the name is empty
   */
  public static InProcessAddress named(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("in-process address: empty name (expected: a name)");
    }
    return new InProcessAddress(name, null);
  }

  /** {@return an address equal to no other} */
  public static InProcessAddress unique() {
    return new InProcessAddress("unique-" + COUNT.incrementAndGet(), new ListenerSlot());
  }

  /** {@return its name} */
  public String name() {
    return name;
  }

  /** The slot of a unique address; null for a named one. */
  @Nullable ListenerSlot own() {
    return own;
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || o instanceof InProcessAddress a && own == null && a.own == null && name.equals(a.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "inprocess:" + name;
  }
}
