package benchmarks.rivals;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Unary calls from blocking clients over one connection, to a server of Tenon's that runs inline,
 * so that the client is what is measured.
 *
 * @param programs what is measured
 * @param concurrency how many calls at once
 * @param threads what the callers run on
 */
record ClientLoad(Programs programs, int concurrency, String threads) {
  private static final int PORT = 50_078;
  private static final Pattern OPS =
      Pattern.compile("\"ops\":(\\d+).*\"errors\":0,.*\"bytes_per_op\":(\\d+)");

  String name() {
    return "10 bytes, %d at once on %s threads".formatted(concurrency, threads);
  }

  Figures measure(boolean tenon, int rounds) throws Exception {
    try (var server = Child.start(programs.tenonServer(PORT, true))) {
      server.await("listens on port");
      var figures = new ArrayList<Figures>();
      for (int i = 0; i < rounds; i++) {
        figures.add(once(tenon));
      }
      return Figures.median(figures);
    }
  }

  private Figures once(boolean tenon) throws Exception {
    var flags =
        List.of(
            "--target",
            "127.0.0.1:" + PORT,
            "--concurrency",
            Integer.toString(concurrency),
            "--threads",
            threads,
            "--warmup",
            "8",
            "--duration",
            "6");
    try (var client =
        Child.start(tenon ? programs.tenonClient(flags) : programs.rivalClient(flags))) {
      client.await("BEGIN");
      double cpu = client.cpuSeconds();
      client.await("END");
      cpu = client.cpuSeconds() - cpu;
      String json = client.await("\"ops\"");
      var matcher = OPS.matcher(json);
      if (!matcher.find()) {
        throw new IllegalStateException("calls failed: " + json);
      }
      double calls = Long.parseLong(matcher.group(1));
      return new Figures(cpu * 1e6 / calls, Double.parseDouble(matcher.group(2)));
    }
  }
}
