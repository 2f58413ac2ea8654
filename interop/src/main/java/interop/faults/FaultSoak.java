package interop.faults;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
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
  private static final Duration HEALED = Duration.ofSeconds(40);
  private static final Duration GONE = Duration.ofSeconds(20);

  private final Random random;
  private final List<String> faults = new ArrayList<>();

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
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .service(new TestServer())
                .start();
        var link = new FaultyLink(server.port());
        var channel = GrpcChannel.open("ipv4:127.0.0.1:" + link.port())) {
      var callers = new Callers(channel, CALLERS, random);
      try {
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

  private void strike(FaultyLink link, Channel channel) throws InterruptedException {
    var fault =
        switch (random.nextInt(7)) {
          case 0 -> new Fault.Delay(Duration.ofMillis(1 + random.nextInt(50)));
          case 1 -> new Fault.Split();
          case 2 -> new Fault.Stall();
          case 3 -> new Fault.Drop();
          case 4 -> new Fault.Reset();
          case 5 -> new Fault.HalfClose();
          default -> new Fault.None();
        };
    System.out.println(fault);
    link.fail(fault);
    TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(2_500));
    link.heal();
    var patient = CallOptions.deadline(HEALED).withWaitForReady(true);
    try {
      new TestServiceClient(channel).with(patient).emptyCall(Empty.getDefaultInstance());
    } catch (StatusException e) {
      // a call that was on its way when the connection was reset; the next finds a sound one
      try {
        new TestServiceClient(channel).with(patient).emptyCall(Empty.getDefaultInstance());
      } catch (StatusException again) {
        faults.add("no answer after %s was healed: %s".formatted(fault, again.status()));
      }
    }
  }
}
