package benchmarks.rivals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import launcher.Flags;
import launcher.Launch;

/** Measures Tenon and grpc-java in turn, and prints tables with the ratios. */
public final class Compare {
  private final Programs programs;
  private final int rounds;

  private Compare(Programs programs, int rounds) {
    this.programs = programs;
    this.rounds = rounds;
  }

  /** Runs it. */
  public static void main(String[] args) {
    var flags =
        Flags.of("benchmarks/run", "measures Tenon side by side with grpc-java")
            .option("modules", "DIR", "distribution/target/modules", "where Tenon's modules are")
            .option("images", "DIR", "distribution/target/images", "where the images are")
            .option("rounds", "N", "3", "how often each is measured; the median is quoted")
            .option("what", "all|server|client|start", "all", "what is measured");
    Launch.run(flags, args, Compare::measure);
  }

  private static int measure(Flags flags) throws Exception {
    var compare =
        new Compare(new Programs(Path.of(flags.text("modules"))), flags.number("rounds", 1));
    String what = flags.text("what");
    if (what.equals("all") || what.equals("server")) {
      compare.servers();
    }
    if (what.equals("all") || what.equals("client")) {
      compare.clients();
    }
    if (what.equals("all") || what.equals("start")) {
      compare.starts(Path.of(flags.text("images")));
    }
    return 0;
  }

  private void servers() throws Exception {
    if (!ServerLoad.isThere()) {
      System.out.println("Servers: h2load is not installed (Debian: nghttp2-client); left out.");
      return;
    }
    for (ServerLoad load : ServerLoad.ALL) {
      var table = new Table("Server, " + load.name(), "CPU µs/call", "bytes/call");
      var tenon = measured(load, programs.tenonServer(load.port(), false));
      table.row("Tenon, virtual threads", tenon, tenon);
      table.row("Tenon, inline", measured(load, programs.tenonServer(load.port(), true)), tenon);
      for (String executor : List.of("default", "virtual", "direct")) {
        var rival = measured(load, programs.rivalServer(load.port(), executor));
        table.row("grpc-java, " + executor + " executor", rival, tenon);
      }
      table.print();
    }
  }

  private Figures measured(ServerLoad load, List<String> command) throws Exception {
    return load.measure(command, rounds);
  }

  private void clients() throws Exception {
    for (String threads : List.of("virtual", "platform")) {
      for (int concurrency : new int[] {1, 100}) {
        var load = new ClientLoad(programs, concurrency, threads);
        var table = new Table("Client, " + load.name(), "CPU µs/call", "bytes/call");
        var tenon = load.measure(true, rounds);
        table.row("Tenon", tenon, tenon);
        table.row("grpc-java, blocking stub", load.measure(false, rounds), tenon);
        table.print();
      }
    }
  }

  private void starts(Path images) throws IOException {
    var table = new Table("Server, start to first answer", "ms", "");
    int port = ServerLoad.ALL.getFirst().port();
    String image = images.resolve("bench/bin/bench-server").toString();
    var tenon = start(List.of(image, "--port", Integer.toString(port)), port);
    table.row("Tenon, image with AOT cache", tenon, tenon);
    table.row("Tenon, module path", start(programs.tenonServer(port, false), port), tenon);
    table.row("grpc-java, class path", start(programs.rivalServer(port, "default"), port), tenon);
    table.print();
  }

  private Figures start(List<String> command, int port) {
    return Figures.median(
        IntStream.range(0, 2 * rounds + 1).mapToObj(i -> once(command, port)).toList());
  }

  private static Figures once(List<String> command, int port) {
    try {
      return new Figures(FirstAnswer.millis(command, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
