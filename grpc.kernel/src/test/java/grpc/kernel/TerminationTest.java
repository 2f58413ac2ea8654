package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.kernel.registry.ChildJvm;
import grpc.spi.transport.ServerTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs of one's own that are told to end. */
@Timeout(120)
class TerminationTest {
  /** A program with a server; its transport is gone as soon as it drains. */
  static final class Main {
    private static final CountDownLatch draining = new CountDownLatch(1);

    private Main() {}

    /** A hook of the application's own, which ends after the server's. */
    private static void flush() {
      try {
        draining.await();
        for (var thread : Thread.getAllStackTraces().keySet()) {
          if (thread.getName().equals("grpc-shutdown")) {
            thread.join();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.out.println("flushed");
    }

    private static final class Draining implements ServerTransport {
      private final CountDownLatch gone = new CountDownLatch(1);

      @Override
      public SocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      }

      @Override
      public void drain() {
        System.out.println("drains");
        Main.draining.countDown();
        gone.countDown();
      }

      @Override
      public boolean awaitClosed(Duration timeout) throws InterruptedException {
        return gone.await(timeout.toSeconds(), TimeUnit.SECONDS);
      }

      @Override
      public void close() {
        gone.countDown();
      }
    }

    /** Serves, and does what the argument says. */
    public static void main(String[] args) throws InterruptedException {
      var server =
          new GrpcServer(
              List.of(new Draining()),
              List.of(),
              List.of(() -> {
                throw new IllegalStateException("an action's bug");
              }));
      server.shutdownOnExit(Duration.ofMinutes(5));
      switch (args[0]) {
        case "exit" -> {
          System.out.println("ready");
          System.exit(3);
        }
        case "close" -> server.close();
        case "flush" -> Runtime.getRuntime().addShutdownHook(new Thread(Main::flush));
        case "closed" -> {
          server.close();
          server.close();
          System.out.println("ready");
          new CountDownLatch(1).await();
        }
        default -> {}
      }
      System.out.println("ready");
      server.awaitTermination(Duration.ofMinutes(5));
    }
  }

  /** The code that it exits with, after what it printed. */
  private static String outcome(String what, boolean signalled) throws Exception {
    var child = ChildJvm.start(Main.class, List.of(), what);
    var printed = new StringBuilder();
    try (var lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("SLF4J")) {
          printed.append(line).append(' ');
        }
        if (signalled && line.equals("ready")) {
          child.toHandle().destroy(); // SIGTERM
        }
      }
    }
    return printed.toString() + child.waitFor();
  }

  @Test
  void signalDrainsTheServerAndTheProcessExitsWithZero() throws Exception {
    assertEquals("ready drains 0", outcome("serve", true));
  }

  @Test
  void otherShutdownHooksEndBeforeTheProcess() throws Exception {
    assertEquals("ready drains flushed 0", outcome("flush", true));
  }

  @Test
  void withoutAServerSignalsHaveTheirOwnCode() throws Exception {
    assertEquals("ready 143", outcome("closed", true));
  }

  @Test
  void exitOfTheProgramsOwnKeepsItsCode() throws Exception {
    assertEquals("ready drains 3", outcome("exit", false));
  }

  @Test
  void serverThatIsClosedEndsTheProgram() throws Exception {
    assertEquals("ready 0", outcome("close", false));
  }
}
