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
import java.util.Optional;

/**
 * Answers at the level of the SPI: {@code /t.Echo/Unary} with its message, {@code /t.Echo/Bidi}
 * with each message as it comes, all else with UNIMPLEMENTED. Metadata comes back as headers and
 * trailers.
 */
final class EchoServer implements ServerStreamAcceptor {
  private static final int MAX_MESSAGE = 4 << 20;

  @Override
  public ServerStreamHandler accept(ServerStream stream) {
    return new Handler(stream);
  }

  private record Handler(ServerStream stream) implements ServerStreamHandler {
    @Override
    public Dispatch dispatch() {
      return stream.headers().path().endsWith("Unary") ? Dispatch.WHEN_WHOLE : Dispatch.AT_HEADERS;
    }

    @Override
    public int maxReceiveMessageSize() {
      return MAX_MESSAGE;
    }

    @Override
    public void run() {
      Metadata metadata = stream.headers().metadata();
      var headers = new ResponseHeaders("", RequestHeaders.IDENTITY, "", metadata);
      try {
        switch (stream.headers().path()) {
          case "/t.Echo/Unary" -> stream.respond(headers, stream.receive().orElseThrow(), metadata);
          case "/t.Echo/Bidi" -> {
            stream.sendHeaders(headers);
            for (Optional<Message> m = stream.receive(); m.isPresent(); m = stream.receive()) {
              stream.send(m.get());
            }
            stream.close(Status.OK, metadata);
          }
          default -> stream.close(Status.unimplemented("no such method"), metadata);
        }
      } catch (StatusException e) {
        stream.close(e.status(), Metadata.EMPTY);
      } catch (InterruptedException e) {
        stream.close(Status.cancelled("interrupted"), Metadata.EMPTY);
      }
    }

    @Override
    public void cancelled(Status reason) {
      // The handler sees it at its next receive or send.
    }
  }
}
