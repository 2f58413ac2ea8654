package interop.faults;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import interop.TestServer;
import interop.proto.Empty;
import interop.proto.TestServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import launcher.Flags;
import launcher.Launch;

/**
 * Calls through a link that fails in every way, one after another, and is healed in between: every
 * call must end as it should by its deadline, after each fault the channel must serve again, and in
 * the end nothing may be left.
 */
public final class FaultSoak {
  private static final int CALLERS = 20;

  /** A fault lasts less than 3 s, and the pause before the next attempt to connect no longer. */
  private static final Duration HEALED = Duration.ofSeconds(10);

  private static final Duration KEEPALIVE = Duration.ofSeconds(10);

  /** Longer than any fault but one. */
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration GONE = Duration.ofSeconds(20);

  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private final Outages outages = new Outages();

  private FaultSoak(long seed) {
    this.random = new Random(seed);
  }

  /** Runs {@code interop-soak}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("interop-soak", "calls through a link that fails; exit 0: all ended as it should")
            .option("duration", "SECONDS", "60", "how long")
            .option("seed", "N", "1", "of the random choices");
    Launch.run(
        flags,
        args,
        given -> {
          var faults = run(given.seconds("duration"), given.number("seed", 0));
          faults.forEach(System.err::println);
          return faults.isEmpty() ? 0 : 1;
        });
  }

  /** {@return what went wrong; empty where all went well} */
  static List<String> run(Duration duration, long seed) throws IOException, InterruptedException {
    var soak = new FaultSoak(seed);
    soak.run(duration);
    return soak.faults;
  }

  private void run(Duration duration) throws IOException, InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    try (var server =
            GrpcServer.builder()
                .listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    ServerCredentials.plaintext())
                .service(new TestServer())
                .permitKeepalive(PingPolicy.atMostEvery(KEEPALIVE.dividedBy(2)).evenWithoutCalls())
                .start();
        var link = new FaultyLink(server.port());
        var channel =
            GrpcChannel.builder("ipv4:127.0.0.1:" + link.port(), ChannelCredentials.plaintext())
                .keepalive(
                    Keepalive.every(KEEPALIVE).withTimeout(KEEPALIVE_TIMEOUT).evenWithoutCalls())
                .open()) {
      var callers = new Callers(channel, CALLERS, random, outages);
      try {
        vanish(link, channel);
        while (System.nanoTime() - end < 0 && faults.isEmpty()) {
          strike(link, channel);
          faults.addAll(callers.faults());
        }
      } finally {
        callers.stop();
      }
      faults.addAll(callers.faults());
      System.out.println("calls by their ends: " + callers.ends());
      if (!channel.shutdown(GONE)) {
        faults.add("calls are left on the client");
      }
      if (!server.shutdown(GONE)) {
        faults.add("calls are left on the server");
      }
      if (link.connections() > 0) {
        faults.add(link.connections() + " connections are left");
      }
    }
  }

  /** Nothing but keepalive can tell that these connections are dead. */
  private void vanish(FaultyLink link, Channel channel) {
    answers(channel, HEALED); // so there is one to vanish
    var fault = new Fault.Vanish();
    System.out.println(fault);
    outages.begin();
    link.fail(fault);
    link.heal();
    expectAnswer(link, channel, fault, HEALED.plus(KEEPALIVE).plus(KEEPALIVE_TIMEOUT));
    outages.end();
  }

  private void strike(FaultyLink link, Channel channel) throws InterruptedException {
    var fault = any();
    System.out.println(fault);
    if (fault.isOutage()) {
      outages.begin();
    }
    link.fail(fault);
    TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(2_500));
    link.heal();
    expectAnswer(link, channel, fault, HEALED);
    if (fault.isOutage()) {
      outages.end();
    }
  }

  private Fault any() {
    return switch (random.nextInt(8)) {
      case 0 -> new Fault.Delay(Duration.ofMillis(1 + random.nextInt(50)));
      case 1 -> new Fault.Split();
      case 2 -> new Fault.Stall();
      case 3 -> new Fault.Drop();
      case 4 -> new Fault.Reset();
      case 5 -> new Fault.HalfClose(Fault.Half.REQUESTS);
      case 6 -> new Fault.HalfClose(Fault.Half.RESPONSES);
      default -> new Fault.None();
    };
  }

  private void expectAnswer(FaultyLink link, Channel channel, Fault fault, Duration within) {
    var first = answers(channel, within);
    // the first may have been on its way when its connection ended; the next finds a sound one
    var end = first.isOk() || !fault.isOutage() ? first : answers(channel, within);
    if (!end.isOk()) {
      faults.add(
          "no answer after %s was healed: %s (connections of the link: %d)"
              .formatted(fault, end, link.connections()));
    }
  }

  private static Status answers(Channel channel, Duration within) {
    var patient = CallOptions.timeout(within).withWaitForReady(true);
    try {
      new TestServiceClient(channel).with(patient).emptyCall(Empty.getDefaultInstance());
      return Status.OK;
    } catch (StatusException e) {
      return e.status();
    }
  }
}
