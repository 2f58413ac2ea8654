package benchmarks.rivals;

import benchmarks.proto.Msg;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unary calls from h2load.
 *
 * @param size bytes of the message's payload
 * @param connections how many connections
 * @param streams how many calls at once on each
 * @param calls how many calls are measured
 */
record ServerLoad(int size, int connections, int streams, int calls) {
  static final List<ServerLoad> ALL =
      List.of(
          new ServerLoad(10, 10, 100, 400_000),
          new ServerLoad(10, 1, 1, 40_000),
          new ServerLoad(64 * 1024, 10, 100, 20_000));

  private static final int PORT = 50_077;
  private static final int WARM_UPS = 3;

  static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("h2load", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  String name() {
    return "%d bytes, %d × %d".formatted(size, connections, streams);
  }

  int port() {
    return PORT;
  }

  Figures measure(List<String> server, int rounds) throws Exception {
    Path body = Files.createTempFile("message", ".bin");
    Files.write(body, message());
    try (var child = Child.start(server)) {
      child.await("listens on port");
      for (int i = 0; i < WARM_UPS; i++) {
        load(body);
      }
      var figures = new ArrayList<Figures>();
      for (int i = 0; i < rounds; i++) {
        double cpu = child.cpuSeconds();
        load(body);
        cpu = child.cpuSeconds() - cpu;
        long before = child.allocatedBytes();
        load(body);
        double bytes = (double) (child.allocatedBytes() - before) / calls;
        figures.add(new Figures(cpu * 1e6 / calls, bytes));
      }
      return Figures.median(figures);
    } finally {
      Files.delete(body);
    }
  }

  /** {@return a gRPC message: flag, length, and field 1 of bench.Msg} */
  private byte[] message() {
    byte[] field = Msg.newBuilder().setPayload(zeros()).build().toByteArray();
    return ByteBuffer.allocate(5 + field.length)
        .put((byte) 0)
        .putInt(field.length)
        .put(field)
        .array();
  }

  private ByteString zeros() {
    return ByteString.copyFrom(new byte[size]);
  }

  private void load(Path body) throws IOException, InterruptedException {
    var command =
        List.of(
            "h2load",
            "-n" + calls,
            "-c" + connections,
            "-m" + streams,
            "-d" + body,
            "-Hcontent-type: application/grpc",
            "-Hte: trailers",
            "http://127.0.0.1:" + PORT + "/bench.Bench/Unary");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || !output.contains(calls + " succeeded")) {
      throw new IOException("h2load saw calls fail:\n" + output);
    }
  }
}
