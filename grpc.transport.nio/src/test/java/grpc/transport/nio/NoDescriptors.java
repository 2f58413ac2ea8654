package grpc.transport.nio;

import grpc.api.Status;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program that takes all descriptors, and gives them back. */
final class NoDescriptors {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Deque<FileChannel> taken = new ArrayDeque<>();

  private NoDescriptors() {}

  private void takeAll() throws IOException {
    try {
      while (true) {
        taken.push(FileChannel.open(Path.of("/dev/null")));
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("Too many open files")) {
        throw e;
      }
    }
  }

  private void giveBack(int most) throws IOException {
    for (int i = 0; i < most && !taken.isEmpty(); i++) {
      taken.pop().close();
    }
  }

  private static ServerTransport serve(NioTransportProvider provider) throws IOException {
    return provider.listen(
        ANY,
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(100)
            .maxHeaderListSize(8192)
            .handshakeTimeout(Duration.ofSeconds(10))
            .build(),
        new EchoServer());
  }

  private static void callOnce() throws Exception {
    var provider = new NioTransportProvider();
    try (var server = serve(provider);
        var client = TestClient.connect(provider, server.localAddress())) {
      var call = client.unary("/t.Echo/Unary", new byte[3]);
      if (call.receive().isEmpty()) {
        throw new IllegalStateException(call.end().toString());
      }
    }
  }

  private static void require(boolean condition, Object what) {
    if (!condition) {
      throw new IllegalStateException(String.valueOf(what));
    }
  }

  private static void loadClasses() throws Exception {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path folder = Path.of(entry);
      if (Files.isDirectory(folder)) {
        try (var files = Files.walk(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
            String name = folder.relativize(file).toString().replace('/', '.');
            if (!name.startsWith("module-info") && !name.endsWith("Test.class")) {
              Class.forName(
                  name.substring(0, name.length() - ".class".length()),
                  false,
                  NoDescriptors.class.getClassLoader());
            }
          }
        }
      }
    }
  }

  void run() throws Exception {
    loadClasses(); // from folders, which takes descriptors
    callOnce();
    var provider = new NioTransportProvider();
    for (int spare = 0; spare < 12; spare++) { // each step of a connection may be the first to fail
      takeAll();
      giveBack(spare);
      try {
        serve(provider).close();
        require(spare > 0, "it listens without a descriptor");
      } catch (IOException e) {
        require(e.getMessage().contains("descriptors"), e);
      }
      var client = TestClient.connecting(provider, new InetSocketAddress("127.0.0.1", 1));
      Status status = client.awaitClosed();
      require(spare > 0 || status.message().contains("descriptors"), spare + ": " + status);
      giveBack(Integer.MAX_VALUE);
      callOnceWith(provider);
    }
    acceptWithout(provider);
    System.out.println("OK");
  }

  private static void callOnceWith(NioTransportProvider provider) throws Exception {
    try (var server = serve(provider);
        var client = TestClient.connect(provider, server.localAddress())) {
      var call = client.unary("/t.Echo/Unary", new byte[3]);
      require(call.receive().isPresent(), "not answered");
    }
  }

  /** A server that has no descriptor for a client goes on, and takes it once there is one. */
  private void acceptWithout(NioTransportProvider provider) throws Exception {
    try (var server = serve(provider);
        var first = TestClient.connect(provider, server.localAddress())) {
      takeAll();
      giveBack(1);
      try (var second = TestClient.connecting(provider, server.localAddress())) {
        var call = first.unary("/t.Echo/Unary", new byte[3]);
        require(call.receive().isPresent(), "a bystander is not answered");
        giveBack(Integer.MAX_VALUE);
        second.awaitReady();
      }
    }
  }

  public static void main(String[] args) throws Exception {
    new NoDescriptors().run();
  }
}
