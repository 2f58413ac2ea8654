package grpc.transport.nio;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerStreamHandler;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Answers at the level of the SPI. {@code /t.Echo/Unary} and {@code /t.Echo/Inline} come back with
 * their message, {@code /t.Echo/Bidi} with each message as it comes, {@code /t.Echo/Collect} with
 * the number of bytes, {@code /t.Echo/Expand} with as many copies as the first byte says; a test
 * may add its own; all else is UNIMPLEMENTED. Metadata comes back as headers and trailers.
 */
public final class EchoServer implements ServerStreamAcceptor {
  /** The largest message that is taken. */
  public static final int MAX_MESSAGE = 4 << 20;

  /** What a method does. */
  @FunctionalInterface
  public interface Body {
    /** Answers. */
    void run(ServerStream stream) throws InterruptedException;
  }

  private record Method(Dispatch dispatch, Body body) {}

  private final Map<String, Method> methods = new ConcurrentHashMap<>();
  private final BlockingQueue<Status> cancellations = new LinkedBlockingQueue<>();
  private volatile Runnable whenCancelled = () -> {};

  /** A server with the methods above. */
  public EchoServer() {
    on("/t.Echo/Unary", Dispatch.WHEN_WHOLE, EchoServer::unary);
    on("/t.Echo/Inline", Dispatch.INLINE, EchoServer::unary);
    on("/t.Echo/Bidi", Dispatch.AT_HEADERS, EchoServer::bidi);
    on("/t.Echo/Collect", Dispatch.AT_HEADERS, EchoServer::collect);
    on("/t.Echo/Expand", Dispatch.WHEN_WHOLE, EchoServer::expand);
  }

  /** Adds a method. */
  public EchoServer on(String path, Dispatch dispatch, Body body) {
    methods.put(path, new Method(dispatch, body));
    return this;
  }

  /**
   * Adds {@code /t.Echo/Take}, which reads a message whenever it may and never answers.
   *
   * @return a permit for each message
   */
  public Semaphore onTake() {
    var mayTake = new Semaphore(0);
    on(
        "/t.Echo/Take",
        Dispatch.AT_HEADERS,
        stream -> {
          do {
            mayTake.acquire();
          } while (stream.receive().isPresent());
        });
    return mayTake;
  }

  /** Has handlers do this, too, when they hear of their cancellation. */
  public EchoServer whenCancelled(Runnable action) {
    whenCancelled = action;
    return this;
  }

  /** The cancellations that handlers have heard of. */
  public BlockingQueue<Status> cancellations() {
    return cancellations;
  }

  private static void unary(ServerStream stream) throws InterruptedException {
    Metadata metadata = stream.headers().metadata();
    stream.respond(headers(metadata), stream.receive().orElseThrow(), metadata);
  }

  private static void bidi(ServerStream stream) throws InterruptedException {
    stream.sendHeaders(headers(stream.headers().metadata()));
    for (Optional<Message> m = stream.receive(); m.isPresent(); m = stream.receive()) {
      stream.send(m.get());
    }
    stream.close(Status.OK, stream.headers().metadata());
  }

  private static void collect(ServerStream stream) throws InterruptedException {
    int bytes = 0;
    for (Optional<Message> m = stream.receive(); m.isPresent(); m = stream.receive()) {
      bytes += m.get().payload().remaining();
    }
    var answer = new Message(false, ByteBuffer.allocate(4).putInt(bytes).flip());
    stream.respond(headers(Metadata.EMPTY), answer, Metadata.EMPTY);
  }

  private static void expand(ServerStream stream) throws InterruptedException {
    Message message = stream.receive().orElseThrow();
    stream.sendHeaders(headers(Metadata.EMPTY));
    for (int i = message.payload().get(0); i > 0 && stream.send(message); i--) {}
    stream.close(Status.OK, Metadata.EMPTY);
  }

  /** {@return response headers with this metadata} */
  public static ResponseHeaders headers(Metadata metadata) {
    return ResponseHeaders.of("", RequestHeaders.IDENTITY, "", metadata);
  }

  @Override
  public ServerStreamHandler accept(ServerStream stream) {
    return new Handler(
        stream, methods.get(stream.headers().path()), cancellations, () -> whenCancelled.run());
  }

  private record Handler(
      ServerStream stream,
      @Nullable Method method,
      BlockingQueue<Status> cancellations,
      Runnable whenCancelled)
      implements ServerStreamHandler {
    @Override
    public Dispatch dispatch() {
      return method == null ? Dispatch.AT_HEADERS : method.dispatch();
    }

    @Override
    public int maxReceiveMessageSize() {
      return MAX_MESSAGE;
    }

    @Override
    public void run() {
      try {
        if (method == null) {
          stream.close(Status.unimplemented("no such method"), stream.headers().metadata());
        } else {
          method.body().run(stream);
        }
      } catch (StatusException e) {
        stream.close(e.status(), Metadata.EMPTY);
      } catch (InterruptedException e) {
        stream.close(Status.cancelled("interrupted"), Metadata.EMPTY);
      } catch (RuntimeException e) {
        stream.close(Status.unknown(e.toString()), Metadata.EMPTY);
      }
    }

    @Override
    public void cancelled(Status reason) {
      cancellations.add(reason);
      whenCancelled.run();
    }
  }
}
