package grpc.transport.inprocess;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server whose handler is a lambda, and a connection to it whose events are recorded. */
final class ScriptedServer implements AutoCloseable {
  interface Script {
    void run(ServerStream stream) throws Exception;
  }

  static final ResponseHeaders RESPONSE = ResponseHeaders.of("raw", "identity", "", Metadata.EMPTY);
  static final RequestHeaders REQUEST =
      RequestHeaders.of(
          "/s/m", "a", RequestHeaders.NO_TIMEOUT, "raw", "identity", "", Metadata.EMPTY);
  static final StreamOptions OPTIONS = StreamOptions.of(1 << 20);

  final InProcessTransportProvider provider = new InProcessTransportProvider();
  final InProcessAddress address = InProcessAddress.named("scripted");
  final BlockingQueue<Status> cancellations = new LinkedBlockingQueue<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final ServerTransport server;
  final ClientTransport client;

  ScriptedServer(ServerStreamHandler.Dispatch dispatch, Script script) throws IOException {
    this(dispatch, 100, script);
  }

  ScriptedServer(ServerStreamHandler.Dispatch dispatch, int maxStreams, Script script)
      throws IOException {
    server =
        provider.listen(
            address,
            ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
                .maxConcurrentStreams(maxStreams)
                .maxHeaderListSize(8192)
                .handshakeTimeout(Duration.ofSeconds(1))
                .build(),
            stream -> handler(stream, dispatch, script));
    client = connect(provider, address, events);
  }

  static ClientTransport connect(
      InProcessTransportProvider provider, InProcessAddress address, BlockingQueue<String> events) {
    return provider.connect(
        Address.of(address),
        ClientTransportOptions.builder("a", ChannelSecurity.PLAINTEXT)
            .userAgent("test")
            .maxHeaderListSize(8192)
            .connectTimeout(Duration.ofSeconds(1))
            .build(),
        new ClientTransport.Listener() {
          @Override
          public void ready(grpc.api.Peer peer) {
            events.add("ready");
          }

          @Override
          public void draining(Status reason) {
            events.add("draining");
          }

          @Override
          public void pingedTooOften(Keepalive used) {
            events.add("pings too often");
          }

          @Override
          public void closed(Status reason) {
            events.add("closed " + reason.code());
          }
        });
  }

  private ServerStreamHandler handler(
      ServerStream stream, ServerStreamHandler.Dispatch dispatch, Script script) {
    return new ServerStreamHandler() {
      @Override
      public Dispatch dispatch() {
        return dispatch;
      }

      @Override
      public int maxReceiveMessageSize() {
        return 1 << 20;
      }

      @Override
      public void run() {
        try {
          script.run(stream);
        } catch (grpc.api.StatusException e) {
          stream.close(e.status(), e.trailers());
        } catch (Exception e) {
          stream.close(Status.unknown(e.toString()), Metadata.EMPTY);
        }
      }

      @Override
      public void cancelled(Status reason) {
        cancellations.add(reason);
      }
    };
  }

  static Message message(int size) {
    return new Message(false, ByteBuffer.allocate(size));
  }

  @Override
  public void close() {
    client.close(Status.cancelled("test over"));
    server.close();
  }
}
