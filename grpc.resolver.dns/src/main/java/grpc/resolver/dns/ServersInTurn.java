package grpc.resolver.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/**
 * Asks the servers of one lookup in their order until one gives an answer: records, that there is
 * none of the type, or that the name does not exist. After any other reply it asks the next server,
 * like glibc. A silent server gets a second turn after all have had one, then without EDNS, because
 * some networks lose unusual packets. For any thread.
 */
final class ServersInTurn implements Resolver {
  private static final int TURNS = 2;

  private final List<NameServer> servers;
  private final Duration perTry;
  private final long end;

  /** The server that answered last; the next question goes to it first. */
  private volatile int favourite;

  /**
   * For one lookup.
   *
   * @param servers at least one
   * @param perTry the limit for each server's reply
   * @param end the {@link System#nanoTime} when all is over
   */
  ServersInTurn(List<NameServer> servers, Duration perTry, long end) {
    this.servers = List.copyOf(servers);
    this.perTry = perTry;
    this.end = end;
  }

  /**
   * Asks.
   *
   * @param executor runs blocking work
   * @return the message; or an IOException with the reply of each server
   */
  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    var answer = new CompletableFuture<Message>();
    executor.execute(() -> {
      try {
        answer.complete(ask(query, executor));
      } catch (IOException | RuntimeException e) {
        answer.completeExceptionally(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer.completeExceptionally(new IOException("interrupted", e));
      }
    });
    return answer;
  }

  private Message ask(Message query, Executor executor) throws IOException, InterruptedException {
    var failures = new LinkedHashMap<NameServer, String>();
    var order = order();
    for (int turn = 0; turn < TURNS; turn++) {
      for (var server : List.copyOf(order)) {
        var timeout = timeout();
        if (!timeout.isPositive()) {
          throw failure(failures);
        }
        switch (server.ask(query, turn == 0, timeout, executor)) {
          case NameServer.Reply.Final(Message message) -> {
            favourite = servers.indexOf(server);
            return message;
          }
          case NameServer.Reply.Useless(String why) -> {
            failures.put(server, why);
            order.remove(server);
          }
          case NameServer.Reply.Silence silence -> failures.put(server, "did not answer");
        }
      }
    }
    throw failure(failures);
  }

  private List<NameServer> order() {
    var order = new ArrayList<>(servers);
    order.addFirst(order.remove(favourite));
    return order;
  }

  private Duration timeout() {
    var left = Duration.ofNanos(end - System.nanoTime());
    return left.compareTo(perTry) < 0 ? left : perTry;
  }

  private static IOException failure(Map<NameServer, String> failures) {
    return new IOException(
        failures.isEmpty()
            ? "no answer in time"
            : failures.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", ")));
  }

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("a lookup chooses this when it begins");
  }

  @Override
  public void setPort(int port) {
    throw fixed();
  }

  @Override
  public void setTCP(boolean flag) {
    throw fixed();
  }

  @Override
  public void setIgnoreTruncation(boolean flag) {
    throw fixed();
  }

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
    throw fixed();
  }

  @Override
  public void setTSIGKey(TSIG key) {
    throw fixed();
  }

  @Override
  public void setTimeout(Duration timeout) {
    throw fixed();
  }
}
