package integration;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Echo servers on ports of this machine, which die and return at the same port. */
final class RestartableServers implements AutoCloseable {
  /** How long a client may take to notice a death on a busy machine. */
  private static final long NOTICE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  private final List<Integer> ports = new ArrayList<>();
  private final List<GrpcServer> alive = new ArrayList<>(); // null for one that is dead
  private final Map<Integer, Long> deaths = new ConcurrentHashMap<>(); // by port
  private int died;
  private int returned;

  RestartableServers(int count) {
    for (int i = 0; i < count; i++) {
      var server = start(0);
      alive.add(server);
      ports.add(server.port());
    }
  }

  private static GrpcServer start(int port) {
    return GrpcServer.builder()
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            ServerCredentials.plaintext())
        .service(new Echo("mortal").definition())
        .start();
  }

  /** All of them, as one target. */
  String target() {
    return ports.stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(",", "ipv4:", ""));
  }

  /**
   * {@return whether this tells of a server that has died since this moment, or so little before
   * that it was not known}
   */
  boolean tellsOfADeath(String message, long sinceNanos) {
    return deaths.entrySet().stream()
        .anyMatch(death ->
            PORT.matcher(message)
                    .results()
                    .anyMatch(r -> Integer.parseInt(r.group(1)) == death.getKey())
                && death.getValue() - sinceNanos > -NOTICE_NANOS);
  }

  /** Kills it, unless too few would be left; or has it return. */
  void dieOrReturn(int index, int leastAlive) {
    var server = alive.get(index);
    if (server == null) {
      try {
        alive.set(index, start(ports.get(index)));
        returned++;
      } catch (UncheckedIOException e) {
        // somebody has its port for the moment, perhaps a client's connection: it stays dead
      }
    } else if (alive.stream().filter(s -> s != null).count() > leastAlive) {
      deaths.put(ports.get(index), System.nanoTime());
      server.close();
      deaths.put(ports.get(index), System.nanoTime());
      alive.set(index, null);
      died++;
    }
  }

  /** How often one has died. */
  int deaths() {
    return died;
  }

  /** How often one has returned. */
  int returns() {
    return returned;
  }

  @Override
  public void close() {
    alive.stream().filter(s -> s != null).forEach(GrpcServer::close);
  }
}
