package grpc.transport.inprocess;

import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.TransportProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Passes messages within the JVM. This instance holds the named addresses, so each runtime has
 * names of its own.
 */
public final class InProcessTransportProvider implements TransportProvider {
  private final ConcurrentMap<String, ListenerSlot> names = new ConcurrentHashMap<>();

  /** For the service loader. */
  public InProcessTransportProvider() {}

  @Override
  public String name() {
    return "inprocess";
  }

  @Override
  public boolean supports(SocketAddress address) {
    return address instanceof InProcessAddress;
  }

  @Override
  public ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    var where = require(address.socketAddress());
    var connection = new InProcessConnection(where, options.maxHeaderListSize(), listener);
    if (!options.security().equals(ChannelSecurity.PLAINTEXT)) {
      connection.close(Status.unavailable(onlyPlaintext(where, options.security())));
      return connection;
    }
    meetingPoint(where)
        .server()
        .ifPresentOrElse(
            server -> server.accept(connection),
            () ->
                connection.close(
                    Status.unavailable(
                        "nothing listens on "
                            + where
                            + " (expected: a server of the same runtime that listens there)")));
    return connection;
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
      throws IOException {
    var where = require(address);
    if (!options.security().equals(ServerSecurity.PLAINTEXT)) {
      throw new IllegalArgumentException(onlyPlaintext(where, options.security()));
    }
    var point = meetingPoint(where);
    var server = new InProcessServer(where, point, options, acceptor);
    if (!point.occupy(server)) {
      throw new IOException(
          "cannot listen on "
              + where
              + ": another server listens there already; close it first, or choose another name");
    }
    return server;
  }

  private ListenerSlot meetingPoint(InProcessAddress address) {
    var own = address.own();
    return own != null ? own : names.computeIfAbsent(address.name(), name -> new ListenerSlot());
  }

  private static String onlyPlaintext(InProcessAddress where, Object credentials) {
    return "transport inprocess: credentials %s for %s (expected: plaintext, which never leaves the process)"
        .formatted(credentials, where);
  }

  private static InProcessAddress require(SocketAddress address) {
    if (address instanceof InProcessAddress inProcess) {
      return inProcess;
    }
    throw new IllegalArgumentException(
        "transport inprocess: address " + address + " (expected: an InProcessAddress)");
  }
}
